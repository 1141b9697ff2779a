package cli

import (
	"fmt"
	"slices"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/statistics"
	"gregaria/loadtest/internal/summary"
	"gregaria/loadtest/internal/threshold"
)

// An again is what a report looks for in a run that is over: what its flags ask or, where they ask nothing, what the run was asked.
type again struct {
	facts   recording.Facts
	options conclusion.Options
	// own says that the checks are those of the run. Notes say in what this report is not what the run's own was.
	own   bool
	notes []string
}

// again finds it. The run's own words are believed: what nobody asks of a report must not turn a run that failed into one that passed.
func (f *reportFlags) again(files results.Files) (a again, err error) {
	a.facts, _ = recording.ReadFacts(files) // what is wrong with them is a note of the recording
	a.own = len(f.Check) == 0 && f.Checks == ""
	if a.own {
		a.options.Checks, err = conclusion.Checks(a.facts)
	} else {
		a.options.Checks, err = plan.ReadChecks(f.Checks, f.Check, f.Baseline)
	}
	if err != nil {
		return a, err
	}
	a.options.Location = time.Local
	a.options.Effect = orOwn((*float64)(f.Effect), a.facts.Effect)
	a.takeWarmUp(f.WarmUp)
	a.noteChecks()
	return a, a.takeBaseline(files.Name(), f.Baseline)
}

// takeWarmUp has the warm-up of the flag, or of the run.
func (a *again) takeWarmUp(given *timespan) {
	seconds := orOwn(given.seconds(), a.facts.WarmUp)
	a.options.WarmUp = time.Duration(seconds * float64(time.Second))
	if seconds != a.facts.WarmUp && a.facts.Began > 0 {
		a.notes = append(a.notes, fmt.Sprintf("the warm-up is %s in this report; in the run itself it was %s", plan.Written(seconds), plan.Written(a.facts.WarmUp)))
	}
}

// orOwn is what was given, else what the run had.
func orOwn(given *float64, own float64) float64 {
	if given != nil {
		return *given
	}
	return own
}

// noteChecks says that the run had other checks.
func (a *again) noteChecks() {
	a.own = a.own || slices.EqualFunc(a.options.Checks, a.facts.Checks, func(c threshold.Check, known recording.Check) bool {
		return c.Text == known.Text && c.Title == known.Title
	})
	if n := len(a.facts.Checks); n > 0 && !a.own {
		a.notes = append(a.notes, fmt.Sprintf("the checks are those of this report: those of the run itself (%d) are left out", n))
	}
}

// takeBaseline reads the earlier runs of the flag but the run itself, or those that it had, as far as they are still there: without them a check that compares is not evaluated.
func (a *again) takeBaseline(run string, given []string) (err error) {
	if len(given) > 0 {
		a.options.Bases, err = conclusion.Baseline(given, a.options.WarmUp)
		if a.options.Bases = slices.DeleteFunc(a.options.Bases, func(r comparison.Run) bool { return r.Name == run }); len(a.options.Bases) == 0 && err == nil {
			err = fault.New(fault.Usage, "--baseline names no other run than %s itself", run)
		}
		return err
	}
	if a.options.Bases, err = conclusion.Baseline(a.facts.Baseline, a.options.WarmUp); err != nil {
		a.notes = append(a.notes, "the baseline of the run: "+err.Error())
	}
	return nil
}

// verdict judges the run once more. How it was ended nobody can tell better than its own end. Of a run without loadtest failures fail it, as Locust itself has it.
func (a *again) verdict(run *analysis.Run, f *analysis.Findings, files results.Files) {
	early, ours := a.facts.Early, a.facts.Began > 0
	if ours && a.facts.Ended == 0 {
		died := verdictOf(fault.Died, "loadtest itself did not come to the end of the run")
		early = &died
	}
	if a.own {
		threshold.Mark(f.Checks, conclusion.Hopeless(a.facts, a.options.Checks))
	}
	if early != nil && (a.own || early.Word == wordOf(fault.Died)) {
		f.Verdict = *early
		return
	}
	users := run.Info.Users
	for _, n := range statistics.Finite(run.Users.Values) {
		users = max(users, int(n))
	}
	result := summary.Counts(summary.Run{Users: users}, files).Result(nil, a.facts.LocustCode)
	if early != nil {
		result.Remarks = append(result.Remarks, early.Line)
	}
	if !ours && result.Failures+result.Exceptions > 0 {
		result.LocustCode = 1
	}
	f.Verdict = judge(result, f, a.options.Checks)
}
