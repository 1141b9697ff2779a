//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/service"
)

// startInstrumented starts a FastAPI with prometheus-fastapi-instrumentator at a port.
func startInstrumented(t *testing.T, port string) *process {
	t.Helper()
	python := pythonWith(t, "instrumented-venv", filepath.Join("testdata", "instrumented.txt"))
	api := start(t, command{name: "instrumented API", path: python, args: []string{
		"-m", "uvicorn", "instrumented:app", "--app-dir", "testdata", "--port", port, "--no-access-log",
	}})
	await(t, startLimit, func() error { return ask("http://127.0.0.1:"+port+"/stories/0", 1) })
	return api
}

// ask makes n requests, one after the other.
func ask(url string, n int) error {
	for range n {
		response, err := http.Get(url)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("GET %s = %s", url, response.Status)
		}
	}
	return nil
}

// TestMonitorScrapesFastAPI: the rates of a real server add up to the requests that it was sent, in both formats, over its restart.
func TestMonitorScrapesFastAPI(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), t.TempDir()
	base := "http://127.0.0.1:" + port
	api := startInstrumented(t, port)
	monitor := start(t, command{name: "monitor", path: program("monitor"), args: []string{
		"--output", filepath.Join(dir, "metrics.csv"), "--collect", "memory", "--scrape", base + "/metrics", "--scrape", base + "/open/",
	}})
	const requests = 40
	time.Sleep(2500 * time.Millisecond)
	send := func(n int) {
		if err := ask(fmt.Sprintf("%s/stories/%d", base, n), requests); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2500 * time.Millisecond)
	}
	send(7)
	api.signal(syscall.SIGKILL)
	await(t, startLimit, func() error {
		return monitor.wantOutput("no rows of " + base + "/metrics: connect: connection refused")
	})
	startInstrumented(t, port)
	time.Sleep(2500 * time.Millisecond)
	send(9)
	monitor.signal(syscall.SIGTERM)
	monitor.wantExit(t, exitcode.OK, startLimit)
	for _, path := range []string{"/metrics", "/open/"} {
		causes := strings.Count(monitor.output.String(), "no rows of "+base+path+": ")
		// Who is asked at the moment of its end closes the connection, before it refuses the next: another cause.
		causes -= min(1, strings.Count(monitor.output.String(), "no rows of "+base+path+": EOF"))
		if causes != 1 || strings.Count(monitor.output.String(), base+path+" can be read again") != 1 {
			t.Errorf("the monitor does not say once, for each cause, that there are no rows of %s, and once that there are again", path)
		}
	}

	rows, err := service.Parse(readFile(t, filepath.Join(dir, "service.csv")))
	if err != nil {
		t.Fatal(err)
	}
	var ticks []float64
	for _, row := range metricsOf(t, filepath.Join(dir, "metrics.csv")) {
		ticks = append(ticks, row.Timestamp)
	}
	for _, path := range []string{"/metrics", "/open/"} {
		sum, pool := 0.0, []float64{0}
		for _, r := range rows {
			if r.Target != base+path {
				continue
			}
			if !slices.Contains(ticks, r.Timestamp) || r.Kind == service.Rate && r.Value < 0 {
				t.Errorf("%v is of no tick, or a rate below 0", r)
			}
			handler, _ := r.Label("handler")
			switch {
			case r.Series == "http_requests_total" && handler == "/stories/{n}":
				sum += r.Value // of about a second each
			case r.Series == "db_pool_used":
				pool = append(pool, r.Value)
			}
		}
		if sum < 0.9*2*requests || sum > 1.1*2*requests {
			t.Errorf("%s: the rates add up to %v requests, want about %d", path, sum, 2*requests)
		}
		if pool = slices.Compact(pool); !slices.Equal(pool, []float64{0, 7, 0, 9}) {
			t.Errorf("%s: the pool was %v, want 0, 7, 0 after the restart, and 9", path, pool)
		}
	}
}
