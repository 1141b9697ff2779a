//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is the repository, as seen from this package's directory, in which go test runs its tests.
const root = "../.."

// binVariable names the directory with the commands that TestMain built.
const binVariable = "GREGARIA_E2E_BIN"

// TestMain builds the commands, so that no test meets one of yesterday.
func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (code int, err error) {
	bin, err := os.MkdirTemp("", "gregaria-e2e-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(bin)
	build := exec.Command("go", "build", "-o", bin, "./worker", "./monitor", "./loadtest", "./internal/cmd/target")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build the commands: %w\n%s", err, output)
	}
	if err := os.Setenv(binVariable, bin); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

// program returns the path of one of our commands.
func program(name string) string { return filepath.Join(os.Getenv(binVariable), name) }

// repository returns the absolute path of a file of the repository.
func repository(t *testing.T, elements ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{root}, elements...)...))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// locust returns the path of the Locust to test with.
func locust(t *testing.T) string {
	t.Helper()
	path := os.Getenv("GREGARIA_LOCUST")
	if path == "" {
		path = repository(t, ".venv", "bin", "locust")
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("Locust is missing (%v): run make setup, or set GREGARIA_LOCUST", err)
	}
	return path
}

// plainEnvironment is the environment without what would change Locust or our commands behind a test's back.
func plainEnvironment() []string {
	var kept []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "LOCUST_") && !strings.HasPrefix(variable, "GREGARIA_") {
			kept = append(kept, variable)
		}
	}
	return kept
}
