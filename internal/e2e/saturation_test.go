//go:build e2e

package e2e

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// A bottleneck is a server of internal/limited, and what has to be found.
type bottleneck struct {
	limit string
	flags []string
	users int
	// names is a part of the title where the finding is clear; "" where it has to say that nothing saturated, or that it is not clear.
	names string
}

// bottlenecks are those that a test can build on any machine.
func bottlenecks() []bottleneck {
	return []bottleneck{
		{limit: "cpu", users: 240, names: "CPU of "},
		{limit: "thread", users: 120, names: "ne thread of "},
		{limit: "lock", users: 120, names: ""},
		{limit: "pool", users: 300, flags: []string{"-work", "50ms"}, names: ""},
		{limit: "connections", users: 300, flags: []string{"-work", "100ms"}, names: ""},
		{limit: "disk", users: 200, names: "isk "},
		{limit: "nothing", users: 60, names: ""},
	}
}

// TestWhatSaturatedFirst loads servers with one bottleneck each, and wants that to be named, or nothing: docs/findings.md has its table. Each takes 100 s of a machine that does nothing else:
// GREGARIA_E2E_FINDINGS says how often each is run.
func TestWhatSaturatedFirst(t *testing.T) {
	rounds, _ := strconv.Atoi(os.Getenv("GREGARIA_E2E_FINDINGS"))
	if rounds == 0 {
		t.Skip("GREGARIA_E2E_FINDINGS is not set: it takes minutes of a machine that does nothing else")
	}
	limited := filepath.Join(t.TempDir(), "limited")
	build := exec.Command("go", "build", "-o", limited, "./internal/cmd/limited")
	build.Dir = root
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	for _, b := range bottlenecks() {
		for round := range rounds {
			t.Run(fmt.Sprintf("%s %d", b.limit, round+1), func(t *testing.T) { b.run(t, limited) })
		}
	}
}

// run loads the server and compares.
func (b bottleneck) run(t *testing.T, limited string) {
	port := freePort(t)
	start(t, command{name: b.limit, path: limited, args: append([]string{"-limit", b.limit, "-listen", "127.0.0.1:" + port, "-folder", t.TempDir()}, b.flags...)})
	await(t, startLimit, func() error {
		connection, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			return err
		}
		return connection.Close()
	})
	file := "from locust import FastHttpUser, constant, task\n\nclass U(FastHttpUser):\n    wait_time = constant(1)\n    @task\n    def t(self):\n        self.client.get('/', timeout=30)\n"
	l := startLoadtestIn(t, map[string]string{"locustfile.py": file}, nil, "--host=http://127.0.0.1:"+port,
		"--users="+strconv.Itoa(b.users), "--spawn-rate="+strconv.Itoa(max(1, b.users/60)), "--duration=90s", "--settle=2s", "--master-port="+freePort(t), "--web-port="+freePort(t))
	l.wantExit(t, exitcode.OK, 3*time.Minute)
	f := l.findings(t)
	said, sure := "nothing of the kind", false
	for _, finding := range f.Findings {
		if finding.Kind == "saturation" {
			said, sure = finding.Title+": "+finding.Text, finding.Clear
			if sure && b.names != "" && !strings.Contains(finding.Title, b.names) {
				t.Errorf("%s: wrong: %s", b.limit, said)
			}
			if sure && b.names == "" && finding.Level == "bad" && !strings.Contains(finding.Text, "no measured resource") {
				t.Errorf("%s: wrong: %s", b.limit, said)
			}
		}
	}
	t.Logf("%s, clear %t: %s | %s", b.limit, sure, cmp.Or(f.Headline, "no headline"), said)
}
