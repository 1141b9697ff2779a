package python

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"unsafe"
)

// heapOf returns how many bytes of heap each of n values takes that f makes.
func heapOf(n int, f func(i int) any) int {
	keep := make([]any, n)
	f(0)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range keep {
		keep[i] = f(i)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(keep)
	return int(after.HeapAlloc-before.HeapAlloc) / n
}

// A user that waits costs its thread and its object. Not parallel, because others would be measured too.
func TestSizes(t *testing.T) {
	th, m := newTestThread(t, `
class User:
    def __init__(self):
        self.environment = self.client = self.wait_time = self.token = self.name = None
    def task(self):
        return f(self.client, {"a": 1, "b": [1, 2]})
def f(a, b):
    return [x for x in range(9)]
`)
	user, iso := m.Attrs().GetStr("User"), th.Isolate()
	object := heapOf(5000, func(int) any {
		u, err := th.Call(user)
		if err != nil {
			t.Fatal(err)
		}
		return u
	})
	if object >= 400 {
		t.Errorf("an object with five attributes takes %d bytes, want less than 400", object)
	}
	u, err := th.Call(user)
	if err != nil {
		t.Fatal(err)
	}
	th.Unlock()
	thread := heapOf(5000, func(int) any {
		o := iso.NewThread()
		if err := o.Do(func() error {
			_, err := o.CallMethod(u, "task")
			return err
		}); err != nil {
			t.Error(err)
		}
		return o
	})
	if thread > 160 {
		t.Errorf("a thread that has run a task takes %d bytes, want at most 160", thread)
	}
	t.Logf("object %d B, thread %d B (%d B of it Thread)", object, thread, unsafe.Sizeof(Thread{}))
}

// stackPointer returns an address in the frame of a function that it calls.
//
//go:noinline
func stackPointer() uintptr {
	var x byte
	return uintptr(unsafe.Pointer(&x))
}

// The Go stack that a user's goroutine once grew to stays with it: calls have to be shallow.
func TestStackPerCall(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		most int
	}{
		"function":       {"return f(n - 1)", 1300},
		"method":         {"return o.m(n - 1)", 1300},
		"assignment":     {"x = f(n - 1)\n  return x", 1300},
		"with":           {"with o as r:\n    return f(n - 1)", 2000},
		"try in for, if": {"for i in a:\n    if i:\n      try:\n        return f(n - 1)\n      except KeyError: pass", 2000},
		"spread":         {"return f(*[n - 1])", 1200},
		"keyword":        {"return f(n=n - 1)", 1300},
	} {
		th, m := newTestThread(t, fmt.Sprintf(`
class O:
  def m(self, n): return f(n)
  def __enter__(self): return self
  def __exit__(self, *a): return False
o, a = O(), [1]
def f(n):
  if n == 0: return sp()
  %s
`, c.body))
		m.Attrs().SetStr("sp", Func("sp()", func(*Thread, []Value) (Value, error) { return NewInt(int64(stackPointer())), nil }))
		at := func(n int64) int64 {
			v, err := th.Call(m.Attrs().GetStr("f"), NewInt(n))
			if err != nil {
				t.Fatal(err)
			}
			i, _ := AsInt(v)
			return i
		}
		at(200) // the stack grows now, and moves
		per := int(at(0)-at(100)) / 100
		if name == "method" {
			per /= 2
		}
		t.Logf("%s: %d bytes", name, per)
		if per > c.most {
			t.Errorf("a call in %s takes %d bytes of stack, want at most %d", name, per, c.most)
		}
		th.Unlock()
	}
}

// A typical task fits into a Go stack of 8 KB, with a client in Go at its end. Not parallel, because it measures all stacks.
func TestStackOfTask(t *testing.T) {
	th, m := newTestThread(t, `
import_time = 3
class User:
    def __init__(self, client): self.client, self.n = client, 7
    def task(self):
        for i in range(2):
            with self.client.post(f"/story/{self.n}", json={"prompt": "a fox", "n": self.n}, name="/story/[id]", catch_response=True) as r:
                if r.status_code != 200:
                    r.failure(f"got {r.status_code}")
                else:
                    self.check(r)
    def check(self, r):
        try:
            if not r.ok: raise ValueError(r)
        except KeyError:
            pass
`)
	u, err := th.Call(m.Attrs().GetStr("User"), newNothing())
	if err != nil {
		t.Fatal(err)
	}
	th.Unlock()
	const n = 1000
	var ready sync.WaitGroup
	ready.Add(n)
	end := make(chan struct{})
	stacks := func() int {
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return int(s.StackInuse)
	}
	before := stacks()
	for range n {
		go func() {
			o := th.Isolate().NewThread()
			if err := o.Do(func() error {
				_, err := o.CallMethod(u, "task")
				return err
			}); err != nil {
				t.Error(o.Traceback(err))
			}
			ready.Done()
			<-end
		}()
	}
	ready.Wait()
	per := (stacks() - before) / n
	close(end)
	t.Logf("%d bytes of stack", per)
	if per > 9000 {
		t.Errorf("the stack of a user is %d bytes, want 8 KB", per)
	}
}

// newNothing makes a client in Go whose post returns a response that is good.
func newNothing() Value {
	response := NewInstance(NewClass(ClassSpec{Name: "Response", Module: "requests", Methods: []*Native{
		Func("failure(self, exc)", func(*Thread, []Value) (Value, error) { return None, nil }),
		Func("success(self)", func(*Thread, []Value) (Value, error) { return None, nil }),
		Func("__enter__(self)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
		Func("__exit__(self, typ, value, tb)", func(*Thread, []Value) (Value, error) { return None, nil }),
	}, Attrs: map[string]Value{
		"status_code": Property(func(*Thread, Value) (Value, error) { return NewInt(200), nil }),
		"ok":          True,
	}}), nil)
	return NewInstance(NewClass(ClassSpec{Name: "Client", Module: "requests", Methods: []*Native{
		Func("get(self, path, *, name=None, catch_response=False)", func(t *Thread, _ []Value) (Value, error) {
			return response, t.Blocking(func() {})
		}),
		Func("post(self, path, data=None, json=None, *, name=None, catch_response=False)", func(t *Thread, _ []Value) (Value, error) {
			return response, t.Blocking(func() {})
		}),
	}}), nil)
}

// Classes that a function makes at every call are freed, although their base knows them.
func TestClassesDie(t *testing.T) {
	th, m := newTestThread(t, "class Base: pass\nclass Kept(Base): pass\ndef f():\n  class Local(Base): pass\n")
	f, base := m.Attrs().GetStr("f"), m.Attrs().GetStr("Base").(*Type)
	for range 100 {
		if _, err := th.Call(f); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.GC()
	if n := len(base.living()); n > 5 || n < 1 {
		t.Errorf("%d classes live, want the one that is kept", n)
	}
	runtime.KeepAlive(m)
}

// Names that a file computes do not stay.
func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	th, m := newTestThread(t, "class A: pass\na = A()\ndef f():\n  for i in range(100000): getattr(a, f'x{i}', None)\n")
	if _, err := th.Call(m.Attrs().GetStr("f")); err != nil {
		t.Fatal(err)
	}
	if n, k := len(th.iso.names), len(m.Attrs().GetStr("A").(*Type).cache); n > maxNames || k > 2*maxAbsent {
		t.Errorf("%d names and %d lookups are kept, want at most %d and %d", n, k, maxNames, 2*maxAbsent)
	}
}
