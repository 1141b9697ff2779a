//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// storyTellers make stories, one after the other.
const storyTellers = `from locust import HttpUser, constant, task

class StoryTeller(HttpUser):
    wait_time = constant(0.05)

    @task
    def tell(self):
        self.client.post("/api/v1/story", json={"prompt": "a fox"})
`

// A slowTarget is a target whose stories take longer by a share.
type slowTarget struct {
	base string
	dir  string // of the results
}

// run has a test of it whose stories take so much longer, and returns the folder, or file, of its results.
func (s slowTarget) run(t *testing.T, name string, slower float64, flags ...string) string {
	t.Helper()
	settings := fmt.Sprintf(`{"latency":"%gms","latency_jitter":"%gms","cpu":"%gms"}`, 60*(1+slower), 20*(1+slower), 2*(1+slower))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.base+"/settings", strings.NewReader(settings))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil || answer.StatusCode/100 != 2 {
		t.Fatalf("set the target to %s: %v, %v", settings, answer, err)
	}
	answer.Body.Close()
	l := startLoadtestIn(t, map[string]string{"locustfile.py": storyTellers}, nil,
		append([]string{"--host=" + s.base, "--users=16", "--spawn-rate=16", "--duration=60", "--settle=2", "--workers=go:2", "--output-dir=" + filepath.Join(s.dir, name)}, flags...)...)
	l.wantExit(t, exitcode.OK, 10*time.Minute)
	return filepath.Join(s.dir, name)
}

// outcome is what loadtest compare makes of two sets of runs: the whole, and what it says of the median of all requests.
func outcome(t *testing.T, base, next string) (whole, median string) {
	t.Helper()
	out, _ := exec.Command(program("loadtest"), "compare", "--json", base, next).Output() // its exit code says less than its output
	var c struct {
		Outcome string
		Rows    []struct {
			Kind, Measure, Outcome, Why string
			Change                      struct{ Value, Low, High float64 }
		}
	}
	if err := json.Unmarshal(out, &c); err != nil {
		t.Fatalf("loadtest compare %s %s: %v: %s", base, next, err, out)
	}
	for _, row := range c.Rows {
		if row.Kind == "all requests" || row.Outcome == "worse" || row.Outcome == "better" {
			t.Logf("%s: %s %s: %+.1f %% (%+.1f to %+.1f): %s %s", filepath.Base(next), row.Kind, row.Measure, 100*row.Change.Value, 100*row.Change.Low, 100*row.Change.High, row.Outcome, row.Why)
		}
		if row.Kind == "all requests" && row.Measure == "p50" {
			median = row.Outcome
		}
	}
	return c.Outcome, median
}

// TestCompareTruth compares real runs of a target with real runs of the same, of one that is 20 % slower, and of one that is 10 % slower, five against five. It takes 35 minutes of a machine that
// does nothing else: GREGARIA_E2E_FINDINGS=1.
func TestCompareTruth(t *testing.T) {
	if os.Getenv("GREGARIA_E2E_FINDINGS") == "" {
		t.Skip("GREGARIA_E2E_FINDINGS is not set: it takes minutes of a machine that does nothing else")
	}
	const pairs = 10
	port := freePort(t)
	s := slowTarget{base: "http://127.0.0.1:" + port, dir: t.TempDir()}
	server := start(t, command{name: "target", path: program("target"), args: []string{"--listen", "127.0.0.1:" + port}})
	await(t, startLimit, func() error { return server.wantOutput("listening on ") })
	t.Run("pairs", func(t *testing.T) {
		s.run(t, "first", 0) // a process that has just been started has less memory
		last := s.run(t, "base-0", 0)
		equal, slower := map[string]int{}, map[string]int{}
		for i := range pairs {
			base := s.run(t, fmt.Sprintf("base-%d", i+1), 0)
			slow := s.run(t, fmt.Sprintf("slow-%d", i+1), 0.2)
			whole, median := outcome(t, last, base)
			equal[whole]++
			if whole == "worse" || whole == "better" || median != "no difference" {
				t.Errorf("equal runs %d: %s, the median %s", i+1, whole, median)
			}
			if whole, median = outcome(t, base, slow); whole != "worse" || median != "worse" {
				t.Errorf("20 %% slower, %d: %s, the median %s", i+1, whole, median)
			}
			slower[whole]++
			last = base
		}
		t.Logf("equal: %v; 20 %% slower: %v", equal, slower)
	})
	t.Run("five", func(t *testing.T) {
		whole, median := outcome(t, s.run(t, "five", 0, "--repeat=5"), s.run(t, "five-slow", 0.1, "--repeat=5"))
		t.Logf("10 %% slower, five runs each: %s, the median %s", whole, median)
		if whole != "worse" || median != "worse" {
			t.Error("10 % slower is not found by five runs each")
		}
	})
}
