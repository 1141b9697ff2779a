package locustfile

import (
	"fmt"
	"strings"
	"testing"

	"gregaria/worker/internal/locust"
)

// TestFiredRequestsTellTheirURL: a request that listeners hear of, on both ways of both clients, has the URL, the answer and the headers of
// the response that they hear of, as one that nobody hears of has.
func TestFiredRequestsTellTheirURL(t *testing.T) {
	t.Parallel()
	host := streamServer(t)
	const listener = "    @__import__('locust').events.request.add_listener\n    def heard(**kw): pass\n"
	for _, kind := range []string{"HttpUser", "FastHttpUser"} {
		for _, general := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %t", kind, general), func(t *testing.T) {
				t.Parallel()
				text := fmt.Sprintf(streamFile, kind, listener, `self.client.get("/moved?job=17", name="x")`)
				r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(text), Remote: true}}, General: general}, nil, nil)
				r.whole = true
				r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host})
				until(t, "the task", func() bool { return r.printed()[0] != "" || len(r.exceptions) > 0 })
				r.stop(t, 0)
				if len(r.requests) != 1 {
					t.Fatalf("requests = %v, exceptions %v, want one", r.requests, r.exceptions)
				}
				q := r.requests[0]
				if q.Head == nil || q.Head.Header("CONTENT-type") != "text/event-stream; charset=utf-8" || q.Head.Header("x-nothing") != "" {
					t.Error("the headers of the answer are not there")
				}
				if q.URL == nil || !strings.HasSuffix(q.URL.String(), "/moved?job=17") || string(q.Answer) != threeEvents {
					t.Errorf("URL %v, answer %q", q.URL, q.Answer)
				}
			})
		}
	}
}
