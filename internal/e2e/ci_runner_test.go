//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v2"
)

// A ciJob is a job as a runner sees it.
type ciJob struct {
	dir       string
	variables map[string]string
	shells    [][]string // each is run by a shell of its own, command by command; the first that fails ends the job
	artifacts []string
}

// githubJob is the workflow's job: each step with run is a shell of its own, bash -e. Of the steps with uses, checkout is what
// checkOut does, and the set-ups are on this machine.
func githubJob(t *testing.T, data []byte) ciJob {
	t.Helper()
	var workflow struct {
		Jobs map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Env    map[string]string
			Steps  []struct {
				Name, Uses, Run, If string
				With                map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &workflow); err != nil {
		t.Fatal(err)
	}
	job := workflow.Jobs["load-test"]
	if job.RunsOn == "" {
		t.Fatalf("the workflow has no job load-test with a runner: %+v", workflow)
	}
	j := ciJob{dir: checkOut(t), variables: job.Env}
	for _, step := range job.Steps {
		switch action, _, _ := strings.Cut(step.Uses, "@"); action {
		case "":
			j.shells = append(j.shells, []string{step.Run})
		case "actions/upload-artifact":
			if step.If != "always()" {
				t.Errorf("the results are kept if %q, want always", step.If)
			}
			j.artifacts = strings.Fields(step.With["path"])
		case "actions/checkout", "actions/setup-go", "actions/setup-python":
		default:
			t.Errorf("this runner has no action %s", step.Uses)
		}
	}
	return j
}

// gitlabJob is the pipeline's job: before_script and script are one shell.
func gitlabJob(t *testing.T, data []byte) ciJob {
	t.Helper()
	var pipeline map[string]struct {
		Image     string
		Variables map[string]string
		Before    []string `yaml:"before_script"`
		Script    []string
		Artifacts struct {
			When  string
			Paths []string
		}
	}
	if err := yaml.Unmarshal(data, &pipeline); err != nil {
		t.Fatal(err)
	}
	job := pipeline["load-test"]
	if job.Image == "" || len(job.Script) == 0 || job.Artifacts.When != "always" {
		t.Fatalf("the pipeline's job load-test = %+v, want an image, a script, and results that are always kept", job)
	}
	return ciJob{
		dir: checkOut(t), variables: job.Variables, artifacts: job.Artifacts.Paths,
		shells: [][]string{append(job.Before, job.Script...)},
	}
}

// start runs the job in a case.
func (j ciJob) start(t *testing.T, c ciCase) *process {
	t.Helper()
	port := freePort(t)
	var script strings.Builder
	script.WriteString("cd '" + j.dir + "'\ntrap 'code=$?; trap \"\" TERM; kill -TERM 0; exit $code' EXIT\n")
	for n, commands := range j.shells {
		var shell strings.Builder
		for _, command := range commands {
			for _, line := range strings.Split(strings.TrimSpace(command), "\n") {
				shell.WriteString(j.adapt(t, line, port) + "\n")
			}
			for text, more := range c.after {
				if strings.Contains(command, text) {
					shell.WriteString(more + "\n")
				}
			}
		}
		path := filepath.Join(j.dir, fmt.Sprintf(".step_%d.sh", n))
		if err := os.WriteFile(path, []byte(shell.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		// What a step leaves running goes on beside the next, and ends with the job, whose process group it is in.
		script.WriteString("bash -e " + path + " || exit $?\n")
	}
	env := []string{"CI=true", "HOME=" + j.dir, "PATH=" + j.tools(t) + ":" + os.Getenv("PATH")}
	for _, name := range slices.Sorted(maps.Keys(j.variables)) {
		env = append(env, name+"="+j.variables[name])
	}
	return start(t, command{name: "job", path: "bash", args: []string{"-c", script.String()}, env: append(append(env, c.env...), j.origin(t)...)})
}

// adapt changes a line of the YAML as little as this machine needs: the service is at a port of this test's, the load is short,
// and setup.sh finds what it would install or build.
func (j ciJob) adapt(t *testing.T, line, port string) string {
	t.Helper()
	line = strings.ReplaceAll(line, "127.0.0.1:8000", "127.0.0.1:"+port)
	line = strings.ReplaceAll(line, "--duration=60", "--duration=8")
	if strings.TrimSpace(line) == "gregaria/scripts/setup.sh" {
		return strings.Join([]string{
			"mkdir gregaria/.venv gregaria/bin",
			"cp gregaria/requirements.txt gregaria/.venv/installed.txt",
			"ln -s '" + filepath.Dir(locust(t)) + "' gregaria/.venv/bin",
			"ln '" + filepath.Dir(program("loadtest")) + "'/* gregaria/bin",
			"touch gregaria/bin/.built",
			line,
		}, "\n")
	}
	return line
}

// tools are the commands that would install something on the runner.
func (j ciJob) tools(t *testing.T) string {
	t.Helper()
	return filepath.Dir(script(t, "apt-get", "exit 0"))
}

// checkOut makes a folder as a job has it: the project's own repository, with its locustfile in load.
func checkOut(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "load"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "load", "locustfile.py"), readFile(t, repository(t, "examples", "ci", "locustfile.py")), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// origin is a repository of this project, tagged, and the variables by which git finds it where the example has its address.
func (j ciJob) origin(t *testing.T) []string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "origin")
	for _, name := range []string{"scripts", "internal", "loadtest", "monitor", "worker"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(repository(t, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "Makefile", "requirements.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), readFile(t, repository(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"init", "--quiet"},
		{"add", "."},
		{"-c", "user.name=e2e", "-c", "user.email=e2e@example.com", "commit", "--quiet", "--message=all"},
		{"tag", j.variables["GREGARIA_VERSION"]},
	} {
		if output, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, output)
		}
	}
	return []string{"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url.file://" + dir + ".insteadOf", "GIT_CONFIG_VALUE_0=" + j.variables["GREGARIA_REPOSITORY"]}
}
