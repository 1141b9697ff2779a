package run

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/threshold"
)

// checkSeries compares the series that checks speak of with those that the servers show. What nobody shows yet may come with the first requests.
func (r *Run) checkSeries(ctx context.Context) error {
	if len(threshold.SeriesOf(r.plan.Checks)) == 0 {
		return nil
	}
	shown, why := check.Series(ctx, r.programs.monitor, r.monitorEnvironment())
	if why != "" {
		r.tell("the names of series in checks could not be verified: " + why)
		return nil
	}
	unknown, err := threshold.Shown(r.plan.Checks, shown)
	if err != nil {
		return fault.New(fault.Usage, "--check %w", err)
	}
	if len(unknown) > 0 {
		r.tell(fmt.Sprintf("no server of --scrape shows %s yet: a check fails if none does during the load", strings.Join(unknown, ", ")))
	}
	return nil
}

// tell shows a note, and keeps it for the summary.
func (r *Run) tell(note string) {
	note = r.secret.Text(note)
	r.view.Note(note)
	r.note(note)
}

// series chooses what the monitor records of what servers say: what the user chose, and what checks speak of, also where it does not move.
func (r *Run) series() []string {
	chosen := slices.Clone(r.plan.Series)
	for _, name := range threshold.SeriesOf(r.plan.Checks) {
		chosen = append(chosen, "+"+name+"(_sum|_count)?") // of a histogram its mean
	}
	return chosen
}
