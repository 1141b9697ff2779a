package timing

import (
	"errors"
	"slices"

	"gregaria/internal/cells"
)

// ErrHeader is a file that does not begin as a timings.csv does.
var ErrHeader = errors.New("its first line is not that of a timings.csv")

// A Reader goes through the rows of a timings.csv, which may be of an older release, without columns that were added since, or of a newer one. A last row
// without its newline is left out: the master was killed.
type Reader struct {
	columns []string
	lines   *cells.Reader
	row     [][]byte
	second  int64
	damaged int
}

// Readers reads the header, and cuts the rows into about n parts that goroutines of their own can go through, each of them in order.
func Readers(data []byte, n int) ([]*Reader, error) {
	lines := cells.NewReader(data)
	header, ok := lines.Next()
	if !ok {
		return nil, ErrHeader
	}
	var columns []string
	for _, cell := range header {
		columns = append(columns, string(cell))
	}
	for _, needed := range []string{Timestamp, Type, Name, Requests, Failures} {
		if !slices.Contains(columns, needed) {
			return nil, ErrHeader
		}
	}
	var readers []*Reader
	for _, part := range cells.Parts(lines.Rest(), n) {
		readers = append(readers, &Reader{columns: columns, lines: cells.NewReader(part)})
	}
	return readers, nil
}

// Place is that of a column in each row, -1 where the file has none.
func (r *Reader) Place(column string) int { return slices.Index(r.columns, column) }

// Next goes to the next row, and reports whether there is one. What is no row of this file is skipped, and counted.
func (r *Reader) Next() bool {
	at := r.Place(Timestamp)
	for {
		row, ok := r.lines.Next()
		if !ok {
			return false
		}
		if len(row) == len(r.columns) {
			if r.second, ok = cells.Whole(row[at]); ok {
				r.row = row
				return true
			}
		}
		r.damaged++
	}
}

// Damaged is how many lines were skipped.
func (r *Reader) Damaged() int { return r.damaged }

// Second is the Timestamp of the row.
func (r *Reader) Second() int64 { return r.second }

// Cell is the text at a place; none at -1. It is good until the next row.
func (r *Reader) Cell(place int) []byte {
	if place < 0 {
		return nil
	}
	return r.row[place]
}

// Number is the number at a place, NaN where there is none.
func (r *Reader) Number(place int) float64 { return cells.Float(r.Cell(place)) }
