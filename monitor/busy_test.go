//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gregaria/internal/resource"
)

// TestTicksOnABusyMachine: with four times as much work as there are cores each row is read at its tick.
func TestTicksOnABusyMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("it keeps every core busy for 5 s")
	}
	if !mayHurry(t) {
		t.Skip("SCHED_RR needs CAP_SYS_NICE")
	}
	path := filepath.Join(t.TempDir(), "metrics.csv")
	program := binary(t)
	for range 4 * runtime.NumCPU() {
		hog := exec.CommandContext(t.Context(), "sh", "-c", "while :; do :; done")
		if err := hog.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			_ = hog.Process.Kill()
			_ = hog.Wait()
		}()
	}
	m := measures(t, program, path)
	m.rows(50)
	m.wantEnd(m.end(syscall.SIGTERM), 0)
	var late []float64
	for _, row := range wholeRows(t, path) {
		ms, ok := row.Value(resource.MonitorLatenessMS)
		if skipped, _ := row.Value(resource.MonitorSkippedTicks); !ok || skipped != 0 {
			t.Errorf("the row of %v has lateness %v (%v) and %v skipped ticks, want none", row.Timestamp, ms, ok, skipped)
		}
		late = append(late, ms)
	}
	slices.Sort(late)
	p95 := late[len(late)*95/100] // of 50 rows p99 would be the latest one, which a host may make late that takes the core away
	t.Logf("of %d rows the lateness is %.2f ms in the middle, %.2f ms at p95", len(late), late[len(late)/2], p95)
	if p95 > 50 {
		t.Errorf("p95 of the lateness = %v ms, want at most 50", p95)
	}
}

// mayHurry looks for CAP_SYS_NICE, the 23rd capability, in what this process may do.
func mayHurry(t *testing.T) bool {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "\nCapEff:\t")
	word, _, _ := strings.Cut(rest, "\n")
	effective, err := strconv.ParseUint(word, 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	return effective&(1<<23) != 0
}
