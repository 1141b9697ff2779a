package resource

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Lines makes the lines of a metrics CSV, for whoever writes them in a way of their own: the header, and each row. It is not
// safe for concurrent use.
type Lines struct {
	columns int
	order   []int // the place in a row's cells of each column of the file behind Timestamp; -1 is Time
	names   []string
	header  []byte
	keys    [][]byte // of a row as JSON, see json.go
	line    []byte   // of the row that was made last: its room is used again
}

// NewLines is for rows whose cells are named by columns, in the order of the cells; the file has them in an order of its own,
// see arrange.
func NewLines(columns []string) (*Lines, error) {
	l := &Lines{columns: len(columns), order: arrange(columns)}
	l.names = header(columns, l.order)
	if err := checkColumns(l.names); err != nil {
		return nil, err
	}
	var line bytes.Buffer
	out := csv.NewWriter(&line)
	_ = out.Write(l.names) // a Buffer takes everything
	out.Flush()
	l.header = line.Bytes()
	l.keys = keys(l.names)
	return l, nil
}

// Columns names the columns of the file in their order, Timestamp first.
func (l *Lines) Columns() []string { return slices.Clone(l.names) }

// Header is the first line of the file.
func (l *Lines) Header() []byte { return bytes.Clone(l.header) }

// Row is the line of a row: one cell for each column. Timestamps are kept to the millisecond. The bytes are good until the
// next Row.
func (l *Lines) Row(at time.Time, cells []Cell) ([]byte, error) {
	if len(cells) != l.columns {
		return nil, fmt.Errorf("row of %d cells under %d columns", len(cells), l.columns)
	}
	line := appendTimestamp(l.line[:0], at)
	for _, i := range l.order {
		line = append(line, ',')
		if i == timePlace {
			line = appendTime(line, at)
		} else {
			line = cells[i].append(line)
		}
	}
	l.line = append(line, '\n')
	return l.line, nil
}

// appendTimestamp is epoch seconds, without a fraction where there is none: Locust's history has whole seconds.
func appendTimestamp(to []byte, at time.Time) []byte {
	ms := at.UnixMilli()
	to = strconv.AppendInt(to, ms/1000, 10)
	return appendFraction(to, at)
}

// appendTime is the same moment in the form of ISO 8601, in UTC: 2026-11-29T23:06:56Z.
func appendTime(to []byte, at time.Time) []byte {
	to = at.UTC().AppendFormat(to, "2006-01-02T15:04:05")
	return append(appendFraction(to, at), 'Z')
}

// appendFraction is the milliseconds of a second with their point, or nothing where there are none.
func appendFraction(to []byte, at time.Time) []byte {
	ms := at.UnixMilli() % 1000
	if ms == 0 {
		return to
	}
	start := len(to)
	to = append(to, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	return append(to[:start], trim(to[start:])...)
}

// header names the columns of the file, in its order.
func header(columns []string, order []int) []string {
	names := []string{Timestamp}
	for _, i := range order {
		if i == timePlace {
			names = append(names, Time)
		} else {
			names = append(names, columns[i])
		}
	}
	return names
}
