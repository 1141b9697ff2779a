//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestProcesses has --processes 4 under a stock master, of our worker and of Locust's own: four rows in the list of workers
// with four names, listeners, messages, indexes, fixed_count and feeders as they are in four processes, and the highest
// exit code. What the one says, the other does.
func TestProcesses(t *testing.T) {
	t.Parallel()
	file := repository(t, "internal", "e2e", "testdata", "processes.py")
	for name, path := range map[string]string{"Go": program("worker"), "Python": locust(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := masterSpec{file: "processes.py", host: "http://127.0.0.1:1"}.startWeb(t)
			flags := []string{"-f", file, "--worker", "--processes=4", "--master-port=" + m.port}
			worker := start(t, command{name: name + " worker", path: path, args: flags})
			m.awaitReady(t, 4)
			swarm{users: 12}.send(t, m)
			s := m.web.awaitUsers(t, 12)
			names := map[string]bool{}
			for _, w := range s.Workers {
				names[w.ID] = true
				if w.Users != 3 {
					t.Errorf("worker %s has %d users, want 3 of 12", w.ID, w.Users)
				}
			}
			if len(names) != 4 {
				t.Errorf("workers in the master's list = %v, want four", s.Workers)
			}
			m.halt(t)
			m.signal(syscall.SIGINT)
			worker.wantExit(t, 23, 15*time.Second)
			if diff := cmp.Diff(said(4), ofWorkers(worker)); diff != "" {
				t.Errorf("the workers said (-want +got):\n%s", diff)
			}
		})
	}
}

// said is what n workers of testdata/processes.py say when each does all of it once.
func said(n int) []string {
	var lines []string
	for w := range n {
		share := fmt.Sprintf("['account%d', 'account%d', 'account%d']", w, w+4, w+8)
		for _, line := range []string{
			"init", "test_start 1", "message yours", "fixed", "user 1 " + share, "user 2 " + share, "test_stop 1", "quitting",
		} {
			lines = append(lines, fmt.Sprintf("W%d %s", w, line))
		}
	}
	slices.Sort(lines)
	return lines
}

// ofWorkers are the lines that the file has printed, in alphabetical order.
func ofWorkers(p *process) []string {
	var lines []string
	for line := range strings.Lines(p.output.String()) {
		if len(line) > 1 && line[0] == 'W' && line[1] >= '0' && line[1] <= '9' {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	slices.Sort(lines)
	return lines
}
