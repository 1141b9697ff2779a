package python

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/worker/internal/python/syntax"
)

func newTestThread(tb testing.TB, src string) (*Thread, *Module) {
	tb.Helper()
	t := New(Options{Stdout: io.Discard}).NewThread()
	t.Lock()
	m, err := t.Exec("__main__", "test.py", []byte(src))
	if err != nil {
		tb.Fatal(t.Traceback(err))
	}
	return t, m
}

// A thread that never waits lets others run after its time slice, and ends when it is cancelled.
func TestCancelRunaway(t *testing.T) {
	t.Parallel()
	th, m := newTestThread(t, "def f():\n  try:\n    while True: pass\n  finally:\n    done.append(1)\ndone = []\ndef g(): return 7\n")
	f, g := m.Attrs().GetStr("f"), m.Attrs().GetStr("g")
	other := th.Isolate().NewThread()
	th.Unlock()
	ended := make(chan error)
	go func() {
		ended <- other.Do(func() error {
			_, err := other.Call(f)
			return err
		})
	}()
	if err := th.Do(func() error {
		v, err := th.Call(g)
		if n, _ := AsInt(v); n != 7 {
			t.Errorf("g() = %v, want 7", v)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	exit := NewClass(ClassSpec{Name: "GreenletExit", Module: "greenlet", Bases: []*Type{BaseException}})
	other.Cancel(NewException(exit))
	err := <-ended
	if e := AsException(err); !e.IsA(exit) {
		t.Errorf("f() ended with %v, want GreenletExit", err)
	}
	th.Lock()
	if l := m.Attrs().GetStr("done").(*List); len(l.Items()) != 1 {
		t.Errorf("finally ran %d times, want once", len(l.Items()))
	}
	th.Unlock()
}

// A cancellation ends a wait for a lock at once, also inside a generator.
func TestCancelWait(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"def f(): wait()", "def g():\n  yield wait()\ndef f(): next(g())"} {
		th, m := newTestThread(t, src)
		waits := make(chan struct{})
		m.Attrs().SetStr("wait", Func("wait()", func(t *Thread, _ []Value) (Value, error) {
			close(waits)
			var expired bool
			return None, t.Wait(make(chan struct{}), nil, &expired)
		}))
		f := m.Attrs().GetStr("f")
		th.Unlock()
		other := th.Isolate().NewThread()
		ended := make(chan error)
		go func() {
			ended <- other.Do(func() error {
				_, err := other.Call(f)
				return err
			})
		}()
		<-waits
		other.Cancel(NewException(SystemExit))
		if err := <-ended; err == nil || !AsException(err).IsA(SystemExit) {
			t.Errorf("%s ended with %v, want SystemExit", src, err)
		}
	}
}

// Shared state is safe between threads: they switch only where they wait.
func TestAtomicUntilBlocking(t *testing.T) {
	t.Parallel()
	th, m := newTestThread(t, "n = 0\ndef f():\n  global n\n  for i in range(200):\n    n += 1\n    if i % 50 == 0: wait()\n")
	m.Attrs().SetStr("wait", Func("wait()", func(t *Thread, _ []Value) (Value, error) { return None, t.Blocking(runtime.Gosched) }))
	f := m.Attrs().GetStr("f")
	th.Unlock()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			o := th.Isolate().NewThread()
			if err := o.Do(func() error {
				_, err := o.Call(f)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	th.Lock()
	if n, _ := AsInt(m.Attrs().GetStr("n")); n != 1600 {
		t.Errorf("n = %d, want 1600", n)
	}
}

// A generator that nobody finishes leaves no goroutine behind.
func TestGeneratorsDie(t *testing.T) {
	th, m := newTestThread(t, "def g():\n  while True: yield 1\ndef f():\n  for i in range(100): next(g())\ndef spin():\n  for i in range(3000): pass\n")
	if _, err := th.Call(m.Attrs().GetStr("f")); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > 50 && time.Now().Before(deadline) {
		runtime.GC()
		if _, err := th.Call(m.Attrs().GetStr("spin")); err != nil {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
	if n := runtime.NumGoroutine(); n > 50 {
		t.Errorf("%d goroutines are left, want few", n)
	}
}

func TestLocalImports(t *testing.T) {
	t.Parallel()
	files := map[string]string{"pkg": "", "pkg.a": "from . import b\nfrom .b import y\nx = y + 1\n", "pkg.b": "y = 1\n"}
	iso := New(Options{Source: func(m string) (string, []byte, bool) {
		s, ok := files[m]
		name := strings.ReplaceAll(m, ".", "/") + ".py"
		if m == "pkg" {
			name = "pkg/__init__.py"
		}
		return name, []byte(s), ok
	}})
	th := iso.NewThread()
	th.Lock()
	m, err := th.Exec("__main__", "main.py", []byte("import pkg.a\nfrom pkg import b\nr = pkg.a.x + b.y\n"))
	if err != nil {
		t.Fatal(th.Traceback(err))
	}
	if n, _ := AsInt(m.Attrs().GetStr("r")); n != 3 {
		t.Errorf("r = %d, want 3", n)
	}
}

// FuzzRun runs any source within a budget: it ends with a value or an exception.
func FuzzRun(f *testing.F) {
	for _, s := range []string{"x = 1", "def f(*a, **k):\n  yield from a\nlist(f(1))", "class A: pass\nA().x", "f'{1!r:>{2}}'", "match 1:\n  case [a, *b]: pass", "while True: pass", "try:\n  1/0\nfinally:\n  pass"} {
		f.Add(s)
	}
	for _, list := range [][]string{strings.Split(nestings, "---\n"), hooks(), growths(), endless()} {
		for _, s := range list {
			f.Add(s)
		}
	}
	scripts, err := filepath.Glob("testdata/*.py")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range scripts {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, src string) {
		iso := New(Options{Stdout: io.Discard, Stderr: io.Discard, MaxSteps: 20000, MaxMemory: 1 << 30, Open: func(string, int, os.FileMode) (File, error) { return nil, errors.New("closed") }})
		watch := time.AfterFunc(8*time.Second, func() { panic("runs too long: " + src) })
		defer watch.Stop()
		th := iso.NewThread()
		th.Lock()
		defer th.Unlock()
		if _, err := th.Exec("__main__", "fuzz.py", []byte(src)); err != nil {
			if th.Traceback(err) == "" {
				t.Errorf("no text for %v", err)
			}
		}
	})
}

// Isolates share the builtin classes and the tree of a file, and nothing that changes.
func TestIsolatesInParallel(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("testdata/classes.py")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := syntax.Parse("classes.py", src)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			th := New(Options{Stdout: io.Discard}).NewThread()
			if err := th.Do(func() error {
				_, err := th.ExecTree("__main__", tree)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestBusy asks an isolate at rest, one whose lock a thread has, one where another waits for it, and one again at rest.
func TestBusy(t *testing.T) {
	t.Parallel()
	iso := New(Options{})
	first, second := iso.NewThread(), iso.NewThread()
	want := func(busy bool, why string) {
		t.Helper()
		if got := iso.Busy(); got != busy {
			t.Errorf("%s: Busy = %v", why, got)
		}
	}
	want(false, "at rest")
	first.Lock()
	want(true, "a thread has the lock")
	if err := first.Blocking(func() { want(false, "it waits without") }); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		second.Lock()
		second.Unlock() //nolint:staticcheck // nothing is to be done with it
	}()
	for iso.waiting.Load() == 0 {
		runtime.Gosched()
	}
	first.Unlock()
	<-ended
	want(false, "both have had it")
	iso.waiting.Add(1)
	want(true, "one waits for a lock that is just given away")
}

func BenchmarkLock(b *testing.B) {
	th := New(Options{}).NewThread()
	for b.Loop() {
		th.Lock()
		th.Unlock() //nolint:staticcheck // the lock is what is measured
	}
}

// What an object has of its own is neither what its class has, nor what has been deleted.
func TestHasOwn(t *testing.T) {
	t.Parallel()
	th, m := newTestThread(t, "class A:\n  of_class = 1\n  def __init__(self): self.own = 1\n"+
		"class B(A):\n  def __init__(self): pass\na, b, gone = A(), B(), A()\ndel gone.own\n")
	defer th.Unlock()
	for _, c := range []struct {
		object, name string
		want         bool
	}{
		{"a", "own", true}, {"a", "of_class", false}, {"a", "other", false}, {"b", "own", false}, {"gone", "own", false},
	} {
		if got := m.Attrs().GetStr(c.object).(*Instance).HasOwn(c.name); got != c.want {
			t.Errorf("%s.HasOwn(%q) = %v, want %v", c.object, c.name, got, c.want)
		}
	}
}
