package summary

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"gregaria/internal/locustweb"
)

// Totals are the Aggregated row of Locust's _stats.csv: all requests of a run.
type Totals struct {
	Requests, Failures int

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
	name, kind := slices.Index(header, "Name"), slices.Index(header, "Type")
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
		if row[name] == locustweb.Aggregated && (kind < 0 || row[kind] == "") { // the last: a request may be called so, too
			totals, failed = parseRow(header, row)
		}
	}
}

// parseRow reads the Aggregated row. Columns are found by name: Locust has added some over time.
func parseRow(header, row []string) (Totals, error) {
	cells := make(map[string]string, len(header))
	for i, column := range header {
		cells[column] = row[i]
	}
	requests, badRequests := strconv.Atoi(cells["Request Count"])
	failures, badFailures := strconv.Atoi(cells["Failure Count"])
	if err := errors.Join(badRequests, badFailures); err != nil {
		return Totals{}, fmt.Errorf("parse Locust's Aggregated row: %w", err)
	}
	return Totals{Requests: requests, Failures: failures, row: row}, nil
}
