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
	return write(w, "compare.html", comparisonPage(base, next, c, o))
}

// A Spread is how far runs are apart, as a table: a row for each run, and some of all of them.
type Spread struct {
	Header []string
	Rows   [][]string
}

// WriteRuns writes the page of the runs of one test, in the same way.
func WriteRuns(w io.Writer, runs []comparison.Run, v analysis.Verdict, spread Spread, o Options) error {
	m, p := overlaid(nil, runs, o)
	p.Headline, p.Pill = v.Line, verdict(v)
	p.Sub = []string{plural(len(runs), "run") + " of one test", first(runs).Info.Host}
	p.Beside = "A line for each run; the legend has the median of them. Time counts from the start of the load; phases and marks are those of the first run."
	p.Spread = &spread
	return write(w, "compare.html", m.finish(p))
}

// first are the findings of the first run.
func first(runs []comparison.Run) *analysis.Findings { return &runs[0].Findings }

func comparisonPage(base, next []comparison.Run, c *analysis.Comparison, o Options) *page {
	m, p := overlaid(base, next, o)
	p.Headline, p.Pill = comparison.Headline(c), outcome(c.Outcome)
	p.Sub = []string{"base: " + comparison.Names(c.Base), "new: " + comparison.Names(c.New)}
	p.Compared = comparedOf(c, "What differs from")
	p.Beside = "Dashed: the base. Time counts from the start of the load; phases and marks are those of the new run."
	if len(next) > 1 {
		p.Beside = "Dashed: the base. A line for each run; the legend has the median of them. Time counts from the start of the load; phases and marks are those of the first new run."
	}
	return m.finish(p)
}

// overlaid begins a page of runs on one time axis.
func overlaid(base, next []comparison.Run, o Options) (*maker, *page) {
	location := o.Location
	if location == nil {
		location = time.Local
	}
	run, f := next[0].Run, first(next)
	m := &maker{run: run, f: f, at: clock{location: location, zero: run.Began}, axis: newAxis(run)}
	m.beside(next[1:], false)
	m.beside(base, true)
	for _, o := range m.others { // as long as the longest
		m.axis.n = max(m.axis.n, o.run.Seconds-int(o.run.Began-o.run.Start)+int(m.run.Began-m.axis.start))
	}
	side := "new"
	if len(base) == 0 {
		side = ""
	}
	return m, &page{By: by(f.Info), Runs: append(rowsOf("base", base, location), rowsOf(side, next, location)...)}
}

// finish draws the charts of a page that has its words.
func (m *maker) finish(p *page) *page {
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
