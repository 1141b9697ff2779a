package terminal_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/terminal"
)

// recorded is a file that stock Locust 2.47.0 wrote, or what its console said at the end of the same run.
func recorded(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "summary", "testdata", "stock", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// stock is that run.
func stock(t *testing.T) (*analysis.Run, *analysis.Findings) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(recorded(t, "stats.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	run, f := &analysis.Run{}, &analysis.Findings{}
	for _, row := range rows[1:] {
		cell := func(column string) string { return row[slices.Index(rows[0], column)] }
		number := func(column string) float64 {
			x, err := strconv.ParseFloat(cell(column), 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		stats := analysis.Stats{Percentiles: map[string]float64{}}
		for _, column := range rows[0] {
			if strings.HasSuffix(column, "%") {
				stats.Percentiles[column] = number(column)
			}
		}
		f.Endpoints = append(f.Endpoints, analysis.Endpoint{
			Type: cell("Type"), Name: cell("Name"), Requests: int(number("Request Count")), Failures: int(number("Failure Count")), RequestsPerSecond: number("Requests/s"),
			Average: new(number("Average Response Time")), Min: new(number("Min Response Time")), Median: new(number("50%")), P95: new(number("95%")), P99: new(number("99%")),
			Max: new(number("Max Response Time")),
		})
		run.Endpoints = append(run.Endpoints, analysis.Load{Type: cell("Type"), Name: cell("Name"), Stats: stats})
		run.Total.Stats = stats // the last
	}
	rows, err = csv.NewReader(bytes.NewReader(recorded(t, "failures.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		n, _ := strconv.Atoi(row[3])
		f.Failures = append(f.Failures, analysis.Failure{Type: row[0], Name: row[1], Error: row[2], Count: n})
	}
	return run, f
}

// TestAllThatStockPrints looks for each cell of Locust's console in our rows of the same endpoint, and for each of its errors. Other than Locust's is what
// stands for 100 %, which Locust rounds to two digits: ours has the longest time itself, as "max". A short time has more digits here.
func TestAllThatStockPrints(t *testing.T) {
	t.Parallel()
	run, f := stock(t)
	ours := map[string][]string{}
	for line := range strings.Lines(terminal.Text(run, f, terminal.Options{})) {
		cells := strings.Fields(strings.NewReplacer(" (", "(").Replace(line))
		for _, e := range f.Endpoints {
			if strings.HasPrefix(strings.Join(cells, " "), strings.TrimSpace(e.Type+" "+e.Name)+" ") {
				ours[e.Name] = append(ours[e.Name], cells...)
			}
		}
	}
	looked := 0
	for line := range strings.Lines(string(recorded(t, "console.txt"))) {
		line = strings.ReplaceAll(line, "|", " ")
		for _, e := range f.Endpoints {
			rest, found := strings.CutPrefix(strings.Join(strings.Fields(line), " "), strings.TrimSpace(e.Type+" "+e.Name)+" ")
			if !found {
				continue
			}
			cells := strings.Fields(rest)
			if len(cells) == 12 { // percentiles
				cells = slices.Delete(cells, 10, 11)
			}
			for _, cell := range cells {
				looked++
				known := slices.ContainsFunc(ours[e.Name], func(our string) bool {
					return our == cell || cell == "0(0.00%)" && our == "0" || len(our) > len(cell) && strings.HasPrefix(our, cell+".")
				})
				if !known {
					t.Errorf("Locust prints %s of %q, and ours has %q", cell, e.Name, ours[e.Name])
				}
			}
		}
	}
	if want := 4 * (8 + 11); looked != want {
		t.Errorf("looked for %d numbers of Locust's console, want %d", looked, want)
	}
	for _, want := range []string{
		"33  GET /nothing: HTTPError('404 Client Error: Not Found for url: /nothing')\n",
		`21  POST a name that is much longer than a terminal would like to have in one line, with spaces: 'the answer has no story id, and\nthis text has two lines'` + "\n",
	} {
		if !strings.Contains(terminal.Text(run, f, terminal.Options{}), want) {
			t.Errorf("there is no line %q", want)
		}
	}
}
