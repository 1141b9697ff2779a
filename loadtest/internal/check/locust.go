package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"gregaria/loadtest/internal/fault"
)

// OldestLocust is the oldest major version that works: workers of Locust 1 speak another protocol.
const OldestLocust = 2

// LocustVersion runs Locust and returns its version, for example "2.47.0".
func LocustVersion(ctx context.Context, locust string) (string, error) {
	output, err := exec.CommandContext(ctx, locust, "--version").CombinedOutput()
	if err != nil {
		return "", fault.New(fault.NotReady, "%s --version: %w: %s; run scripts/setup.sh to install Locust", locust, err, lastLine(output))
	}
	version, major, err := parseVersion(string(output))
	if err != nil {
		return "", fault.New(fault.NotReady, "%s --version: %w; run scripts/setup.sh to install Locust", locust, err)
	}
	if major < OldestLocust {
		return "", fault.New(fault.NotReady, "%s is Locust %s, older than %d.0: run scripts/setup.sh to install a newer one", locust, version, OldestLocust)
	}
	return version, nil
}

// parseVersion reads "locust 2.47.0 from /path (Python 3.11.7)", which older Locust writes without the path.
func parseVersion(output string) (version string, major int, err error) {
	match := regexp.MustCompile(`(?m)^locust ((\d+)\.\S+)`).FindStringSubmatch(output)
	if match == nil {
		return "", 0, fmt.Errorf("it says %q, which is no version of Locust", lastLine([]byte(output)))
	}
	major, err = strconv.Atoi(match[2])
	return match[1], major, err
}

// compile reads a Python file and compiles it without running it. A syntax error is written as "line: message".
const compile = `
import sys, tokenize
try:
    with tokenize.open(sys.argv[1]) as file:
        compile(file.read(), sys.argv[1], "exec")
except SyntaxError as error:
    print(f"{error.lineno or 1}: {error.msg}")
    sys.exit(1)
except (UnicodeDecodeError, ValueError) as error:
    print(f"1: {error}")
    sys.exit(1)
`

// Locustfile sees that the file is there and that the Python of that Locust can compile it. What the file does when it is
// imported shows when the master starts.
func Locustfile(ctx context.Context, path, locust string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fault.New(fault.Usage, "--locustfile: %w; write one, or name yours", err)
	}
	if !info.Mode().IsRegular() {
		return fault.New(fault.Usage, "--locustfile %s is not a file; name one Python file", path)
	}
	python, found := pythonOf(locust)
	if !found {
		return nil // the master will say it, a second later
	}
	output, err := exec.CommandContext(ctx, python, "-c", compile, path).Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) && len(output) > 0 {
		return fault.New(fault.Usage, "%s:%s; correct the locustfile", path, bytes.TrimSpace(output))
	}
	return nil
}

// checkTime is how long a check of a locustfile may take; it takes a tenth of a second.
const checkTime = 30 * time.Second

// Runs sees that our worker can run the locustfile, as its --check says. What only hurts is the worker's to tell.
func Runs(ctx context.Context, worker, path string) error {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	output, err := exec.CommandContext(ctx, worker, "--check", path).Output()
	exit := new(exec.ExitError)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fault.New(fault.NotReady, "%s --check %s: %w", worker, path, ctx.Err())
	}
	if !errors.As(err, &exit) {
		return fault.New(fault.NotReady, "%s --check: %w; run make build", worker, err)
	}
	var wrong []string
	for line := range strings.Lines(string(output)) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(line, ": warning: ") {
			wrong = append(wrong, line)
		}
	}
	if len(wrong) == 0 {
		return fault.New(fault.Usage, "%s", lastLine(exit.Stderr))
	}
	more := ""
	if len(wrong) > 1 {
		more = fmt.Sprintf(" (and %d more: worker --check %s)", len(wrong)-1, path)
	}
	return fault.New(fault.Usage, "%s%s; use workers of Locust itself: --workers=0 --python-workers=%d", wrong[0], more, runtime.NumCPU())
}

// pythonOf returns the Python that runs a locust script: the one beside it in its environment, else the one on PATH.
func pythonOf(locust string) (string, bool) {
	for _, name := range []string{"python", "python3"} {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(locust), name)); err == nil {
			return path, true
		}
	}
	path, err := exec.LookPath("python3")
	return path, err == nil
}

// lastLine is the last line of a program's output that has text.
func lastLine(output []byte) string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
