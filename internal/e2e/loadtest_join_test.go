//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// startForeign starts a stock master of somebody else's, with a locustfile of one endpoint.
func startForeign(t *testing.T, host string, flags ...string) *master {
	t.Helper()
	return startMaster(t, host, append([]string{"--stop-timeout=1", "-f", textFile(t, "locustfile.py", health(""))}, flags...)...)
}

// startHealthWorker starts one of Locust's own workers with that locustfile.
func (m *master) startHealthWorker(t *testing.T) {
	t.Helper()
	start(t, command{name: "Python worker", path: locust(t), args: []string{
		"-f", textFile(t, "locustfile.py", health("")), "--worker", "--master-host=127.0.0.1", "--master-port=" + m.port,
	}})
}

// withPlugin are the flags of a master that has the plug-in.
func withPlugin(t *testing.T) []string {
	t.Helper()
	return []string{"-f", textFile(t, "locustfile.py", health("")) + "," + writePlugin(t)}
}

// join starts loadtest --master, and returns when it waits for tests.
func (m *master) join(t *testing.T, flags ...string) *loadtest {
	t.Helper()
	l := m.startJoining(t, flags...)
	l.awaitOutput(t, "wait for a test to be started in the web UI", 1)
	return l
}

// startJoining starts loadtest --master.
func (m *master) startJoining(t *testing.T, flags ...string) *loadtest {
	t.Helper()
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil,
		append([]string{"--master=127.0.0.1:" + m.port, "--master-web=" + m.web.base, "--settle=2"}, flags...)...)
	l.web = m.web
	return l
}

// TestJoin joins workers and monitor to a master of somebody else's, with the plug-in and without, whose user starts two tests: each has results of its own, with all that was served,
// and the master goes on when loadtest leaves.
func TestJoin(t *testing.T) {
	t.Parallel()
	for _, with := range []string{"plug-in", "full history", "stock"} {
		t.Run(with, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			var flags []string
			switch with {
			case "plug-in":
				flags = withPlugin(t)
			case "full history":
				flags = []string{"--csv-full-history"}
			}
			m := startForeign(t, server.URL(), flags...)
			m.awaitWorkers(t, 0)
			if with == "stock" { // which has a worker already, too
				m.startHealthWorker(t)
				m.awaitWorkers(t, 1)
			}
			flags = []string{"--workers=go:2", "--host=" + server.URL(), "--check=fail_ratio < 1%", "--request-log"}
			if with == "full history" { // and the locustfile of the master
				flags = append(flags, "--locustfile=-")
			}
			l := m.join(t, flags...)
			l.begin(t, server.URL(), 4)
			l.awaitAnything(t, server)
			time.Sleep(6 * time.Second)
			m.web.stop(t)
			l.awaitOutput(t, "PASSED: ", 1)
			first := server.Served().Total
			l.begin(t, server.URL(), 2, "run_time", "5s")
			l.awaitOutput(t, "PASSED: ", 2)
			both := server.Served().Total
			l.signal(syscall.SIGINT)
			l.wantExit(t, exitcode.OK, time.Minute)
			stamps := l.tests(t, 2)
			l.wantJoined(t, stamps[0], first, 4, with)
			l.wantJoined(t, stamps[1], both-first, 2, with)
			if m.ended() {
				t.Error("the master ended with loadtest")
			}
			if err := l.wantOutput("\nwatching e2e.test (pid "); err != nil {
				t.Error(err)
			}
		})
	}
}

