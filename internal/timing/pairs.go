package timing

import (
	"bytes"

	"gregaria/internal/cells"
)

// Pairs goes through a cell of numbers and counts, as histograms and Statuses have them: "96.25:3 101:1". It reports whether all of the cell is so: what comes behind
// something else is left out.
func Pairs(cell []byte, each func(number float64, count int64)) bool {
	for len(cell) > 0 {
		pair := cell
		if end := bytes.IndexByte(cell, ' '); end >= 0 {
			pair, cell = cell[:end], cell[end+1:]
		} else {
			cell = nil
		}
		colon := bytes.IndexByte(pair, ':')
		if colon < 0 {
			return false
		}
		number := cells.Float(pair[:colon])
		count, ok := cells.Whole(pair[colon+1:])
		if !ok || !(number >= 0) { // or it is NaN
			return false
		}
		each(number, count)
	}
	return true
}
