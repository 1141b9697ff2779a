//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// TestNoVariableIsAnotherRun sets, for each program, variables that are called as its flags are which show something and end, or check
// something and end. A flag that is wrong tells whether the program got so far as to look at it.
func TestNoVariableIsAnotherRun(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]string{"worker": "--master-port=0", "monitor": "--interval=0", "loadtest": "--users=0", "target": "--error-rate=2"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var env []string
			for _, prefix := range []string{"GREGARIA_", "GREGARIA_" + strings.ToUpper(name) + "_", "TARGET_", "LOCUST_"} {
				for _, flag := range []string{"VERSION", "HELP", "CHECK", "DEMO", "LIST"} {
					env = append(env, prefix+flag+"=1")
				}
			}
			args := []string{wrong}
			if name == "loadtest" {
				args = append(args, "--host=http://127.0.0.1:1")
			}
			p := start(t, command{name: name, path: program(name), args: args, env: env})
			p.wantExit(t, exitcode.Usage, time.Minute)
			if flag, _, _ := strings.Cut(wrong, "="); !strings.Contains(p.output.String(), strings.TrimPrefix(flag, "--")) {
				t.Errorf("%s has not said what is wrong with %s", name, wrong)
			}
		})
	}
}

// TestBundledLocustfilesAreClean wants no warning of our own check about a locustfile that comes with the project.
func TestBundledLocustfilesAreClean(t *testing.T) {
	t.Parallel()
	for _, path := range [][]string{{"locustfile.py"}, {"examples", "ci", "locustfile.py"}, {"deploy", "k8s", "base", "locustfile.py"}} {
		p := start(t, command{name: "worker", path: program("worker"), args: []string{"--check", repository(t, path...)}})
		p.wantExit(t, exitcode.OK, time.Minute)
		if err := p.wantOutput("(0 warnings)"); err != nil {
			t.Errorf("%v: %v", path, err)
		}
	}
}