// wantJoined wants the files of a test at a master of somebody else's.
func (l *loadtest) wantJoined(t *testing.T, stamp string, served, users uint64, with string) {
	t.Helper()
	for _, name := range []string{"junit_%s.xml", "summary_%s.md", "report_%s.html", "locust_report_%s.html", "metrics_%s.csv", "locust_%s.log", "run_%s.json", "requests_%s.jsonl"} {
		if name = fmt.Sprintf(name, stamp); len(l.read(t, name)) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	if got := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; got != served {
		t.Errorf("the statistics of %s have %d requests, %d were served", stamp, got, served)
	}
	if report := l.read(t, "locust_report_"+stamp+".html"); !bytes.Contains(report, fmt.Appendf(nil, `"num_requests": %d`, served)) {
		t.Errorf("Locust's report of %s does not say %d requests", stamp, served)
	}
	most, last := uint64(0), uint64(0)
	for _, line := range parseCSV(t, l.read(t, "stats_"+stamp+"_stats_history.csv")) {
		if line["Name"] == aggregated {
			most, last = max(most, number(t, line["User Count"])), number(t, line["Total Request Count"])
		}
	}
	if most != users || last != served {
		t.Errorf("the history of %s has up to %d users and %d requests, want %d and %d", stamp, most, last, users, served)
	}
	if requests := bytes.Count(l.read(t, "requests_"+stamp+".jsonl"), []byte("\n")); with != "stock" && uint64(requests) != served {
		t.Errorf("the request log of %s has %d, %d were served", stamp, requests, served)
	}
	if with != "plug-in" {
		return
	}
	if sum := cells(t, parseCSV(t, l.read(t, "timings_"+stamp+".csv")), aggregated, "Requests"); sum != served {
		t.Errorf("the timings of %s have %d requests, %d were served", stamp, sum, served)
	}
}

// TestJoinWithout joins a monitor alone, to a master whose workers are Locust's own.
func TestJoinWithout(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	m := startForeign(t, server.URL())
	m.awaitWorkers(t, 0)
	m.startHealthWorker(t)
	m.awaitWorkers(t, 1)
	l := m.join(t, "--workers=0")
	m.web.swarm(t, 2, 10)
	l.awaitAnything(t, server)
	time.Sleep(5 * time.Second)
	m.web.stop(t)
	l.awaitOutput(t, "PASSED: ", 1)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	stamp := l.tests(t, 1)[0]
	if got := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; got == 0 {
		t.Error("the statistics have no request")
	}
	if err := l.wantOutput("that master has no plug-in"); err != nil {
		t.Error(err)
	}
}

// TestJoinAutostart joins a master that starts its test when the workers are there, and ends after it: as in CI.
func TestJoinAutostart(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	m := startForeign(t, server.URL(), "--autostart", "--autoquit=10", "--expect-workers=2", "-u", "3", "-r", "30", "-t", "8s")
	l := m.startJoining(t, "--workers=go:2", "--host="+server.URL())
	m.wantExit(t, exitcode.OK, 2*time.Minute)
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantVerdict(t, "1 test: 1 passed")
	stamp := l.tests(t, 1)[0]
	if got := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; got != server.Served().Total {
		t.Errorf("the statistics have %d requests, %d were served", got, server.Served().Total)
	}
}

// TestJoinResetStats joins a master that forgets what it measured when all users are there, as it was told to: that is no stop by hand.
func TestJoinResetStats(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	m := startForeign(t, server.URL(), "--reset-stats")
	m.awaitWorkers(t, 0)
	l := m.join(t, "--workers=go:2", "--host="+server.URL())
	m.web.swarm(t, 20, 2) // all are there after 10 s
	l.awaitAnything(t, server)
	time.Sleep(17 * time.Second)
	m.web.stop(t)
	l.awaitOutput(t, "PASSED: ", 1)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	if err := l.wantOutput("(--reset-stats): at least "); err != nil {
		t.Error(err)
	}
	stamp := l.tests(t, 1)[0]
	if got, served := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests, server.Served().Total; got == 0 || got >= served {
		t.Errorf("the statistics have %d requests of %d that were served, want a part", got, served)
	}
}

// joinedLoad is a master of somebody else's in the 9th second of a test, with workers of ours.
func joinedLoad(t *testing.T) (*target.Server, *master, *loadtest) {
	t.Helper()
	server := startTarget(t, target.Settings{})
	m := startForeign(t, server.URL())
	m.awaitWorkers(t, 0)
	l := m.join(t, "--workers=go:2", "--host="+server.URL())
	l.begin(t, server.URL(), 4)
	l.awaitOutput(t, "\nrun test 1\n", 1)
	time.Sleep(8 * time.Second)
	return server, m, l
}

// TestJoinEnd: the master ends during a test, and has its workers quit.
func TestJoinEnd(t *testing.T) {
	t.Parallel()
	server, m, l := joinedLoad(t)
	m.signal(syscall.SIGTERM)
	l.wantExit(t, exitcode.Died, time.Minute)
	if err := l.wantOutput("INCOMPLETE: the master ended during the test"); err != nil {
		t.Error(err)
	}
	stamp := l.tests(t, 1)[0]
	if got := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; got == 0 || got > server.Served().Total {
		t.Errorf("the statistics have %d requests, %d were served", got, server.Served().Total)
	}
}

// TestJoinLeaves: Ctrl-C during a test gives what was measured until then, and leaves the test to its master.
func TestJoinLeaves(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	m := startForeign(t, server.URL())
	m.awaitWorkers(t, 0)
	m.startHealthWorker(t)
	m.awaitWorkers(t, 1)
	l := m.join(t, "--workers=go:1")
	m.web.swarm(t, 4, 10)
	l.awaitOutput(t, "\nrun test 1\n", 1)
	time.Sleep(5 * time.Second)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.Interrupted, time.Minute)
	l.wantVerdict(t, "1 test: 1 incomplete")
	if state, err := m.web.snapshot(t.Context()); err != nil || !regexp.MustCompile("running|spawning").MatchString(state.State) {
		t.Errorf("the master is %s (%v), want its test to go on", state.State, err)
	}
	for _, name := range []string{"report_%s.html", "locust_report_%s.html", "stats_%s_stats.csv"} {
		l.read(t, fmt.Sprintf(name, l.tests(t, 1)[0]))
	}
}

