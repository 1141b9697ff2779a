package python

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// evaluate is what both sides run of an expression. What is long is shown by its length and its ends: a line has to fit.
const evaluate = `
def evaluate(text):
    try:
        r = repr(eval(text))
    except Exception as e:
        r = type(e).__name__ + ": " + str(e)
    return r if len(r) < 5000 else f"{len(r)} characters: {r[:1000]} ... {r[-1000:]}"
`

// oracle is one long-lived python3 that evaluates expressions.
const oracle = evaluate + `
import sys
for line in sys.stdin:
    print(evaluate(line.strip()).encode("unicode_escape").decode(), flush=True)
`

// otherView finds what may be different with a memoryview: a text shows its address, and one with a step is a view of every
// other byte in CPython and a view of a copy here.
var otherView = regexp.MustCompile(`\bstr\b|repr|ascii|format|%|lambda v|::|:-?\d+:|slice`)

// TestMain has the random expressions be the same in every run, unless -rapid.seed says others: a build must not fail by luck.
// -rapid.seed=N draws others.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.seed"); f.Value.String() == f.DefValue {
		if err := f.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// TestLive compares random expressions with the python3 of this machine, if it is CPython 3.11.
func TestLive(t *testing.T) {
	t.Parallel()
	version, err := exec.Command("python3", "-c", "import sys; print(sys.version_info[:2])").Output()
	if err != nil || strings.TrimSpace(string(version)) != "(3, 11)" {
		t.Skip("needs python3.11")
	}
	cmd := exec.Command("python3", "-W", "ignore", "-c", oracle)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may be writing what nobody reads any more
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	rapid.Check(t, func(t *rapid.T) {
		e := expressions().Draw(t, "expression")
		if strings.Contains(e, "memoryview") && otherView.MatchString(e) {
			return
		}
		fmt.Fprintln(in, e)
		if !lines.Scan() {
			t.Fatalf("python3 died at %s", e)
		}
		if got, want := address.ReplaceAllString(evalHere(e), ""), address.ReplaceAllString(lines.Text(), ""); got != want {
			t.Fatalf("%s\n got %s\nwant %s", e, got, want)
		}
	})
}

func evalHere(e string) string {
	var buf bytes.Buffer
	src := evaluate + "print(escape(evaluate(expression)))\n"
	iso := New(Options{Stdout: &buf, MaxSteps: 1 << 20})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	iso.builtins.SetStr("expression", NewStr(e))
	iso.builtins.SetStr("escape", Func("escape(s)", func(_ *Thread, a []Value) (Value, error) {
		s, _ := AsStr(a[0])
		return NewStr(asciiOnly(strings.NewReplacer("\\", `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(s))), nil
	}))
	if _, err := t.Exec("__main__", "e.py", []byte(src)); err != nil {
		return t.Traceback(err)
	}
	return strings.TrimSuffix(buf.String(), "\n")
}
