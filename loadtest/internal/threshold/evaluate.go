package threshold

import (
	"fmt"
	"math"

	"gregaria/loadtest/internal/analysis"
)

// Evaluate compares a run with its checks, in their order. Findings have the phases and the growth of the run; bases are the earlier runs that limits may be
// relative to.
func Evaluate(checks []Check, run *analysis.Run, f *analysis.Findings, bases ...Base) []analysis.Check {
	results := make([]analysis.Check, 0, len(checks))
	for _, check := range checks {
		results = append(results, check.evaluate(run, f, bases))
	}
	return results
}

// Unread is what becomes of the checks of a run whose files cannot be read.
func Unread(checks []Check, err error) []analysis.Check {
	results := make([]analysis.Check, 0, len(checks))
	for _, c := range checks {
		limit := c.Limit.Number
		results = append(results, analysis.Check{
			Text: c.name(), Limit: &limit, Unit: c.Limit.Unit, Outcome: analysis.NotEvaluated, Measured: "nothing", Why: "the run cannot be read: " + err.Error(),
		})
	}
	return results
}

// A reading is what was measured for a check.
type reading struct {
	// value is in the base of the measure's dimension. beside is what a reader wants to know with it, such as "1203 requests".
	value  float64
	beside string
	// count is of how many requests it is, where that matters.
	count int64
	// why says what is to be minded, or why there is no value: then missing.
	why     string
	missing bool
	// evidence has no value yet.
	evidence []analysis.Evidence
}

// absent is the reading of what was not measured.
func absent(format string, args ...any) reading {
	return reading{missing: true, why: fmt.Sprintf(format, args...)}
}

// evaluate compares a run with one check.
func (c Check) evaluate(run *analysis.Run, f *analysis.Findings, bases []Base) analysis.Check {
	d := c.Measure.dimension(c.Limit.Unit)
	if c.Limit.Baseline {
		c.Limit.Unit = d.natural()
	}
	factor, _ := d.factor(c.Limit.Unit)
	result := analysis.Check{Text: c.name(), Unit: c.Limit.Unit, Outcome: analysis.NotEvaluated, Measured: "nothing"}
	limit, words, why := c.against(bases)
	if why != "" {
		result.Why = why
		return result
	}
	written := c.Limit.Number
	if c.Limit.Baseline {
		written = limit / factor
	}
	result.Limit = &written
	r := c.read(run, f)
	result.Why = r.why
	if r.missing || math.IsNaN(r.value) || math.IsInf(r.value, 0) {
		result.Evidence = c.evidence(r, nil)
		return result
	}
	value := r.value / factor
	result.Value = &value
	result.Measured = d.shown(r.value, c.Limit.Unit)
	if r.beside != "" {
		result.Measured += ", " + r.beside
	}
	if words != "" {
		result.Measured += "; " + words
	}
	result.Outcome = analysis.Failed
	if c.Op.Holds(r.value, limit) {
		result.Outcome = analysis.Passed
	}
	result.Evidence = c.evidence(r, &value)
	return result
}

// read measures.
func (c Check) read(run *analysis.Run, f *analysis.Findings) reading {
	if c.Measure.Name == exceptions {
		return raised(run)
	}
	p, why := partOf(c.Over, run, f)
	switch {
	case why != "":
		return absent("%s", why)
	case c.Measure.Slope:
		return c.slope(run, f)
	case c.Measure.ofRequests():
		return c.ofLoad(run, p)
	case c.Measure.ofSeries():
		return c.ofServices(run, p)
	}
	return c.ofHost(run, p)
}

// raised counts the exceptions of the whole test.
func raised(run *analysis.Run) reading {
	n := 0
	for _, e := range run.Exceptions {
		n += e.Count
	}
	return reading{
		value: float64(n), beside: fmt.Sprintf("of %d kinds", len(run.Exceptions)),
		evidence: []analysis.Evidence{{File: run.Info.Files["exceptions"], Column: "Count", From: run.Began, To: run.Ended, Rule: "sum of the column: Locust has no times of exceptions"}},
	}
}

// evidence puts the value into what says where it is from.
func (c Check) evidence(r reading, value *float64) []analysis.Evidence {
	for i := range r.evidence {
		r.evidence[i].Value, r.evidence[i].Unit = math.NaN(), c.Limit.Unit
		if value != nil {
			r.evidence[i].Value = *value
		}
	}
	if value == nil {
		return nil // Evidence has a value
	}
	return r.evidence
}
