//go:build linux

package collector

import (
	"math"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// kernelNumber finds a number in a file of the kernel by a pattern with one group, in another way than the collectors do.
func kernelNumber(t *testing.T, path, pattern string) float64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("not on this machine: %v", err)
	}
	found := regexp.MustCompile(pattern).FindSubmatch(data)
	if found == nil {
		t.Skipf("%s has no %s", path, pattern)
	}
	value, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// TestAgainstTheKernel compares what a second of the collectors says with the kernel's own counters, read just around it.
func TestAgainstTheKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	s := Settings{Proc: "/proc", Sys: "/sys", Folder: t.TempDir(), Note: func(string) {}}
	busy := exec.Command("sh", "-c", "while :; do :; done")
	if err := busy.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = busy.Process.Kill()
		_ = busy.Wait()
	}()
	for _, c := range []struct {
		column        string
		open          func(Settings) (Collector, error)
		path, pattern string
		parts         float64 // of the counter in a unit of the column
		slack         float64 // for what happens between two readings
	}{
		{resource.CPUContextSwitchesPerSecond, openCPU, "/proc/stat", `(?m)^ctxt (\d+)`, 1, 20},
		{resource.CPUForksPerSecond, openCPU, "/proc/stat", `(?m)^processes (\d+)`, 1, 3},
		{resource.MemoryCacheWrittenMBPerSecond, openMemory, "/proc/vmstat", `(?m)^pgpgout (\d+)`, 1024, 0.1},
		{resource.PressureCPUSomePercent, openPressure, "/proc/pressure/cpu", `some.* total=(\d+)`, 1e4, 1},
	} {
		collector, err := c.open(s)
		if err != nil {
			t.Logf("%s: %v", c.column, err)
			continue
		}
		place := -1
		for i, name := range collector.Columns() {
			if name == c.column {
				place = i
			}
		}
		_, _ = collect(collector)
		before, began := kernelNumber(t, c.path, c.pattern), time.Now()
		time.Sleep(1500 * time.Millisecond)
		row, err := collect(collector)
		want := (kernelNumber(t, c.path, c.pattern) - before) / c.parts / time.Since(began).Seconds()
		got, ok := row[place].Value()
		if !ok || err != nil || math.Abs(got-want) > want*0.02+c.slack {
			t.Errorf("%s = %v, %v, %v, want %v", c.column, got, ok, err, want)
		}
	}
}
