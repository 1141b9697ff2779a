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
	Name     string
	Run      *analysis.Run
	Findings analysis.Findings
}

// Options are what is asked of a comparison.
type Options struct {
	// Effect is the relative difference that counts, 0.05 for 5 %; DefaultEffect if it is 0.
	Effect float64
}

// A Result is what a comparison found.
type Result struct {
	Schema int      `json:"schema"`
	Effect float64  `json:"effect"`
	Base   []string `json:"base"`
	New    []string `json:"new"`
	// Method says in words where the intervals come from.
	Method Method `json:"method"`
	// Differences are what makes the runs hard to compare: they were not of the same load, or not on the same machine.
	Differences []Difference `json:"differences"`
	// Outcome is that of all rows: Worse if any is; else Better if any is; else Same if all rows of all requests are; else CannotTell.
	Outcome Outcome `json:"outcome"`
	// Rows are of all requests, then of resources, then of endpoints.
	Rows []Row `json:"rows"`
	// Notes are what the reader should know beside the numbers, a line each.
	Notes []string `json:"notes,omitempty"`
}

// A Method is how the intervals were made.
type Method struct {
	// Unit is Runs, FewRuns or Seconds.
	Unit Unit `json:"unit"`
	// Confidence is that of the intervals.
	Confidence float64 `json:"confidence"`
	Text       string  `json:"text"`
}

// A Unit is what varies by chance in a comparison.
type Unit string

// The units.
const (
	Runs    Unit = "runs"     // three runs or more on each side
	FewRuns Unit = "few runs" // two on a side, and not one on the other
	Seconds Unit = "seconds"  // one run on a side
)

// An Outcome is what can be said of a row.
type Outcome string

// The outcomes.
const (
	Worse      Outcome = "worse"
	Better     Outcome = "better"
	Same       Outcome = "no difference"
	CannotTell Outcome = "cannot tell"
)

// A Row is one number of one endpoint, of all requests, or of a resource. What is not known is nil.
type Row struct {
	Kind    Kind   `json:"kind"`
	Type    string `json:"type,omitempty"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
	Unit    string `json:"unit"`
	// Base and New are the numbers: of the only run, or the median of several.
	Base *float64 `json:"base"`
	New  *float64 `json:"new"`
	// Change is New over Base less 1, with its interval: 0.2 is 20 % more. Of a ratio of failures it is New less Base.
	Change  *analysis.Interval `json:"change"`
	Outcome Outcome            `json:"outcome"`
	// Word is the outcome as people say it of this measure: "slower", "fewer", "no difference larger than 5 %".
	Word string `json:"word"`
	// P is the chance of such a difference if the true one were no larger than the effect, corrected by Holm for the number of endpoints; nil where it is not known.
	P *float64 `json:"p"`
	// Why says why it cannot be told.
	Why string `json:"why,omitempty"`
}

// A Kind is what a row is of.
type Kind string

// The kinds of rows.
const (
	All      Kind = "all requests"
	Resource Kind = "resource"
	Endpoint Kind = "endpoint"
)

// Of compares two sets of runs. There has to be one on each side.
func Of(base, next []Run, options Options) Result {
	effect := options.Effect
	if effect == 0 {
		effect = DefaultEffect
	}
	r := Result{Schema: Schema, Effect: effect, Base: names(base), New: names(next), Differences: differences(base, next)}
	r.Method = methodOf(base, next)
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
