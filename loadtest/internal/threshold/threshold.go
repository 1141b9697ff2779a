// Package threshold parses and evaluates checks, such as 'POST /api/v1/story: p99 < 2s': the limits that a run has to keep. docs/checks.md has the
// grammar and all names.
//
// Names, units and mistakes are found before a run, by Parse, ReadFile and Hosts. What a run alone can tell, such as which endpoints there are, is told
// by Evaluate: a check that cannot be evaluated is NotEvaluated, which counts as failed, and says why.
package threshold

import "strings"

// A Check is a limit for one measured value.
type Check struct {
	// Text is the check as its author wrote it. Title is what its author calls it, "" for Text.
	Text, Title string
	// Endpoint is the request that is meant, "POST /api/v1/story" or "/api/v1/story"; "" for all.
	Endpoint string
	// Measure is what is measured, Op how it has to compare with Limit.
	Measure Measure
	Op      Operator
	Limit   Quantity
	// Over is the part of the run that counts.
	Over Window
	// Abort says that a run in which the check can no longer pass need not go on.
	Abort bool
}

// An Operator compares what was measured with the limit.
type Operator string

// The operators.
const (
	Below   Operator = "<"
	AtMost  Operator = "<="
	Above   Operator = ">"
	AtLeast Operator = ">="
)

// Holds reports whether a value keeps a limit.
func (o Operator) Holds(value, limit float64) bool {
	switch o {
	case Below:
		return value < limit
	case AtMost:
		return value <= limit
	case Above:
		return value > limit
	default:
		return value >= limit
	}
}

// upper says that values are to be small.
func (o Operator) upper() bool { return o == Below || o == AtMost }

// A Window is the part of a run that a check looks at.
type Window string

// The windows.
const (
	// Steady is the steady phase, or all of them; what was cut as warm-up is in none.
	Steady Window = "steady"
	// All is the whole load, from its begin until its last request.
	All Window = "all"
)

// String is the check in the one way in which it is written: what Parse makes of it is the same check.
func (c Check) String() string {
	var b strings.Builder
	if c.Endpoint != "" {
		b.WriteString(c.Endpoint + ": ")
	}
	b.WriteString(c.Measure.String() + " " + string(c.Op) + " " + c.Limit.String())
	if c.Over != c.Measure.window() {
		b.WriteString(" over " + string(c.Over))
	}
	return b.String()
}

// name is what a check is called in results.
func (c Check) name() string {
	if c.Title != "" {
		return c.Title + ": " + c.Text
	}
	return c.Text
}

// Speak reports whether any of the checks speaks of all requests that failed, and whether any speaks of exceptions: what verdict.Result wants to know.
func Speak(checks []Check) (ofFailures, ofExceptions bool) {
	for _, c := range checks {
		ofFailures = ofFailures || c.ofFailures()
		ofExceptions = ofExceptions || c.ofExceptions()
	}
	return ofFailures, ofExceptions
}

// ofFailures reports whether the check speaks of all requests that failed, so that they are its affair and not that of the verdict.
func (c Check) ofFailures() bool {
	return c.Endpoint == "" && c.Measure.Kind == "" && (c.Measure.Name == failRatio || c.Measure.Name == failures)
}

// ofExceptions reports whether the check speaks of the exceptions that tasks raised.
func (c Check) ofExceptions() bool { return c.Measure.Name == exceptions }
