//go:build e2e

package e2e

import (
	"fmt"
	"math"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gregaria/internal/boomertest"
	"gregaria/internal/exitcode"
)

// TestBoomerRateAndRequestLog has a program written for boomer under a stock master with the plug-in: its tasks keep --rate, their requests
// have a time as scheduled, and the lines of its request log are what Locust counts and the server has answered.
func TestBoomerRateAndRequestLog(t *testing.T) {
	t.Parallel()
	const rate, seconds = 50, 10
	b := startBackend(t, 20*time.Millisecond)
	m := startMaster(t, b.url, "-f", writeWaiters(t)+","+writePlugin(t), "--stop-timeout=5", "--headless", "--expect-workers=1",
		"--users=10", "--spawn-rate=10", fmt.Sprintf("--run-time=%d", seconds), fmt.Sprintf("--rate=%d", rate))
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	w := gopherProgram{"fasthttp", whole}.startWith(t, []string{"GREGARIA_REQUEST_LOG=" + path}, m, b, boomertest.Ours)
	m.wantExit(t, 0, time.Minute)
	w.wantExit(t, exitcode.OK, 10*time.Second)

	served := b.counted()
	if n := float64(served.Total); math.Abs(n-rate*seconds) > rate {
		t.Errorf("%v tasks in %d s, want %d a second, give and take those while users start", n, seconds, rate)
	}
	said := regexp.MustCompile(`--rate: (\d+) tasks were due, (\d+) of them began late, by up to [\d.]+ s; (\d+) never began`).FindStringSubmatch(m.output.String())
	if said == nil {
		t.Fatal("the master sums nothing up")
	}
	if due, late, missed := wholeNumber(t, said[1]), wholeNumber(t, said[2]), wholeNumber(t, said[3]); uint64(due) != served.Total+uint64(missed) || late > due/5 {
		t.Errorf("%d tasks were due, %d of them late and %d missed, want those %d that were served, and few late", due, late, missed, served.Total)
	}
	parseStats(t, m.file(t, "_stats.csv")).wantServed(t, "CSV", served)
	all := parseLog(t, readFile(t, path))
	rowsOf(all).wantServed(t, "request log", served)
	for _, line := range all {
		if line.Worker == "" || line.User != "Waiter" || line.Response <= 0 {
			t.Fatalf("a line says %+v, want one of a worker's Waiter", line)
		}
	}
	scheduled := 0
	for _, row := range timingRows(t, m.file(t, "_timings.csv")) {
		if row["Name"] == aggregated {
			scheduled += wholeNumber(t, row["Scheduled_Count"])
		}
	}
	if missed := wholeNumber(t, said[3]); uint64(scheduled) != served.Total+uint64(missed) {
		t.Errorf("%d requests have a time as scheduled, want all %d, and %d missed tasks", scheduled, served.Total, missed)
	}
}

// TestRateOfABoomerAmongOthers has workers of three kinds, who keep a rate together, and none in the next test.
func TestRateOfABoomerAmongOthers(t *testing.T) {
	t.Parallel()
	b := startBackend(t, 20*time.Millisecond)
	m := rateSpec{host: b.url, ours: 1, theirs: 1}.start(t).master
	gopherProgram{"http", whole}.start(t, m, b, boomertest.Ours)
	m.awaitWorkers(t, 3)
	for _, rate := range []string{"60", ""} {
		m.web.post(t, "/swarm", url.Values{"user_count": {"30"}, "spawn_rate": {"30"}, "host": {b.url}, "rate": {rate}, "arrivals": {"constant"}})
		m.web.awaitUsers(t, 30)
		time.Sleep(2 * time.Second)
		b.reset()
		const span = 5
		time.Sleep(span * time.Second)
		served := b.counted()
		all, ours := float64(served.Total)/span, float64(served.By["GET /http"])/span
		if rate == "" { // the program's users wait for nothing, the others for good
			if ours < 100 || all != ours {
				t.Errorf("without a rate %.1f tasks a second, %.1f of them boomer's, want those of 10 users who do not wait", all, ours)
			}
		} else if want := float64(wholeNumber(t, rate)); math.Abs(all-want) > want/30 || math.Abs(ours-want/3) > want/20 {
			t.Errorf("--rate %s: %.1f tasks a second, %.1f of them boomer's, want a third", rate, all, ours)
		}
		m.web.stop(t)
		m.awaitWorkers(t, 3)
	}
	if n := strings.Count(m.output.String(), "tasks were due"); n != 1 {
		t.Errorf("%d tests with a rate are summed up, want 1", n)
	}
}
