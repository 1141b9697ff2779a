//go:build e2e

package e2e

import (
	"fmt"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// onlyAtTheEnd keeps a worker from reporting every 3 s: what it reported in the middle of a run proves nothing about the end.
const onlyAtTheEnd = "GREGARIA_REPORT_INTERVAL=100"

// TestConformanceStop ends tests of slow requests: with time to finish they finish and count; without, they are cut and are
// neither requests nor failures; and however long it takes, the master never misses a heartbeat.
func TestConformanceStop(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		stopTimeout string
		delay       time.Duration
		cut         int // of the 6 requests in flight
		least, most time.Duration
	}{
		{"drained within the stop timeout", "10", 7 * time.Second, 0, 5 * time.Second, 10 * time.Second},
		{"cut at the stop timeout", "2", 30 * time.Second, 6, 2 * time.Second, 5 * time.Second},
		{"no stop timeout, but a quick answer comes home", "0", 100 * time.Millisecond, 0, 0, 3 * time.Second},
		{"no stop timeout", "0", 30 * time.Second, 6, 0, 3 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			s.slow("/Slow", test.delay)
			m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=" + test.stopTimeout, "Slow"}}.startWeb(t)
			m.startFaultWorkers(t, 1, onlyAtTheEnd)
			swarm{users: 6}.send(t, m)
			m.wantUsersOf(t, s, map[string]int{"Slow": 6})
			began := time.Now()
			m.halt(t)
			if took := time.Since(began); took < test.least || took > test.most {
				t.Errorf("the stop took %s, want %s to %s", took, test.least, test.most)
			}
			await(t, 2*time.Second, func() error { // the server learns of a connection that is closed a little later
				if got := s.givenUp(); got != test.cut {
					return fmt.Errorf("requests cut off = %d, want %d", got, test.cut)
				}
				return nil
			})
			m.wantCounts(t, s)
			if err := m.wantOutput("missing"); err == nil {
				t.Error("the master missed heartbeats during the stop")
			}
			m.wantCalm(t)
		})
	}
}

// TestConformanceRampDown takes most users of a running test away while all of them are in a request.
func TestConformanceRampDown(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	s.slow("/Slow", 1500*time.Millisecond)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Slow"}}.startWeb(t)
	m.startFaultWorkers(t, 2)
	swarm{users: 30}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Slow": 30})
	swarm{users: 4, rate: 50}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Slow": 4})
	// The next report brings what the users who left had done, although the test goes on.
	before := s.counted().By["GET /Slow/stop"]
	await(t, 5*time.Second, func() error {
		if got := m.web.stats(t)["GET /Slow/stop"].Requests; got != before {
			return fmt.Errorf("users that Locust saw leave = %d, want %d", got, before)
		}
		return nil
	})
	m.halt(t)
	m.wantCounts(t, s)
	if cut := s.givenUp(); cut > 0 {
		t.Errorf("requests cut off = %d, want none within the stop timeout", cut)
	}
	m.wantCalm(t)
}

// TestConformanceRunTime ends a test of the web UI by its run time.
func TestConformanceRunTime(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
	m.startFaultWorkers(t, 2, onlyAtTheEnd)
	swarm{users: 10, runTime: "3"}.send(t, m)
	s.awaitServed(t, 20)
	await(t, startLimit, func() error { return m.wantState(t.Context(), 0, "stopped") })
	m.wantCounts(t, s)
	m.wantCalm(t)
}

// TestConformanceLastUser has users who end by themselves. The master goes on without users, as it does with workers of its
// own, and a new test works.
func TestConformanceLastUser(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Once"}}.startWeb(t)
	m.startFaultWorkers(t, 2)
	for range 2 {
		m.awaitReady(t, 2)
		s.reset()
		swarm{users: 20}.send(t, m)
		s.awaitServed(t, 20*(1+5+1))
		await(t, startLimit, func() error { return m.wantState(t.Context(), 0, "running") })
		m.wantCounts(t, s)
		m.halt(t)
		m.wantCounts(t, s)
	}
	m.wantCalm(t)
}

