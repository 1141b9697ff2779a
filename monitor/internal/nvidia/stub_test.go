//go:build cgo && linux

package nvidia

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

// BenchmarkCollect is a row of two devices, with a process that is watched, from the library of monitor/testdata/nvml, whose calls cost
// next to nothing. cpu-µs/op is CPU time, which has the calls into C.
func BenchmarkCollect(b *testing.B) {
	dir := b.TempDir()
	library, numbers := filepath.Join(dir, "libnvidia-ml.so.1"), filepath.Join(dir, "numbers")
	if out, err := exec.Command("gcc", "-O2", "-w", "-shared", "-fPIC", "-o", library, "../../testdata/nvml/stub.c").CombinedOutput(); err != nil {
		b.Skipf("gcc: %v %s", err, out)
	}
	keys := "load memory_load used total temperature power limit state fan energy sm_clock memory_clock reasons encoder decoder corrected uncorrected memory_temperature pcie_rx_bytes pcie_tx_bytes pid0 pid0_memory pid0_sm"
	text := "count 2\n" + strings.ReplaceAll(keys, " ", " 1\n") + " 1\n"
	if err := os.WriteFile(numbers, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Setenv("NVML_STUB", numbers)
	b.Setenv("NVML_STUB_ONCE", "1")
	g, err := Open(Config{
		Proc: "/proc", Sys: dir, Interval: time.Second, Note: func(string) {}, Identify: func([]Identity) {}, PIDs: func() []int { return []int{1} },
		Library: func() (nvml.Interface, error) { return nvml.New(nvml.WithLibraryPath(library)), nil },
	})
	if err != nil {
		b.Fatal(err)
	}
	row := make([]resource.Cell, len(g.Columns()))
	if len(row) != 58 {
		b.Fatalf("%d columns, want 58: %q", len(row), g.Columns())
	}
	b.ReportAllocs()
	began := used(b)
	for b.Loop() {
		clear(row)
		if err := g.Collect(row); err != nil {
			b.Fatal(err)
		}
		g.Idle()
	}
	b.ReportMetric(float64((used(b)-began).Microseconds())/float64(b.N), "cpu-µs/op")
}

// used is the CPU time of this process.
func used(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
