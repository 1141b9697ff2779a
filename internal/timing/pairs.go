package timing

import (
	"bytes"

	"gregaria/internal/cells"
)

// Pairs goes through a cell of numbers and counts, as histograms and Statuses have them: "96.25:3 101:1". It reports whether all of the cell is so: what comes behind
// something else is left out.
func Pairs(cell []byte, each func(number float64, count int64)) bool {
	for len(cell) > 0 {
		if number, count, n := cells.Pair(cell); n > 0 && (n == len(cell) || cell[n] == ' ') {
			each(number, count)
			cell = cell[min(n+1, len(cell)):]
			continue
		}
		pair, rest, _ := bytes.Cut(cell, []byte{' '})
		before, behind, _ := bytes.Cut(pair, []byte{':'})
		number := cells.Float(before)
		count, ok := cells.Whole(behind)
		if !ok || !(number >= 0) { // or it is NaN
			return false
		}
		each(number, count)
		cell = rest
	}
	return true
}
