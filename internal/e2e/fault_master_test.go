//go:build e2e

package e2e

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/timing"
)

// TestFaultMasterKilled kills -9 a master in the middle of a run and starts another one at the same address. The workers
// register with it within 10 s, their users of the lost run are gone, and the next run counts as any other.
func TestFaultMasterKilled(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	spec := masterSpec{
		host: s.URL, port: freePort(t), webPort: freePort(t),
		flags: []string{"-f", repository(t, "internal", "e2e", "testdata", "conformance.py") + "," + writePlugin(t), "--stop-timeout=5", "Quick"},
	}
	m := spec.startWeb(t)
	workers := m.startFaultWorkers(t, 2)
	swarm{users: 20}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	m.signal(syscall.SIGKILL)
	<-m.done
	time.Sleep(2 * time.Second)

	m = spec.startWeb(t)
	up := time.Now()
	m.awaitReady(t, 2)
	took := time.Since(up)
	t.Logf("registered again %s after the new master was up", took.Round(10*time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("the workers registered again after %s, want within 10 s", took)
	}
	if left := s.users(); len(left) > 0 {
		t.Errorf("users of the lost run = %v, want none", left)
	}
	var served uint64
	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second))) // workers may have told the new master of the second so far
	anew := time.Now().Unix()
	for range 2 {
		m.awaitReady(t, 2)
		s.reset()
		swarm{users: 30}.send(t, m)
		m.wantUsersOf(t, s, map[string]int{"Quick": 30})
		time.Sleep(4 * time.Second)
		m.halt(t)
		m.wantCounts(t, s)
		served += s.counted().Total
	}
	m.wantTimingsSince(t, anew, served)
	for _, worker := range workers {
		if n := strings.Count(worker.output.String(), "Connected to master"); n != 2 {
			t.Errorf("%s registered %d times, want once with each master", worker.name, n)
		}
	}
	m.awaitReady(t, 2) // it sends quit to those only that are
	m.signal(syscall.SIGINT)
	for _, worker := range workers {
		worker.wantExit(t, 0, 10*time.Second)
	}
}

// wantTimingsSince waits until the seconds from one on, in timings, have as many requests as were served. What the workers told of
// a lost run before the master knew them stands before. All requests are seen, and no others.
func (m *master) wantTimingsSince(t *testing.T, second int64, served uint64) {
	t.Helper()
	await(t, startLimit, func() error {
		all := timingRows(t, readFile(t, m.prefix+"_timings.csv"))
		for _, line := range all {
			if timed := line[timing.Response.Count()]; line[timing.Requests] != cmp.Or(timed, "0") {
				return fmt.Errorf("timings have %s requests and %s response times in %s", line[timing.Requests], timed, line[timing.Time])
			}
		}
		got, _ := sums(t, slices.DeleteFunc(all, func(line map[string]string) bool { return int64(number(t, line[timing.Timestamp])) < second }))
		if got[aggregated].Requests != served {
			return fmt.Errorf("timings have %d requests, %d were served", got[aggregated].Requests, served)
		}
		return nil
	})
}

// TestFaultMasterGone kills -9 a master for good: the worker ends as Locust's does, by itself and with exit code 0.
func TestFaultMasterGone(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"Quick"}}.startWeb(t)
	worker := m.startFaultWorkers(t, 1, "GREGARIA_MASTER_HEARTBEAT_TIMEOUT=5")[0]
	swarm{users: 10}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 10})
	m.signal(syscall.SIGKILL)
	<-m.done
	worker.wantExit(t, 0, 15*time.Second)
	if err := worker.wantOutput("Didn't get heartbeat from master in over 5s"); err != nil {
		t.Error(err)
	}
	if left := s.users(); len(left) > 0 {
		t.Errorf("users that did not run on_stop = %v, want none", left)
	}
}

// TestFaultMasterFrozen stops the master's process for 10 s. It loses nothing: what the workers said waits for it.
func TestFaultMasterFrozen(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
	workers := m.startFaultWorkers(t, 2)
	swarm{users: 20}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	freeze(t, m.process)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	before := s.counted().Total
	s.awaitServed(t, before+100)
	m.halt(t)
	m.wantCounts(t, s)
	for _, worker := range workers {
		if n := strings.Count(worker.output.String(), "Connected to master"); n != 1 {
			t.Errorf("%s registered %d times, want once: the master still knew it", worker.name, n)
		}
	}
}

// freeze stops a process for 10 s.
func freeze(t *testing.T, p *process) {
	t.Helper()
	p.signal(syscall.SIGSTOP)
	time.Sleep(10 * time.Second)
	p.signal(syscall.SIGCONT)
	await(t, startLimit, func() error {
		if _, _, state, ok := readStat(fmt.Sprintf("/proc/%d/stat", p.pid())); !ok || state == "T" {
			return fmt.Errorf("%s is still stopped", p.name)
		}
		return nil
	})
}
