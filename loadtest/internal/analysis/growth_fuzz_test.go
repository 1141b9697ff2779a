package analysis_test

import (
	"encoding/json"
	"math"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// FuzzLeaks gives any memory, users and restarts, a byte each: there is one growth and one finding, both can be written as JSON (no NaN), and only what is too short
// needs more.
func FuzzLeaks(f *testing.F) {
	f.Add([]byte{}, uint8(60), uint8(1))
	f.Add([]byte{1, 2, 3, 255, 255, 4, 5, 6, 7, 8, 9, 200, 3}, uint8(120), uint8(3))
	f.Add([]byte{10, 10, 10}, uint8(20), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, seconds, every uint8) {
		values := make([]float64, int(seconds)+rest+settled)
		restarts := make([]float64, len(values))
		for i := range values {
			b := byte(0)
			if len(data) > 0 {
				b = data[i%len(data)]
			}
			if values[i] = float64(b) * 3; b == 255 {
				values[i] = math.NaN()
			}
			if every > 0 {
				restarts[i] = float64(i / (10 * int(every)))
			}
		}
		run := memoryRun(values)
		run.Hosts[0].Columns[resource.ProcessRestarts] = analysis.Series{Values: restarts}
		for i := range run.Users.Values {
			if len(data) > 0 {
				run.Users.Values[i] = float64(data[(i*7)%len(data)])
			}
		}
		growths, findings := analysis.Leaks(run, steadyPhases(run))
		if known := run.Hosts[0].Columns[resource.ProcessRSSMB].Known(); len(growths) != len(findings) || (len(growths) == 1) != known {
			t.Fatalf("%d growths, %d findings of a memory that is known: %v", len(growths), len(findings), known)
		}
		for _, g := range growths {
			if (g.Outcome == analysis.TooShort) != (g.Needed > 0) || g.Why == "" || g.From > g.To+1 {
				t.Errorf("growth = %+v", g)
			}
			if g.Outcome == analysis.Leak && !(g.Slope.Low > 0) {
				t.Errorf("a leak of %+v", g.Slope)
			}
		}
		if _, err := json.Marshal(growths); err != nil {
			t.Error(err)
		}
		if _, err := json.Marshal(findings); err != nil {
			t.Error(err)
		}
	})
}
