package locustfile

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// forgetful is a file whose user forgets streams, and lives on.
const forgetful = `
from locust import FastHttpUser, HttpUser, constant, task
import time
class U(%s):
    concurrency = 1000
    def ask(self):
        for i in range(%d):
            %s
    @task
    def t(self):
        self.ask()
        print("done")
        while True:
            time.sleep(0.01)
`

// TestForgottenStreamsAreClosed while their user lives on, where the collector finds them. CPython closes those of an HttpUser when its own
// does, since response and request_meta refer to each other, those of a FastHttpUser when the last reference goes.
func TestForgottenStreamsAreClosed(t *testing.T) {
	t.Parallel()
	eachClient(t, func(t *testing.T, kind string, general bool) {
		for reason, body := range map[string]string{
			"at once":         `self.client.get("/x", stream=True)`,
			"in a local":      `r = self.client.get("/x", stream=True)`,
			"caught, no with": `r = self.client.get("/x", stream=True, catch_response=True)`,
			"with":            "\n            with self.client.get('/x', stream=True, catch_response=True) as r: pass",
			"looked at":       `r = self.client.get("/x", stream=True, catch_response=True); r.request_meta, r.headers, r.history, r.request`,
			"half":            `r = self.client.get("/x", stream=True); next(r.iter_content(3))`,
			"an exception":    "\n            try: self.client.get('/x', stream=True).nothing\n            except AttributeError: pass",
		} {
			if testing.Short() && reason != "with" && reason != "half" {
				continue
			}
			o := newOpenServer(t)
			streams, _ := user.NewStreams("")
			c := Config{Sources: []Source{{Path: "locustfile.py", Text: fmt.Appendf(nil, forgetful, kind, 5, body), Remote: true}}, General: general}
			r := startMeasured(t, c, nil, streams)
			r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &o.URL})
			r.prints(t, "done")
			until(t, reason+": the connections are closed", func() bool {
				runtime.GC()
				return o.open.Load() == 0
			})
			if finished, failed, incomplete := r.rows(); finished != 0 || failed != 0 || incomplete != 5 {
				t.Errorf("%s: %d finished, %d failed, %d incomplete, want five incomplete: %q", reason, finished, failed, incomplete, r.told())
			}
			r.stop(t, 0)
		}
	})
}

// TestForgottenStreamsAreFewAtATime though nobody asks for a collection but the worker itself.
func TestForgottenStreamsAreFewAtATime(t *testing.T) { //nolint:paralleltest // it has the collector for itself
	if testing.Short() {
		t.Skip("it takes ten seconds")
	}
	percent := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(percent)
	eachClient(t, func(t *testing.T, kind string, general bool) {
		o := newOpenServer(t)
		text := fmt.Appendf(nil, forgetful, kind, 500, `self.client.get("/x", stream=True); time.sleep(0.005)`) // a collection takes time, too, on two busy cores
		r := startWith(t, Config{Sources: []Source{{Path: "locustfile.py", Text: text, Remote: true}}, General: general}, nil)
		r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &o.URL})
		r.prints(t, "done")
		if most := o.most.Load(); most > 200 {
			t.Errorf("%d of 500 connections were open at once, want at most 200", most)
		}
		until(t, "the last ones are closed", func() bool { return o.open.Load() == 0 })
		t.Logf("%d of 500 were open at once", o.most.Load())
		r.stop(t, 0)
	})
}

// TestForgottenStreamsOfAPoolThatBlocks: urllib3 gives the place of a response that is closed or whose generator ends back to its pool, and not
// that of one which is collected unread. Stock Locust's users wait for ever then, and so do these.
func TestForgottenStreamsOfAPoolThatBlocks(t *testing.T) {
	t.Parallel()
	for _, general := range []bool{false, true} {
		for _, tt := range []struct {
			reason, body string
			free         bool
		}{
			{"closed", `self.client.get("/x", stream=True).close()`, true},
			{"a loop that is left", `for piece in self.client.get("/x", stream=True).iter_content(3): break`, true},
			{"a generator that is collected", `r = self.client.get("/x", stream=True); next(r.iter_content(3))`, true},
			{"read in part", `self.client.get("/x", stream=True).raw.read(3)`, false},
			{"unread", `self.client.get("/x", stream=True)`, false},
		} {
			o := newOpenServer(t)
			r := startWith(t, Config{General: general, Sources: []Source{{Path: "locustfile.py", Remote: true, Text: fmt.Appendf(nil, `
from locust import HttpUser, task
from urllib3 import PoolManager
import time
class U(HttpUser):
    pool_manager = PoolManager(maxsize=1, block=True)
    def ask(self):
        %s
    @task
    def t(self):
        self.ask()
        print("asked")
        self.client.get("/small")
        print("got it")
        time.sleep(1000)
`, tt.body)}}}, nil)
			r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &o.URL})
			r.prints(t, "asked")
			until(t, tt.reason+": the connection is closed", func() bool {
				runtime.GC()
				return o.open.Load() == 0 || len(r.printed()) == 2
			})
			if tt.free {
				r.prints(t, "got it")
			} else if time.Sleep(100 * time.Millisecond); len(r.printed()) != 1 {
				t.Errorf("%s: the pool lends the place of a response that is collected, want that it is lost as in urllib3", tt.reason)
			}
			r.stop(t, 0)
		}
	}
}

// heap is what is in use, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// heapAtRest is the heap once it becomes no smaller: what other tests have left may still be on its way out.
func heapAtRest() uint64 {
	least := heap()
	for same := 0; same < 5; same++ {
		time.Sleep(50 * time.Millisecond)
		if now := heap(); now+1_000_000 < least {
			least, same = now, 0
		}
	}
	return least
}

// TestUsersAreCollectedWithTheirStreams: what closes a stream when its response is collected keeps neither the user nor the response.
func TestUsersAreCollectedWithTheirStreams(t *testing.T) { //nolint:paralleltest // it measures the heap
	eachClient(t, func(t *testing.T, kind string, general bool) {
		o := newOpenServer(t)
		streams, _ := user.NewStreams("")
		before := heapAtRest()
		r := startMeasured(t, Config{General: general, Sources: []Source{{Path: "locustfile.py", Remote: true, Text: fmt.Appendf(nil, `
from locust import FastHttpUser, HttpUser, constant, task
class U(%s):
    wait_time = constant(1000)
    @task
    def t(self):
        self.kept = [[bytearray(100_000_000) for _ in range(5)], self.client.get("/x", stream=True), self.client.get("/x", stream=True, catch_response=True)]
        print("done")
`, kind)}}}, nil, streams)
		r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &o.URL})
		r.prints(t, "done")
		if n := heap(); n < before+300_000_000 { // not 500: what other tests have left goes meanwhile
			t.Fatalf("%d bytes are in use while the user lives, %d before", n, before)
		}
		r.stop(t, 0)
		until(t, "the user is collected", func() bool { return heap() < before+150_000_000 })
	})
}
