package summary

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gregaria/internal/locustweb"
)

// Totals are the Aggregated row of Locust's _stats.csv: all requests of a run.
type Totals struct {
	Requests, Failures int
	// RPS is in requests a second, over the whole run.
	RPS float64
	// Percentiles are response times in milliseconds by Locust's names for them, as Locust wrote them: "50%", "95%",
	// "100%". It is empty if there was no request.
	Percentiles map[string]string

	// Entries are all rows, the Aggregated one last.
	Entries []Entry

	// row is the line itself, to compare with another.
	row []string
}

// ErrNoTotals says that a _stats.csv has no Aggregated row: the master did not get to write it.
var ErrNoTotals = errors.New("no Aggregated row")

// Equal reports whether both are the same line of Locust's.
func (t Totals) Equal(other Totals) bool { return slices.Equal(t.row, other.row) }

// ParseTotals reads a _stats.csv.
func ParseTotals(data []byte) (Totals, error) {
	lines := csv.NewReader(bytes.NewReader(data))
	lines.FieldsPerRecord = -1 // a master that was killed may leave half a line
	header, err := lines.Read()
	if err != nil {
		return Totals{}, fmt.Errorf("header of Locust's statistics: %w", ErrNoTotals)
	}
	name := slices.Index(header, "Name")
	var entries []Entry
	totals, failed := Totals{}, ErrNoTotals
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return totals, failed
		}
		if err != nil {
			return Totals{}, fmt.Errorf("parse Locust's statistics: %w", err)
		}
		if name < 0 || len(row) != len(header) {
			continue
		}
		entry := Entry{header, row}
		entries = append(entries, entry)
		if row[name] == locustweb.Aggregated && entry.cell("Type") == "" { // the last: a request may be called so, too
			totals, failed = parseRow(header, row)
			totals.Entries = entries
		}
	}
}

// An Entry is one row of a _stats.csv: the requests of one method and name, or all.
type Entry struct{ header, row []string }

// cell is the entry's cell in a column, "" where Locust has no such column.
func (e Entry) cell(column string) string {
	if i := slices.Index(e.header, column); i >= 0 {
		return e.row[i]
	}
	return ""
}

// parseRow reads the Aggregated row. Columns are found by name: Locust has added some over time.
func parseRow(header, row []string) (Totals, error) {
	cells := make(map[string]string, len(header))
	for i, column := range header {
		cells[column] = row[i]
	}
	requests, badRequests := strconv.Atoi(cells["Request Count"])
	failures, badFailures := strconv.Atoi(cells["Failure Count"])
	rps, badRate := strconv.ParseFloat(cells["Requests/s"], 64)
	if err := errors.Join(badRequests, badFailures, badRate); err != nil {
		return Totals{}, fmt.Errorf("parse Locust's Aggregated row: %w", err)
	}
	totals := Totals{Requests: requests, Failures: failures, RPS: rps, Percentiles: map[string]string{}, row: row}
	for _, column := range header {
		if strings.HasSuffix(column, "%") && cells[column] != "N/A" {
			totals.Percentiles[column] = cells[column]
		}
	}
	return totals, nil
}
