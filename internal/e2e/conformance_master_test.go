//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// buildFaultWorker builds internal/cmd/faultworker once; with GREGARIA_E2E_RACE=1 it has the race detector.
var buildFaultWorker = sync.OnceValues(func() (string, error) {
	path := filepath.Join(os.Getenv(binVariable), "faultworker")
	race := "-race=" + strconv.FormatBool(os.Getenv("GREGARIA_E2E_RACE") == "1")
	build := exec.Command("go", "build", race, "-o", path, "./internal/cmd/faultworker")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build faultworker: %w\n%s", err, output)
	}
	return path, nil
})

// A masterSpec says what master to start. What is empty takes the value that most tests need.
type masterSpec struct {
	locust        string   // the program
	file          string   // of internal/e2e/testdata, or an absolute path; more may follow after commas
	host          string   // of the system under test
	port, webPort string   // for workers, and for the web UI
	address       string   // to listen on
	within        []string // a command to start it with: "ip netns exec NAME"
	flags         []string // and user classes
}

// start starts the master and does not wait for it.
func (s masterSpec) start(t *testing.T) *master {
	t.Helper()
	if s.locust == "" {
		s.locust = locust(t)
	}
	if s.file == "" {
		s.file = "conformance.py"
	}
	if s.address == "" {
		s.address = "127.0.0.1"
	}
	if s.port == "" {
		s.port, s.webPort = freePort(t), freePort(t)
	}
	m := &master{
		port: s.port, web: webUI{base: "http://" + s.address + ":" + s.webPort}, prefix: filepath.Join(t.TempDir(), "run"),
	}
	words := append([]string{}, s.within...)
	if !filepath.IsAbs(s.file) {
		s.file = repository(t, "internal", "e2e", "testdata", s.file)
	}
	words = append(words, s.locust, "-f", s.file, "-H", s.host,
		"--master", "--master-bind-host", s.address, "--master-bind-port", s.port,
		"--web-host", s.address, "--web-port", s.webPort, "--csv", m.prefix, "--only-summary")
	words = append(words, s.flags...)
	m.process = start(t, command{name: "master", path: words[0], args: words[1:]})
	return m
}

// startWeb starts the master and waits until its web UI answers.
func (s masterSpec) startWeb(t *testing.T) *master {
	t.Helper()
	m := s.start(t)
	m.awaitWeb(t)
	return m
}

func (m *master) awaitWeb(t *testing.T) {
	t.Helper()
	await(t, startLimit, func() error {
		if m.ended() {
			t.Fatalf("the master ended with %v while the test waited for its web UI", m.cmd.ProcessState)
		}
		_, err := m.web.snapshot(t.Context())
		return err
	})
}

// A workerSpec says what worker to start.
type workerSpec struct {
	name   string
	port   string // of the master
	host   string // of the master
	within []string
	flags  []string
	env    []string
}

// start starts the worker.
func (s workerSpec) start(t *testing.T) *process {
	t.Helper()
	path, err := buildFaultWorker()
	if err != nil {
		t.Fatal(err)
	}
	if s.host == "" {
		s.host = "127.0.0.1"
	}
	words := append([]string{}, s.within...)
	words = append(words, path, "--master-host="+s.host, "--master-port="+s.port, "--loglevel=DEBUG")
	words = append(words, s.flags...)
	if s.name == "" {
		s.name = "worker"
	}
	p := start(t, command{name: s.name, path: words[0], args: words[1:], env: s.env})
	t.Cleanup(func() {
		for _, cry := range []string{"DATA RACE", "goroutine 1 [", "fatal error: ", "Assertion failed"} {
			if p.wantOutput(cry) == nil {
				t.Errorf("%s said %q", p.name, cry)
			}
		}
	})
	return p
}

// startFaultWorkers starts n plain ones and waits until they are ready.
func (m *master) startFaultWorkers(t *testing.T, n int, env ...string) []*process {
	t.Helper()
	workers := make([]*process, n)
	for i := range workers {
		workers[i] = workerSpec{name: fmt.Sprintf("worker %d", i+1), port: m.port, env: env}.start(t)
	}
	m.awaitReady(t, n)
	return workers
}

