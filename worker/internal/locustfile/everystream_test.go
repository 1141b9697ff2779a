package locustfile

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/client"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// An openServer has streams that end (/end) and others that do not, and counts those that it has begun, and the connections that are open.
type openServer struct {
	*httptest.Server
	open, most, begun atomic.Int64
}

func newOpenServer(t *testing.T) *openServer {
	t.Helper()
	o := &openServer{}
	o.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/small" {
			fmt.Fprint(w, "ok")
			return
		}
		o.begun.Add(1)
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		fmt.Fprint(w, "data: 1\n\ndata: 2\n\n")
		w.(http.Flusher).Flush()
		if r.URL.Path != "/end" {
			<-r.Context().Done()
		}
	}))
	o.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		switch s {
		case http.StateNew:
			n := o.open.Add(1)
			for most := o.most.Load(); n > most && !o.most.CompareAndSwap(most, n); most = o.most.Load() {
			}
		case http.StateClosed, http.StateHijacked:
			o.open.Add(-1)
		}
	}
	o.Start()
	t.Cleanup(func() {
		o.CloseClientConnections()
		o.Close()
	})
	return o
}

// eachClient runs a test with each client on each way.
func eachClient(t *testing.T, test func(t *testing.T, kind string, general bool)) {
	t.Helper()
	for _, kind := range []string{"HttpUser", "FastHttpUser"} {
		for _, general := range []bool{false, true} {
			if general && testing.Short() {
				continue
			}
			t.Run(fmt.Sprintf("%s %t", kind, general), func(t *testing.T) { test(t, kind, general) })
		}
	}
}

// rows are those of streams: finished, failed and incomplete.
func (r *rig) rows() (finished, failed, incomplete int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.requests {
		switch {
		case q.Type != timing.Stream:
		case q.Incomplete:
			incomplete++
		case q.Failure != "":
			failed++
		default:
			finished++
		}
	}
	return finished, failed, incomplete
}

// every is a file whose users leave streams in all ways, and whose listener leaves one.
const every = `
from locust import FastHttpUser, HttpUser, constant, events, task
from locust.clients import HttpSession
from locust.exception import StopUser
import gevent
kept = []
class U(%s):
    wait_time = constant(1000)
    concurrency = 100
    def ask(self, path="/x", **kw):
        return self.client.get(path, stream=True, **kw)
    def whole(self):
        return list(self.ask("/end").iter_content(5))
    def broken(self):
        for piece in self.ask().iter_content(3):
            break
    def closed(self):
        r = self.ask()
        next(r.iter_content(3))
        r.release() if hasattr(r, "release") else r.close()
    def unread(self):
        self.ask()
    def local(self):
        r = self.ask()
        next(r.iter_content(3))
    def attribute(self):
        self.last = self.ask()
    def everybodys(self):
        kept.append(self.ask())
    def judged(self):
        with self.ask(catch_response=True) as r:
            next(r.iter_content(3))
    def unjudged(self):
        self.r = self.ask("/end", catch_response=True)
        list(self.r.iter_content(5))
    def renamed(self):
        r = self.ask(catch_response=True)
        r.request_meta["name"] = "renamed"
        next(r.iter_content(3))
        self.renamed_one = r
    def raises(self):
        try:
            with self.ask(catch_response=True) as r:
                raise ValueError
        except ValueError: pass
    def generator(self):
        self.g = self.ask().iter_content(3)
        next(self.g)
    def reads(self):
        gevent.spawn(lambda: list(self.ask().iter_content(3)))
        gevent.sleep(0.1)
    @task
    def t(self):
        for f in (self.whole, self.broken, self.closed, self.unread, self.local, self.attribute, self.everybodys, self.judged,
                  self.unjudged, self.renamed, self.raises, self.generator, self.reads):
            f()
        print("done")
        %s
@events.test_start.add_listener
def started(environment, **kw):
    s = HttpSession(environment.host, environment.events.request, None)
    kept.append(s.get("/end", stream=True))
`

// TestEveryStreamHasARow whatever becomes of it: what the server has begun is in timings, once, when the test is over.
func TestEveryStreamHasARow(t *testing.T) {
	t.Parallel()
	eachClient(t, func(t *testing.T, kind string, general bool) {
		for _, how := range []string{"stopped", "collected", "ends by itself"} {
			last := "pass"
			if how == "ends by itself" {
				last = "raise StopUser"
			}
			o, text := newOpenServer(t), fmt.Sprintf(every, kind, last)
			streams, _ := user.NewStreams("")
			c := Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(text), Remote: true}}, General: general}
			r := startMeasured(t, c, nil, streams)
			r.spawn(t, locust.Job{Classes: map[string]int{"U": 2}, Host: &o.URL})
			until(t, "the tasks", func() bool { return len(r.printed()) == 2 || len(r.exceptions) > 0 })
			if how == "collected" {
				runtime.GC()
				time.Sleep(20 * time.Millisecond)
			}
			r.stop(t, 0)
			r.attached(t, locust.Last)
			finished, failed, incomplete := r.rows()
			if begun := int(o.begun.Load()); begun != 2*13+1 || finished+failed+incomplete != begun {
				t.Errorf("%s: %d streams, %d finished, %d failed, %d incomplete: %q", how, begun, finished, failed, incomplete, r.told())
			}
			if finished != 2*2 || failed != 0 {
				t.Errorf("%s: %d finished, %d failed, want 4, none: %q", how, finished, failed, r.told())
			}
			if len(r.exceptions) > 0 {
				t.Error(r.exceptions)
			}
		}
	})
}

// TestEveryGoStreamHasARow likewise, whatever a scenario leaves.
func TestEveryGoStreamHasARow(t *testing.T) {
	t.Parallel()
	o := newOpenServer(t)
	streams, _ := user.NewStreams("")
	r := &rig{stats: stats.New(1)}
	r.shard = r.stats.Shard()
	done := make(chan struct{}, 2)
	class := user.Class{Name: "U", Run: func(ctx context.Context, env *user.Env) {
		s := client.New(env)
		ask := func(path string, catch bool) *client.Response {
			return s.Do(ctx, &client.Request{Method: "GET", URL: path, Stream: true, Catch: catch})
		}
		for range ask("/end", false).Lines() {
		}
		for range ask("/x", false).Lines() {
			break
		}
		ask("/x", false).Close()
		ask("/x", false)
		_, _ = ask("/x", true).Read(make([]byte, 3))
		_, _ = client.New(env).Do(ctx, &client.Request{Method: "GET", URL: "/x", Stream: true}).Read(make([]byte, 3))
		_, _ = ask("/x", false).Read(make([]byte, 3))
		done <- struct{}{}
		<-env.Stopping
	}}
	e := engine.New([]user.Class{class}, engine.Services{Shard: func() user.Recorder { return r }, Streams: streams}, slog.New(slog.DiscardHandler))
	wait(t, "spawn", func(done func()) { e.Spawn(locust.Job{Classes: map[string]int{"U": 2}, Host: &o.URL}, done) })
	<-done
	<-done
	wait(t, "stop", func(done func()) { e.Stop(0, done) })
	finished, failed, incomplete := r.rows()
	if begun := int(o.begun.Load()); begun != 2*7 || finished != 2 || failed != 0 || incomplete != 2*6 {
		t.Errorf("%d streams, %d finished, %d failed, %d incomplete, want 14, 2, none, 12: %q", begun, finished, failed, incomplete, r.told())
	}
}
