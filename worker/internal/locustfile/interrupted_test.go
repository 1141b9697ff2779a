package locustfile

import (
	"fmt"
	"slices"
	"testing"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// TestInterruptedStreams: a Timeout of gevent, or the end of the greenlet, ends a read at once, and the stream with it.
func TestInterruptedStreams(t *testing.T) {
	t.Parallel()
	eachClient(t, func(t *testing.T, kind string, general bool) {
		o := newOpenServer(t)
		streams, _ := user.NewStreams("")
		text := fmt.Appendf(nil, `
from locust import FastHttpUser, HttpUser, task
import gevent, time
class U(%s):
    @task
    def t(self):
        self.r = self.client.get("/x", stream=True)
        try:
            with gevent.Timeout(0.1):
                for piece in self.r.iter_content(1000): pass
                print("ended")
        except gevent.Timeout: print("in time")
        self.q = self.client.get("/x", stream=True)
        reader = gevent.spawn(lambda: list(self.q.iter_content(1000)))
        gevent.sleep(0.1)
        reader.kill()
        print("killed")
        time.sleep(1000)
`, kind)
		r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: text, Remote: true}}, General: general}, nil, streams)
		r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &o.URL})
		until(t, "the task goes on", func() bool { return len(r.printed()) == 2 })
		until(t, "the connections are closed", func() bool { return o.open.Load() == 0 })
		if got := r.printed(); !slices.Equal(got, []string{"in time", "killed"}) {
			t.Errorf("printed %q", got)
		}
		if finished, failed, incomplete := r.rows(); finished+failed != 0 || incomplete != 2 {
			t.Errorf("%d finished, %d failed, %d incomplete, want two incomplete: %q", finished, failed, incomplete, r.told())
		}
		r.stop(t, 0)
	})
}
