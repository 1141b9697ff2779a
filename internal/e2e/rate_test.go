//go:build e2e

package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
	"gregaria/internal/timing"
	"gregaria/internal/timing/timingtest"
)

// An arrivals server notes when requests arrive, and stops answering for a while.
type arrivals struct {
	*httptest.Server
	began      time.Time
	mu         sync.Mutex // guards what follows
	at         []time.Time
	from, till time.Time // when it stops
}

func startArrivals(t *testing.T) *arrivals {
	t.Helper()
	a := &arrivals{began: time.Now()}
	a.Server = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		a.mu.Lock()
		now := time.Now()
		a.at = append(a.at, now)
		stopped, till := now.After(a.from) && now.Before(a.till), a.till
		a.mu.Unlock()
		if stopped {
			time.Sleep(time.Until(till))
		}
	}))
	t.Cleanup(a.Close)
	return a
}

// stop makes the server stop after some time, for some time.
func (a *arrivals) stop(after, length time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.from = time.Now().Add(after)
	a.till = a.from.Add(length)
}

// since returns when requests arrived, in seconds since a time.
func (a *arrivals) since(from time.Time) (at []float64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, t := range a.at {
		if t.After(from) {
			at = append(at, t.Sub(from).Seconds())
		}
	}
	slices.Sort(at)
	return at
}

// rateOf measures the requests a second over a while.
func (a *arrivals) rateOf(d time.Duration) float64 {
	from := time.Now()
	time.Sleep(d)
	at := a.since(from)
	if len(at) < 2 {
		return 0
	}
	return float64(len(at)-1) / (at[len(at)-1] - at[0])
}

// waiters are users who would make no request a minute by themselves.
const waiters = `
from locust import HttpUser, constant, task

class Waiter(HttpUser):
    wait_time = constant(1000)

    @task
    def get(self):
        self.client.get("/", timeout=60)
`

