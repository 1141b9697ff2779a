package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"gregaria/loadtest/internal/recording/recordingtest"
)

// BenchmarkHour is "loadtest report" of an hour of 20 endpoints and 300 requests a second, as a process of its own: what it takes of the clock and of the CPU, and how
// large its page is.
func BenchmarkHour(b *testing.B) {
	dir, program := b.TempDir(), filepath.Join(b.TempDir(), "loadtest")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "gregaria/loadtest").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	if _, err := (recordingtest.Load{Seconds: 3600, Ramp: 60, Users: 200, Endpoints: 20, Rate: 15, Seed: 1}).Write(dir); err != nil {
		b.Fatal(err)
	}
	var cpu time.Duration
	for b.Loop() {
		command := exec.CommandContext(b.Context(), program, "report", dir)
		_ = command.Run() // 1: the run has failures
		if cpu += command.ProcessState.UserTime() + command.ProcessState.SystemTime(); command.ProcessState.ExitCode() != 1 {
			b.Fatalf("exit code %d, want 1", command.ProcessState.ExitCode())
		}
	}
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	pages, _ := filepath.Glob(filepath.Join(dir, "report_*.html"))
	info, err := os.Stat(pages[0])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB/page")
}
