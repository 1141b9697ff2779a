//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/service"
	"gregaria/internal/target"
)

// twoClasses and a shape of 6 s.
const twoClasses = `from locust import HttpUser, LoadTestShape, constant, task

class Reader(HttpUser):
    wait_time = constant(0.1)

    @task
    def read(self):
        self.client.get("/health", name="read")

class Writer(HttpUser):
    wait_time = constant(0.1)

    @task
    def write(self):
        self.client.get("/health", name="write")

class Short(LoadTestShape):
    def tick(self):
        return (4, 10) if self.get_run_time() < 6 else None
`

// startSessionOf starts loadtest --ui with a locustfile of the test's.
func startSessionOf(t *testing.T, locustfile string, flags ...string) *loadtest {
	t.Helper()
	l := startLoadtestIn(t, map[string]string{"locustfile.py": locustfile}, nil, append([]string{"--ui", "--users=3", "--spawn-rate=30", "--stop-timeout=1"}, flags...)...)
	l.awaitSession(t)
	return l
}

// TestSessionShape: a load shape says how many users run, and ends its test.
func TestSessionShape(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startSessionOf(t, twoClasses, "--host="+server.URL())
	l.begin(t, server.URL(), 9)
	l.awaitOutput(t, "wait for a test to be started in the web UI", 2)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantTest(t, l.tests(t, 1)[0], server.Served().Total, 4)
	for _, text := range []string{"test 1: a load shape, until somebody stops it", "the load shape ended the test after ", "\n1 test: 1 passed\n"} {
		if err := l.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
}

// TestSessionClasses: the person chooses in the form which classes run, and whether the shape decides.
func TestSessionClasses(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startSessionOf(t, twoClasses, "--host="+server.URL(), "--", "--class-picker")
	for i, form := range [][]string{{"user_classes", "Reader"}, {"user_classes", "Writer", "shape_class", "Short"}} {
		l.begin(t, server.URL(), 2, append(form, "run_time", "5s")...)
		l.awaitOutput(t, "wait for a test to be started in the web UI", 2+i)
	}
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	for i, stamp := range l.tests(t, 2) {
		stats := l.read(t, "stats_"+stamp+"_stats.csv")
		for name, want := range map[string]bool{"GET,read,": i == 0, "GET,write,": i == 1} {
			if bytes.Contains(stats, []byte(name)) != want {
				t.Errorf("the statistics of test %d have %s: %v, want %v", i+1, name, !want, want)
			}
		}
		if most := l.mostUsers(t, stamp); most != []uint64{2, 4}[i] {
			t.Errorf("test %d had up to %d users", i+1, most)
		}
	}
}

// mostUsers are the most in the history of a test.
func (l *loadtest) mostUsers(t *testing.T, stamp string) (most uint64) {
	t.Helper()
	for _, line := range parseCSV(t, l.read(t, "stats_"+stamp+"_stats_history.csv")) {
		most = max(most, number(t, line["User Count"]))
	}
	return most
}

// TestSessionRate: each test has the rate, its part of the rows of another host's monitor, and of what the server says of itself.
func TestSessionRate(t *testing.T) {
	t.Parallel()
	port, beside := freePort(t), "127.0.0.1:"+freePort(t)
	startInstrumented(t, port)
	monitor := start(t, command{name: "monitor beside", path: program("monitor"), args: []string{"--no-csv", "--listen", beside, "--collect", "cpu,memory,self"}})
	await(t, startLimit, func() error { return monitor.wantOutput("a row every 1 s") })
	base := "http://127.0.0.1:" + port
	l := startSessionOf(t, storyFile, "--host="+base, "--rate=20", "--scrape="+base+"/metrics", "--monitor=http://"+beside, "--check=rps > 15")
	for i := range 2 {
		l.begin(t, base, 8, "run_time", "10s", "gregaria_rate", "20")
		l.awaitOutput(t, "wait for a test to be started in the web UI", 2+i)
	}
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	for _, stamp := range l.tests(t, 2) {
		if requests := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; math.Abs(float64(requests)-200) > 40 {
			t.Errorf("%s has %d requests in 10 s at 20 a second", stamp, requests)
		}
		for name, least := range map[string]int{"service_" + stamp + ".csv": 10, "metrics_" + stamp + ".csv": 10, "metrics_" + stamp + "_127.0.0.1.csv": 10} {
			data := l.read(t, name)
			if rows := bytes.Count(data, []byte("\n")) - 1; rows < least {
				t.Errorf("%s has %d rows, want %d or more", name, rows, least)
			}
		}
		if head := l.read(t, "service_"+stamp+".csv"); !bytes.HasPrefix(head, []byte(service.Header)) {
			t.Errorf("service_%s.csv begins with %.80s", stamp, head)
		}
		page := string(l.read(t, "report_"+stamp+".html"))
		for _, text := range []string{"What " + base + "/metrics says of itself", fmt.Sprintf("metrics_%s_127.0.0.1.csv", stamp)} {
			if !strings.Contains(page, text) {
				t.Errorf("the report of %s has no %s", stamp, text)
			}
		}
	}
}
