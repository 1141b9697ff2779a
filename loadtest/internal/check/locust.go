package check

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

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

// lastLine is the last line of a program's output that has text.
func lastLine(output []byte) string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// oldestMinor is the first release of Locust 2 whose -f takes several files, separated by commas.
const oldestMinor = 11

// TakesPlugins reports whether a Locust of that version loads a plug-in beside the locustfile.
func TakesPlugins(version string) bool {
	var major, minor int
	if n, _ := fmt.Sscanf(version, "%d.%d", &major, &minor); n != 2 {
		return false
	}
	return major > OldestLocust || major == OldestLocust && minor >= oldestMinor
}
