//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// startLoadtestIn starts loadtest in a directory with files of its own: a locustfile, settings of Locust's. Workers, ports and
// all else are what a user has who gives no flag, but that nothing settles afterwards.
func startLoadtestIn(t *testing.T, files map[string]string, env []string, flags ...string) *loadtest {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := &loadtest{dir: filepath.Join(dir, "results")}
	l.process = start(t, command{
		name: "loadtest", path: "env", env: append([]string{"HOME=" + filepath.Join(dir, "home")}, env...),
		args: append([]string{"-C", dir, program("loadtest"), "--locust", locust(t), "--output-dir", l.dir, "--progress=1", "--settle=0"}, flags...),
	})
	t.Cleanup(func() {
		for _, path := range l.files(t, "locust_*.log") {
			if t.Failed() {
				t.Logf("%s:\n%s", filepath.Base(path), readFile(t, path))
			}
		}
	})
	return l
}

// awaitUI waits until the load runs, and takes the address of the web UI from what loadtest says.
func (l *loadtest) awaitUI(t *testing.T, server *target.Server) {
	t.Helper()
	l.awaitAnything(t, server)
	_, rest, _ := strings.Cut(l.output.String(), "web UI at ")
	address, _, _ := strings.Cut(rest, "\n")
	address, _, _ = strings.Cut(address, " ")
	l.web = webUI{base: strings.Replace(address, "localhost", "127.0.0.1", 1)}
}

// awaitAnything waits until the target has served something.
func (l *loadtest) awaitAnything(t *testing.T, server *target.Server) {
	t.Helper()
	await(t, startLimit, func() error {
		if l.ended() {
			t.Fatalf("loadtest ended with %v before there was load", l.cmd.ProcessState)
		}
		if server.Served().Total == 0 {
			return errors.New("there is no load yet")
		}
		return nil
	})
}

// wantVerdict wants the last line to be the verdict with that text.
func (l *loadtest) wantVerdict(t *testing.T, says string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(l.output.String()), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, says) {
		t.Errorf("the verdict is %q, want %q in it", last, says)
	}
}

// health is a locustfile whose users ask for the health of the target, with more text at its end.
func health(more string) string {
	return strings.Join([]string{
		"import gevent", "from locust import HttpUser, LoadTestShape, constant, events, task", "from locust.runners import MasterRunner", "",
		"class Health(HttpUser):", "    wait_time = constant(0.1)", "",
		"    @task", "    def health(self):", "        self.client.get('/health', timeout=10)", "", more, "",
	}, "\n")
}

// TestLoadtestEndsEarly ends a test in every way that is not the end of its time, and wants no green that nobody has earned.
func TestLoadtestEndsEarly(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		more   string // of the locustfile
		flags  []string
		meddle func(t *testing.T, l *loadtest)
		code   int
		says   string
	}{
		{
			"Stop in the web UI", "", nil, func(t *testing.T, l *loadtest) { l.web.stop(t) }, exitcode.Interrupted,
			"INCOMPLETE: the test was stopped in the web UI, or by the locustfile, after ",
		},
		{"Reset in the web UI", "", []string{"--duration=9"}, func(t *testing.T, l *loadtest) {
			var known uint64 // requests: nothing may come between a report and the reset, or as many may be there again at once
			await(t, startLimit, func() error {
				s, err := l.web.snapshot(t.Context())
				if err != nil || len(s.Stats) < 2 {
					return errors.New("there is no load yet")
				}
				before, now := known, s.Stats[len(s.Stats)-1].Requests
				if known = now; before == 0 || now == before {
					return errors.New("no report has just come")
				}
				return nil
			})
			if _, err := l.web.request(t.Context(), http.MethodPost, "/stats/reset", nil); err != nil {
				t.Fatal(err)
			}
		}, exitcode.Interrupted, "INCOMPLETE: the statistics were reset in the web UI after "},
		{
			"Edit in the web UI", "",
			[]string{"--duration=8"},
			func(t *testing.T, l *loadtest) { l.web.swarm(t, 9, 9) }, exitcode.OK,
			"; up to 9 users ran instead of the 4 planned",
		},
		{
			"a load shape that is done", "class Short(LoadTestShape):\n    def tick(self):\n        return (3, 3) if self.get_run_time() < 3 else None", nil, nil,
			exitcode.OK, "; the load shape ended the test after ",
		},
		{
			"runner.quit() of the master", "@events.test_start.add_listener\ndef later(environment, **kwargs):\n" +
				"    if isinstance(environment.runner, MasterRunner):\n        gevent.spawn_later(3, environment.runner.quit)", nil, nil,
			exitcode.OK, "; the locustfile ended the test after ",
		},
		{
			"runner.stop() of the master", "@events.test_start.add_listener\ndef later(environment, **kwargs):\n" +
				"    if isinstance(environment.runner, MasterRunner):\n        gevent.spawn_later(3, environment.runner.stop)", nil, nil,
			exitcode.Interrupted, "INCOMPLETE: the test was stopped in the web UI, or by the locustfile, after ",
		},
		{
			"runner.quit() of a worker", "    @task\n    def leave(self):\n        self.environment.runner.quit()", nil, nil,
			exitcode.Died, "by runner.quit() of the locustfile, or by a signal",
		},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			l := startLoadtestIn(t, map[string]string{"locustfile.py": health(test.more)}, nil, append([]string{
				"--host=" + server.URL(), "--users=4", "--spawn-rate=4", "--duration=60",
			}, test.flags...)...)
			if test.meddle != nil {
				l.awaitUI(t, server)
				test.meddle(t, l)
			}
			l.wantExit(t, test.code, time.Minute)
			l.wantVerdict(t, test.says)
		})
	}
}

