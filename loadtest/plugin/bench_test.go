package plugin

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// BenchmarkTimings measures what timings take of a master with 50 workers and 20 endpoints, testdata/bench_timings.py, for so many requests
// a second of each worker. One iteration is two minutes of reports.
func BenchmarkTimings(b *testing.B) {
	python, err := filepath.Abs("../../.venv/bin/python")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, Name), []byte(Source()), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, requests := range []int{100, 500, 5000} {
		b.Run(fmt.Sprintf("requests=%d", requests), func(b *testing.B) {
			for range b.N {
				cmd := exec.CommandContext(b.Context(), python, "-B", "testdata/bench_timings.py", strconv.Itoa(requests/20))
				cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "TMPDIR="+b.TempDir())
				output, err := cmd.CombinedOutput()
				if err != nil {
					b.Fatalf("%v\n%s", err, output)
				}
				for _, measured := range regexp.MustCompile(`(?m)^(\S+) ([\d.]+)$`).FindAllStringSubmatch(string(output), -1) {
					value, _ := strconv.ParseFloat(measured[2], 64) // as the pattern says
					b.ReportMetric(value, measured[1])
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
