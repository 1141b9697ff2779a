// Package samples shows the newest rows over HTTP, to whoever collects them from many hosts, and the monitor's clock, so that
// they can be put on one time.
package samples

import (
	"math"
	"sync"
	"time"

	"gregaria/internal/resource"
)

const (
	// MaxRows and maxBytes bound what is kept: ten minutes at a row a second, and less where a row is very wide.
	MaxRows  = 600
	maxBytes = 2 << 20
	// part is how many rows are made into text at a time.
	part = 32
)

// A Ring keeps the newest rows. One goroutine calls Write, any may call the others.
type Ring struct {
	most int

	mu     sync.Mutex // guards what follows
	lines  *resource.Lines
	at     []time.Time // of the rows, as they lie in values
	values [][]float64 // NaN where a cell is empty: a quarter of what the text takes
	next   int         // the place of the next row, once all are taken
	row    []resource.Cell
}

// NewRing returns a Ring for rows with the given columns. It takes memory as rows come.
func NewRing(columns []string) (*Ring, error) {
	lines, err := resource.NewLines(columns)
	if err != nil {
		return nil, err
	}
	return &Ring{
		most: most(len(columns)), lines: lines, row: make([]resource.Cell, len(columns)),
	}, nil
}

// most is how many rows of so many columns are kept.
func most(columns int) int { return max(1, min(MaxRows, maxBytes/(8*max(1, columns)))) }

// Write keeps a copy of a row. It never fails.
func (r *Ring) Write(at time.Time, row []resource.Cell) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	place := len(r.at)
	if place < r.most {
		r.at = append(r.at, at)
		r.values = append(r.values, make([]float64, len(row)))
	} else {
		place = r.next
		r.at[place] = at
		r.next = (r.next + 1) % r.most
	}
	for i, cell := range row {
		r.values[place][i] = number(cell)
	}
	return nil
}

func number(cell resource.Cell) float64 {
	value, ok := cell.Value()
	if !ok {
		return math.NaN() // a Cell never is one
	}
	return value
}

// Since adds rows after a time to a buffer, the oldest first, each as a line of JSON: a part of them at a time, so that a row that comes
// meanwhile does not wait for all. last is the time of the last one that was added, and after itself where there was none.
func (r *Ring) Since(to []byte, after time.Time) (lines []byte, last time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last = after
	n := len(r.at)
	for i, added := 0, 0; i < n && added < part; i++ {
		place := (r.next + i) % n
		at := r.at[place]
		if at.UnixMilli() <= after.UnixMilli() { // a Timestamp has milliseconds
			continue
		}
		for j, value := range r.values[place] {
			r.row[j] = resource.Of(value)
		}
		to, last = r.lines.AppendJSON(to, at, r.row), at
		added++
	}
	return to, last
}

// Kept returns the times of the oldest and of the newest row that are kept; ok is false while there is none.
func (r *Ring) Kept() (oldest, newest time.Time, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.at)
	if n == 0 {
		return oldest, newest, false
	}
	return r.at[r.next%n], r.at[(r.next+n-1)%n], true
}

// Columns names the columns of the file in their order.
func (r *Ring) Columns() []string { return r.lines.Columns() }
