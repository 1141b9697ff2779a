package python

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Hostile values end as exceptions and cost little memory.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]*Type{
		"'x' * 10**12":                      MemoryError,
		"[0] * 10**12":                      MemoryError,
		"10**10**10":                        MemoryError,
		"1 << 10**12":                       MemoryError,
		"'%1000000000000d' % 1":             MemoryError,
		"'x'.ljust(10**12)":                 MemoryError,
		"'x'.zfill(10**10)":                 MemoryError,
		"'x'.center(10**10)":                MemoryError,
		"('\\t' * 10**6).expandtabs(10**6)": MemoryError,

		"('a' * 10**6).translate({97: 'x' * 10**6})": MemoryError,
		"''.join(['x' * 10**6] * 10**4)":             MemoryError,
		"('a' * 10**6).replace('a', 'b' * 10**6)":    MemoryError,
		"list(range(10**12))":                        MemoryError,
		"bytes(10**12)":                              MemoryError,
		"f'{1:1000000000000}'":                       ValueError,
		"f'{1:>{10**10}}'":                           ValueError,
		"str(10**5000)":                              ValueError,
		"int('9' * 10**6)":                           ValueError,
		"'ab'.replace('', 'x' * 10**8) * 10":         MemoryError,
		"pow(3, 1 << 1000000, (1 << 1000000) - 1)":   OverflowError,
		"(lambda f: f(f))(lambda f: f(f))":           RecursionError,
		"[].__class__.__nope__":                      AttributeError,
		"float('nan') + 'x'":                         TypeError,
		"float('nan') < 'x'":                         TypeError,
		"len(float('nan'))":                          TypeError,
		"[] + float('nan')":                          TypeError,
		"not type('E', (Exception,), {'__bool__': lambda e: 1 / 0})()": ZeroDivisionError,
	} {
		th, _ := newTestThread(t, "")
		_, err := th.Exec("m", "m.py", []byte("x = "+src+"\n"))
		if err == nil || !AsException(err).IsA(want) {
			t.Errorf("%s = %v, want %s", src, err, want.Name())
		}
	}
}

func TestDeepSource(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		strings.Repeat("(", 10000) + strings.Repeat(")", 10000), strings.Repeat("-", 10000) + "1",
		"x = " + strings.Repeat("[", 5000), strings.Repeat("if 1:\n ", 500),
	} {
		th, _ := newTestThread(t, "")
		if _, err := th.Exec("m", "m.py", []byte(src)); err == nil || !AsException(err).IsA(SyntaxError) {
			t.Errorf("%.20q = %v, want a SyntaxError", src, err)
		}
	}
}

// What nests without end is a RecursionError, before Go's stack is large.
func TestHostileNesting(t *testing.T) {
	t.Parallel()
	for _, src := range append(strings.Split(nestings, "---\n"), hooks()...) {
		th, _ := newTestThread(t, "")
		_, err := th.Exec("m", "m.py", []byte(src))
		if err == nil || !AsException(err).IsA(RecursionError) {
			t.Errorf("%s\n= %v, want a RecursionError", src, err)
		}
	}
}

const nestings = `
def f(): f()
f()
---
x = []
for i in range(5000): x = [x]
repr(x)
---
x = y = []
for i in range(5000): x = [x]; y = [y]
x == y
---
x = ()
for i in range(5000): x = (x,)
hash(x)
---
def g(n):
    yield from g(n + 1)
list(g(0))
---
def g(it):
    for x in it: yield x
it = iter([1])
for i in range(2000): it = g(it)
next(it)
---
it = iter([1])
for i in range(2000): it = map(str, it)
next(it)
---
f = lambda: 1
def wrap(f): return lambda: f()
for i in range(2000): f = wrap(f)
f()
---
class A: pass
A.__call__ = A()
A()()
---
class A:
    def __new__(cls): return cls()
A()
---
class A:
    def __init_subclass__(cls):
        class B(cls): pass
class B(A): pass
`

// hooks are objects whose special method calls itself.
func hooks() []string {
	var out []string
	for _, h := range []string{
		"__getattr__(self, n): return self.y|a.x", "__eq__(self, o): return self == o|a == a", "__repr__(self): return repr(self)|repr(a)", "__str__(self): return str(self)|str(a)",
		"__hash__(self): return hash(self)|hash(a)", "__len__(self): return len(self)|len(a)", "__iter__(self): return iter(self)|iter(a)", "__call__(self): return self()|a()",
		"__bool__(self): return bool(self)|bool(a)", "__format__(self, s): return format(self, s)|f'{a}'", "__add__(self, o): return self + o|a + 1", "__getitem__(self, i): return self[i]|a[0]",
		"__contains__(self, i): return i in self|1 in a", "__init__(self): A()|1",
	} {
		def, use, _ := strings.Cut(h, "|")
		out = append(out, "class A:\n    def "+def+"\na = A()\n"+use+"\n")
	}
	return out
}

