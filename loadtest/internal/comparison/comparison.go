// Package comparison says in what two sets of runs of the same load test differ, and in what they do not: each difference with an interval, and a word only where the
// interval allows it. docs/compare.md has its rules.
package comparison

import (
	"gregaria/loadtest/internal/analysis"
)

// Schema is the version of Result as JSON.
const Schema = 1

// DefaultEffect is the difference below which nobody minds: 5 %.
const DefaultEffect = 0.05

// A Run is one run: what was measured, what it means, and where it lies.
type Run struct {
	Name string
	// File is one of its files, by which it is found again.
	File     string
	Run      *analysis.Run
	Findings analysis.Findings
}

// Options are what is asked of a comparison.
type Options struct {
	// Effect is the relative difference that counts, 0.05 for 5 %; DefaultEffect if it is 0.
	Effect float64
	// Strict leaves runs alone that were not of the same load, or not on the same machine: the result is NotCompared then, and has no rows.
	Strict bool
}

type (
	// A Result is what a comparison found. Its types are those of package analysis, since findings carry one.
	Result = analysis.Comparison
	// A Row is one number of it.
	Row = analysis.Compared
	// A Method is how its intervals were made.
	Method = analysis.Method
	// A Unit is what varies by chance.
	Unit = analysis.Unit
	// An Outcome is what can be said of a row, and of all.
	Outcome = analysis.Outcome
	// A Kind is what a row is of.
	Kind = analysis.ComparedKind
	// A Difference is something in which runs have to agree to be compared, and do not.
	Difference = analysis.Difference
)

// The outcomes, what varies by chance, and the kinds of rows.
const (
	Worse       = analysis.Worse
	Better      = analysis.Better
	Same        = analysis.Same
	CannotTell  = analysis.CannotTell
	NotCompared = analysis.NotCompared

	Runs    = analysis.OfRuns
	FewRuns = analysis.OfFewRuns
	Seconds = analysis.OfSeconds

	All      = analysis.AllRequests
	Resource = analysis.ResourceRow
	Endpoint = analysis.EndpointRow
)

// Of compares two sets of runs. There has to be one on each side.
func Of(base, next []Run, options Options) Result {
	effect := options.Effect
	if effect == 0 {
		effect = DefaultEffect
	}
	r := Result{Schema: Schema, Effect: effect, Base: names(base), New: names(next), Differences: differences(base, next)}
	r.Method = methodOf(base, next)
	if len(r.Differences) > 0 && options.Strict {
		r.Outcome, r.Rows = NotCompared, []Row{}
		return r
	}
	c := comparer{base: sampleOf(base), next: sampleOf(next), effect: effect, method: r.Method}
	c.base.draw, c.next.draw = 1, 2
	for _, m := range c.measures() {
		r.Rows = append(r.Rows, c.row(m))
	}
	c.correct(r.Rows)
	r.Outcome = overall(r.Rows)
	r.Notes = c.notes(base, next)
	return r
}

func names(runs []Run) []string {
	all := make([]string, 0, len(runs))
	for _, r := range runs {
		all = append(all, r.Name)
	}
	return all
}

// overall is the outcome of all rows.
func overall(rows []Row) Outcome {
	better, same := false, false
	open := false
	for _, row := range rows {
		switch {
		case row.Outcome == Worse:
			return Worse
		case row.Outcome == Better:
			better = true
		case row.Kind == All && row.Outcome == Same:
			same = true
		case row.Kind == All:
			open = true
		}
	}
	switch {
	case better:
		return Better
	case same && !open:
		return Same
	}
	return CannotTell
}
