//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// TestLoadtestReportAgain makes the report of a run once more: the same page, and the same summary.
func TestLoadtestReportAgain(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	l := startLoadtest(t, "--host", server.URL(), "--users=10", "--spawn-rate=10", "--duration=8", "--request-log", "--check=p95 < 60s", "--check=rps > 100000")
	l.wantExit(t, exitcode.Checks, time.Minute)
	page, summary := l.read(t, "report_*.html"), l.read(t, "summary_*.json")
	again := start(t, command{name: "loadtest report", path: program("loadtest"), args: []string{"report", l.dir, "--check=p95 < 60s", "--check=rps > 100000"}})
	again.wantExit(t, exitcode.Checks, time.Minute)
	if now := l.read(t, "summary_*.json"); !bytes.Equal(summary, now) {
		t.Errorf("the summary of the same files is another one:\n%s\nwas\n%s", now, summary)
	}
	if now := l.read(t, "report_*.html"); !bytes.Equal(page, now) {
		t.Error("the page of the same files is another one")
	}
}

// TestReportOfStockLocust runs what docs/loadtest.md says of a Locust without loadtest.
func TestReportOfStockLocust(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	var commands []string
	doc := string(readFile(t, repository(t, "docs", "loadtest.md")))
	_, doc, _ = strings.Cut(doc, "left, without `loadtest`, and the CSV of a monitor beside it:\n\n")
	block, _, _ := strings.Cut(doc, "\n\n")
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		for _, change := range [][2]string{
			{"locust -f locustfile.py", locust(t) + " -f " + repository(t, "locustfile.py")},
			{"bin/monitor", program("monitor")},
			{"bin/loadtest", program("loadtest")},
			{"http://localhost:8000", server.URL()},
			{"-t 5m", "-t 8s -s 2"},
			{"--duration 310", "--duration 12"},
			{"--port 8000", "--port " + server.URL()[strings.LastIndex(server.URL(), ":")+1:]},
		} {
			line = strings.Replace(line, change[0], change[1], 1)
		}
		commands = append(commands, line)
	}
	if len(commands) != 3 {
		t.Fatalf("the documentation has %d commands there, want 3: %q", len(commands), commands)
	}
	p := start(t, command{name: "stock Locust", path: "bash", args: []string{"-c", "cd '" + dir + "'\n" + commands[0] + "\n" + commands[1] + " && wait && " + commands[2]}})
	p.wantExit(t, exitcode.OK, 2*time.Minute)
	for _, text := range []string{"PASSED: all ", "Aggregated", "process: memory (RSS)", "report_run.html"} {
		if err := p.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
}
