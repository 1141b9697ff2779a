package run

import (
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/results"
)

// MetricsOfHosts is what the master of a run with that plan is told.
func MetricsOfHosts(p plan.Plan, metrics string) string {
	r := Run{plan: p, files: results.Files{Metrics: metrics}}
	return r.metricsOfHosts()
}

// HashOfLocustfile is the hash of what --locustfile names.
func HashOfLocustfile(list string) (string, error) {
	files, err := check.Locustfiles(list)
	return hashOf(files), err
}

// Note keeps a line for the summary.
func (r *Run) Note(text string) { r.note(text) }
