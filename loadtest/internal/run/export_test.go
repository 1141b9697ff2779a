package run

import (
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/results"
)

// MetricsOfHosts is what the master of a run with that plan is told.
func MetricsOfHosts(p plan.Plan, metrics string) string {
	r := Run{plan: p, files: results.Files{Metrics: metrics}}
	return r.metricsOfHosts()
}
