package service

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"gregaria/internal/cells"
)

// ErrHeader is a file that does not begin as a service.csv does.
var ErrHeader = fmt.Errorf("the first line is not %s: this is not what a server says of itself", Header)

// A Reader goes through the rows of a file in memory. A last row without its newline is left out: it is still being written.
type Reader struct {
	lines     *cells.Reader
	row       [][]byte
	timestamp float64
	value     float64
	damaged   int
	first     error // what is wrong with the first damaged line
}

// NewReader reads the header. A file without a line has no rows.
func NewReader(data []byte) (*Reader, error) {
	r := &Reader{lines: cells.NewReader(data)}
	header, ok := r.lines.Next()
	if !ok {
		return r, nil
	}
	var names []string
	for _, cell := range header {
		names = append(names, string(cell))
	}
	if strings.Join(names, ",") != Header {
		return nil, ErrHeader
	}
	return r, nil
}

// Next goes to the next row, and reports whether there is one. What is no row is skipped, and counted.
func (r *Reader) Next() bool {
	for {
		row, ok := r.lines.Next()
		if !ok {
			return false
		}
		err := r.parse(row)
		if err == nil {
			return true
		}
		if r.damaged++; r.first == nil {
			r.first = fmt.Errorf("line %d: %w", r.lines.Line(), err)
		}
	}
}

// parse takes a line, or says why it is no row.
func (r *Reader) parse(row [][]byte) error {
	if len(row) != strings.Count(Header, ",")+1 {
		return errors.New("wrong number of fields")
	}
	r.row, r.timestamp, r.value = row, cells.Float(row[0]), cells.Float(row[5])
	switch kind := string(row[4]); {
	case math.IsNaN(r.timestamp):
		return fmt.Errorf("timestamp: %q is no number", row[0])
	case math.IsNaN(r.value):
		return fmt.Errorf("value: %q is no number", row[5])
	case kind != string(Gauge) && kind != string(Rate):
		return fmt.Errorf("%q is no kind of row", kind)
	}
	return nil
}

// Damaged is how many lines were skipped.
func (r *Reader) Damaged() int { return r.damaged }

// Timestamp is that of the row, in epoch seconds.
func (r *Reader) Timestamp() float64 { return r.timestamp }

// Value is that of the row.
func (r *Reader) Value() float64 { return r.value }

// Names are what tells the row's series from others: target, name and labels. They are good until the next row.
func (r *Reader) Names() (target, series, labels []byte) { return r.row[1], r.row[2], r.row[3] }

// Kind is that of the row.
func (r *Reader) Kind() Kind {
	if string(r.row[4]) == string(Rate) {
		return Rate
	}
	return Gauge
}

// Row is the row, to keep.
func (r *Reader) Row() Row {
	return Row{Timestamp: r.timestamp, Target: string(r.row[1]), Series: string(r.row[2]), Labels: string(r.row[3]), Kind: r.Kind(), Value: r.value}
}

// Read returns all rows of the file, in its order. Where lines are damaged, Read returns the others, and an error that
// names the first.
func Read(r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read what the server says: %w", err)
	}
	return Parse(data)
}

// Parse is Read on bytes.
func Parse(data []byte) ([]Row, error) {
	r, err := NewReader(data)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for r.Next() {
		rows = append(rows, r.Row())
	}
	return rows, r.first
}