// awaitReady waits until the master lists n workers, all of them ready. (Locust of 2021 has no /worker-count.)
func (m *master) awaitReady(t *testing.T, n int) {
	t.Helper()
	await(t, startLimit, func() error {
		s, err := m.web.snapshot(t.Context())
		if err != nil {
			return err
		}
		ready := 0
		for _, worker := range s.Workers {
			if worker.State == "ready" {
				ready++
			}
		}
		if ready != n || len(s.Workers) != n {
			return fmt.Errorf("workers = %v, want %d that are ready", s.Workers, n)
		}
		return nil
	})
}

// A swarm is a form of the web UI's Start button.
type swarm struct {
	users   int
	rate    float64 // 0: as high as Locust thinks wise
	classes []string
	host    string
	runTime string
}

// send starts the test, or changes the one that runs.
func (s swarm) send(t *testing.T, m *master) {
	t.Helper()
	rate := s.rate
	if rate == 0 {
		rate = 100
	}
	form := url.Values{
		"user_count": {strconv.Itoa(s.users)}, "spawn_rate": {strconv.FormatFloat(rate, 'f', -1, 64)}, "user_classes": s.classes,
	}
	if s.host != "" {
		form.Set("host", s.host)
	}
	if s.runTime != "" {
		form.Set("run_time", s.runTime)
	}
	m.web.post(t, "/swarm", form)
}

// halt ends the test and returns when the master has no user any more. Before 2.47 the web API's stop is a GET.
func (m *master) halt(t *testing.T) {
	t.Helper()
	_, err := m.web.request(t.Context(), http.MethodPost, "/stop", nil)
	if err != nil {
		_, err = m.web.request(t.Context(), http.MethodGet, "/stop", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// wantUsersOf waits until exactly these users run, by the site's count and, in all, by the master's.
func (m *master) wantUsersOf(t *testing.T, s *site, want map[string]int) {
	t.Helper()
	sum := 0
	for _, n := range want {
		sum += n
	}
	await(t, startLimit, func() error {
		if diff := cmp.Diff(want, s.users()); diff != "" {
			return fmt.Errorf("users that run by class (-want +got):\n%s", diff)
		}
		return m.wantState(t.Context(), sum, "running")
	})
}

// wantState returns an error unless the master, and each worker with it, is in that state with that many users.
func (m *master) wantState(ctx context.Context, users int, state string) error {
	s, err := m.web.snapshot(ctx)
	if err != nil {
		return err
	}
	if s.State != state || s.Users != users {
		return fmt.Errorf("the master is %s with %d users, want %s with %d", s.State, s.Users, state, users)
	}
	return nil
}

// wantCounts wants Locust's statistics to be what the site served, and, if the test is over, nobody to run.
func (m *master) wantCounts(t *testing.T, s *site) {
	t.Helper()
	m.web.stats(t).wantServed(t, "CSV of the web UI", s.counted())
	if left := s.users(); len(left) > 0 {
		t.Errorf("users that did not run on_stop = %v, want none", left)
	}
}

// wantServing returns an error until n more requests were served.
func (s *site) wantServing(n uint64) error {
	if got := s.counted().Total; got < n {
		return fmt.Errorf("requests served = %d, want at least %d", got, n)
	}
	return nil
}

// awaitServed waits until n requests were served.
func (s *site) awaitServed(t *testing.T, n uint64) {
	t.Helper()
	await(t, startLimit, func() error { return s.wantServing(n) })
}

// wantCalm wants the master to have complained about nothing.
func (m *master) wantCalm(t *testing.T) {
	t.Helper()
	for _, complaint := range []string{"Traceback", "/ERROR/", "/WARNING/", "reconnect"} {
		if m.wantOutput(complaint) == nil {
			t.Errorf("the master's log has %q in it", complaint)
		}
	}
}

// awaitEnd waits until the process has ended, whatever its exit code.
func (p *process) awaitEnd(t *testing.T, limit time.Duration) {
	t.Helper()
	await(t, limit, func() error {
		if !p.ended() {
			return fmt.Errorf("%s still runs", p.name)
		}
		return nil
	})
}
