//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// startSession starts loadtest --ui, and returns when tests can be started.
func startSession(t *testing.T, host string, flags ...string) *loadtest {
	t.Helper()
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil,
		append([]string{"--ui", "--host=" + host, "--users=3", "--spawn-rate=30", "--stop-timeout=1"}, flags...)...)
	l.awaitSession(t)
	return l
}

// awaitSession waits until tests can be started.
func (l *loadtest) awaitSession(t *testing.T) {
	t.Helper()
	await(t, time.Minute, func() error {
		if l.ended() {
			t.Fatalf("loadtest ended with %v before a test could be started", l.cmd.ProcessState)
		}
		return l.wantOutput("wait for a test to be started in the web UI")
	})
	at := regexp.MustCompile(`web UI at http://localhost(:\d+)`).FindStringSubmatch(l.output.String())
	if at == nil {
		t.Fatalf("loadtest does not say where the web UI is")
	}
	l.web = webUI{base: "http://127.0.0.1" + at[1]}
}

// begin starts a test as the form does.
func (l *loadtest) begin(t *testing.T, host string, users int, more ...string) {
	t.Helper()
	form := url.Values{"user_count": {fmt.Sprint(users)}, "spawn_rate": {"30"}, "host": {host}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	l.web.post(t, "/swarm", form)
}

// awaitOutput waits until loadtest has said that so many times.
func (l *loadtest) awaitOutput(t *testing.T, text string, times int) {
	t.Helper()
	await(t, time.Minute, func() error {
		if n := strings.Count(l.output.String(), text); n < times {
			return fmt.Errorf("%d times %q, want %d", n, text, times)
		}
		return nil
	})
}

// tests are the stamps of the tests of a session, in order.
func (l *loadtest) tests(t *testing.T, n int) (stamps []string) {
	t.Helper()
	for _, path := range l.files(t, "summary_*.json") {
		stamps = append(stamps, regexp.MustCompile(`\d{8}_\d{6}`).FindString(filepath.Base(path)))
	}
	if len(stamps) != n {
		t.Fatalf("results of %d tests, %q, want %d", len(stamps), stamps, n)
	}
	return stamps
}

// wantTest wants all files of a test, with as many requests in each as were served.
func (l *loadtest) wantTest(t *testing.T, stamp string, served, users uint64) {
	t.Helper()
	for _, name := range []string{"junit_%s.xml", "summary_%s.md", "report_%s.html", "locust_report_%s.html", "metrics_%s.csv", "locust_%s.log", "run_%s.json"} {
		if name = fmt.Sprintf(name, stamp); len(l.read(t, name)) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	if got := parseStats(t, l.read(t, "stats_"+stamp+"_stats.csv"))[aggregated].Requests; got != served {
		t.Errorf("the statistics of %s have %d requests, %d were served", stamp, got, served)
	}
	sum := uint64(0)
	for _, line := range parseCSV(t, l.read(t, "timings_"+stamp+".csv")) {
		if line["Name"] == aggregated {
			sum += number(t, line["Requests"])
		}
	}
	if sum != served {
		t.Errorf("the timings of %s have %d requests, %d were served", stamp, sum, served)
	}
	if most := l.mostUsers(t, stamp); most != users {
		t.Errorf("the history of %s has up to %d users, want %d", stamp, most, users)
	}
	if report := l.read(t, "report_"+stamp+".html"); !bytes.Contains(report, []byte("metrics_"+stamp+".csv")) {
		t.Errorf("the report of %s does not name its metrics", stamp)
	}
}

// TestSession starts tests as a person does, one right after the other, edits the users of the first, and wants the results of each: nothing of the one is lost, or
// counted to the other, by workers in Go or in Python.
func TestSession(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"--workers=go:2", "--workers=python:1"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			flags := []string{workers, "--settle=30", "--check=fail_ratio < 1%"}
			inGo := strings.Contains(workers, "go")
			if inGo {
				flags = append(flags, "--request-log")
			}
			l := startSession(t, server.URL(), flags...)
			if served := server.Served().Total; served > 0 {
				t.Errorf("%d requests were made before anybody has started a test", served)
			}
			l.begin(t, server.URL(), 4)
			l.awaitAnything(t, server)
			time.Sleep(4 * time.Second)
			l.begin(t, server.URL(), 7)
			time.Sleep(4 * time.Second)
			l.web.stop(t)
			first := server.Served().Total
			l.begin(t, strings.Replace(server.URL(), "127.0.0.1", "localhost", 1), 2, "run_time", "5s")
			l.awaitOutput(t, "\nrun test 2\n", 1)
			l.awaitOutput(t, "let the server settle", 2)
			both := server.Served().Total
			l.signal(syscall.SIGINT)
			l.wantExit(t, exitcode.OK, time.Minute)
			stamps := l.tests(t, 2)
			l.wantTest(t, stamps[0], first, 7)
			l.wantTest(t, stamps[1], both-first, 2)
			if inGo {
				for i, want := range []uint64{first, both - first} {
					if lines := bytes.Count(l.read(t, "requests_"+stamps[i]+".jsonl"), []byte("\n")); uint64(lines) != want {
						t.Errorf("the request log of test %d has %d requests, want %d", i+1, lines, want)
					}
				}
				if all := l.files(t, "requests_*"); len(all) != 2 {
					t.Errorf("request logs: %q, want those of two tests", all)
				}
			}
			for _, text := range []string{
				fmt.Sprintf("PASSED: the check passed; all %d requests succeeded; stopped after ", first), fmt.Sprintf("PASSED: the check passed; all %d requests succeeded (exit code 0)", both-first),
				"7 instead of 4", "of 30 s (the next test began): what the server keeps after the load is not known", "of 30 s (the session ended)", "\n2 tests: 2 passed\n",
				"test 2: 2 users, 30 a second, for 5s, against ",
			} {
				if err := l.wantOutput(text); err != nil {
					t.Error(err)
				}
			}
			for _, stamp := range stamps { // again, from the files alone
				again := start(t, command{name: "report", path: program("loadtest"), args: []string{"report", l.dir, "--run", stamp}})
				again.wantExit(t, exitcode.OK, time.Minute)
			}
		})
	}
}