// TestLoadtestSaysWhatWasMeasured runs what left a summary in the dark: short, without requests, with exceptions only.
func TestLoadtestSaysWhatWasMeasured(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		file   string
		flags  []string
		code   int
		says   []string
	}{
		{"a second", health(""), []string{"--users=10", "--spawn-rate=10", "--duration=1"}, exitcode.OK, []string{" with up to 10 users against ", "PASSED: all "}},
		{
			"every task raises", "from locust import HttpUser, constant, task\nclass A(HttpUser):\n    wait_time = constant(0.2)\n    @task\n    def t(self):\n        {}['id']\n",
			[]string{"--users=2", "--duration=3"},
			exitcode.Failed,
			[]string{"\nExceptions\n", "no request finished; tasks raised ", "'id' (", ":6, in t", " with up to 2 users against "},
		},
		{
			"failures of one name", health("    @task\n    def nothing(self):\n        self.client.get('/nothing', timeout=10)"),
			[]string{"--users=2", "--duration=3"},
			exitcode.Failed,
			[]string{"\nFailures\n", "GET /nothing: HTTPError('404 Client Error: Not Found for url: ", "requests failed, GET /nothing: HTTPError('404", "\nAverages and more percentiles (ms)\n"},
		},
		{
			"a task that answers for itself", health("    @task\n    def nothing(self):\n        with self.client.get('/health', catch_response=True, timeout=10) as r:\n            r.failure('too\\nbad')"),
			[]string{"--users=2", "--duration=3"},
			exitcode.Failed,
			[]string{`GET /health: 'too\nbad'`},
		},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			l := startLoadtestIn(t, map[string]string{"locustfile.py": test.file}, nil, append([]string{"--host=" + server.URL()}, test.flags...)...)
			l.wantExit(t, test.code, time.Minute)
			for _, text := range test.says {
				if err := l.wantOutput(text); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestLoadtestNamesTheGenerator has one worker do more than it can, and wants that to be said: in mid-run, below the tables, and in
// the verdict.
func TestLoadtestNamesTheGenerator(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	busy := "from locust import HttpUser, task\n\nclass Busy(HttpUser):\n    @task\n    def t(self):\n        self.client.get('/health', timeout=10)\n        sum(i for i in range(30000))\n"
	l := startLoadtestIn(t, map[string]string{"locustfile.py": busy}, nil, "--host="+server.URL(), "--users=20", "--spawn-rate=20", "--duration=15")
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantVerdict(t, "; the load generator was the limit for ")
	for _, text := range []string{"GENERATOR AT ITS LIMIT", "\nNumbers suspect: the generator was at its limit\n", "--workers=auto"} {
		if err := l.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
	calm := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, "--host="+server.URL(), "--users=2", "--duration=8")
	calm.wantExit(t, exitcode.OK, time.Minute)
	for _, text := range []string{"GENERATOR", "Numbers suspect", "the load generator was the limit"} {
		if err := calm.wantOutput(text); err == nil {
			t.Errorf("of users who mostly wait is said: %s", text)
		}
	}
}

// TestLoadtestHistory wants the history to tell the percentiles of the last seconds, and of each name.
func TestLoadtestHistory(t *testing.T) {
	t.Parallel()
	for _, full := range []bool{true, false} {
		t.Run(fmt.Sprintf("full %v", full), func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{Latency: 300 * time.Millisecond})
			file := "from locust import HttpUser, constant, task\n\nclass A(HttpUser):\n    wait_time = constant(0.2)\n    @task\n    def t(self):\n" +
				"        self.client.post('/api/v1/story', json={'prompt': 'x', 'scenes': 1}, timeout=10)\n"
			flags := []string{"--host=" + server.URL(), "--users=4", "--spawn-rate=4", "--duration=25"}
			if !full {
				flags = append(flags, "--no-full-history")
			}
			l := startLoadtestIn(t, map[string]string{"locustfile.py": file}, nil, flags...)
			l.awaitAnything(t, server)
			time.Sleep(6 * time.Second) // slow at first, then quick: only the last seconds can tell
			if err := server.Set(target.Settings{}); err != nil {
				t.Fatal(err)
			}
			l.wantExit(t, exitcode.OK, time.Minute)
			var names, last []string
			for _, row := range parseCSV(t, l.read(t, "stats_*_stats_history.csv")) {
				names = append(names, row["Name"])
				if row["Name"] == aggregated && row["User Count"] != "0" {
					last = append(last, row["95%"])
				}
			}
			if got := slices.Contains(names, "/api/v1/story"); got != full {
				t.Errorf("full history %v: a row for each name: %v", full, got)
			}
			if got := number(t, last[len(last)-1]); got < 200 != full {
				t.Errorf("full history %v: 95 %% in the last row is %d ms, after 15 s of quick answers", full, got)
			}
		})
	}
}
