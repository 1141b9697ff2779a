package repeat

import (
	"fmt"
	"path/filepath"

	"gregaria/loadtest/internal/comparison"
)

// A Table has a row for each run, then one of the medians and one of how far the runs are apart.
type Table struct {
	Header []string
	// Rows are as long as Header. The last Sums of them are of all runs.
	Rows [][]string
	Sums int
}

// Table shows all requests and resources, of the steady phase; endpoints are in the JSON.
func (t *Test) Table() Table {
	var shown []comparison.Spread
	for _, s := range comparison.SpreadOf(t.counted()) {
		if s.Kind != comparison.Endpoint {
			shown = append(shown, s)
		}
	}
	table := Table{Header: []string{"run"}}
	for i := range shown {
		table.Header = append(table.Header, title(&shown[i]))
	}
	table.Header = append(table.Header, "")
	counted := 0
	for n, r := range t.Runs {
		row := []string{fmt.Sprintf("%d  %s", n+1, filepath.Base(r.Name))}
		counts := r.Complete && r.Run.Run != nil
		for i := range shown {
			text := ""
			if counts {
				text = shown[i].Cell(shown[i].Values[counted])
			}
			row = append(row, text)
		}
		if counts {
			counted++
		}
		table.Rows = append(table.Rows, append(row, r.Verdict.Word))
	}
	if counted > 1 {
		median, spread := []string{"median"}, []string{"spread"}
		for i := range shown {
			median, spread = append(median, shown[i].Cell(shown[i].Median)), append(spread, shown[i].Apart())
		}
		table.Rows, table.Sums = append(table.Rows, append(median, ""), append(spread, "")), 2
	}
	return table
}

// title names a column: a resource by what it is of where the measure does not say it.
func title(s *comparison.Spread) string {
	if s.Kind == comparison.Resource && (s.Measure == "used" || s.Measure == "load" || s.Measure == "CPU percent") {
		return s.Name + ", " + s.Measure
	}
	return s.Measure
}
