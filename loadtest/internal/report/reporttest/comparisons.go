package reporttest

import (
	"fmt"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/comparison"
)

// A Comparison is two sets of runs, what differs, and a name for it.
type Comparison struct {
	Name      string
	Base, New []comparison.Run
	Result    comparison.Result
}

// Comparisons are the samples, each made anew.
func Comparisons() []Comparison {
	slower := analysistest.Model{Service: 78, LeakMB: 0.01}
	return []Comparison{
		compared("slower", one(1, analysistest.Model{}), one(2, slower), ""),
		compared("the-same", one(1, analysistest.Model{}), one(2, analysistest.Model{}), ""),
		compared("three-each", several(3, analysistest.Model{}), several(30, slower), ""),
		compared("hard", one(1, analysistest.Model{}), one(2, analysistest.Model{Users: 70, Steady: 240, FailFrom: 60}), `</script><b onclick="x">`),
	}
}

// Compared is the comparison of a name.
func Compared(name string) Comparison {
	for _, c := range Comparisons() {
		if c.Name == name {
			return c
		}
	}
	panic("there is no comparison " + name)
}

func compared(name string, base, next []comparison.Run, note string) Comparison {
	c := Comparison{Name: name, Base: base, New: next, Result: comparison.Of(base, next, comparison.Options{})}
	if note != "" {
		c.Result.Notes = append(c.Result.Notes, note)
		c.Result.Base[0] += note
	}
	return c
}

func several(seed uint64, m analysistest.Model) (all []comparison.Run) {
	for i := range uint64(3) {
		all = append(all, one(seed+i, m)...)
	}
	return all
}

// one is a run of a model; what the model leaves open is that of 50 users for 3 minutes.
func one(seed uint64, m analysistest.Model) []comparison.Run {
	m.Seed, m.Ramp, m.Settle, m.Think, m.Endpoints, m.CPU, m.Servers = seed, 20, 10, 1000, 3, true, 8
	m.Users, m.Steady, m.Service = max(m.Users, 50), max(m.Steady, 160), max(m.Service, 60)
	run := m.Run()
	names(run, m.Users, 2.5, "GET /api/v1/stories", "GET /api/v1/story/{id}", "POST /api/v1/story")
	machine(run)
	return []comparison.Run{{Name: fmt.Sprintf("results/20261124_1400%02d", seed), Run: run, Findings: analysis.Of(run, analysis.Options{})}}
}
