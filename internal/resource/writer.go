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
}

// NewWriter starts a new file: it writes the header, Timestamp and then the columns.
func NewWriter(to io.Writer, columns []string) (*Writer, error) {
	header := header(columns)
	if err := checkColumns(header); err != nil {
		return nil, err
	}
	w := &Writer{to: to, columns: len(columns)}
	return w, w.line(header)
}

// Write adds a row: one cell for each column. Timestamps are kept to the millisecond.
func (w *Writer) Write(at time.Time, cells []Cell) error {
	if len(cells) != w.columns {
		return fmt.Errorf("row of %d cells under %d columns", len(cells), w.columns)
	}
	fields := []string{timestamp(at)}
	for _, cell := range cells {
		fields = append(fields, cell.String())
	}
	return w.line(fields)
}

func (w *Writer) line(fields []string) error {
	var line bytes.Buffer
	out := csv.NewWriter(&line)
	_ = out.Write(fields) // a Buffer takes everything
	out.Flush()
	_, err := w.to.Write(line.Bytes())
	return err
}

// timestamp is epoch seconds, without a fraction where there is none: Locust's history has whole seconds.
func timestamp(at time.Time) string {
	ms := at.UnixMilli()
	return string(trim(fmt.Appendf(nil, "%s.%03d", strconv.FormatInt(ms/1000, 10), ms%1000)))
}

func header(columns []string) []string { return append([]string{Timestamp}, columns...) }
