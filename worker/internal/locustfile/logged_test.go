package locustfile

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
)

// noting notes what it is told to count, as the metrics of --listen do.
type noting struct {
	*stats.Recorder
	mu    *sync.Mutex
	lines *[]string
}

// Log implements logger.
func (n noting) Log(method, name string, ms, rounded float64) {
	n.add(fmt.Sprint(method, " ", name, " ", ms, " ", rounded))
}

// LogFailure implements logger.
func (n noting) LogFailure(method, name string) { n.add("failed " + method + " " + name) }

func (n noting) add(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	*n.lines = append(*n.lines, line)
}

// TestLoggedByTheFile counts what passes no recorder, and nothing twice: what a file puts into the worker's own statistics, but
// not into its own, nor what the worker has counted already.
func TestLoggedByTheFile(t *testing.T) {
	t.Parallel()
	r := start(t, `
from locust import User, constant, task
from locust.stats import RequestStats
class U(User):
    wait_time = constant(100)
    @task
    def t(self):
        e = self.environment
        e.events.request.fire(request_type="GET", name="/recorded", response_time=5, response_length=1, exception=None, context={})
        e.stats.log_request("GET", "/a", 147.4, 10)
        e.stats.log_error("GET", "/a", ValueError("v"))
        e.stats.entries[("/b", "POST")].log(None, 0)
        e.stats.get("/b", "POST").log_error("why")
        e.stats.total.log(1, 1)
        e.events.request.fire(request_type="GET", name="/odd", response_time=True, response_length=1, exception="bad", context={})
        RequestStats().log_request("GET", "/own", 1, 1)
        print(e.stats.get("/recorded", "GET").num_requests, "done")
`, nil)
	var mu sync.Mutex
	var lines []string
	link := r.file.linked()
	link.Stats = noting{r.stats, &mu, &lines}
	r.file.Connect(link)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	r.prints(t, "1 done")
	r.stop(t, 0)
	mu.Lock()
	defer mu.Unlock()
	want := "GET /a 147.4 150|failed GET /a|POST /b 0 -1|failed POST /b|GET /odd 1 1|failed GET /odd"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("counted %s, want %s", got, want)
	}
}
