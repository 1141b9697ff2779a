//go:build !race

package session

import (
	"runtime"
	"testing"

	"gregaria/worker/internal/python"
)

func bench(b *testing.B, fast bool, source string) {
	b.Helper()
	count := &counter{}
	t, f, _ := newUser(b, steady(b, 0), fast, count, source)
	b.ReportAllocs()
	err := t.Do(func() error {
		for b.Loop() {
			if _, err := t.Call(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || count.failed > 0 || count.n == 0 {
		b.Fatal(err, count)
	}
}

const (
	getTask    = "def f():\n    client.get('/health')\n"
	catchTask  = "def f():\n    with client.get('/health', catch_response=True) as r:\n        if r.json()['status'] != 'ok':\n            r.failure('no')\n"
	paramTask  = "def f():\n    client.params = {'a': '1'}\n    client.get('/health')\n"
	mountTask  = "from requests.adapters import HTTPAdapter\ndef f(done=[]):\n    if not done: done.append(client.mount('http://', HTTPAdapter(pool_maxsize=50)))\n    client.get('/health')\n"
	closeTask  = "def f():\n    client.get('/health', stream=True).close()\n"
	forgetTask = "def f():\n    client.get('/health', stream=True)\n"
	postTask   = "def f():\n    client.post('/orders', json={'item': 'a', 'count': 2, 'tags': ['x', 'y']}, name='/orders')\n"
)

// BenchmarkGetGenerally is a request the general way, where a setting of the session asks for it.
func BenchmarkGetGenerally(b *testing.B) { bench(b, false, paramTask) }

// BenchmarkGetMounted is a request by an adapter of which nothing but sizes was set: it goes the short way.
func BenchmarkGetMounted(b *testing.B) { bench(b, false, mountTask) }

func BenchmarkGet(b *testing.B)          { bench(b, false, getTask) }
func BenchmarkGetCatch(b *testing.B)     { bench(b, false, catchTask) }
func BenchmarkPostJSON(b *testing.B)     { bench(b, false, postTask) }
func BenchmarkFastGet(b *testing.B)      { bench(b, true, getTask) }
func BenchmarkFastGetCatch(b *testing.B) { bench(b, true, catchTask) }

// BenchmarkForget is a stream that nobody reads or closes, with the collections that wire.Unread asks for; BenchmarkClose is one that is closed.
func BenchmarkForget(b *testing.B) { bench(b, false, forgetTask) }
func BenchmarkClose(b *testing.B)  { bench(b, false, closeTask) }

func BenchmarkFastPostJSON(b *testing.B) { bench(b, true, postTask) }

// TestGetAllocates holds the price of a plain request.
func TestGetAllocates(t *testing.T) {
	for _, test := range []struct {
		fast   bool
		source string
	}{{false, getTask}, {true, getTask}, {false, mountTask}} {
		th, f, _ := newUser(t, steady(t, 0), test.fast, &counter{}, test.source)
		th.Lock()
		n := testing.AllocsPerRun(300, func() {
			if _, err := th.Call(f); err != nil {
				t.Error(err)
			}
		})
		th.Unlock()
		if n > 5 {
			t.Errorf("fast %v, %q: a GET allocates %v times, want at most 5", test.fast, test.source, n)
		}
	}
}

// TestSessionIsSmall holds what a session takes that nobody has touched, without its connection.
func TestSessionIsSmall(t *testing.T) {
	const users = 10_000
	th, _, _ := newUser(t, "http://127.0.0.1:1", false, &counter{}, "def f(): pass")
	th.Lock()
	defer th.Unlock()
	c, err := New(th, Options{})
	if err != nil {
		t.Fatal(err)
	}
	th.Local = nil
	for name, open := range map[string]func(t *python.Thread, url string, event, user python.Value) (python.Value, error){"HTTP": c.NewHTTP, "Fast": c.NewFast} {
		all := measure(t, th, open, users)
		if all > 1024 {
			t.Errorf("%s: a session takes %d bytes, want at most 1024", name, all)
		}
		t.Logf("%s: %d bytes a session", name, all)
	}
}

func measure(t *testing.T, th *python.Thread, open func(t *python.Thread, url string, event, user python.Value) (python.Value, error), users int) uint64 {
	var before, after runtime.MemStats
	keep := []python.Value{}
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range users {
		s, err := open(th, "http://127.0.0.1:1", python.None, python.None)
		if err != nil {
			t.Fatal(err)
		}
		keep = append(keep, s)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(keep)
	return (after.HeapAlloc - before.HeapAlloc) / uint64(users)
}
