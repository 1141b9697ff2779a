package terminal

import (
	"fmt"
	"math"
	"strconv"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// A column is a number of an endpoint. Metric is what checks call it.
type column struct {
	title, metric string
	text          func(e *analysis.Endpoint) string
}

// mainColumns are the ones that a person wants to see first. Those of the timings are there where an endpoint has them.
func mainColumns(endpoints []analysis.Endpoint) []column {
	columns := []column{
		{"# reqs", "requests", func(e *analysis.Endpoint) string { return strconv.Itoa(e.Requests) }},
		{"# fails", "fail_ratio", failed},
		{"median", "p50", func(e *analysis.Endpoint) string { return milliseconds(e.Median) }},
		{"p95", "p95", func(e *analysis.Endpoint) string { return milliseconds(e.P95) }},
		{"p99", "p99", func(e *analysis.Endpoint) string { return milliseconds(e.P99) }},
		{"max", "max", func(e *analysis.Endpoint) string { return milliseconds(e.Max) }},
		{"req/s", "rps", func(e *analysis.Endpoint) string { return fmt.Sprintf("%.2f", e.RequestsPerSecond) }},
	}
	for _, c := range []column{
		{"wait p95", "wait p95", func(e *analysis.Endpoint) string { return milliseconds(e.WaitP95) }},
		{"first event p95", "first_event p95", func(e *analysis.Endpoint) string { return milliseconds(e.FirstEventP95) }},
		{"as scheduled p95", "scheduled p95", func(e *analysis.Endpoint) string { return milliseconds(e.ScheduledP95) }},
	} {
		for i := range endpoints {
			if c.text(&endpoints[i]) != "" {
				columns = append(columns, c)
				break
			}
		}
	}
	return columns
}

// requests is the table of endpoints, all requests last.
func requests(f *analysis.Findings, o Options) string {
	if len(f.Endpoints) == 0 {
		return ""
	}
	columns := mainColumns(f.Endpoints)
	missed := missedBy(f.Checks)
	t := table{left: 2, header: []string{"Type", "Name"}, sums: 1}
	for _, c := range columns {
		t.header = append(t.header, c.title)
	}
	for i := range f.Endpoints {
		e := &f.Endpoints[i]
		row := named(e.Type, e.Name)
		for _, c := range columns {
			shown := cell{text: c.text(e)}
			if missed(e, c.metric) || c.metric == "fail_ratio" && e.Failures > 0 {
				shown.paint = red
			}
			row = append(row, shown)
		}
		t.rows = append(t.rows, row)
	}
	return t.shown(o)
}

// percentiles are the rest of what Locust prints of an endpoint (print_stats and print_percentile_stats in its stats.py): nothing that stands above.
func percentiles(run *analysis.Run, f *analysis.Findings, o Options) string {
	others := []string{"66%", "75%", "80%", "90%", "98%", "99.9%", "99.99%"}
	t := table{left: 2, header: []string{"Type", "Name", "fails/s", "avg", "min"}, sums: 1}
	t.header = append(t.header, others...)
	for i := range f.Endpoints {
		e := &f.Endpoints[i]
		if e.Requests == 0 {
			continue
		}
		stats := statsOf(run, e)
		row := append(named(e.Type, e.Name),
			cell{text: fmt.Sprintf("%.2f", e.RequestsPerSecond*float64(e.Failures)/float64(e.Requests))}, cell{text: milliseconds(e.Average)}, cell{text: milliseconds(e.Min)})
		for _, name := range others {
			text := ""
			if ms, known := stats.Percentiles[name]; known {
				text = milliseconds(&ms)
			}
			row = append(row, cell{text: text})
		}
		t.rows = append(t.rows, row)
	}
	if len(t.rows) == 0 {
		return ""
	}
	return t.without().shown(o)
}

// statsOf is Locust's row of an endpoint, empty without a run.
func statsOf(run *analysis.Run, e *analysis.Endpoint) analysis.Stats {
	if run == nil {
		return analysis.Stats{}
	}
	if isTotal(e) {
		return run.Total.Stats
	}
	for i := range run.Endpoints {
		if l := &run.Endpoints[i]; l.Type == e.Type && l.Name == e.Name {
			return l.Stats
		}
	}
	return analysis.Stats{}
}

// named begins a row.
func named(kind, name string) []cell {
	return []cell{{text: glyph.Clean(kind)}, {text: glyph.Clean(name)}}
}

// failed is the count of failures with its share.
func failed(e *analysis.Endpoint) string {
	if e.Failures == 0 {
		return "0"
	}
	return fmt.Sprintf("%d (%.2f%%)", e.Failures, 100*float64(e.Failures)/float64(max(1, e.Requests)))
}

// milliseconds is a time as Locust prints it, cut to a whole number, with a digit or two more where it is short; "" for one that is not known.
func milliseconds(ms *float64) string {
	if ms == nil || math.IsNaN(*ms) || math.IsInf(*ms, 0) {
		return ""
	}
	digits := 0
	switch whole := *ms == math.Trunc(*ms); {
	case whole || *ms >= 10:
	case *ms >= 1:
		digits = 1
	default:
		digits = 2
	}
	scale := math.Pow10(digits)
	return strconv.FormatFloat(math.Trunc(*ms*scale)/scale, 'f', digits, 64)
}

// without leaves out the columns in which nothing stands.
func (t table) without() table {
	kept := table{left: t.left, sums: t.sums, rows: make([][]cell, len(t.rows))}
	for i, title := range t.header {
		empty := i >= t.left
		for _, row := range t.rows {
			empty = empty && row[i].text == ""
		}
		if empty {
			continue
		}
		kept.header = append(kept.header, title)
		for n, row := range t.rows {
			kept.rows[n] = append(kept.rows[n], row[i])
		}
	}
	return kept
}
