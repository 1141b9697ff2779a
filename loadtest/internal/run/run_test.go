package run_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/run"
)

// A recorder is a View that keeps what was shown, and tells when the load has begun.
type recorder struct {
	statuses []progress.Status
	mu       sync.Mutex
	steps    []string
	notes    []string
	loading  chan struct{}
	onStep   func(name string) // if not nil, called with each step
}

func (r *recorder) Step(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.steps = append(r.steps, name)
	if r.onStep != nil {
		r.onStep(name)
	}
}

func (r *recorder) Status(s progress.Status) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.statuses = append(r.statuses, s)
}

// Note is called with the address of the web UI, when the load begins, and then with what is watched.
func (r *recorder) Note(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.notes = append(r.notes, text); len(r.notes) == 1 {
		close(r.loading)
	}
}

// bench is a run of the stand-ins, ready to begin.
type bench struct {
	*run.Run
	plan plan.Plan
	view *recorder
	dir  string
	host string
}

// newBench returns a run for a time of load. It needs python3 only if there is one: to compile the locustfile.
func newBench(t *testing.T, load time.Duration) bench {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"locust", "worker", "monitor"} {
		if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	locustfile := filepath.Join(dir, "locustfile.py")
	if err := os.WriteFile(locustfile, []byte("x = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	api, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { api.Close() })
	view := &recorder{loading: make(chan struct{})}
	p := plan.Plan{
		Host: "http://" + api.Addr().String(), Users: 3, SpawnRate: 1, Duration: load,
		MonitorInterval: time.Second, Workers: 2, Locustfile: locustfile, Locust: filepath.Join(dir, "locust"),
		OutputDir: filepath.Join(dir, "out"), MasterPort: freePort(t), WebPort: freePort(t),
		WorkerTimeout: 500 * time.Millisecond, Progress: time.Second,
	}
	return bench{run.New(p, dir, view), p, view, dir, "http://" + api.Addr().String()}
}

// freePort returns a port that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// log returns what the children of a run said.
func (b bench) log(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(b.Log())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// wantReport fails the test unless Locust's report has the text.
func (b bench) wantReport(t *testing.T, text string) {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(b.plan.OutputDir, "locust_report_*.html"))
	if len(paths) != 1 {
		t.Fatalf("reports = %q, want one", paths)
	}
	if data, err := os.ReadFile(paths[0]); err != nil || string(data) != text {
		t.Errorf("%s = %q, %v, want %q", paths[0], data, err, text)
	}
}

// kill ends a child of this bench by kill -9, as soon as the load has begun.
func (b bench) kill(name string) {
	<-b.view.loading
	time.Sleep(100 * time.Millisecond) // the run is past its first request
	for _, pid := range children(filepath.Join(b.dir, name) + " ") {
		syscall.Kill(pid, syscall.SIGKILL)
		return
	}
}

// children returns the process ids of the programs whose command line has the text, which has a test's own directory in it.
func children(text string) (pids []int) {
	output, _ := exec.Command("pgrep", "-f", text).Output() // no match is an error, too
	for _, field := range strings.Fields(string(output)) {
		if pid, err := strconv.Atoi(field); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// needPgrep skips a test that has to find the children of a run.
func needPgrep(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("pgrep"); err != nil {
		t.Skip("this machine has no pgrep, by which the test finds the children of a run")
	}
}

// wantKind fails the test unless err is of the kind and says the text.
func wantKind(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if err == nil || fault.KindOf(err, 0) != kind || !strings.Contains(err.Error(), says) {
		t.Errorf("Do() = %v (kind %v), want an error that says %q (kind %v)", err, fault.KindOf(err, 0), says, kind)
	}
}

func TestCompleteRun(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1500*time.Millisecond)
	b.plan.HTML, b.plan.CSV = filepath.Join(b.dir, "mine", "report.html"), filepath.Join(b.dir, "mine", "shop")
	b.Run = run.New(b.plan, b.dir, b.view)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	s := b.Summary()
	if s.Totals.Requests != 42 || len(s.Missing) != 0 || b.LocustCode() != 0 {
		t.Errorf("Summary() = %d requests, missing %q, Locust's code %d, want 42, none, 0", s.Totals.Requests, s.Missing, b.LocustCode())
	}
	if notes := strings.Join(s.Run.Notes, "\n"); !strings.Contains(notes, "the rest was put in") {
		t.Errorf("notes = %q, want that Locust's CSV was behind", notes)
	}
	port := strings.TrimPrefix(b.host, "http://127.0.0.1:")
	if want := "watching server (pid 7): server --port " + port; b.Facts().Info.Watched != strings.TrimPrefix(want, "watching ") || !slices.Contains(b.view.notes, want) {
		t.Errorf("Watched = %q, notes %q, want what the monitor found by --port %s", b.Facts().Info.Watched, b.view.notes, port)
	}
	b.wantReport(t, "<html>asked for 1")
	for name, want := range map[string]string{"report.html": "<html>asked for 1", "shop_stats.csv": ",42,0,", "shop_stats_history.csv": "header"} {
		if got, err := os.ReadFile(filepath.Join(b.dir, "mine", name)); err != nil || !strings.Contains(string(got), want) {
			t.Errorf("the copy %s = %q, %v, want %q in it: as it is when all is over", name, got, err, want)
		}
	}
	wantFacts(t, b)
	// What was started last is stopped first: the workers' last reports find a master, the metrics cover all of it.
	if !regexp.MustCompile(`(?s)last report sent.*statistics written.*monitor \| closed`).MatchString(b.log(t)) {
		t.Errorf("log = %s\nwant the workers to end before the master, and the monitor last", b.log(t))
	}
}

// TestPortsThatAreTaken: nobody asked for these, so the next free ones do, and both are said.
func TestPortsThatAreTaken(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	for _, port := range []int{b.plan.MasterPort, b.plan.WebPort} {
		taken, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
	}
	b.plan.AnyMasterPort, b.plan.AnyWebPort = true, true
	b.Run = run.New(b.plan, b.dir, b.view)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(b.view.notes, "\n")
	for _, port := range []int{b.plan.MasterPort, b.plan.WebPort} {
		if want := fmt.Sprintf("(port %d is taken)", port); !strings.Contains(notes, want) {
			t.Errorf("notes = %q, want %q", notes, want)
		}
	}
}

// TestWorkerIsTold: our workers hear what of streams counts, and refuse it before anything is started.
func TestWorkerIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	b.plan.StreamData = "$.a"
	b.Run = run.New(b.plan, b.dir, b.view)
	if err := b.Do(t.Context(), t.Context()); err != nil || !strings.Contains(b.log(t), "stream data $.a\n") {
		t.Errorf("Do() = %v, log = %s, want that the worker has the path", err, b.log(t))
	}
	b = newBench(t, time.Second)
	b.plan.StreamData = "$.a["
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, "--stream-data: no path")
}

// TestMonitorIsTold: the monitor asks the master, and the servers that are named, whose URLs no other user of the machine sees.
func TestMonitorIsTold(t *testing.T) {
	t.Setenv("GREGARIA_MONITOR_SCRAPE_TOKEN", "a token")
	t.Setenv("GREGARIA_MONITOR_INTERVAL", "99")
	t.Setenv("GREGARIA_MONITOR_COLLECT", "default,cores")
	t.Setenv("GREGARIA_MONITOR_GPU", "off")
	for _, c := range []struct {
		scrape, series []string
		says           []string // in the log, which hides the password
	}{
		{nil, nil, []string{"SCRAPE=", "SERIES=", "INTERVAL=", "COLLECT=default,cores", "GPU=off"}},
		{[]string{"http://ann:secret@api/metrics", "http://db"}, []string{"a", "b.*"}, []string{
			"SCRAPE=http://ann:***@api/metrics,http://db", "SERIES=a,b.*", "SCRAPE_TOKEN=a token", "INTERVAL=",
		}},
	} {
		b := newBench(t, time.Second)
		p := b.plan
		p.Scrape, p.Series = c.scrape, c.series
		b.Run = run.New(p, b.dir, b.view)
		if err := b.Do(t.Context(), t.Context()); err != nil {
			t.Fatal(err)
		}
		log := b.log(t)
		for _, line := range c.says {
			if !strings.Contains(log, "monitor | "+line+"\n") {
				t.Errorf("log = %s\nwant a monitor that has %s", log, line)
			}
		}
		arguments := regexp.MustCompile(`monitor \| arguments .*`).FindString(log)
		if want := fmt.Sprintf("--locust http://127.0.0.1:%d", p.WebPort); !strings.Contains(arguments, want) || strings.Contains(arguments, "secret") {
			t.Errorf("%s, want %s and no password", arguments, want)
		}
		s := b.Summary()
		if asked := len(c.scrape) > 0; (s.Files.Service != "") != asked || strings.Contains(arguments, "--scrape-output") != asked || len(s.Missing) > 0 {
			t.Errorf("with --scrape %q: %s, missing %q, service %q", c.scrape, arguments, s.Missing, s.Files.Service)
		}
	}
}

func TestRunEndsEarly(t *testing.T) {
	t.Parallel()
	needPgrep(t)
	tests := []struct {
		reason string
		kill   string
		kind   fault.Kind
		says   string
	}{
		{"the master is killed", "locust", fault.Died, "master was ended by a signal (killed) before the run was over"},
		{"a worker is killed", "worker", fault.Died, "was ended by a signal (killed) before the run was over"},
		{"the monitor is killed", "monitor", fault.Died, "monitor was ended by a signal (killed)"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, time.Minute)
			go b.kill(test.kill)
			begun := time.Now()
			wantKind(t, b.Do(t.Context(), t.Context()), test.kind, test.says)
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("Do() took %v, want the run to end at once", took)
			}
			if s := b.Summary(); !b.Loaded() || s.Totals.Requests > 42 {
				t.Errorf("Summary() = %+v, want what was measured until then", s)
			}
			if left := children(b.dir); len(left) > 0 {
				t.Errorf("children left running: %v", left)
			}
		})
	}
}

func TestInterruptIsACleanEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-b.view.loading
		cancel(fault.New(fault.Interrupted, "interrupted by SIGINT"))
	}()
	wantKind(t, b.Do(ctx, t.Context()), fault.Interrupted, "SIGINT")
	if s := b.Summary(); s.Totals.Requests != 42 || len(s.Missing) != 0 {
		t.Errorf("Summary() = %d requests, missing %q, want everything written", s.Totals.Requests, s.Missing)
	}
}

func TestASecondInterruptCutsOff(t *testing.T) {
	t.Parallel()
	needPgrep(t)
	b := newBench(t, time.Minute)
	ctx, cancel := context.WithCancelCause(t.Context())
	hard, cut := context.WithCancel(t.Context())
	go func() {
		<-b.view.loading
		cancel(fault.New(fault.Interrupted, "interrupted by SIGINT"))
		cut()
	}()
	begun := time.Now()
	wantKind(t, b.Do(ctx, hard), fault.Interrupted, "SIGINT")
	if left := children(b.dir); len(left) > 0 {
		t.Errorf("children left running: %v", left)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("Do() took %v, want it at once", took)
	}
}
