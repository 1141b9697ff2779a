//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/target"
)

// metricsOf reads the rows that a monitor has written.
func metricsOf(t *testing.T, path string) []resource.Row {
	t.Helper()
	rows, err := resource.Parse(readFile(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestMonitorSeesTheRun: the rows of a monitor tell of the test of a stock master, from before it begins until the master is gone.
func TestMonitorSeesTheRun(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{Latency: 5 * time.Millisecond}) // one that answers at once has a p95 of 0 ms on a quick machine
	path := filepath.Join(t.TempDir(), "metrics.csv")
	m := startWebMaster(t, server.URL())
	monitor := start(t, command{name: "monitor", path: program("monitor"), args: []string{
		"--output", path, "--interval", "0.5", "--collect", "cpu", "--locust", m.web.base,
	}})
	m.startGoWorkers(t, 1)
	m.awaitWorkers(t, 1)
	m.web.swarm(t, 8, 4)
	m.web.awaitUsers(t, 8)
	time.Sleep(12 * time.Second)
	var shown struct {
		RPS float64 `json:"current_rps"`
	}
	if err := m.web.getJSON(t.Context(), "/stats/requests", &shown); err != nil {
		t.Fatal(err)
	}
	m.web.stop(t)
	time.Sleep(4 * time.Second) // Locust keeps an answer for 2 s
	m.signal(syscall.SIGTERM)
	<-m.done
	await(t, startLimit, func() error { return monitor.wantOutput("connect: connection refused") })
	monitor.signal(syscall.SIGTERM)
	monitor.wantExit(t, exitcode.OK, startLimit)

	var states, phases []string
	var rate, p95, users float64
	for _, row := range metricsOf(t, path) {
		state, _ := row.Text(resource.RunState)
		phase, _ := row.Text(resource.RunPhase)
		states, phases = append(states, state), append(phases, phase)
		if phase == resource.PhaseSteady { // the last one counts: by then the rates are those of this load
			rate, _ = row.Value(resource.RunRequestsPerSecond)
			p95, _ = row.Value(resource.RunP95MS)
			users, _ = row.Value(resource.RunUsers)
		}
	}
	states, phases = slices.Compact(states), slices.Compact(phases)
	if n := len(states); n < 4 || states[0] != "ready" || !slices.Contains(states, "running") || states[n-2] != "stopped" || states[n-1] != "" {
		t.Errorf("states = %q, want ready, ..., running, ..., stopped, and none of a master that is gone", states)
	}
	if i := slices.Index(phases, resource.PhaseSteady); i < 1 || phases[0] != "" || phases[len(phases)-1] != "" {
		t.Errorf("phases = %q, want one that is steady, and none before and after", phases)
	}
	if users != 8 || rate <= 0 || rate < 0.5*shown.RPS || rate > 2*shown.RPS || p95 <= 0 {
		t.Errorf("the last steady row has %v users, %v requests a second, a p95 of %v ms; Locust's web UI had 8 and %v", users, rate, p95, shown.RPS)
	}
}

// TestMonitorMeetsALogin: Locust's own login is a page for people, and the monitor says so in a line.
func TestMonitorMeetsALogin(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	start(t, command{name: "master", path: locust(t), args: []string{
		"-f", filepath.Join("testdata", "login.py"), "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", freePort(t),
		"--web-host", "127.0.0.1", "--web-port", port, "--web-login",
	}})
	base := "http://127.0.0.1:" + port
	monitor := start(t, command{name: "monitor", path: program("monitor"), env: []string{"GREGARIA_MONITOR_LOCUST=" + "http://ann:secret@127.0.0.1:" + port}, args: []string{
		"--output", os.DevNull, "--collect", "memory",
	}})
	await(t, startLimit, func() error {
		return monitor.wantOutput(fmt.Sprintf("empty cells: the Locust master at %s: the web UI wants a login (locust --web-login)", "http://ann:***@"+base[len("http://"):]))
	})
	if monitor.wantOutput("secret") == nil {
		t.Error("the monitor says the password")
	}
}
