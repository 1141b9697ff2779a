//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"
)

// pythonReport is how long Locust's own worker may take to report what it measured last: it reports every 3 s, and a stop
// makes no difference to it.
const pythonReport = 4 * time.Second

// TestMixedWorkers has three workers serve the same master, against a target that fails at times: ours with the locustfile,
// ours with the same user class in Go, and Locust's own. For the master they must be the same, down to the words of a failure.
func TestMixedWorkers(t *testing.T) {
	t.Parallel()
	const users = 99
	server := startTarget(t, flaky())
	m := startWebMaster(t, server.URL())
	m.startGoWorkers(t, 1)
	m.startGoWorkers(t, 1, "--compiled")
	theirs := m.startPythonWorker(t)
	m.awaitWorkers(t, 3)

	m.web.swarm(t, users, 50)
	running := m.web.awaitUsers(t, users)
	for _, worker := range running.Workers {
		if worker.Users != users/3 {
			t.Errorf("worker %s has %d users, want a third of %d", worker.ID, worker.Users, users)
		}
	}
	time.Sleep(6 * time.Second)
	m.web.stop(t)
	m.awaitReports(t, server)

	served := server.Served()
	wantEveryName(t, served)
	wantUsers(t, served, users)
	m.web.stats(t).wantServedBut(t, "CSV of the web UI", served, theirs.killed())
	if theirs.killed() == 0 { // else one of those may have failed
		wantFailures(t, parseCSV(t, m.web.get(t, "/stats/failures/csv")), served)
	}
	if raised, err := m.web.exceptions(t.Context()); err != nil || len(raised) > 0 {
		t.Errorf("exceptions = %v, %v, want none: a failed request is not one", raised, err)
	}
	for _, complaint := range []string{"Traceback", "ERROR", "WARNING"} {
		if strings.Contains(m.output.String(), complaint) {
			t.Errorf("the master's log has %s in it", complaint)
		}
	}
}
