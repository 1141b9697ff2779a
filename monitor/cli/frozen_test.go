//go:build linux

package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
)

// TestOnAFrozenTree: the whole command reads the folders of HOST_PROC and HOST_SYS and nothing else of the machine.
func TestOnAFrozenTree(t *testing.T) {
	tree := kerneltest.NewTree(t)
	tree.Show("../internal/collector/testdata/host/linux-2.6.txt")
	tree.Show("../internal/cgroup/testdata/v2-inside.txt")
	t.Setenv("HOST_PROC", filepath.Join(tree.Dir, "proc"))
	t.Setenv("HOST_SYS", filepath.Join(tree.Dir, "sys"))
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "metrics.csv")
		code, _, stderr := monitor(t.Context(), "--output", path, "--duration", "2", "--collect", "cpu,cores,memory,pressure,disk,files,container")
		for _, want := range []string{
			"pressure absent, so it has no columns: ",
			"no MemAvailable (Linux 3.14 or newer has both)",
			"host numbers are the host's; this container may use 0.2 cores and 0.25 GB",
		} {
			if strings.Count(stderr, want) != 1 {
				t.Errorf("stderr = %q, want %q in it, once", stderr, want)
			}
		}
		rows := read(t, path)
		if code != exitcode.OK || len(rows) != 2 {
			t.Fatalf("monitor = %d, %d rows", code, len(rows))
		}
		for column, want := range map[string]float64{
			resource.CPULoad5:                  1.25,
			resource.MemoryTotalGB:             1,
			resource.SwapUsedGB:                0.0625,
			resource.DiskBusyPercent("sda"):    0,
			resource.FilesOpen:                 1000,
			resource.ThreadsUsed:               80,
			resource.ContainerMemoryPercent:    0.7812,
			resource.ContainerThrottledPercent: 0,
		} {
			if got, ok := rows[1].Value(column); !ok || got != want {
				t.Errorf("%s = %v, %v, want %v", column, got, ok, want)
			}
		}
		for _, column := range []string{resource.CPUPercent, resource.CPUStealPercent, resource.CoreCPUPercent(0), resource.MemoryPercent, resource.DiskAwaitMS("sda"), resource.PressureCPUSomePercent} {
			if got, ok := rows[1].Value(column); ok {
				t.Errorf("%s = %v: what stands still, or is not there, has no value", column, got)
			}
		}
		if free, ok := rows[1].Value(resource.DiskFreePercent); !ok || free <= 0 {
			t.Errorf("%s = %v, %v, want that of the folder of the file", resource.DiskFreePercent, free, ok)
		}
	})
}

// TestFolderIsThatOfTheFile: without a file there is no folder whose free space could matter.
func TestFolderIsThatOfTheFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f    flags
		want string
	}{
		{flags{Output: "metrics.csv"}, "."},
		{flags{Output: "/data/run/metrics.csv"}, "/data/run"},
		{flags{Output: "-"}, ""},
		{flags{Output: "metrics.csv", NoCSV: true}, ""},
	} {
		if got := c.f.folder(); got != c.want {
			t.Errorf("folder of %q = %q, want %q", c.f.Output, got, c.want)
		}
	}
}
