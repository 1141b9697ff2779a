package python

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// bench compiles a module that defines f, and measures calls of f(n).
func bench(b *testing.B, src string) {
	b.Helper()
	iso := New(Options{Stdout: io.Discard})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	m, err := t.Exec("__main__", "bench.py", []byte(src))
	if err != nil {
		b.Fatal(t.Traceback(err))
	}
	f := m.Attrs().GetStr("f")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.Call(f); err != nil {
			b.Fatal(t.Traceback(err))
		}
	}
}

func BenchmarkCall(b *testing.B)    { bench(b, "def f(): pass") }
func BenchmarkAdd(b *testing.B)     { bench(b, "x = 1\ndef f():\n  return x + 2") }
func BenchmarkCompare(b *testing.B) { bench(b, "x = 'abc'\ndef f():\n  return x == 'abd'") }
func BenchmarkDict(b *testing.B) {
	bench(b, "x = 5\ndef f():\n  return {'prompt': x, 'user': 'u', 'n': 3}")
}
func BenchmarkFString(b *testing.B) { bench(b, "x = 5\ndef f():\n  return f'/api/v1/story/{x}'") }
func BenchmarkFormat(b *testing.B)  { bench(b, "x = 5.25\ndef f():\n  return f'{x:.2f}'") }
func BenchmarkLoop1000(b *testing.B) {
	bench(b, "def f():\n  n = 0\n  for i in range(1000):\n    n += i\n  return n")
}

func BenchmarkMethod(b *testing.B) {
	bench(b, "class A:\n  def __init__(self): self.n = 1\n  def m(self, x): return self.n\na = A()\ndef f():\n  return a.m(1)")
}

// BenchmarkTask is the Python of a typical task: a request's arguments, a check of its answer.
func BenchmarkTask(b *testing.B) {
	bench(b, `
class Response:
    status_code = 200
    def success(self): pass
class Client:
    def __init__(self): self.r = Response()
    def post(self, path, json=None, name=None, catch_response=False): return self.r
class User:
    def __init__(self):
        self.client = Client()
        self.n = 7
    def task(self):
        r = self.client.post(f"/story/{self.n}", json={"prompt": "a fox", "n": self.n, "style": "x"}, name="/story/[id]")
        if r.status_code == 200:
            r.success()
u = User()
def f():
    u.task()
`)
}

func BenchmarkGenerator(b *testing.B) {
	bench(b, "def g():\n  for i in range(100): yield i\ndef f():\n  return sum(g())")
}

func BenchmarkException(b *testing.B) {
	bench(b, "def f():\n  try:\n    {}['k']\n  except KeyError:\n    pass")
}

// benchClient measures a method of a user with a client in Go that does nothing.
func benchClient(b *testing.B, body string) {
	b.Helper()
	iso := New(Options{Stdout: io.Discard})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	m, err := t.Exec("__main__", "bench.py", []byte("class User:\n  def __init__(self, client): self.client = client\n  def task(self):\n"+body))
	if err != nil {
		b.Fatal(t.Traceback(err))
	}
	u, err := t.Call(m.Attrs().GetStr("User"), newNothing())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.CallMethod(u, "task"); err != nil {
			b.Fatal(t.Traceback(err))
		}
	}
}

func BenchmarkGet(b *testing.B) { benchClient(b, `    self.client.get("/")`) }

func BenchmarkPost(b *testing.B) {
	benchClient(b, `
    with self.client.post(f"/story/{7}", json={"prompt": "a fox", "n": 7}, name="/story/[id]", catch_response=True) as r:
        if r.status_code != 200:
            r.failure(f"got {r.status_code}")
`)
}

// BenchmarkRounds is n users that each wait a moment and run 20 statements, in one isolate or in two.
func BenchmarkRounds(b *testing.B) {
	for _, c := range []struct{ isolates, users int }{{1, 1}, {1, 2}, {1, 100}, {2, 2}, {2, 100}} {
		b.Run(fmt.Sprintf("isolates=%d/users=%d", c.isolates, c.users), func(b *testing.B) { benchRounds(b, c.isolates, c.users) })
	}
}

func benchRounds(b *testing.B, isolates, users int) {
	src := "def f():\n  n = 0\n  for i in range(100):\n" + strings.Repeat("    n += 1\n", 1)
	var wg sync.WaitGroup
	var start syscall.Rusage
	b.ResetTimer()
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &start)
	for range isolates {
		th, m := newTestThread(b, src)
		f := m.Attrs().GetStr("f")
		th.Unlock()
		for range users / isolates {
			wg.Go(func() {
				t := th.Isolate().NewThread()
				_ = t.Do(func() error {
					for range b.N/users + 1 {
						if _, err := t.Call(f); err != nil {
							return err
						}
						if err := t.Blocking(func() {}); err != nil {
							return err
						}
					}
					return nil
				})
			})
		}
	}
	wg.Wait()
	var end syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &end)
	cpu := func(r syscall.Rusage) float64 { return float64(r.Utime.Nano() + r.Stime.Nano()) }
	b.ReportMetric((cpu(end)-cpu(start))/float64(b.N), "cpu-ns/op")
}
