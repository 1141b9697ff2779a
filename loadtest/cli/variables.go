package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"gregaria/internal/spelling"
)

// prefix begins every variable of ours.
const prefix = "GREGARIA"

// foreign are variables that are not loadtest's and that it says nothing about: what an installation is told by (examples/ci),
// those of the worker and the monitor that it starts, and those of the tests.
func foreign() []string {
	return []string{
		"GREGARIA_VERSION", "GREGARIA_REPOSITORY", "GREGARIA_MONITOR_", "GREGARIA_LISTEN", "GREGARIA_E2E_",
		"GREGARIA_HEARTBEAT_INTERVAL", "GREGARIA_REPORT_INTERVAL", "GREGARIA_LOG_REPORT_INTERVAL", "GREGARIA_MASTER_HEARTBEAT_TIMEOUT",
		"GREGARIA_CONNECT_TIMEOUT", "GREGARIA_CONNECT_RETRY_COUNT", "GREGARIA_CPU_MONITOR_INTERVAL", "GREGARIA_SEED", "GREGARIA_MAX_WAIT",
		"GREGARIA_ITERATIONS", "GREGARIA_PROMETHEUS", "GREGARIA_KUBERNETES_PYTHON", "GREGARIA_PYTHON",
	}
}

// forgetEmpty takes variables of ours without a value out of this process and so out of its children: a build that hands on what may not be set (GREGARIA_HOST:
// ${{ vars.HOST }}) hands on an empty one, and means none.
func forgetEmpty(environment []string) {
	for _, variable := range environment {
		if name, found := strings.CutSuffix(variable, "="); found && strings.HasPrefix(name, prefix+"_") {
			_ = os.Unsetenv(name) // its name is one of the environment's
		}
	}
}

// warnOfVariables says, a line each, which variables are set as if they were loadtest's and are not: a slip of the pen would
// otherwise be a run with the default.
func warnOfVariables(stderr io.Writer, environment []string) error {
	known, err := variables()
	if err != nil {
		return err
	}
	for _, variable := range environment {
		name, _, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, prefix+"_") || slices.Contains(known, name) || isForeign(name) {
			continue
		}
		fmt.Fprintf(stderr, "loadtest: %s is set, and is no variable of loadtest%s; see loadtest --help\n", name, suggestion(name, known))
	}
	return nil
}

// variables are the names of loadtest's own.
func variables() ([]string, error) {
	var f flags
	var shown bool
	parser, err := newParser(&f, io.Discard, io.Discard, &shown)
	if err != nil {
		return nil, fmt.Errorf("set up the flags: %w", err)
	}
	var names []string
	for _, flag := range parser.Model.Flags {
		names = append(names, flag.Envs...)
	}
	return names, nil
}

// isForeign says whether a variable belongs to another program, or to a Kubernetes Service named gregaria-...
func isForeign(name string) bool {
	for _, other := range foreign() {
		if name == other || strings.HasSuffix(other, "_") && strings.HasPrefix(name, other) {
			return true
		}
	}
	return strings.Contains(name, "_SERVICE_") || strings.Contains(name, "_TCP") || name == "GREGARIA_PORT"
}

// suggestion is the known name that the author of this one may have meant.
func suggestion(name string, known []string) string {
	best := spelling.Nearest(name, known, 3) // two slips are one name, three are another
	if best == "" {
		return ""
	}
	return " (did you mean " + best + "?)"
}
