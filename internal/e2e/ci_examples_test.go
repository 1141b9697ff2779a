//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v2"

	"gregaria/internal/exitcode"
)

// TestCIExamples runs what the examples for GitHub and GitLab run, in a folder as their jobs have it; only the step that fetches
// and builds this project is left out, and the load is shorter. A run within its limits succeeds, one beyond them fails.
func TestCIExamples(t *testing.T) {
	t.Parallel()
	for name, commands := range map[string]func(*testing.T, []byte) []string{
		"github-actions.yml": githubCommands, "gitlab-ci.yml": gitlabCommands,
	} {
		script := strings.Join(commands(t, readFile(t, repository(t, "examples", "ci", name))), "\n")
		for _, c := range []struct {
			why, limit string
			code       int
		}{
			{"within the limits", "CHECK_P95_MS=5000", exitcode.OK},
			{"slower than the limit", "CHECK_P95_MS=-1", exitcode.Failed},
		} {
			t.Run(name+", "+c.why, func(t *testing.T) {
				t.Parallel()
				dir := job(t)
				p := start(t, command{name: "job", path: "bash", args: []string{"-c", jobScript(t, dir, script)}, env: []string{
					c.limit, "CHECK_FAIL_RATIO=0.01", "GREGARIA_LOCUST=" + locust(t),
					"GREGARIA_WEB_PORT=" + freePort(t), "GREGARIA_MASTER_PORT=" + freePort(t),
				}})
				p.wantExit(t, c.code, 2*time.Minute)
				if reports, err := filepath.Glob(filepath.Join(dir, "results", "locust_report_*.html")); len(reports) != 1 || err != nil {
					t.Errorf("reports in the artifacts: %q, %v, want one", reports, err)
				}
				if said := saysLimit(t, dir); said != (c.code != exitcode.OK) {
					t.Errorf("the log tells of a broken limit: %v, want %v", said, !said)
				}
			})
		}
	}
}

// saysLimit says whether the run's log tells of a broken limit.
func saysLimit(t *testing.T, dir string) bool {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(dir, "results", "locust_*.log"))
	if len(logs) != 1 || err != nil {
		t.Fatalf("logs in the artifacts: %q, %v, want one", logs, err)
	}
	return strings.Contains(string(readFile(t, logs[0])), "95 % of the response times")
}

// job makes a folder as the jobs have it after their first steps: the locustfile in load, the programs in gregaria/bin.
func job(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, folder := range []string{"load", "gregaria"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "load", "locustfile.py"), readFile(t, repository(t, "examples", "ci", "locustfile.py")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(program("loadtest")), filepath.Join(dir, "gregaria", "bin")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// jobScript is the commands as a runner's shell runs them, with a port of the test's and a shorter load. Whatever they leave
// running ends with them.
func jobScript(t *testing.T, dir, commands string) string {
	t.Helper()
	for _, change := range [][2]string{{"127.0.0.1:8000", "127.0.0.1:" + freePort(t)}, {"--duration=60", "--duration=4"}} {
		if !strings.Contains(commands, change[0]) {
			t.Fatalf("the commands have no %s:\n%s", change[0], commands)
		}
		commands = strings.ReplaceAll(commands, change[0], change[1])
	}
	return "set -eo pipefail\ncd '" + dir + "'\ntrap 'kill $(jobs -p)' EXIT\n" + commands
}

// githubCommands are the steps of the workflow's job that run a shell, without the one that gets this project.
func githubCommands(t *testing.T, data []byte) (commands []string) {
	t.Helper()
	var workflow struct {
		Jobs map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct{ Name, Uses, Run string }
		}
	}
	if err := yaml.Unmarshal(data, &workflow); err != nil {
		t.Fatal(err)
	}
	job, ok := workflow.Jobs["load-test"]
	if !ok || job.RunsOn == "" {
		t.Fatalf("the workflow has no job load-test with a runner: %+v", workflow)
	}
	for _, step := range job.Steps {
		if (step.Uses == "") == (step.Run == "") {
			t.Errorf("step %+v: want either uses or run", step)
		}
		if step.Run != "" && step.Name != "Get Gregaria" {
			commands = append(commands, step.Run)
		}
	}
	return commands
}

// gitlabCommands are the job's script, which comes after the before_script that gets this project.
func gitlabCommands(t *testing.T, data []byte) []string {
	t.Helper()
	var pipeline map[string]struct {
		Image  string
		Before []string `yaml:"before_script"`
		Script []string
	}
	if err := yaml.Unmarshal(data, &pipeline); err != nil {
		t.Fatal(err)
	}
	job := pipeline["load-test"]
	if job.Image == "" || len(job.Before) == 0 || len(job.Script) == 0 {
		t.Fatalf("the pipeline's job load-test = %+v, want an image and scripts", job)
	}
	return job.Script
}
