// Package locustconf reads the settings that Locust itself would obey: locust.conf, ~/.locust.conf, pyproject.toml, LOCUST_
// variables and arguments meant for Locust. It says of each whether a run obeys it, sets it aside or cannot live with it.
package locustconf

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"gregaria/loadtest/internal/fault"
)

// reader has Locust's own parser read the settings: what it makes of them is what the master will make of them.
//
//go:embed read.py
var reader string

// Files are where Locust looks for settings (DEFAULT_CONFIG_FILES in locust/argument_parser.py), ~ being the user's home.
func Files() []string { return []string{"~/.locust.conf", "locust.conf", "pyproject.toml"} }

// Present reports whether there is anything to read: a file, a variable or an argument.
func Present(arguments, environment []string) bool {
	if len(arguments) > 0 {
		return true
	}
	for _, variable := range environment {
		if strings.HasPrefix(variable, "LOCUST_") {
			return true
		}
	}
	for _, name := range Files() {
		data, err := os.ReadFile(home(name))
		if err == nil && (!strings.HasSuffix(name, ".toml") || bytes.Contains(data, []byte("locust"))) {
			return true
		}
	}
	return false
}

// home is a path with ~ spelled out.
func home(path string) string {
	rest, found := strings.CutPrefix(path, "~/")
	dir, err := os.UserHomeDir()
	if !found || err != nil {
		return path
	}
	return filepath.Join(dir, rest)
}

// Read asks the Locust that the Python belongs to. Settings that Locust itself refuses are a fault.Usage.
func Read(ctx context.Context, python string, arguments []string) (Found, error) {
	command := exec.CommandContext(ctx, python, append([]string{"-c", reader}, arguments...)...)
	output, err := command.Output()
	exit := new(exec.ExitError)
	switch {
	case errors.As(err, &exit):
		return Found{}, refusal(exit, python)
	case err != nil:
		return Found{}, fault.New(fault.NotReady, "read Locust's settings with %s: %w", python, err)
	}
	return parse(output)
}

// refusal is why the reader ended: Locust's parser says "-c: error: MESSAGE" and exits with 2.
func refusal(exit *exec.ExitError, python string) error {
	said := strings.TrimSpace(string(exit.Stderr))
	if _, message, found := strings.Cut(said, ": error: "); found && exit.ExitCode() == 2 {
		return fault.New(fault.Usage, "Locust refuses its settings (%s): %s", strings.Join(Files(), ", ")+", LOCUST_ variables, arguments after --",
			strings.ReplaceAll(message, "\n", " "))
	}
	lines := strings.Split(said, "\n")
	return fault.New(fault.NotReady, "read Locust's settings with %s: %s; run scripts/setup.sh to install Locust", python, lines[len(lines)-1])
}

// parse reads what the reader printed last.
func parse(output []byte) (Found, error) {
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	var found Found
	if err := json.Unmarshal(lines[len(lines)-1], &found); err != nil || found.Known == nil {
		return Found{}, fault.New(fault.Usage, "read Locust's settings: it says %q; leave --help, --version and the like out of the arguments for Locust",
			bytes.TrimSpace(lines[0]))
	}
	return found, nil
}

// String is the setting as its author wrote it.
func (s Setting) String() string {
	if s.IsArgument() {
		return fmt.Sprintf("%s among the arguments for Locust", s.Key)
	}
	if s.Source == variable {
		return s.Key
	}
	return fmt.Sprintf("%s: %s", s.Source, s.Key)
}