func writeWaiters(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "waiters.py")
	if err := os.WriteFile(file, []byte(waiters), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// A rateSpec says what to start: a master with the plug-in, and workers. What is empty takes the value that most tests need.
type rateSpec struct {
	locust       string // the program of master and Python workers
	host         string
	users        string // a file of them
	more         string // files of the master's own, each after a comma
	ours, theirs int    // workers
	flags        []string
}

// A rateFleet is what was started: Python workers are the first of the workers.
type rateFleet struct {
	*master
	workers []*process
	users   string
}

func (s rateSpec) start(t *testing.T) rateFleet {
	t.Helper()
	if s.locust == "" {
		s.locust = locust(t)
	}
	if s.users == "" {
		s.users = writeWaiters(t)
	}
	both := s.users + "," + writePlugin(t)
	f := rateFleet{users: s.users, master: masterSpec{locust: s.locust, file: both + s.more, host: s.host, flags: append([]string{"--stop-timeout=5"}, s.flags...)}.start(t)}
	for range s.theirs {
		f.workers = append(f.workers, start(t, command{name: "Python worker", path: s.locust, args: []string{
			"-f", both, "--worker", "--master-host=127.0.0.1", "--master-port=" + f.port,
		}}))
	}
	f.workers = append(f.workers, f.startGoWorkers(t, s.ours, "-f", s.users)...)
	return f
}

// reports is a file for the master that keeps what workers tell of their seconds.
const reports = `# gregaria: master only
import base64, sys
from locust import events

@events.worker_report.add_listener
def keep(client_id, data, **_):
    if data.get("gregaria", {}).get("timings"):
        print("TIMINGS", base64.b64encode(data["gregaria"]["timings"]).decode(), flush=True)
`

// TestRateAndAStall is a server that stops for 5 s: what was measured looks fine, what was scheduled does not, and no task is forgotten.
func TestRateAndAStall(t *testing.T) {
	t.Parallel()
	const seconds, rate = 30, 100
	server := startArrivals(t)
	keep := filepath.Join(t.TempDir(), "keep.py")
	if err := os.WriteFile(keep, []byte(reports), 0o644); err != nil {
		t.Fatal(err)
	}
	m := rateSpec{host: server.URL, more: "," + keep, ours: 2, flags: []string{
		"--headless", "--expect-workers=2", "--users=10", "--spawn-rate=10", "--run-time=" + strconv.Itoa(seconds), "--rate=" + strconv.Itoa(rate),
	}}.start(t)
	await(t, startLimit, func() error { return m.wantOutput("All users spawned") })
	server.stop(10*time.Second, 5*time.Second)
	m.wantExit(t, 0, time.Minute)

	served := len(server.since(server.began))
	due, late, missed := m.rateSummary(t)
	if math.Abs(float64(due)-rate*seconds) > rate*1.5 || due != served+missed {
		t.Errorf("%d tasks were due, %d requests were served and %d tasks missed; want %d due, give and take those while users start", due, served, missed, rate*seconds)
	}
	if late < 450 || late > 1500 {
		t.Errorf("%d tasks began late, want those of 5 s and some more", late)
	}
	all := mergeReports(t, m.output.String())
	if n := all[timing.Scheduled].TotalCount(); n < int64(served) {
		t.Errorf("%d requests have a time as scheduled, want all %d", n, served)
	}
	if p99 := float64(all[timing.Response].ValueAtQuantile(99)) / 1000; p99 > 500 {
		t.Errorf("p99 as measured = %.0f ms, want it to look fine: 10 of %d requests were slow", p99, served)
	}
	if p99 := float64(all[timing.Scheduled].ValueAtQuantile(99)) / 1000; p99 < 4000 || p99 > 6000 {
		t.Errorf("p99 as scheduled = %.0f ms, want about 5 s", p99)
	}
}

func wholeNumber(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// mergeReports adds up what workers told of all rows.
func mergeReports(t *testing.T, output string) (all [timing.Phases]*hdrhistogram.Histogram) {
	t.Helper()
	for phase := range all {
		all[phase] = hdrhistogram.New(1, timingtest.Most, 2)
	}
	for line := range strings.Lines(output) {
		_, text, found := strings.Cut(strings.TrimSpace(line), "TIMINGS ")
		if !found {
			continue
		}
		packed, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := timingtest.Decode(packed)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for phase, h := range row.Histograms {
				all[phase].Merge(timingtest.Histogram(h))
			}
		}
	}
	return all
}

// TestRateOf1000 measures what a calm machine keeps: 1000 tasks a second over 60 s. It runs where GREGARIA_E2E_RATE is set. That there is no burst
// is what the workers' own log of requests says: the server here may be the one that had no core for a moment.
func TestRateOf1000(t *testing.T) {
	if os.Getenv("GREGARIA_E2E_RATE") == "" {
		t.Skip("set GREGARIA_E2E_RATE on a machine that has nothing else to do")
	}
	for _, kind := range []string{"constant", "poisson"} {
		server := startArrivals(t)
		m := rateSpec{host: server.URL, flags: []string{
			"--headless", "--expect-workers=2", "--users=200", "--spawn-rate=200", "--run-time=61", "--rate=1000", "--arrivals=" + kind,
		}}.start(t)
		logs := t.TempDir()
		for i := range 2 {
			m.startGoWorkers(t, 1, "-f", m.users, "--request-log", fmt.Sprintf("%s/%d.csv", logs, i))
		}
		m.wantExit(t, 0, 2*time.Minute)
		began, arrived := begunBy(t, logs), server.since(server.began)
		var counts [60]float64
		for _, at := range arrived {
			if s := int(at - arrived[0]); s < len(counts) {
				counts[s]++
			}
		}
		var sum, squares float64
		for _, n := range counts {
			sum, squares = sum+n, squares+n*n
		}
		mean := sum / 60
		dispersion := (squares/60 - mean*mean) / mean
		worst := mostWithin(began, 0.1)
		fmt.Printf("%s: %.1f a second over 60 s, at most %d begun in 0.1 s, %d arrived, index of dispersion of the seconds %.3f\n",
			kind, mean, worst, mostWithin(arrived, 0.1), dispersion)
		most := map[string]float64{"constant": 10, "poisson": 16}[kind] // one in a hundred of the minutes that are at random is more than 1 % off
		if math.Abs(mean-1000) > most || len(began) != len(arrived) {
			t.Errorf("%s: %.1f tasks a second, want 1000 +- %v; %d began, %d arrived", kind, mean, most, len(began), len(arrived))
		}
		switch {
		case kind == "constant" && worst > 120:
			t.Errorf("%d tasks in 0.1 s, want at most 120", worst)
		case kind == "poisson" && (dispersion < 0.45 || dispersion > 1.75): // chi-squared of 59: one in ten thousand on each side
			t.Errorf("index of dispersion %.3f, want 1", dispersion)
		}
	}
}

// begunBy returns when the requests began that are in the logs of a folder, in seconds.
func begunBy(t *testing.T, folder string) (began []float64) {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range logs {
		for _, line := range parseCSV(t, readFile(t, path)) {
			began = append(began, decimal(t, line["timestamp"])-decimal(t, line["response_ms"])/1000)
		}
	}
	slices.Sort(began)
	return began
}

// mostWithin returns how many of these times, in order, lie within any window of so many seconds.
func mostWithin(at []float64, seconds float64) (most int) {
	from := 0
	for i := range at {
		for at[i]-at[from] >= seconds {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// TestLoadtestRate has loadtest keep a rate with workers of both kinds, and say in the end how it was kept.
func TestLoadtestRate(t *testing.T) {
	t.Parallel()
	server := startArrivals(t)
	l := startLoadtest(t, "--locustfile="+writeWaiters(t), "--host="+server.URL, "--workers=1", "--python-workers=1", "--users=20", "--spawn-rate=20", "--duration=15", "--rate=40")
	await(t, startLimit, func() error {
		if len(server.since(server.began)) == 0 {
			return fmt.Errorf("nothing has arrived")
		}
		return nil
	})
	time.Sleep(2 * time.Second)
	if rate := server.rateOf(8 * time.Second); math.Abs(rate-40) > 1.5 {
		t.Errorf("%.2f requests a second, want 40", rate)
	}
	l.wantExit(t, 0, time.Minute)
	if !regexp.MustCompile(`--rate: \d+ tasks were due, \d+ of them began late`).MatchString(l.output.String()) {
		t.Error("loadtest does not say how the rate was kept")
	}
}

// TestLoadtestRateOfLocust: a rate that Locust's variable says is kept, said, and stands in what is known of the run.
func TestLoadtestRateOfLocust(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, []string{"LOCUST_RATE=20"}, "--host="+server.URL(), "--users=5", "--spawn-rate=5", "--duration=8")
	l.wantExit(t, exitcode.OK, time.Minute)
	if err := l.wantOutput("20 tasks a second begin: the master has a --rate from Locust's settings or its web UI"); err != nil {
		t.Error(err)
	}
	var facts struct {
		Run struct{ Rate float64 }
	}
	if err := json.Unmarshal(l.read(t, "run_*.json"), &facts); err != nil || facts.Run.Rate != 20 {
		t.Errorf("run_TS.json has the rate %v, %v, want 20", facts.Run.Rate, err)
	}
}
