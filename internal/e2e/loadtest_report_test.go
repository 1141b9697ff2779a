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
	again := start(t, command{name: "loadtest report", path: program("loadtest"), args: []string{"report", l.dir}})
	again.wantExit(t, exitcode.Checks, time.Minute)
	if err := again.wantOutput("The checks are those of the run."); err != nil {
		t.Error(err)
	}
	if now := l.read(t, "summary_*.json"); !bytes.Equal(summary, now) {
		t.Errorf("the summary of the same files is another one:\n%s\nwas\n%s", now, summary)
	}
	if now := l.read(t, "report_*.html"); !bytes.Equal(page, now) {
		t.Error("the page of the same files is another one")
	}
}

// TestOneVerdict: a run one of whose results could not be written says so in all others; when there is room, its report is made once more.
func TestOneVerdict(t *testing.T) {
	t.Parallel()
	server := startTarget(t, healthy())
	step := filepath.Join(t.TempDir(), "step.md")
	l := startLoadtestIn(t, nil, []string{"GITHUB_STEP_SUMMARY=" + step}, "--host="+server.URL(), "-f", repository(t, "locustfile.py"), "--users=5", "--spawn-rate=5", "--duration=8", "--check=p95 < 60s")
	l.awaitLoad(t, server)
	log := l.files(t, "locust_*.log")
	junit := strings.NewReplacer("locust_", "junit_", ".log", ".xml").Replace(log[0])
	if err := os.Mkdir(junit, 0o700); err != nil { // no file can get this name
		t.Fatal(err)
	}
	l.wantExit(t, exitcode.Output, time.Minute)
	const line = "INCOMPLETE: write "
	l.wantVerdict(t, line)
	said := map[string]string{"the page": string(l.read(t, "report_*.html")), "the Markdown": string(l.read(t, "summary_*.md")), "the step": string(readFile(t, step)), "the JSON": string(l.read(t, "summary_*.json"))}
	for what, text := range said {
		if !strings.Contains(strings.ToUpper(text), "INCOMPLETE") || strings.Contains(text, "PASSED") {
			t.Errorf("%s does not say that the run is incomplete:\n%.600s", what, text)
		}
	}
	if err := os.Remove(junit); err != nil {
		t.Fatal(err)
	}
	again := start(t, command{name: "loadtest report", path: program("loadtest"), args: []string{"report", l.dir}})
	again.wantExit(t, exitcode.OK, time.Minute)
	if text := string(l.read(t, "junit_*.xml")); !strings.Contains(text, `failures="0" errors="0"`) || !strings.Contains(text, "p95 &lt; 60s") {
		t.Errorf("JUnit = %s, want the check of the run, which it kept", text)
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
