//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"

	"gregaria/internal/target"
)

// headlessUsers are what a headless test runs with.
const headlessUsers = 200

// TestHeadless runs a headless master, which says quit while the workers are busy and listens only half a second longer.
func TestHeadless(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	m := startMaster(t, server.URL(), headlessFlags(8*time.Second)...)
	workers := m.startGoWorkers(t, 2)
	wantHeadlessEnd(t, m, workers, server)
}

// TestStartOrder runs the same with workers that are long there, or come late.
func TestStartOrder(t *testing.T) {
	const apart = 3 * time.Second
	t.Parallel()
	t.Run("workers first", func(t *testing.T) {
		t.Parallel()
		server := startTarget(t, healthy())
		// The workers have to know the port before the master has it.
		early := &master{port: freePort(t)}
		workers := early.startGoWorkers(t, 2)
		time.Sleep(apart)
		m := startMaster(t, server.URL(), append(headlessFlags(4*time.Second), "--master-bind-port="+early.port)...)
		wantHeadlessEnd(t, m, workers, server)
	})
	t.Run("master first", func(t *testing.T) {
		t.Parallel()
		server := startTarget(t, healthy())
		m := startMaster(t, server.URL(), headlessFlags(4*time.Second)...)
		time.Sleep(apart)
		workers := m.startGoWorkers(t, 2)
		wantHeadlessEnd(t, m, workers, server)
	})
}

// headlessFlags make a master run a test and end.
func headlessFlags(runTime time.Duration) []string {
	return []string{
		"--headless", "--expect-workers=2", fmt.Sprintf("--users=%d", headlessUsers), "--spawn-rate=100",
		fmt.Sprintf("--run-time=%.0f", runTime.Seconds()),
	}
}

// wantHeadlessEnd waits for the end of a headless test and wants everything to be right with it.
func wantHeadlessEnd(t *testing.T, m *master, workers []*process, server *target.Server) {
	t.Helper()
	m.wantExit(t, 0, time.Minute)
	for _, worker := range workers {
		worker.wantExit(t, 0, 5*time.Second)
	}
	served := server.Served()
	wantEveryName(t, served)
	wantUsers(t, served, headlessUsers)
	parseSummary(t, m.output.String()).wantServed(t, "summary", served)
	if err := m.wantOutput(fmt.Sprintf(`All users spawned: {"StoryUser": %d} (%[1]d total users)`, headlessUsers)); err != nil {
		t.Error(err)
	}
	// The master writes its CSVs once a second, and not when it ends: the last second may be missing there.
	if got := parseStats(t, m.file(t, "_stats.csv"))[aggregated].Requests; got > served.Total {
		t.Errorf("requests in Locust's CSV = %d, want at most the %d that were served", got, served.Total)
	}
}

// TestAutostart runs a master that starts by itself and keeps its web UI: there the web UI, the CSVs and the summary have
// time to agree.
func TestAutostart(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	m := startMaster(t, server.URL(), "--autostart", "--autoquit=4", "--expect-workers=2",
		"--users=100", "--spawn-rate=50", "--run-time=6")
	workers := m.startGoWorkers(t, 2)
	var last snapshot
	await(t, startLimit, func() (err error) {
		last, err = m.web.snapshot(t.Context())
		if err == nil && last.State != "stopped" {
			err = fmt.Errorf("the master is %s, want stopped", last.State)
		}
		return err
	})
	served := server.Served()
	wantEveryName(t, served)
	wantUsers(t, served, 100)
	last.rows().wantServed(t, "web API", served)
	m.web.stats(t).wantServed(t, "CSV of the web UI", served)
	m.wantExit(t, 0, 20*time.Second)
	for _, worker := range workers {
		worker.wantExit(t, 0, 5*time.Second)
	}
	parseStats(t, m.file(t, "_stats.csv")).wantServed(t, "CSV", served)
	parseSummary(t, m.output.String()).wantServed(t, "summary", served)
}
