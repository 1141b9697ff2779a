//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// TestCompose runs docker-compose.yml, unchanged, through a real engine: what it builds, what runs, and that nothing is lost
// whatever happens to the containers.
//
// Subtle: Locust's master 2.47.0 hands the users of a worker that says goodbye to the others once in a test: its dispatcher stays
// "in progress" from then on (locust/dispatch.py, _dispatcher). New and lost workers it always attends to, and the same number of
// users again, as the web UI's Edit sends it, puts things right.
func TestCompose(t *testing.T) {
	requireEngine(t)
	began := time.Now()
	newComposition(t).compose(t, "--profile=*", "build", "--quiet")
	t.Logf("the images were built in %s", time.Since(began).Round(time.Second))
	for name, test := range map[string]func(*testing.T){
		"images": composeImages, "NVIDIA": composeNVIDIA, "scale": composeScale, "lost workers": composeLostWorkers, "SIGTERM": composeTerminated,
		"loadtest": composeLoadtest, "loadtest, SIGTERM": composeLoadtestTerminated, "another target": composeAnotherTarget,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}

// composeScale starts a worker before anything else, then four, and has 4, 2, 6 and 3 of them run one test.
func composeScale(t *testing.T) {
	const users = 24
	c := newComposition(t)
	c.compose(t, "up", "--detach", "--no-build", "--no-deps", "worker")
	first := c.containers(t, "worker")[0]
	c.up(t, 4)
	c.awaitWorkers(t, 4, 0)
	if now := c.containers(t, "worker"); !slices.ContainsFunc(now, func(one container) bool { return one.ID == first.ID && one.State.Status == "running" }) {
		t.Errorf("the worker that started first and waited, %s, is not among %v", first.ID, now)
	}
	c.wantContained(t)
	c.wantTab(t)
	c.web.swarm(t, users, users)
	c.awaitWorkers(t, 4, users)
	for _, n := range []int{2, 6, 3} {
		c.up(t, n)
		if n < 6 { // see TestCompose
			await(t, startLimit, func() error { return c.wantWorkers(t.Context(), n) })
			c.web.swarm(t, users, users)
		}
		c.awaitWorkers(t, n, users)
		c.settle(t)
	}
	c.web.stop(t)
	served := c.served(t)
	c.web.stats(t).wantServed(t, "CSV of the web UI", served)
	wantEveryName(t, served)

	c.compose(t, "stop")
	c.wantExits(t)
	parseStats(t, c.result(t, "stats_*_stats.csv")).wantServed(t, "stats.csv on the host", served)
	c.wantReport(t, served.Total)
	if rows := parseCSV(t, c.result(t, "metrics_*.csv")); len(rows) < 10 {
		t.Errorf("rows of the metrics = %d, want one for each second of the run", len(rows))
	}
}

// wantTab wants the master's web UI to show what the monitor's container writes.
func (c *composition) wantTab(t *testing.T) {
	t.Helper()
	await(t, startLimit, func() error {
		status, rows := fetch(t, c.web.base+"/gregaria/rows")
		if lines := bytes.Count(rows, []byte("\n")); status != http.StatusOK || lines < 3 || !bytes.Contains(rows, []byte("CPU_Percent")) {
			return fmt.Errorf("the tab Resources gets %d lines with status %d, want a header and rows", lines, status)
		}
		return nil
	})
	if _, page := fetch(t, c.web.base+"/"); !bytes.Contains(page, []byte("gregaria/tabs.js")) {
		t.Error("Locust's page has no tabs of the plug-in")
	}
}

// wantWorkers returns an error unless the master knows of n workers.
func (c *composition) wantWorkers(ctx context.Context, n int) error {
	count, err := c.web.workerCount(ctx)
	if err == nil && count != n {
		err = fmt.Errorf("%d workers are ready, want %d", count, n)
	}
	return err
}

// settle lets the users work for a while.
func (*composition) settle(t *testing.T) {
	t.Helper()
	select {
	case <-t.Context().Done():
	case <-time.After(4 * time.Second):
	}
}

// composeLostWorkers kills one of four workers, which loses what it held; in the next run, in which it is there again, cuts
// another one off from the master for a while, which loses nothing.
func composeLostWorkers(t *testing.T) {
	const users, held = 80, 3 * time.Second
	c := newComposition(t)
	c.up(t, 4)
	c.awaitWorkers(t, 4, 0)
	c.web.swarm(t, users, users)
	c.awaitWorkers(t, 4, users)
	c.settle(t)
	began, before := time.Now(), c.served(t).Total
	c.settle(t)
	rate := float64(c.served(t).Total-before) / time.Since(began).Seconds() / 4
	victim := c.containers(t, "worker")[1]
	docker(t, "kill", victim.ID)
	c.wantMissing(t, victim)
	c.awaitWorkers(t, 3, users)
	c.settle(t)
	c.web.stop(t)
	served, told := c.served(t).Total, c.web.stats(t)[aggregated].Requests
	// The draws of a few seconds scatter around the rate: by half of it would be three times their standard deviation.
	lost, most := int64(served)-int64(told), int64(1.5*rate*held.Seconds())
	t.Logf("killed: %d served, %d in Locust's statistics, %d lost with the worker, which made %.1f a second", served, told, lost, rate)
	if lost < 0 || lost > most {
		t.Errorf("requests lost = %d, want 0 to %d, what the killed worker made in %s", lost, most, held)
	}

	c.up(t, 4)
	c.awaitWorkers(t, 4, 0)
	c.reset(t)
	c.web.swarm(t, users, users)
	c.awaitWorkers(t, 4, users)
	c.settle(t)
	victim = c.containers(t, "worker")[2]
	network := c.network("control")
	docker(t, "network", "disconnect", network, victim.ID)
	c.wantMissing(t, victim)
	c.awaitWorkers(t, 3, users)
	c.settle(t)
	docker(t, "network", "connect", network, victim.ID)
	connected := time.Now()
	c.awaitWorkers(t, 4, users)
	t.Logf("cut off: the worker is back %s after its network", time.Since(connected).Round(time.Second))
	c.settle(t)
	c.web.stop(t)
	c.web.stats(t).wantServed(t, "CSV of the web UI", c.served(t))
}

// wantMissing waits until the master misses the container's worker.
func (c *composition) wantMissing(t *testing.T, lost container) {
	t.Helper()
	await(t, startLimit, func() error {
		s, err := c.web.snapshot(t.Context())
		if err != nil {
			return err
		}
		for _, w := range s.Workers {
			if strings.HasPrefix(w.ID, lost.Config.Hostname+"_") && w.State == "missing" {
				return nil
			}
		}
		return fmt.Errorf("the master shows %+v, want the worker of %s missing", s.Workers, lost.Config.Hostname)
	})
}

// reset has the demo API count from zero.
func (c *composition) reset(t *testing.T) {
	t.Helper()
	response, err := http.Post(c.demo(t)+"/served/reset", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

// composeTerminated sends SIGTERM to `docker compose up` in mid-run: every container ends well, and the results are complete.
func composeTerminated(t *testing.T) {
	const users = 40
	c := newComposition(t)
	up := c.start(t, "up", "--no-build", "--scale=worker=2")
	c.awaitWorkers(t, 2, 0)
	c.web.swarm(t, users, users)
	c.awaitWorkers(t, 2, users)
	c.settle(t)
	began := time.Now()
	up.signal(syscall.SIGTERM)
	<-up.done
	t.Logf("docker compose up ended with %v %s after SIGTERM", up.cmd.ProcessState, time.Since(began).Round(time.Second/10))
	c.wantExits(t)
	said := regexp.MustCompile(`served (\d+) requests`).FindStringSubmatch(c.compose(t, "logs", "--no-color", "demo"))
	if said == nil {
		t.Fatal("the demo API did not say what it served")
	}
	served := number(t, said[1])
	got := parseStats(t, c.result(t, "stats_*_stats.csv"))[aggregated]
	if want := (row{served, 0}); got != want || served == 0 {
		t.Errorf("the Aggregated row of stats.csv = %+v, want %+v as served", got, want)
	}
	c.wantReport(t, served)
}

// wantReport wants Locust's report on the host to tell of that many requests.
func (c *composition) wantReport(t *testing.T, requests uint64) {
	t.Helper()
	aggregate := regexp.MustCompile(`"name": "Aggregated", [^}]*"num_requests": (\d+)`)
	told := aggregate.FindSubmatch(c.result(t, "locust_report_*.html"))
	if told == nil || number(t, string(told[1])) != requests {
		t.Errorf("the report tells of %q, want %d requests", told, requests)
	}
}

// composeLoadtest runs the headless test: a passed run, and one that cannot begin.
func composeLoadtest(t *testing.T) {
	c := newComposition(t)
	run := c.start(t, "run", "--rm", "loadtest", "--users=20", "--spawn-rate=20", "--duration=5")
	run.wantExit(t, exitcode.OK, 2*time.Minute)
	if err := run.wantOutput("PASSED"); err != nil {
		t.Error(err)
	}
	served := c.served(t)
	parseStats(t, c.result(t, "stats_*_stats.csv")).wantServed(t, "stats.csv on the host", served)
	c.wantReport(t, served.Total)
	wantEveryName(t, served)
	c.result(t, "metrics_*.csv")
	c.start(t, "run", "--rm", "loadtest", "--host=http://demo:1").wantExit(t, exitcode.NotReady, time.Minute)
}

// composeLoadtestTerminated stops the container of a headless test in mid-run: it ends by itself, and what was measured is there.
func composeLoadtestTerminated(t *testing.T) {
	c := newComposition(t)
	run := c.start(t, "run", "--rm", "loadtest", "--users=20", "--spawn-rate=20", "--duration=300")
	await(t, time.Minute, func() error { return run.wantOutput("0:05/5:00  20 users") })
	docker(t, "stop", strings.TrimSpace(docker(t, "ps", "--quiet",
		"--filter=label=com.docker.compose.project="+c.name, "--filter=label=com.docker.compose.service=loadtest")))
	run.wantExit(t, exitcode.Interrupted, time.Minute)
	served := c.served(t)
	parseStats(t, c.result(t, "stats_*_stats.csv")).wantServed(t, "stats.csv on the host", served)
	c.wantReport(t, served.Total)
}

// composeAnotherTarget loads an API of this machine, a tenth of whose answers are errors: no demo, and an exit code that says so.
func composeAnotherTarget(t *testing.T) {
	gateway := strings.TrimSpace(docker(t, "network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", "bridge"))
	server, err := target.Start(target.Config{Listen: gateway + ":0", Seed: 1, Settings: flaky()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Shutdown(context.Background()) }) // the test is over
	port := server.URL()[strings.LastIndex(server.URL(), ":")+1:]
	c := newComposition(t, "TARGET=http://host.docker.internal:"+port)
	c.start(t, "run", "--rm", "loadtest", "--users=20", "--spawn-rate=20", "--duration=5").wantExit(t, exitcode.Failed, 2*time.Minute)
	parseStats(t, c.result(t, "stats_*_stats.csv")).wantServed(t, "stats.csv on the host", server.Served())
	if demo := c.containers(t, "demo"); len(demo) > 0 {
		t.Errorf("the demo API was started: %v", demo)
	}
	if up := strings.Fields(c.compose(t, "config", "--services")); slices.Contains(up, "demo") || !slices.Contains(up, "worker") {
		t.Errorf("with a TARGET docker compose up starts %v, want a worker and no demo", up)
	}
}
