package analysis_test

import (
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// BenchmarkHour is an hour of 20 endpoints and 200 requests a second.
func BenchmarkHour(b *testing.B) {
	run := analysistest.Model{Seed: 1, Ramp: 600, Steady: 3000, Settle: 10, Users: 500, Think: 1000, Service: 100, Servers: 20, Endpoints: 20, CPU: true}.Run()
	for b.Loop() {
		analysis.Of(run, analysis.Options{})
	}
}
