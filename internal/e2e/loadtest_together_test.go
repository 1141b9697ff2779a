//go:build e2e

package e2e

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// TestLoadtestTogether starts three at the same time, in the same directory, as two people of one machine do: each gets ports and
// files of its own.
func TestLoadtestTogether(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	results := t.TempDir()
	var runs []*loadtest
	for range 3 {
		runs = append(runs, startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil,
			"--host="+server.URL(), "--users=2", "--duration=4", "--output-dir="+results))
	}
	ui := regexp.MustCompile(`web UI at (http://localhost:\d+)`)
	seen := map[string]bool{}
	for _, l := range runs {
		l.wantExit(t, exitcode.OK, 2*time.Minute)
		match := ui.FindStringSubmatch(l.output.String())
		if match == nil || seen[match[1]] {
			t.Errorf("web UI of one of three: %q, of others: %v, want one each", match, seen)
			continue
		}
		seen[match[1]] = true
	}
	for _, pattern := range []string{"locust_*.log", "locust_report_*.html", "stats_*_stats.csv", "metrics_*.csv"} {
		if paths, err := filepath.Glob(filepath.Join(results, pattern)); len(paths) != 3 || err != nil {
			t.Errorf("%s: %v, %v, want three", pattern, paths, err)
		}
	}
}

// TestLoadtestTogetherOnOnePort asks for one port twice: the second is told, before it has started anything.
func TestLoadtestTogetherOnOnePort(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--web-port=", "--master-port="} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			port := freePort(t)
			flags := []string{"--host=" + server.URL(), "--users=2", "--duration=6", flag + port}
			files := map[string]string{"locustfile.py": health("")}
			first := startLoadtestIn(t, files, nil, flags...)
			await(t, startLimit, func() error { return first.wantOutput("start the monitor") }) // its ports are claimed, nobody listens
			second := startLoadtestIn(t, files, nil, flags...)
			second.wantExit(t, exitcode.NotReady, startLimit)
			second.wantVerdict(t, "loadtest: port "+port+", for ")
			second.wantVerdict(t, "choose another "+strings.TrimSuffix(flag, "="))
			first.wantExit(t, exitcode.OK, time.Minute)
		})
	}
}

// TestLoadtestHidesThePassword runs against an API that wants a password, and looks for it in all that is left behind.
func TestLoadtestHidesThePassword(t *testing.T) {
	t.Parallel()
	const password = "hunter2&more"
	var let, refused atomic.Int64
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, got, ok := r.BasicAuth(); !ok || user != "bob" || got != password {
			refused.Add(1)
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		let.Add(1)
		if r.URL.Path == "/nothing" {
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(api.Close)
	for _, c := range []struct {
		worker string
		flags  []string
	}{{"ours", nil}, {"Locust's own", []string{"--workers=0", "--python-workers=1"}}} {
		t.Run(c.worker, func(t *testing.T) {
			file := health("    @task\n    def nothing(self):\n        self.client.get('/nothing', timeout=10)\n\n" +
				"    @task\n    def leak(self):\n        raise RuntimeError('lost ' + self.environment.host)")
			host := strings.Replace(api.URL, "http://", "http://bob:hunter2&more@", 1)
			copies := t.TempDir()
			l := startLoadtestIn(t, map[string]string{"locustfile.py": file}, []string{"GREGARIA_HOST=" + host},
				append([]string{"--users=3", "--duration=4", "--html=" + filepath.Join(copies, "a.html"), "--csv=" + filepath.Join(copies, "a")}, c.flags...)...)
			await(t, startLimit, func() error { return l.wantOutput("web UI at") })
			for _, child := range l.children(t) {
				if strings.Contains(child.command, "hunter2") {
					t.Errorf("every user of the machine can read it: %s", child.command)
				}
			}
			l.wantExit(t, exitcode.Failed, time.Minute)
			if let.Load() == 0 || refused.Load() > 0 {
				t.Errorf("the API let in %d requests and refused %d, want the password to be used", let.Load(), refused.Load())
			}
			if text := l.output.String(); strings.Contains(text, "hunter2") || !strings.Contains(text, "against http://bob:***@127.0.0.1") {
				t.Errorf("loadtest says the password, or hides too much")
			}
			wantNowhere(t, l.dir, "hunter2", 7)
			wantNowhere(t, copies, "hunter2", 5)
		})
	}
}

// wantNowhere wants no file below a directory to have the text in it, and a number of files at least.
func wantNowhere(t *testing.T, dir, text string, files int) {
	t.Helper()
	looked := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		looked++
		data, err := os.ReadFile(path)
		if i := strings.Index(string(data), text); i >= 0 {
			t.Errorf("%s has it: ...%s...", filepath.Base(path), data[max(0, i-60):min(len(data), i+60)])
		}
		return err
	})
	if err != nil || looked < files {
		t.Errorf("looked at %d files, %v, want all results", looked, err)
	}
}