// growths are sources whose values grow without end.
func growths() []string {
	return []string{
		"x = []\nwhile True: x.append('a' * 1000)", "l = ['x' * 2_000_000 + str(i) for i in range(10000)]", "s = 'a'\nwhile True: s += s",
		"x = [0]\nwhile True: x.extend(x)", "x = [0]\nwhile True: x += x", "x = (0,)\nwhile True: x = x + x", "x = [1]\nfor i in x: x.append(i)", "x = [1]\nx[1:] = iter(lambda: 1, 2)",
		"x = b'a'\nwhile True: x += x", "x = bytearray(b'a')\nwhile True: x.extend(x)", "x = 'a'\nwhile True: x = f'{x}{x}'", "x = 'a'\nwhile True: x = '%s%s' % (x, x)",
		"x = 'a'\nwhile True: x = '{0}{0}'.format(x)", "x = {}\nwhile True: x = {1: x, 2: x}", "d = {}\nn = 0\nwhile True:\n  n += 1\n  d[n] = str(n)", "def f(*a): return f(*a, *a, 1)\nf(1)",
	}
}

// What grows without end is a MemoryError soon after the limit. Not parallel, because the limit is one of the process.
func TestHostileGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("fills the memory again and again")
	}
	for _, src := range growths() {
		runtime.GC()
		now := newMemory(1)
		limit := int64(now.used()) + 100<<20
		th := New(Options{Stdout: io.Discard, MaxMemory: limit}).NewThread()
		err := th.Do(func() error {
			_, err := th.Exec("m", "m.py", []byte(src))
			return err
		})
		used := int64(now.used())
		if err == nil || !AsException(err).IsA(MemoryError) {
			t.Errorf("%s\n= %v, want a MemoryError", src, err)
		}
		if over := used - limit; over > 1<<30 {
			t.Errorf("%s uses %d MB more than it may", src, over>>20)
		}
	}
}

// endless are sources that never end.
func endless() []string {
	return []string{
		"while True: pass", "sum(range(10**12))", "any(iter(int, 1))", "1 in iter(int, 1)", "set(iter(int, 1))", "x = [1]\nfor i in range(100): x = [x, x]\nrepr(x)",
		"x = y = (1,)\nfor i in range(100): x, y = (x, x), (y, y)\nhash(x)", "x = y = [1]\nfor i in range(100): x, y = [x, x], [y, y]\nx == y",
		"def f():\n  try: f()\n  except RecursionError: f()\nf()", "while 1:\n  try:\n    while 1: 1 / 0\n  except ZeroDivisionError: pass", "def g():\n  while True: yield 1\nfor i in g(): pass",
	}
}

// What never ends can be cancelled, wherever the loop is.
func TestHostileLoops(t *testing.T) {
	t.Parallel()
	for _, src := range endless() {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			th := New(Options{Stdout: io.Discard}).NewThread()
			time.AfterFunc(50*time.Millisecond, func() { th.Cancel(NewException(KeyboardInterrupt)) })
			ended := make(chan error, 1)
			go func() {
				ended <- th.Do(func() error {
					_, err := th.Exec("m", "m.py", []byte(src))
					return err
				})
			}()
			select {
			case err := <-ended:
				if err == nil || !AsException(err).IsA(KeyboardInterrupt) {
					t.Errorf("%s\n= %v, want a KeyboardInterrupt", src, err)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("%s\ndoes not end", src)
			}
		})
	}
}

// A chain of a million exceptions has a text of a sane length.
func TestHostileChain(t *testing.T) {
	t.Parallel()
	th, _ := newTestThread(t, "")
	_, err := th.Exec("m", "m.py", []byte("e = None\nfor i in range(100000):\n  try:\n    raise ValueError(i) from e\n  except ValueError as x:\n    e = x\nraise e\n"))
	if n := len(th.Traceback(err)); n < 1000 || n > 1<<20 {
		t.Errorf("the traceback has %d bytes, want some thousand", n)
	}
}

// A panic in Go code that Python calls is an exception, and the thread goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	th, m := newTestThread(t, "def f(*a): return bad(1, *a)\ndef g(x, *, y): return x + y\n")
	m.Attrs().SetStr("bad", Func("bad(a, b=None)", func(*Thread, []Value) (Value, error) { panic("oops") }))
	th.Unlock()
	err := th.Do(func() error {
		_, err := th.Call(m.Attrs().GetStr("f"))
		return err
	})
	if err == nil || err.Error() != "SystemError: oops" {
		t.Errorf("f() = %v, want SystemError: oops", err)
	}
	if err := th.Do(func() error {
		v, err := th.CallKw(m.Attrs().GetStr("g"), Args{Pos: []Value{NewInt(1)}, Names: []*Str{NewStr("y")}, Values: []Value{NewInt(2)}})
		if n, _ := AsInt(v); err == nil && n != 3 {
			t.Errorf("g(1, y=2) = %d, want 3", n)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
