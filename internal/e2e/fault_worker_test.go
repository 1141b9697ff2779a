//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestFaultWorkerKilled kills -9 one of three workers. What it had measured since its last report dies with it, and nothing
// else: with Locust's interval that is at most 3 s of its work; if it never reported, it is exactly all of it.
func TestFaultWorkerKilled(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		env  []string
		held time.Duration // what the killed worker may have held, at most; 0: all it did, exactly
	}{
		{"with reports every 3 s", nil, 3500 * time.Millisecond},
		{"before its first report", []string{onlyAtTheEnd}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
			workers := m.startFaultWorkers(t, 3, test.env...)
			swarm{users: 30}.send(t, m)
			m.wantUsersOf(t, s, map[string]int{"Quick": 30})
			time.Sleep(5 * time.Second)
			victim, killed := strconv.Itoa(workers[1].pid()), time.Now()
			workers[1].signal(syscall.SIGKILL)
			<-workers[1].done
			time.Sleep(4 * time.Second)
			m.halt(t)

			served, got, done := s.counted(), m.web.stats(t)[aggregated], s.since(victim, time.Time{})
			lost, least, most := served.Total-got.Requests, done, done
			if test.held > 0 {
				least, most = 0, s.since(victim, killed.Add(-test.held))
			}
			t.Logf("%d served, %d in Locust's statistics: %d of the %d of the killed worker are lost with it", served.Total,
				got.Requests, lost, done)
			if got.Requests > served.Total || lost < least || lost > most {
				t.Errorf("requests lost = %d, want %d to %d, what the killed worker still held", int64(lost), least, most)
			}
			if s.since(strconv.Itoa(workers[0].pid()), killed) == 0 {
				t.Error("the other workers served nothing after the kill")
			}
			if left := s.users()["Quick"]; left != 10 {
				t.Errorf("users that did not run on_stop = %d, want the 10 of the killed worker", left)
			}
		})
	}
}

// TestFaultWorkerFrozen stops one of two workers for 10 s. The master takes it for lost, and back when it is heard again;
// everything counts.
func TestFaultWorkerFrozen(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
	workers := m.startFaultWorkers(t, 2)
	swarm{users: 20}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	freeze(t, workers[0])
	if err := m.wantOutput("failed to send heartbeat"); err != nil {
		t.Error(err) // otherwise the freeze was too short to show anything
	}
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	m.halt(t)
	m.wantCounts(t, s)
	m.awaitReady(t, 2)
	s.reset()
	swarm{users: 20}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 20})
	m.halt(t)
	m.wantCounts(t, s)
}

// TestFaultDescriptors takes a worker's file descriptors away while its users need a connection each, and gives them back. The
// requests without a connection are failures that say why; the worker lives, reports, and recovers. In the second case the
// master falls silent meanwhile, so that the worker has to look for it without a descriptor.
func TestFaultDescriptors(t *testing.T) {
	t.Parallel()
	for _, silent := range []bool{false, true} {
		t.Run(fmt.Sprintf("master silent %v", silent), func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick"}}.startWeb(t)
			worker := m.startFaultWorkers(t, 1)[0]
			limit := limitDescriptors(t, worker, 5)
			swarm{users: 40}.send(t, m)
			await(t, startLimit, func() error { return m.wantState(t.Context(), 40, "running") })
			if silent {
				freeze(t, m.process)
			}
			time.Sleep(3 * time.Second)
			setDescriptors(t, worker, limit)
			time.Sleep(time.Second)
			before := s.counted().Total
			s.awaitServed(t, before+400)
			if worker.ended() {
				t.Fatalf("the worker ended with %v", worker.cmd.ProcessState)
			}
			m.halt(t)

			served, got := s.counted(), m.web.stats(t)[aggregated]
			t.Logf("%d served; Locust: %d, of which %d failed", served.Total, got.Requests, got.Failures)
			if got.Failures == 0 || got.Requests-got.Failures != served.Total {
				t.Errorf("Locust counts %d requests and %d failures, want some failures and the %d that were served beside them",
					got.Requests, got.Failures, served.Total)
			}
			for _, line := range parseCSV(t, m.web.get(t, "/stats/failures/csv")) {
				if line["Error"] != "OSError(24, 'Too many open files')" {
					t.Errorf("failure %q, want only those of the limit", line["Error"])
				}
			}
			m.awaitReady(t, 1)
			s.reset()
			swarm{users: 40}.send(t, m)
			m.wantUsersOf(t, s, map[string]int{"Quick": 40})
			m.halt(t)
			m.wantCounts(t, s)
		})
	}
}

// limitDescriptors leaves a process room for that many more file descriptors, and returns its old limit.
func limitDescriptors(t *testing.T, p *process, room uint64) unix.Rlimit {
	t.Helper()
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.pid()))
	if err != nil {
		t.Fatal(err)
	}
	var old unix.Rlimit
	if err := unix.Prlimit(p.pid(), unix.RLIMIT_NOFILE, nil, &old); err != nil {
		t.Fatal(err)
	}
	setDescriptors(t, p, unix.Rlimit{Cur: uint64(len(open)) + room, Max: old.Max})
	return old
}

func setDescriptors(t *testing.T, p *process, limit unix.Rlimit) {
	t.Helper()
	if err := unix.Prlimit(p.pid(), unix.RLIMIT_NOFILE, &limit, nil); err != nil {
		t.Fatal(err)
	}
}
