package stdlib

import (
	"io"
	"strings"
	"testing"
	"time"

	"gregaria/worker/internal/python"
)

// catastrophe is a pattern that goes through the same text again and again, for hours.
const catastrophe = "import re\ndef f(): return re.match(r'(?:(a+)+)\\1$', 'a' * 60 + 'b')\n"

// TestSlowPatternEnds cancels a thread in the middle of a match, while another one runs Python.
func TestSlowPatternEnds(t *testing.T) {
	t.Parallel()
	iso := python.New(python.Options{Stdout: io.Discard, Modules: Modules()})
	slow, other := iso.NewThread(), iso.NewThread()
	var m *python.Module
	if err := other.Do(func() (err error) {
		m, err = other.Exec("__main__", "slow.py", []byte(catastrophe))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	began := make(chan struct{})
	go func() {
		ended <- slow.Do(func() error {
			close(began)
			_, err := slow.Call(m.Attrs().GetStr("f"))
			return err
		})
	}()
	<-began
	at := time.Now()
	for range 3 { // it gets its turn although the match goes on
		if err := other.Do(func() error {
			_, err := other.Exec("x", "x.py", []byte("sum(range(1000))"))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("another thread ran after %v", time.Since(at))
	select {
	case err := <-ended:
		t.Fatalf("the match ended by itself: %v", err)
	default:
	}
	at = time.Now()
	slow.Cancel(python.NewException(python.SystemExit))
	err := <-ended
	if took := time.Since(at); err == nil || !python.AsException(err).IsA(python.SystemExit) || took > 5*time.Second {
		t.Errorf("cancelled: %v after %v, want SystemExit at once", err, took)
	}
}

// skipMinutes leaves out of -short what computes for long in one thread: the race detector makes minutes of it, and finds nothing.
func skipMinutes(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long computation in one thread")
	}
}

// TestHugeText takes a pattern of the backtracking engine through a text of a million characters.
func TestHugeText(t *testing.T) {
	t.Parallel()
	skipMinutes(t)
	got := run("huge.py", []byte(`
import re
s = "a" * 1000000
print(re.match(r"(?:a|b)*(?!c)", s).end(), len(re.findall(r"(?=a)", s[:2000] + "é")), re.search(r"(a)\1*$", s).end())
print(re.sub(r"(a)(?=(a))", r"\2", "é" + s[:5000]) == "é" + s[:5000])
try:
    re.match(r"(?:(?:a|b)(?=(.)))*c", s * 20)
except MemoryError as e:
    print(e)
`))
	want := "1000000 2000 1000000\nTrue\nthe regular expression remembers too many places to come back to\n"
	if got != want {
		t.Errorf("got %s\nwant %s", strings.TrimSpace(got), want)
	}
}

// TestHostilePatterns compiles what would fill the memory or the stack.
func TestHostilePatterns(t *testing.T) {
	t.Parallel()
	got := run("hostile.py", []byte(`
import re
for p in ("(" * 1000000, "(?:" * 5000 + ")" * 5000, "(|a" * 60 + ")+" * 60, "(?:a{1000}){1000}" * 3, "[" * 100000, "a|" * 20000, "(a)" * 5000, "(?<=" + "a" * 70000 + ")b"):
    try:
        print(re.compile(p).groups)
    except Exception as e:
        print(type(e).__name__, str(e)[:60])
`))
	want := `RecursionError maximum recursion depth exceeded
RecursionError maximum recursion depth exceeded
NotImplementedError the regular expression is too large
0
error unterminated character set at position 0
0
5000
0
`
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
