package python

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// oracle is one long-lived python3 that evaluates expressions.
const oracle = `
import sys
for line in sys.stdin:
    try:
        r = repr(eval(line.strip()))
    except Exception as e:
        r = type(e).__name__ + ": " + str(e)
    print(r.encode("unicode_escape").decode(), flush=True)
`

func atoms() []string {
	return []string{
		"0", "1", "-1", "2", "7", "255", "10**20", "-(2**64)", "2**63", "0.5", "1.5", "-2.5", "1e16", "1e-7", "0.1", "True", "False", "None",
		"''", "'a'", "'abc'", `"it's"`, "'héllo'", "'😀'", "' x '", "b''", "b'ab'", "[]", "[1, 2, 3]", "['a', None]", "(1,)", "()", "{}", "{'a': 1}",
		"{1: 'x', 2.0: 'y'}", "{1}", "range(3)", "'%s-%s'", "'{}{:>5}'",
	}
}

// expressions makes random expressions whose repr does not depend on hashing.
func expressions() *rapid.Generator[string] {
	ops := []string{"+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", "in", "and", "or", "&", "|"}
	calls := []string{
		"len(%s)", "str(%s)", "repr(%s)", "bool(%s)", "int(%s)", "float(%s)", "list(%s)", "tuple(%s)", "sorted(%s)", "sum(%s)", "max(%s)", "abs(%s)",
		"round(%s, 1)", "(%s)[0]", "(%s)[1:]", "(%s)[::-1]", "(%s).upper()", "(%s).split('a')", "(%s).get('a')", "'{!r:>8}'.format(%s)", "'{:.2f}'.format(%s)", "'{:,}'.format(%s)",
		"[x for x in (%s)]", "(not (%s))", "(-(%s))", "dict(%s)", "hash(%s) == hash(1)", "isinstance(%s, int)", "'%%s|%%r' %% (%[1]s, 1)", "'{:>6}'.format(%s)", "list(enumerate(%s))",
		"bytes(%s)", "(%s).replace('a', 'bb')", "(%s).join(['x', 'y'])", "(%s).index(2)", "divmod(%s, 3)", "(%s).count('a')", "min(%s, 1)", "format(%s, '08.3f')", "(%s).encode()", "round(%s)",
	}
	var gen func(depth int) *rapid.Generator[string]
	gen = func(depth int) *rapid.Generator[string] {
		if depth == 0 {
			return rapid.SampledFrom(atoms())
		}
		return rapid.Custom(func(t *rapid.T) string {
			a := gen(depth-1).Draw(t, "a")
			if rapid.Bool().Draw(t, "call") {
				return fmt.Sprintf(rapid.SampledFrom(calls).Draw(t, "f"), a)
			}
			return "(" + a + ") " + rapid.SampledFrom(ops).Draw(t, "op") + " (" + gen(depth-1).Draw(t, "b") + ")"
		})
	}
	return rapid.Custom(func(t *rapid.T) string { return gen(rapid.IntRange(1, 3).Draw(t, "depth")).Draw(t, "e") })
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
		in.Close()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	rapid.Check(t, func(t *rapid.T) {
		e := expressions().Draw(t, "expression")
		fmt.Fprintln(in, e)
		if !lines.Scan() {
			t.Fatalf("python3 died at %s", e)
		}
		if got, want := evalHere(e), lines.Text(); got != want {
			t.Fatalf("%s\n got %s\nwant %s", e, got, want)
		}
	})
}

func evalHere(e string) string {
	var buf bytes.Buffer
	src := "try:\n    r = repr(" + e + ")\nexcept Exception as e:\n    r = type(e).__name__ + ': ' + str(e)\nprint(escape(r))\n"
	iso := New(Options{Stdout: &buf, MaxSteps: 1 << 20})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	iso.builtins.SetStr("escape", Func("escape(s)", func(_ *Thread, a []Value) (Value, error) {
		s, _ := AsStr(a[0])
		return NewStr(asciiOnly(strings.NewReplacer("\\", `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(s))), nil
	}))
	if _, err := t.Exec("__main__", "e.py", []byte(src)); err != nil {
		return t.Traceback(err)
	}
	return strings.TrimSuffix(buf.String(), "\n")
}