// TestSessionEnds has tests and sessions end in all other ways.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	kill := func(words ...string) func(*testing.T, *loadtest) {
		return func(t *testing.T, l *loadtest) {
			t.Helper()
			if err := syscall.Kill(find(t, l.children(t), words...).pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		}
	}
	interrupt := func(_ *testing.T, l *loadtest) { l.signal(syscall.SIGINT) }
	for _, test := range []struct {
		reason string
		flags  []string
		meddle func(t *testing.T, l *loadtest)
		code   int
		says   []string
	}{
		{"Ctrl-C while a test runs", nil, interrupt, exitcode.Interrupted, []string{"INCOMPLETE: interrupted by SIGINT (exit code 130)", "\n1 test: 1 incomplete\n"}},
		{"the master is killed", nil, kill("--master "), exitcode.Died, []string{"INCOMPLETE: master was ended by a signal (killed)", "loadtest: master was ended by a signal (killed)"}},
		{"the worker is killed", nil, kill("worker", "--master-host"), exitcode.Died, []string{"INCOMPLETE: worker was ended by a signal (killed)", "what worker had measured since its last report"}},
		{"Stop before the time of the form is over", []string{"--duration=60"}, func(t *testing.T, l *loadtest) {
			t.Helper()
			l.web.stop(t)
			l.awaitOutput(t, "wait for a test to be started in the web UI", 2)
			l.signal(syscall.SIGINT)
		}, exitcode.Interrupted, []string{"INCOMPLETE: the test was stopped in the web UI, or by the locustfile, after ", " of 60 s (exit code 130)"}},
		{"Reset", nil, func(t *testing.T, l *loadtest) {
			t.Helper()
			if _, err := l.web.request(t.Context(), http.MethodPost, "/stats/reset", nil); err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Second)
			l.web.stop(t)
			l.awaitOutput(t, "wait for a test to be started in the web UI", 2)
			l.signal(syscall.SIGTERM)
		}, exitcode.Interrupted, []string{"INCOMPLETE: the statistics were reset in the web UI after "}},
		{"a check that can no longer pass ends the test, and not the session", []string{"--check=max < 0.0001ms over all", "--abort-on-fail"}, func(t *testing.T, l *loadtest) {
			t.Helper()
			l.awaitOutput(t, "wait for a test to be started in the web UI", 2)
			l.signal(syscall.SIGINT)
		}, exitcode.Checks, []string{"FAILED: the run was ended after ", "can no longer pass", "\n1 test: 1 failed\n"}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			l := startSession(t, server.URL(), test.flags...)
			children := l.children(t)
			form := []string{}
			if len(test.flags) > 0 && strings.HasPrefix(test.flags[0], "--duration") {
				form = []string{"run_time", "60s"}
			}
			l.begin(t, server.URL(), 3, form...)
			l.awaitOutput(t, " 3 users  ", 1)
			time.Sleep(3 * time.Second)
			test.meddle(t, l)
			l.wantExit(t, test.code, time.Minute)
			wantGone(t, children)
			for _, text := range test.says {
				if err := l.wantOutput(text); err != nil {
					t.Error(err)
				}
			}
			stamp := l.tests(t, 1)[0]
			for _, name := range []string{"report_%s.html", "junit_%s.xml", "metrics_%s.csv", "timings_%s.csv", "run_%s.json"} {
				if len(l.read(t, fmt.Sprintf(name, stamp))) == 0 {
					t.Errorf("%s is empty", fmt.Sprintf(name, stamp))
				}
			}
		})
	}
}

