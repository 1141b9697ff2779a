package report

import (
	"fmt"
	"io"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// A comparedRun is a row of the table of runs.
type comparedRun struct{ Side, Name, When, Load, Requests, Rate, Failed, P50, P95 string }

// WriteComparison writes the page of two sets of runs: all on one time axis, which counts from the start of their load.
func WriteComparison(w io.Writer, base, next []comparison.Run, c *analysis.Comparison, o Options) error {
	p := comparisonPage(base, next, c, o)
	return write(w, "compare.html", p)
}

func comparisonPage(base, next []comparison.Run, c *analysis.Comparison, o Options) *page {
	location := o.Location
	if location == nil {
		location = time.Local
	}
	first := &next[0]
	m := &maker{run: first.Run, f: &first.Findings, at: clock{location: location, zero: first.Run.Began}, axis: newAxis(first.Run)}
	m.beside(next[1:], false)
	m.beside(base, true)
	for _, o := range m.others { // as long as the longest
		m.axis.n = max(m.axis.n, o.run.Seconds-int(o.run.Began-o.run.Start)+int(m.run.Began-m.axis.start))
	}
	p := &page{
		Headline: comparison.Headline(c), Pill: outcome(c.Outcome), By: by(first.Findings.Info),
		Sub:      []string{"base: " + comparison.Names(c.Base), "new: " + comparison.Names(c.New)},
		Compared: comparedOf(c, "What differs from"),
		Beside:   "Dashed: the base. Time counts from the start of the load; phases and marks are those of the new run.",
		Runs:     append(rowsOf("base", base, location), rowsOf("new", next, location)...),
	}
	if len(next) > 1 {
		p.Beside = "Dashed: the base. A line for each run; the legend has the median of them. Time counts from the start of the load; phases and marks are those of the first new run."
	}
	p.Title = p.Pill.Word + ": " + p.Headline
	m.charts(p)
	p.Data = m.data.json(m.axis, m.at)
	p.Resolution = m.data.resolution(m.axis)
	p.Sources = m.used
	return p
}

// outcome is what a comparison comes to, as a word in its colour.
func outcome(o analysis.Outcome) pill {
	return pill{string(o), map[analysis.Outcome]string{analysis.Worse: "bad", analysis.Better: "good", analysis.Same: "good"}[o]}
}

// rowsOf are the runs of a side as a table has them.
func rowsOf(side string, runs []comparison.Run, location *time.Location) (rows []comparedRun) {
	for i := range runs {
		m := &maker{run: runs[i].Run, f: &runs[i].Findings, at: clock{location: location}}
		row := comparedRun{
			Side: side, Name: shorten(runs[i].Name, nameLength), When: m.at.from(m.f.Began, m.f.Ended),
			Load: fmt.Sprintf("%s, %s", plural(m.f.Info.Users, "user"), span(float64(m.f.Ended-m.f.Began+1))),
		}
		if all := m.all(); all != nil {
			row.Requests, row.Rate, row.Failed, row.P50, row.P95 = count(all.Requests), number(all.RequestsPerSecond), count(all.Failures), known(all.Median), known(all.P95)
		}
		rows = append(rows, row)
	}
	return rows
}
