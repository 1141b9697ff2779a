package python

import (
	"io"
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