// TestSessionElsewhere: the form sends the load to another server than the one that is watched, which then has no part in the results.
func TestSessionElsewhere(t *testing.T) {
	t.Parallel()
	watched, other := startTarget(t, target.Settings{}), startTarget(t, target.Settings{})
	l := startSession(t, watched.URL())
	l.begin(t, other.URL(), 2, "run_time", "3s")
	l.awaitOutput(t, "wait for a test to be started in the web UI", 2)
	l.begin(t, watched.URL(), 2, "run_time", "3s")
	l.awaitOutput(t, "wait for a test to be started in the web UI", 3)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	for i, stamp := range l.tests(t, 2) {
		if has := bytes.Contains(l.read(t, "metrics_"+stamp+".csv"), []byte("Process_CPU_Cores")); has != (i == 1) {
			t.Errorf("the metrics of test %d have columns of the process: %v", i+1, has)
		}
	}
	if err := l.wantOutput("the load went to another host than --host"); err != nil {
		t.Error(err)
	}
}

// TestSessionWithoutTests: a person looks, and goes.
func TestSessionWithoutTests(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startSession(t, server.URL())
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantVerdict(t, "no test was started")
	if served := server.Served(); served.Total > 0 {
		t.Errorf("the target served %v, want nothing", served.By)
	}
}

// TestSessionInABrowser presses Start, Stop, New and Start in the web UI: the form has the defaults of the flags, and the tabs those of the test that runs.
func TestSessionInABrowser(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startSession(t, server.URL(), "--workers=go:2", "--settle=2")
	b := openBrowser(t, l.web.base)
	b.wantHeader("Workers", "2")
	b.shot("session-1-form")
	b.click("Start")
	b.wantHeader("Users", "3") // of --users
	b.wantHeader("Status", "running")
	time.Sleep(3 * time.Second)
	b.click("Stop")
	b.wantHeader("Status", "stopped")
	first := server.Served().Total
	l.awaitOutput(t, "PASSED: all", 1)
	b.click("New")
	b.fill("userCount", "5")
	// Not by the pointer: what it finds depends on how far the form has come.
	b.run("begin", chromedp.Evaluate(`document.querySelector("button[type=submit]").click()`, nil))
	b.wantHeader("Users", "5")
	b.tab("Timings")
	b.awaitEndpoints("GET /health")
	b.shot("session-2-timings")
	b.click("Stop")
	b.wantHeader("Status", "stopped")
	l.awaitOutput(t, "PASSED: all", 2)
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.OK, time.Minute)
	stamps := l.tests(t, 2)
	l.wantTest(t, stamps[0], first, 3)
	l.wantTest(t, stamps[1], server.Served().Total-first, 5)
}
