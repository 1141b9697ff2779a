//go:build e2e

package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gregaria/internal/target"
)

// TestWebUI does with the web UI what a user does, in a real browser: starts a test, changes the number of users while it
// runs, looks at the tabs, stops, and starts again.
func TestWebUI(t *testing.T) {
	t.Parallel()
	server := startTarget(t, flaky())
	m := startWebMaster(t, server.URL())
	b := openBrowser(t, m.web.base)
	m.startGoWorkers(t, 2)
	m.startPythonWorker(t)
	m.awaitWorkers(t, 3)
	b.wantHeader("Workers", "3")
	b.shot("1-ready")

	b.fill("userCount", "30")
	b.fill("spawnRate", "30")
	b.shot("2-form")
	b.click("Start")
	b.wantHeader("Users", "30")
	b.wantHeader("Status", "running")
	b.tab("Workers")
	b.wantWorkers(10)
	b.shot("3-workers")

	b.changeUsers("45") // up
	b.wantWorkers(15)
	b.changeUsers("15") // and down
	b.wantWorkers(5)
	time.Sleep(4 * time.Second)
	b.stop()

	served := server.Served()
	wantEveryName(t, served)
	wantUsers(t, served, 45)
	m.web.stats(t).wantServed(t, "CSV of the web UI", served)
	b.wantStatistics(served)
	b.shot("4-statistics")
	b.tab("Failures")
	b.wantFailures(served)
	b.shot("5-failures")
	b.tab("Exceptions")
	b.shot("6-exceptions")
	if raised := b.table(); len(raised) > 0 {
		t.Errorf("the Exceptions tab shows %v, want none: a failed request is not one", raised)
	}
	b.tab("Charts")
	b.shot("7-charts")

	m.awaitWorkers(t, 3) // Locust's own is ready again only after its stop timeout
	server.Reset()
	b.click("New")
	b.fill("userCount", "12")
	b.fill("spawnRate", "12")
	b.click("Start")
	b.wantHeader("Users", "12")
	b.tab("Workers")
	b.wantWorkers(4)
	time.Sleep(2 * time.Second)
	b.stop()
	served = server.Served()
	wantUsers(t, served, 12)
	m.web.stats(t).wantServed(t, "CSV of the web UI after the second run", served)
	b.wantStatistics(served)
	b.shot("8-second-run")
}

// stop ends the test and loads the page again when everything is reported: once a test is stopped, a page that is open
// shows nothing new.
func (b *browser) stop() {
	b.t.Helper()
	b.click("Stop")
	b.wantHeader("Status", "stopped")
	time.Sleep(pythonReport)
	b.run("reload the page", chromedp.Reload())
	b.wantHeader("Status", "stopped")
}

// changeUsers edits the test that runs.
func (b *browser) changeUsers(n string) {
	b.t.Helper()
	b.click("Edit")
	b.fill("userCount", n)
	b.shot("edit-" + n)
	b.click("Update")
	b.wantHeader("Users", n)
}

// wantWorkers waits until the Workers tab has three running workers with that many users each.
func (b *browser) wantWorkers(users int) {
	b.t.Helper()
	await(b.t, startLimit, func() error {
		table := b.table()
		if len(table) != 3 {
			return fmt.Errorf("the Workers tab shows %v, want three workers", table)
		}
		for _, cells := range table {
			if cells[1] != "running" || cells[2] != strconv.Itoa(users) {
				return fmt.Errorf("the Workers tab shows %v, want each running with %d users", table, users)
			}
		}
		return nil
	})
}

// wantStatistics opens the Statistics tab and wants it to show what was served.
func (b *browser) wantStatistics(served target.Served) {
	b.t.Helper()
	b.tab("Statistics")
	await(b.t, startLimit, func() error {
		if table := b.table(); len(table) != len(served.By)+1 {
			return fmt.Errorf("the Statistics tab shows %v, want %d rows and one for all", table, len(served.By))
		}
		return nil
	})
	shown := rows{}
	for _, cells := range b.table() {
		shown.add(cells[0], cells[1], number(b.t, cells[2]), number(b.t, cells[3]))
	}
	shown.wantServed(b.t, "Statistics tab", served)
}

// wantFailures wants the Failures tab to show all failures, each name once.
func (b *browser) wantFailures(served target.Served) {
	b.t.Helper()
	seen, sum := map[string]bool{}, uint64(0)
	table := b.table()
	for _, cells := range table {
		text := strings.Join(cells, " ")
		sum += number(b.t, cells[0])
		if !strings.Contains(text, "500 Server Error") {
			b.t.Errorf("the Failures tab has %q, want the status", text)
		}
		name := cells[1] + " " + cells[2]
		if seen[name] {
			b.t.Errorf("the Failures tab has %s twice: %v", name, table)
		}
		seen[name] = true
	}
	if sum != served.Failed || sum == 0 {
		b.t.Errorf("the Failures tab has %d failures, want some and the %d that were served: %v", sum, served.Failed, table)
	}
}
