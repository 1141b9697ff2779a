//go:build e2e

package e2e

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// TestLoadtestRefuses gives loadtest what cannot work, and wants one line that says so, quickly, and no load.
func TestLoadtestRefuses(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	host := "--host=" + server.URL()
	taken := listen(t)
	nobody := "http://127.0.0.1:" + freePort(t)
	tests := []struct {
		reason string
		flags  []string
		code   int
		says   string
	}{
		{"no host", nil, exitcode.Usage, "--host is missing"},
		{"a host that is no URL", []string{"--host=localhost:8000"}, exitcode.Usage, "localhost:8000"},
		{"a host that refuses connections", []string{"--host=" + nobody}, exitcode.NotReady, nobody},
		{"no users", []string{host, "--users=0"}, exitcode.Usage, "--users"},
		{"negative users", []string{host, "--users=-5"}, exitcode.Usage, "--users"},
		{"users that are no number", []string{host, "--users=many"}, exitcode.Usage, "--users"},
		{"no spawn rate", []string{host, "--spawn-rate=0"}, exitcode.Usage, "--spawn-rate"},
		{"no duration", []string{host, "--duration=0"}, exitcode.Usage, "--duration"},
		{"a negative duration", []string{host, "--duration=-1"}, exitcode.Usage, "--duration"},
		{"no interval", []string{host, "--monitor-interval=0"}, exitcode.Usage, "--monitor-interval"},
		{"an unknown flag", []string{host, "--user=5"}, exitcode.Usage, "--user"},
		{"a file in place of the directory", []string{host, "--output-dir=" + textFile(t, "file", "")}, exitcode.Output, "file"},
		{"the master's port is taken", []string{host, "--master-port=" + taken}, exitcode.NotReady, taken},
		{"the web UI's port is taken", []string{host, "--web-port=" + taken}, exitcode.NotReady, taken},
		{"no locustfile", []string{host, "--locustfile=missing.py"}, exitcode.Usage, "missing.py"},
		{"a syntax error", []string{host, "--locustfile=" + textFile(t, "broken.py", "import os\ndef f(:\n")}, exitcode.Usage, "broken.py:2"},
		{"an import that fails", []string{host, "--locustfile=" + textFile(t, "lost.py", "import nowhere\n")}, exitcode.Usage, "No module named 'nowhere'"},
		{"no Locust", []string{host, "--locust=/nonexistent/locust"}, exitcode.NotReady, "/nonexistent/locust"},
		{"a Locust before 2.0", []string{host, "--locust=" + script(t, "locust", "echo locust 1.6.0")}, exitcode.NotReady, "1.6.0"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			l := startLoadtest(t, test.flags...)
			l.wantExit(t, test.code, 20*time.Second)
			lines := strings.Split(strings.TrimSpace(l.output.String()), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, "loadtest: ") || !strings.Contains(last, test.says) {
				t.Errorf("loadtest said %q last, want a line that says %q", last, test.says)
			}
		})
	}
	if served := server.Served(); served.Total > 0 {
		t.Errorf("the target served %v, want nothing: no load was to be made", served.By)
	}
}

// TestLoadtestWorkerThatNeverConnects puts a worker beside loadtest that only sleeps.
func TestLoadtestWorkerThatNeverConnects(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	bin := t.TempDir()
	for _, name := range []string{"loadtest", "monitor"} {
		if err := os.Link(program(name), filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(script(t, "worker", `[ "$1" = --check ] || exec sleep 60`), filepath.Join(bin, "worker")); err != nil {
		t.Fatal(err)
	}
	l := startLoadtestAt(t, filepath.Join(bin, "loadtest"), "--host="+server.URL(), "--worker-timeout=2")
	await(t, startLimit, func() error { return l.wantOutput("wait until the workers are ready") })
	children := l.children(t)
	l.wantExit(t, exitcode.NotReady, 20*time.Second)
	wantGone(t, children)
	if err := l.wantOutput("0 of 2 workers connected"); err != nil {
		t.Error(err)
	}
	if served := server.Served(); served.Total > 0 {
		t.Errorf("the target served %v, want nothing: no load was to be made", served.By)
	}
}

// TestLoadtestUnknownUserClass runs a locustfile whose user class is not among those compiled into our worker.
func TestLoadtestUnknownUserClass(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	other := textFile(t, "other.py", strings.Join([]string{
		"from locust import HttpUser, task", "class OtherUser(HttpUser):", "    @task", "    def nothing(self): pass", "",
	}, "\n"))
	l := startLoadtest(t, "--compiled", "--host="+server.URL(), "--locustfile="+other, "--users=5", "--duration=5")
	l.wantExit(t, exitcode.Failed, time.Minute)
	if err := l.wantOutput("the workers may not have the user classes of"); err != nil {
		t.Error(err)
	}
}

// listen takes a port for the time of the test.
func listen(t *testing.T) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	_, port, err = net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// textFile writes a file and returns its path.
func textFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// script writes an executable shell script and returns its path.
func script(t *testing.T, name, body string) string {
	t.Helper()
	return textFile(t, name, "#!/bin/sh\n"+body+"\n")
}