// TestJoinRestart kills the master in a test, and starts it anew: that test has what was known, and the next is whole.
func TestJoinRestart(t *testing.T) {
	t.Parallel()
	server, m, l := joinedLoad(t)
	m.signal(syscall.SIGKILL)
	await(t, startLimit, func() error {
		if !m.ended() {
			return fmt.Errorf("the master lives")
		}
		return nil
	})
	again := start(t, command{name: "master again", path: m.cmd.Path, args: m.cmd.Args[1:]})
	m.process = again
	m.awaitWorkers(t, 2)
	l.awaitOutput(t, "the master was started anew", 1)
	first := server.Served().Total
	l.begin(t, server.URL(), 3)
	l.awaitOutput(t, "\nrun test 2\n", 1)
	time.Sleep(5 * time.Second)
	m.web.stop(t)
	l.awaitOutput(t, "PASSED: all", 1)
	second := server.Served().Total - first
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.Died, time.Minute)
	stamps := l.tests(t, 2)
	if got := parseStats(t, l.read(t, "stats_"+stamps[0]+"_stats.csv"))[aggregated].Requests; got == 0 || got > first {
		t.Errorf("the statistics of the first test have %d requests, %d were served", got, first)
	}
	if got := parseStats(t, l.read(t, "stats_"+stamps[1]+"_stats.csv"))[aggregated].Requests; got != second {
		t.Errorf("the statistics of the second test have %d requests, %d were served", got, second)
	}
}

// TestJoinRefuses: a master that cannot be joined, or what is not loadtest's to say there, is a line and an exit code.
func TestJoinRefuses(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	headless := startForeign(t, server.URL(), "--headless", "--expect-workers=9", "-t", "60s")
	await(t, startLimit, func() error { return headless.wantOutput("Waiting for workers to be ready") })
	alone := start(t, command{name: "locust", path: locust(t), args: []string{
		"-f", textFile(t, "locustfile.py", health("")), "-H", server.URL(), "--web-host", "127.0.0.1", "--web-port", strings.TrimPrefix(headless.web.base, "http://127.0.0.1:"),
	}})
	await(t, startLimit, func() error { return alone.wantOutput("Starting web interface") })
	port := freePort(t)
	for _, test := range []struct {
		flags []string
		code  int
		says  string
	}{
		{[]string{"--master=127.0.0.1:" + port}, exitcode.NotReady, "no master listens for workers at 127.0.0.1:" + port},
		{[]string{"--master=127.0.0.1:" + headless.port, "--web-port=" + port}, exitcode.NotReady, "has no web UI at http://127.0.0.1:" + port},
		{[]string{"--master=127.0.0.1:" + headless.port, "--master-web=" + headless.web.base}, exitcode.NotReady, "has no workers, but runs all users itself"},
		{[]string{"--master=127.0.0.1:" + headless.port, "--master-web=" + server.URL()}, exitcode.NotReady, "has no web UI at " + server.URL()},
		{[]string{"--master=http://127.0.0.1:8089"}, exitcode.Usage, "is a URL"},
		{[]string{"--master=127.0.0.1", "--users=5"}, exitcode.Usage, "--users is said where the test is started"},
	} {
		t.Run(test.says, func(t *testing.T) {
			l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, append(test.flags, "--worker-timeout=2")...)
			l.wantExit(t, test.code, startLimit)
			if err := l.wantOutput(test.says); err != nil {
				t.Error(err)
			}
			if found, _ := filepath.Glob(filepath.Join(l.dir, "*")); len(found) > 3 {
				t.Errorf("loadtest left %q", found)
			}
		})
	}
}