// TestConformanceSignal sends a worker the signals that end it, while its users are in requests. The master has everything,
// and lets the other worker go on.
func TestConformanceSignal(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			s.slow("/Quick", 150*time.Millisecond)
			m := masterSpec{host: s.URL, flags: []string{"Quick"}}.startWeb(t)
			workers := m.startFaultWorkers(t, 2, onlyAtTheEnd)
			swarm{users: 40}.send(t, m)
			s.awaitServed(t, 300)
			workers[0].signal(signal)
			workers[0].wantExit(t, 0, 5*time.Second)
			m.wantUsersOf(t, s, map[string]int{"Quick": 40}) // the other one takes them over
			m.halt(t)
			m.wantCounts(t, s)
			workers[1].signal(signal)
			workers[1].wantExit(t, 0, 5*time.Second)
		})
	}
}

// TestConformanceSecondSignal has users who take longer than anyone wants to wait: the first signal lets them finish, and the
// master has what was done before at once; the second ends the worker.
func TestConformanceSecondSignal(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	s.slow("/Slow", time.Minute)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=60", "Slow", "Quick"}}.startWeb(t)
	worker := m.startFaultWorkers(t, 1, onlyAtTheEnd)[0]
	swarm{users: 8}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 6, "Slow": 2})
	worker.signal(syscall.SIGTERM)
	await(t, startLimit, func() error { // the quick ones leave
		if got := s.users()["Quick"]; got > 0 {
			return fmt.Errorf("%d quick users run, want none", got)
		}
		return nil
	})
	time.Sleep(6 * time.Second)
	if worker.ended() {
		t.Fatal("the worker did not wait for its users")
	}
	if m.wantOutput("failed to send heartbeat") == nil {
		t.Error("the master missed heartbeats of the worker that waits for its users")
	}
	if got := m.web.stats(t)["GET /Quick"].Requests; got == 0 {
		t.Error("the master knows nothing of what was done before the signal")
	}
	worker.signal(syscall.SIGTERM)
	worker.awaitEnd(t, 2*time.Second)
}

// TestConformanceQuit has the master end in the middle of a run, by Ctrl-C: its summary has everything.
func TestConformanceQuit(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	s.slow("/Quick", 150*time.Millisecond)
	m := masterSpec{host: s.URL, flags: []string{"Quick"}}.startWeb(t)
	workers := m.startFaultWorkers(t, 2)
	swarm{users: 40}.send(t, m)
	s.awaitServed(t, 300)
	m.signal(syscall.SIGINT)
	m.wantExit(t, 0, 10*time.Second)
	for _, worker := range workers {
		worker.wantExit(t, 0, 5*time.Second)
	}
	parseSummary(t, m.output.String()).wantServed(t, "summary", s.counted())
}

// TestConformanceProcesses starts a worker and one with --processes 2 for a headless master that expects three: it waits for all,
// uses all, ends them at its run time and has everything.
func TestConformanceProcesses(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{
		"--headless", "--expect-workers=3", "--users=21", "--spawn-rate=21", "--run-time=4", "Quick",
	}}.start(t)
	single := workerSpec{name: "single worker", port: m.port}.start(t)
	await(t, startLimit, func() error { return m.wantOutput("Waiting for workers to be ready, 1 of 3 connected") })
	if n := s.counted().Total; n > 0 {
		t.Errorf("requests before all workers were there = %d, want none", n)
	}
	double := workerSpec{name: "double worker", port: m.port, flags: []string{"--processes=2"}}.start(t)
	await(t, startLimit, func() error {
		if got := s.users()["Quick"]; got != 21 {
			return fmt.Errorf("%d users run, want 21", got)
		}
		return nil
	})
	if children := descendants(t, double.pid()); len(children) > 0 {
		t.Errorf("processes of the double worker = %v, want none: both workers are in it", children)
	}
	m.wantExit(t, 0, startLimit)
	double.wantExit(t, 0, 5*time.Second)
	single.wantExit(t, 0, 5*time.Second)
	parseSummary(t, m.output.String()).wantServed(t, "summary", s.counted())
	if left := s.users(); len(left) > 0 {
		t.Errorf("users that did not run on_stop = %v, want none", left)
	}
	for _, p := range []*process{single, double} {
		if s.since(strconv.Itoa(p.pid()), time.Time{}) == 0 {
			t.Errorf("the %s sent no request, want both to", p.name)
		}
	}
}
