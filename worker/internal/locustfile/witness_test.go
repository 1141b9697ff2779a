package locustfile

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// TestWitness has requests that a file fires. Those with values that Locust's statistics count in Python alone are shown to who logs every request,
// as far as they can be; the others are recorded, and each is seen once.
func TestWitness(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, task, constant
class Text:
    def __str__(self): return "any"
class U(User):
    wait_time = constant(100)
    @task
    def t(self):
        fire = self.environment.events.request.fire
        fire(request_type="MQTT", name="usual", response_time=3, response_length=7, exception=None, context={}, url="mqtt://h/t")
        fire(request_type="MQTT", name="failed", response_time=3.5, response_length=0, exception=ValueError("no"), context={})
        fire(request_type="MQTT", name="odd time", response_time=True, response_length=1, exception="bad", context={}, url="mqtt://h/u")
        fire(request_type="MQTT", name=Text(), response_time=4, response_length=2, exception=None, context={})
        print("fired")
`, nil)
	r.whole = true
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	r.prints(t, "fired")
	r.stop(t, 0)
	text := func(all []user.Request) (lines []string) {
		for _, q := range all {
			lines = append(lines, fmt.Sprintf("%s %s %v %d %q %v", q.Type, q.Name, q.ResponseTime, q.Length, q.Failure, q.URL))
		}
		return lines
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if diff := cmp.Diff([]string{`MQTT usual 3ms 7 "" mqtt://h/t`, `MQTT failed 3.5ms 0 "ValueError('no')" <nil>`}, text(r.requests)); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`MQTT odd time -1ns 1 "bad" mqtt://h/u`, `MQTT any 4ms 2 "" <nil>`}, text(r.witnessed)); diff != "" {
		t.Errorf("witnessed (-want +got):\n%s", diff)
	}
}
