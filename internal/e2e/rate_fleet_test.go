//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/target"
)

// TestRateOfAMixedFleet fills in the form of the web UI: workers of both kinds keep the rate together, also when one is killed, and when one
// joins; the next test has another rate, and the one after that none. It does so with all releases that GREGARIA_E2E_VERSIONS names, as
// TestVersions does.
func TestRateOfAMixedFleet(t *testing.T) {
	eachRelease(t, func(t *testing.T, _, program string) { rateOfAMixedFleet(t, program) })
}

func rateOfAMixedFleet(t *testing.T, program string) {
	t.Helper()
	server := startArrivals(t)
	m := rateSpec{locust: program, host: server.URL, ours: 1, theirs: 1, flags: []string{"--enable-rebalancing"}}.start(t)
	m.awaitReady(t, 2)
	page := string(m.web.get(t, "/"))
	for _, field := range []string{"rate", "arrivals"} {
		if !strings.Contains(strings.ReplaceAll(page, `\"`, `"`), `"`+field+`"`) {
			t.Errorf("the form has no %s", field)
		}
	}
	form := func(rate string) url.Values {
		return url.Values{"user_count": {"40"}, "spawn_rate": {"40"}, "host": {server.URL}, "rate": {rate}, "arrivals": {"constant"}}
	}
	wantRefused := func(rate, words string) {
		t.Helper()
		body, err := m.web.request(t.Context(), http.MethodPost, "/swarm", form(rate))
		var said struct {
			Success bool   `json:"success"`
			Message string `json:"message"`
		}
		if err != nil || json.Unmarshal(body, &said) != nil || said.Success || !strings.Contains(said.Message, words) {
			t.Errorf("rate %s: %s, %v; want it to be refused with %q", rate, body, err, words)
		}
	}
	for _, wrong := range []string{"fast", "-1", "0"} {
		wantRefused(wrong, "'"+wrong+"' is no rate")
	}
	wantRate := func(who string, settle time.Duration, want float64) {
		t.Helper()
		time.Sleep(settle)
		await(t, 15*time.Second, func() error { // on busy cores they fall behind and catch up for a while
			if rate := server.rateOf(4 * time.Second); math.Abs(rate-want) > want/20 {
				return fmt.Errorf("%s: %.2f requests a second, want %v", who, rate, want)
			}
			return nil
		})
	}
	m.web.post(t, "/swarm", form("60"))
	m.web.awaitUsers(t, 40)
	wantRate("two workers", 2*time.Second, 60)
	m.workers[0].signal(syscall.SIGKILL)
	wantRate("one worker, when the other has been missed", 6*time.Second, 60)
	m.startGoWorkers(t, 1, "-f", m.users)
	wantRate("two workers, of which one has joined", 4*time.Second, 60)
	m.halt(t)
	await(t, startLimit, func() error { return m.wantOutput("tasks were due") })
	if err := m.wantOutput("more were those of workers that went without a word"); err != nil {
		t.Error(err)
	}
	m.awaitReadyAgain(t, 2)
	m.web.post(t, "/swarm", form("100"))
	wantRate("the next test", 3*time.Second, 100)
	m.halt(t)
	m.awaitReadyAgain(t, 2)
	m.web.post(t, "/swarm", form("")) // the next test has none; some releases give users to the dead worker
	time.Sleep(4 * time.Second)
	wantRefused("60", "has begun without --rate")
	if rate := server.rateOf(3 * time.Second); rate > 1 {
		t.Errorf("without a rate there are %.2f requests a second, want none: the users wait", rate)
	}
}

// awaitReadyAgain waits until n workers are ready, whatever has become of others.
func (m *master) awaitReadyAgain(t *testing.T, n int) {
	t.Helper()
	await(t, startLimit, func() error {
		s, err := m.web.snapshot(t.Context())
		ready := 0
		for _, worker := range s.Workers {
			if worker.State == "ready" {
				ready++
			}
		}
		if err == nil && ready != n {
			err = fmt.Errorf("workers = %v, want %d that are ready", s.Workers, n)
		}
		return err
	})
}

// TestRateOfCompiledUsers has the users in Go keep a rate together with those of Locust's own worker.
func TestRateOfCompiledUsers(t *testing.T) {
	t.Parallel()
	const rate, seconds = 50, 12
	server := startTarget(t, target.Settings{Latency: 20 * time.Millisecond})
	m := rateSpec{host: server.URL(), users: repository(t, "locustfile.py"), theirs: 1, flags: []string{
		"--headless", "--expect-workers=2", "--users=20", "--spawn-rate=20", "--run-time=" + strconv.Itoa(seconds), "--rate=" + strconv.Itoa(rate),
	}}.start(t)
	m.startGoWorkers(t, 1, "--compiled")
	m.wantExit(t, 0, time.Minute)
	due, late, missed := m.rateSummary(t)
	served := server.Served()
	began := int(served.By[target.CreateStory] + served.By[target.ReadStory]) // each task makes one of them, and on_start another one
	if due != began+missed || math.Abs(float64(due)-rate*seconds) > rate {
		t.Errorf("%d tasks were due, %d began, %d never did, %d late; want %d due, give and take those while users start", due, began, missed, late, rate*seconds)
	}
}

// rateSummary is what the master says in the end of the tasks of a rate.
func (m *master) rateSummary(t *testing.T) (due, late, missed int) {
	t.Helper()
	said := regexp.MustCompile(`--rate: (\d+) tasks were due, (\d+) of them began late, by up to [\d.]+ s; (\d+) never began`).FindStringSubmatch(m.output.String())
	if said == nil {
		t.Fatal("the master sums nothing up")
	}
	return wholeNumber(t, said[1]), wholeNumber(t, said[2]), wholeNumber(t, said[3])
}
