package resource

import (
	"fmt"
	"math"
	"slices"
)

// maxTimestamp bounds the Timestamps that are believed, in seconds (the year 33658): below it milliseconds are exact in
// a float64, and a file in milliseconds or nanoseconds is refused instead of joining nothing.
const maxTimestamp = 1e12

// A Row is one line of a metrics CSV: what the monitor read at one tick.
type Row struct {
	// Timestamp is when the row was taken, in epoch seconds. It has a fraction where the monitor's interval has one.
	Timestamp float64

	columns []string // of the whole file, shared by its rows: never changed
	cells   []Cell   // one for each column; that of Timestamp is filled too
}

// Second returns the whole epoch second that the row falls in: the key that joins it with the Timestamp column of
// Locust's stats_history.csv.
func (r Row) Second() int64 { return int64(math.Floor(r.Timestamp)) }

// Value returns the row's value in the named column. It returns false, never a made-up 0, where the cell is empty, where
// it holds no number, and where the file has no such column.
func (r Row) Value(column string) (float64, bool) {
	i := slices.Index(r.columns, column)
	if i < 0 {
		return 0, false
	}
	return r.cells[i].Value()
}

// Text returns the word in the named column. It returns false where the cell is empty, where it holds a number, and where the
// file has no such column.
func (r Row) Text(column string) (string, bool) {
	i := slices.Index(r.columns, column)
	if i < 0 {
		return "", false
	}
	return r.cells[i].Text()
}

// Columns returns the columns of the row's file in their order, Timestamp first.
func (r Row) Columns() []string { return slices.Clone(r.columns) }

// parseRow makes the Row of one line's fields.
func parseRow(columns, fields []string) (Row, error) {
	if len(fields) != len(columns) {
		return Row{}, fmt.Errorf("%d cells under %d columns", len(fields), len(columns))
	}
	row := Row{columns: columns, cells: make([]Cell, len(fields))}
	for i, field := range fields {
		row.cells[i] = parseCell(field)
	}
	at, ok := row.cells[0].Value()
	if !ok || at < 0 || at >= maxTimestamp {
		return Row{}, fmt.Errorf("%s %q is not a time in epoch seconds", Timestamp, fields[0])
	}
	row.Timestamp = at
	return row, nil
}

// checkColumns says what is wrong with a header.
func checkColumns(columns []string) error {
	if slices.Index(columns, Timestamp) != 0 {
		return fmt.Errorf("the first column is not %s: this is no metrics CSV", Timestamp)
	}
	for i, column := range columns {
		if slices.Contains(columns[:i], column) {
			return fmt.Errorf("column %q is there twice", column)
		}
	}
	return nil
}
