//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A descendant is a process below another one, as /proc tells it. An id alone may be given to another process later, so the
// time of the start belongs to it.
type descendant struct {
	pid     int
	started string // in clock ticks after boot
	command string
}

// descendants returns all processes below pid.
func descendants(t *testing.T, pid int) []descendant {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	children := map[int][]descendant{}
	for _, path := range paths {
		if child, parent, _, ok := readStat(path); ok {
			children[parent] = append(children[parent], child)
		}
	}
	found := children[pid]
	for i := 0; i < len(found); i++ {
		found = append(found, children[found[i].pid]...)
	}
	return found
}

// find returns the first of the processes whose command line contains all of the words.
func find(t *testing.T, processes []descendant, words ...string) descendant {
	t.Helper()
	for _, d := range processes {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(d.command, word) }) {
			return d
		}
	}
	t.Fatalf("no process has %q in its command line: %v", words, processes)
	return descendant{}
}

// alive reports whether the process still runs. A zombie does not: it waits to be collected, which is its parent's affair.
func (d descendant) alive() bool {
	now, _, state, ok := readStat(fmt.Sprintf("/proc/%d/stat", d.pid))
	return ok && state != "Z" && now.started == d.started
}

// kill ends the process if it still runs.
func (d descendant) kill() {
	if d.alive() {
		_ = syscall.Kill(d.pid, syscall.SIGKILL) // an error says that it has just ended
	}
}

// wantGone wants none of the processes to be left soon.
func wantGone(t *testing.T, processes []descendant) {
	t.Helper()
	const limit = 5 * time.Second
	if len(processes) == 0 {
		t.Fatal("there were no processes to outlive anything, so this shows nothing")
	}
	await(t, limit, func() error {
		var left []error
		for _, d := range processes {
			if d.alive() {
				left = append(left, fmt.Errorf("%d is left: %s", d.pid, d.command))
			}
		}
		return errors.Join(left...)
	})
}

// readStat reads /proc/PID/stat: "PID (NAME) STATE PARENT ...", the start time in field 22.
func readStat(path string) (d descendant, parent int, state string, ok bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return d, 0, "", false // it has ended meanwhile
	}
	head, tail, found := strings.Cut(string(data), " (")
	end := strings.LastIndex(tail, ") ")
	if !found || end < 0 {
		return d, 0, "", false
	}
	fields := strings.Fields(tail[end+2:])
	const startTime = 22 - 3 // the first of fields is the third of the line
	if len(fields) <= startTime {
		return d, 0, "", false
	}
	d.pid, _ = strconv.Atoi(head)
	parent, _ = strconv.Atoi(fields[1])
	d.started = fields[startTime]
	line, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline")) // empty if it has ended meanwhile
	d.command = strings.TrimSpace(strings.ReplaceAll(string(line), "\x00", " "))
	return d, parent, fields[0], true
}
