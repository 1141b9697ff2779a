package resource

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"
)

// A Writer writes a metrics CSV. Each row is one Write on the destination, made before Write returns: on a file that is
// one write(2), so a reader sees no half row and a monitor that is killed loses none. It is not safe for concurrent use.
type Writer struct {
	to      io.Writer
	columns int
	order   []int  // the place in a row's cells of each column of the file behind Timestamp; -1 is Time
	line    []byte // of the row that was written last: its room is used again
}

// NewWriter starts a new file: it writes the header. columns names the cells of a row in the order of the cells; the file has
// them in an order of its own, see arrange.
func NewWriter(to io.Writer, columns []string) (*Writer, error) {
	w := newWriter(to, columns)
	header := header(columns, w.order)
	if err := checkColumns(header); err != nil {
		return nil, err
	}
	var line bytes.Buffer
	out := csv.NewWriter(&line)
	_ = out.Write(header) // a Buffer takes everything
	out.Flush()
	_, err := to.Write(line.Bytes())
	return w, err
}

func newWriter(to io.Writer, columns []string) *Writer {
	return &Writer{to: to, columns: len(columns), order: arrange(columns)}
}

// Write adds a row: one cell for each column. Timestamps are kept to the millisecond.
func (w *Writer) Write(at time.Time, cells []Cell) error {
	if len(cells) != w.columns {
		return fmt.Errorf("row of %d cells under %d columns", len(cells), w.columns)
	}
	line := appendTimestamp(w.line[:0], at)
	for _, i := range w.order {
		line = append(line, ',')
		if i == timePlace {
			line = appendTime(line, at)
		} else {
			line = cells[i].append(line)
		}
	}
	w.line = append(line, '\n')
	_, err := w.to.Write(w.line)
	return err
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
