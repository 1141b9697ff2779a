package report

import (
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// endpoints are the table of requests. A column that no row has a value for is not there.
type endpoints struct {
	Columns []string
	Rows    []endpoint
	Left    int
}

// An endpoint is a row. Cells are those of Columns.
type endpoint struct {
	Name                route
	Count, Failed, Rate string
	Cells               []string
	All                 bool
}

// mostEndpoints is how many rows the page has at most: the CSV has all.
const mostEndpoints = 500

func (m *maker) endpoints() *endpoints {
	rows := m.f.Endpoints
	if len(rows) == 0 {
		return nil
	}
	t := &endpoints{}
	columns := columnsOf(rows)
	for _, c := range columns {
		t.Columns = append(t.Columns, c.title)
	}
	for i := range rows {
		e := &rows[i]
		all := e.Type == "" && e.Name == timing.Aggregated
		if i >= mostEndpoints && !all {
			t.Left++
			continue
		}
		row := endpoint{Name: request(e.Type, e.Name), Count: count(e.Requests), Rate: number(e.RequestsPerSecond), All: all}
		if all {
			row.Name = "all requests"
		}
		if e.Failures > 0 {
			row.Failed = count(e.Failures)
		}
		for _, c := range columns {
			row.Cells = append(row.Cells, known(c.value(e)))
		}
		t.Rows = append(t.Rows, row)
	}
	m.source(source{What: "table of endpoints", File: m.run.Info.Files["stats"], Column: "Request Count ... 99%", Rule: "Locust's own, of the whole run, times in ms"})
	m.source(source{What: "as scheduled, wait, first event", File: m.run.Info.Files["timings"], Column: "Scheduled, Wait, First_Event", Rule: "percentiles of the merged histograms of all seconds, in ms"})
	return t
}

// A column of the table of endpoints: its title, and what of a row stands in it.
type column struct {
	title string
	value func(*analysis.Endpoint) *float64
}

// columnsOf are the columns that some row has a value for.
func columnsOf(rows []analysis.Endpoint) []column {
	var there []column
	for _, c := range []column{
		{"p50", func(e *analysis.Endpoint) *float64 { return e.Median }},
		{"p95", func(e *analysis.Endpoint) *float64 { return e.P95 }},
		{"p99", func(e *analysis.Endpoint) *float64 { return e.P99 }},
		{"max", func(e *analysis.Endpoint) *float64 { return e.Max }},
		{"p95 steady", func(e *analysis.Endpoint) *float64 { return e.SteadyP95 }},
		{"p95 as scheduled", func(e *analysis.Endpoint) *float64 { return e.ScheduledP95 }},
		{"p95 wait", func(e *analysis.Endpoint) *float64 { return e.WaitP95 }},
		{"p95 first event", func(e *analysis.Endpoint) *float64 { return e.FirstEventP95 }},
	} {
		for i := range rows {
			if c.value(&rows[i]) != nil {
				there = append(there, c)
				break
			}
		}
	}
	return there
}

// A failure is a kind of failed requests.
type failure struct {
	Name                route
	Error, Count, First string
}

// mostFailures is how many kinds the page has at most: the CSV has all.
const mostFailures = 40

func (m *maker) failures() (shown []failure, left int) {
	for i, f := range m.f.Failures {
		if i == mostFailures {
			return shown, len(m.f.Failures) - i
		}
		n := failure{Name: request(f.Type, f.Name), Error: shorten(f.Error, errorLength), Count: count(f.Count)}
		if f.First > 0 {
			n.First = m.at.time(f.First)
		}
		shown = append(shown, n)
	}
	return shown, 0
}

// An exception is what tasks raised; its traceback is folded away.
type exception struct{ Message, Traceback, Count string }

func exceptions(f *analysis.Findings) []exception {
	var all []exception
	for _, e := range f.Exceptions {
		all = append(all, exception{shorten(e.Message, errorLength), shorten(e.Traceback, traceLength), count(e.Count)})
	}
	return all
}

// growths are the table of what may leak. Still are those that never moved, in words; LeftBehind and Stayed say that a row has something in that column.
type growths struct {
	Rows               []growth
	Still              []string
	LeftBehind, Stayed bool
}

// A growth is a row of it. Needed is how long a load would decide.
type growth struct{ What, Outcome, Class, Why, Needed, Slope, Interval, LeftBehind, Levels, Stayed string }

func (m *maker) growth() *growths {
	if len(m.f.Growth) == 0 {
		return nil
	}
	t := &growths{}
	for _, g := range m.f.Growth {
		what := shorten(g.What, nameLength)
		m.source(source{What: "growth: " + what, File: g.File, Column: g.Column, Seconds: m.at.seconds(g.From, g.To), Rule: "Theil-Sen slope of what it falls to, with the 95 % interval of its block bootstrap"})
		if g.Outcome != analysis.Leak && g.First == g.Last && g.Slope == (analysis.Interval{}) {
			level := decimals(g.Last, 1)
			if !strings.Contains(what, g.Unit) { // "threads (5 threads)" says it twice
				level = with(level, g.Unit)
			}
			t.Still = append(t.Still, what+" ("+level+")")
			continue
		}
		row := growth{
			What: what, Outcome: string(g.Outcome), Class: "warn", Why: shorten(g.Why, errorLength),
			Slope: with(signed(g.Slope.Value), g.Unit), Interval: number(g.Slope.Low) + " to " + number(g.Slope.High),
			LeftBehind: shorten(m.run.LeftBehind(g), nameLength),
			Levels:     decimals(g.First, 1) + " → " + with(decimals(g.Last, 1), g.Unit),
		}
		switch g.Outcome {
		case analysis.Leak:
			row.Class = "bad"
		case analysis.NoLeak:
			row.Class = "good"
		}
		if g.Needed > 0 {
			row.Needed = span(float64(g.Needed)) + " would decide"
		}
		if g.Stayed != nil {
			row.Stayed, t.Stayed = with(decimals(100**g.Stayed, 0), "%"), true
		}
		t.LeftBehind = t.LeftBehind || row.LeftBehind != ""
		t.Rows = append(t.Rows, row)
	}
	return t
}
