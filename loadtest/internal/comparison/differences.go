package comparison

import (
	"fmt"
	"math"
	"strconv"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// durationsDiffer is the part by which durations may differ.
const durationsDiffer = 0.1

// differences are those between the first run of the base and any other run, once each. What is not known of one is no difference.
func differences(base, next []Run) []Difference {
	all := append(append([]Run(nil), base...), next...)
	found := []Difference{}
	for i, fact := range facts() {
		first := fact.of(all[0].Run)
		for _, other := range all[1:] {
			second := fact.of(other.Run)
			if first != "" && second != "" && first != second && (fact.near == nil || !fact.near(all[0].Run, other.Run)) {
				found = append(found, Difference{What: facts()[i].what, Base: first, New: second})
				break
			}
		}
	}
	return found
}

// Differences are those between two runs.
func Differences(base, next *analysis.Run) []Difference {
	return differences([]Run{{Run: base}}, []Run{{Run: next}})
}

// A fact is what is the same of runs that can be compared; near says that another value is as good.
type fact struct {
	what string
	of   func(run *analysis.Run) string
	near func(a, b *analysis.Run) bool
}

// facts are in the order in which they are said.
func facts() []fact {
	number := func(v float64) string {
		if v == 0 {
			return ""
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return []fact{
		{what: "locustfile", of: func(run *analysis.Run) string { return shortHash(run.Info.LocustfileSHA256) }},
		{what: "target", of: targetOf},
		{what: "users", of: func(run *analysis.Run) string { return number(float64(run.Info.Users)) }},
		{what: "steps", of: func(run *analysis.Run) string {
			if len(run.Info.Steps) == 0 {
				return ""
			}
			return fmt.Sprint(run.Info.Steps)
		}},
		{what: "users a second at the start", of: func(run *analysis.Run) string { return number(run.Info.SpawnRate) }},
		{what: "tasks a second", of: rateOf},
		{
			what: "seconds of load", of: func(run *analysis.Run) string { return number(float64(run.Ended - run.Began + 1)) },
			near: func(a, b *analysis.Run) bool {
				long, short := float64(a.Ended-a.Began+1), float64(b.Ended-b.Began+1)
				return math.Abs(long-short) <= durationsDiffer*max(long, short)
			},
		},
		{what: "cores", of: func(run *analysis.Run) string { return number(float64(run.Info.Cores)) }},
		{what: "CPU", of: func(run *analysis.Run) string { return run.Info.CPUModel }},
		{what: "workers in Python", of: pythonOf},
		{what: "Locust", of: func(run *analysis.Run) string { return run.Info.Locust }},
	}
}

// targetOf has a word for the demo, whose port is another one each time.
func targetOf(run *analysis.Run) string {
	if run.Info.Demo {
		return "the demo API"
	}
	return run.Info.Host
}

// rateOf has a word for no rate: a run with one cannot be compared to one without.
func rateOf(run *analysis.Run) string {
	if run.Info.Rate == 0 {
		return "as users come to it"
	}
	return strconv.FormatFloat(run.Info.Rate, 'f', -1, 64)
}

// pythonOf says whether a run's load was made by Python, whose own CPU is in its response times.
func pythonOf(run *analysis.Run) string {
	switch {
	case run.Info.PythonWorkers > 0:
		return "yes"
	case run.Info.Workers > 0:
		return "no"
	}
	return ""
}

func shortHash(hash string) string { return hash[:min(12, len(hash))] }

// notes are what makes numbers less than they seem.
func (c *comparer) notes(base, next []Run) (notes []string) {
	if c.base.whole || c.next.whole {
		notes = append(notes, "a run has no steady phase: all of its load is compared, ramp and warm-up too")
	}
	for _, r := range append(append([]Run(nil), base...), next...) {
		for _, f := range r.Findings.Findings {
			if f.Kind == analysis.KindGenerator && (f.Level == analysis.Bad || f.Level == analysis.Warn) {
				notes = append(notes, fmt.Sprintf("numbers of %s are suspect: %s", r.Name, f.Title))
			}
		}
	}
	return append(append(notes, onlyIn("base", base, next)...), onlyIn("new", next, base)...)
}

// onlyIn names endpoints that the other side has not.
func onlyIn(side string, here, there []Run) (notes []string) {
	for _, e := range here[0].Run.Endpoints {
		l := load{e.Type, e.Name}
		if !timing.Apart(e.Type) && (!everywhere(here, l) || !everywhere(there, l)) {
			notes = append(notes, fmt.Sprintf("%s is not in all runs, and in those of %s: it is not compared", timing.Called(e.Type, e.Name), side))
		}
	}
	return notes
}
