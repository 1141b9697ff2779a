package locustfile

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
)

// Follow hears what streams say.
func (r *rig) Follow(typ, name string, address fmt.Stringer) func(data []byte, at time.Time) {
	if !r.listens {
		return nil
	}
	path := address.String()
	if u, err := url.Parse(path); err == nil {
		path = u.Path
	}
	return func(data []byte, _ time.Time) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.heard = append(r.heard, fmt.Sprintf("%s %s %s %s", typ, name, path, strings.TrimSpace(string(data))))
	}
}

// TestStreamsAreHeard has the data of each event, for whoever wants it, on both ways of both clients; with nothing measured, too.
func TestStreamsAreHeard(t *testing.T) {
	t.Parallel()
	host := streamServer(t)
	for _, kind := range []string{"HttpUser", "FastHttpUser"} {
		for _, general := range []bool{false, true} {
			for _, tt := range []struct{ body, head string }{
				{`list(self.client.get("/chunks", name="x", stream=True).iter_content(5))`, "GET x /chunks "},
				{`list(self.client.get("/moved", stream=True).iter_content(5))`, "GET /moved /moved "},
				{`with self.client.get("/chunks", stream=True, catch_response=True) as r: list(r.iter_content(5))`, "GET /chunks /chunks "},
			} {
				t.Run(fmt.Sprintf("%s %t %s", kind, general, tt.body), func(t *testing.T) {
					t.Parallel()
					text := fmt.Sprintf(streamFile, kind, "", tt.body)
					r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(text), Remote: true}}, General: general}, nil, nil)
					r.listens = true
					r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host})
					until(t, "the task", func() bool { return r.printed()[0] != "" || len(r.exceptions) > 0 })
					r.stop(t, 0)
					want := []string{tt.head + "1", tt.head + "2", tt.head + "3"}
					if diff := cmp.Diff(want, r.heard); diff != "" {
						t.Errorf("heard: want -, got +\n%s%v", diff, r.exceptions)
					}
				})
			}
		}
	}
}
