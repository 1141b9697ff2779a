// Package repeat says what a test comes to that is run several times: how far its runs are apart, how they compare with a baseline, and one verdict over all.
package repeat

import (
	"fmt"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// A Run is one run of a test that is repeated.
type Run struct {
	// Run is nil in it where nothing could be read of the run's files.
	comparison.Run
	Verdict analysis.Verdict
	// Complete says that it came to its end, whatever it measured. One that did not is the last, and counts in no number.
	Complete bool
	// Summary is its summary_TS.json.
	Summary string
}

// A Test is one that is run several times.
type Test struct {
	// Planned is how many runs there are to be.
	Planned int
	Runs    []Run
	// Cut is what kept the next run from beginning; nil if nothing did.
	Cut *analysis.Verdict
	// Bases are the runs that all are compared with.
	Bases []comparison.Run
	// Effect is the difference from them that counts, as a share of 1; 0 for the usual one.
	Effect float64
}

// counted are the runs that count in numbers.
func (t *Test) counted() (all []comparison.Run) {
	for _, r := range t.Runs {
		if r.Complete && r.Run.Run != nil {
			all = append(all, r.Run)
		}
	}
	return all
}

// Over says that no other run is to begin.
func (t *Test) Over() bool {
	n := len(t.Runs)
	return n == t.Planned || t.Cut != nil || n > 0 && !t.Runs[n-1].Complete
}

// Verdict is that over all: every run has to pass. What a check allows it allows in each run, and a limit that is broken in one run of five is broken for whoever came then.
// Of a test of one run it is the run's.
func (t *Test) Verdict() analysis.Verdict {
	if t.Planned == 1 {
		return t.Runs[0].Verdict
	}
	if t.Cut != nil {
		return t.incomplete(*t.Cut, len(t.Runs)+1, len(t.Runs))
	}
	last := len(t.Runs) - 1
	if !t.Runs[last].Complete {
		return t.incomplete(t.Runs[last].Verdict, last+1, last)
	}
	failed, worst := 0, 0
	for i, r := range t.Runs {
		if r.Verdict.Code == exitcode.OK {
			continue
		}
		failed++
		if w := t.Runs[worst].Verdict.Code; w == exitcode.OK || r.Verdict.Code == exitcode.Checks && w != exitcode.Checks {
			worst = i
		}
	}
	v := t.Runs[worst].Verdict
	switch failed {
	case 0:
		v.Line = fmt.Sprintf("all %d runs passed", len(t.Runs))
	case 1:
		v.Line = fmt.Sprintf("1 of %d runs failed, run %d: %s", len(t.Runs), worst+1, v.Line)
	default:
		v.Line = fmt.Sprintf("%d of %d runs failed; run %d: %s", failed, len(t.Runs), worst+1, v.Line)
	}
	return v
}

// incomplete is the verdict on a test whose run n was not to its end, after so many that were.
func (t *Test) incomplete(v analysis.Verdict, n, complete int) analysis.Verdict {
	if v.Code == exitcode.Checks || v.Code == exitcode.Failed {
		v.Line = fmt.Sprintf("run %d of %d: %s", n, t.Planned, v.Line)
	} else {
		v.Line = fmt.Sprintf("run %d of %d: %s; complete: %d", n, t.Planned, v.Line, complete)
	}
	return v
}

// Comparison is that of all complete runs with the baseline; nil without one.
func (t *Test) Comparison() *analysis.Comparison {
	runs := t.counted()
	if len(t.Bases) == 0 || len(runs) == 0 {
		return nil
	}
	result := comparison.Of(t.Bases, runs, comparison.Options{Effect: t.Effect, Strict: true})
	return &result
}
