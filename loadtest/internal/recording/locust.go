package recording

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/internal/cells"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// A table is one of Locust's CSVs with few lines.
type table struct {
	header []string
	rows   [][]string
}

// readTable reads one. A file that is not there has no rows.
func (r *reading) readTable(path string) (t table) {
	data, err := os.ReadFile(path)
	if err != nil {
		r.notef("%s was not read: %v", filepath.Base(path), reason(err))
		return t
	}
	lines := cells.NewReader(data)
	for {
		row, ok := lines.Next()
		if !ok {
			return t
		}
		texts := make([]string, len(row))
		for i, cell := range row {
			texts[i] = string(cell)
		}
		switch {
		case t.header == nil:
			t.header = texts
		case len(texts) == len(t.header):
			t.rows = append(t.rows, texts)
		}
	}
}

// cell is that of a column in a row, "" where Locust has no such column.
func (t table) cell(row []string, column string) string {
	if i := slices.Index(t.header, column); i >= 0 {
		return row[i]
	}
	return ""
}

// number is that in a column, 0 where there is none.
func (t table) number(row []string, column string) float64 {
	if v := cells.Float([]byte(t.cell(row, column))); v == v {
		return v
	}
	return 0
}

// readLocust reads Locust's CSVs of the whole run.
func (r *reading) readLocust() {
	r.readStats()
	failures := r.readTable(r.files.Failures())
	for _, row := range failures.rows {
		if n := int(failures.number(row, "Occurrences")); n > 0 {
			f := analysis.Failure{Type: failures.cell(row, "Method"), Name: failures.cell(row, "Name"), Error: failures.cell(row, "Error"), Count: n}
			if at, err := time.Parse(time.RFC3339, failures.cell(row, "First Seen")); err == nil { // as from Locust 2.46 on
				f.First = at.Unix()
			}
			r.run.Failures = append(r.run.Failures, f)
		}
	}
	slices.SortStableFunc(r.run.Failures, func(a, b analysis.Failure) int { return cmp.Compare(b.Count, a.Count) })
	exceptions := r.readTable(r.files.Exceptions())
	for _, row := range exceptions.rows {
		if n := int(exceptions.number(row, "Count")); n > 0 {
			r.run.Exceptions = append(r.run.Exceptions, analysis.Exception{Message: exceptions.cell(row, "Message"), Traceback: exceptions.cell(row, "Traceback"), Count: n})
		}
	}
	slices.SortStableFunc(r.run.Exceptions, func(a, b analysis.Exception) int { return cmp.Compare(b.Count, a.Count) })
}

// readStats reads the table of requests: the run's endpoints, until their seconds are read too.
func (r *reading) readStats() {
	t := r.readTable(r.files.Stats())
	for _, row := range t.rows {
		stats := analysis.Stats{
			Requests: int(t.number(row, "Request Count")), Failures: int(t.number(row, "Failure Count")),
			Average: t.number(row, "Average Response Time"), Min: t.number(row, "Min Response Time"), Max: t.number(row, "Max Response Time"), Median: t.number(row, "Median Response Time"),
			RequestsPerSecond: t.number(row, "Requests/s"), Percentiles: map[string]float64{},
		}
		for i, column := range t.header {
			if v := cells.Float([]byte(row[i])); strings.HasSuffix(column, "%") && v == v {
				stats.Percentiles[column] = v
			}
		}
		kind, name := t.cell(row, "Type"), t.cell(row, "Name")
		if kind == "" && name == timing.Aggregated { // the last row: a request may be called so, too
			r.run.Total.Stats = stats
			continue
		}
		r.run.Endpoints = append(r.run.Endpoints, analysis.Load{Type: kind, Name: name, Stats: stats})
	}
}
