package resource

import (
	"io"
	"time"
)

// A Writer writes a metrics CSV. Each row is one Write on the destination, made before Write returns: on a file that is
// one write(2), so a reader sees no half row and a monitor that is killed loses none. It is not safe for concurrent use.
type Writer struct {
	to    io.Writer
	lines *Lines
}

// NewWriter starts a new file: it writes the header. columns names the cells of a row in the order of the cells; the file has
// them in an order of its own, see arrange.
func NewWriter(to io.Writer, columns []string) (*Writer, error) {
	lines, err := NewLines(columns)
	if err != nil {
		return nil, err
	}
	_, err = to.Write(lines.Header())
	return &Writer{to, lines}, err
}

// Write adds a row: one cell for each column. Timestamps are kept to the millisecond.
func (w *Writer) Write(at time.Time, cells []Cell) error {
	line, err := w.lines.Row(at, cells)
	if err != nil {
		return err
	}
	_, err = w.to.Write(line)
	return err
}
