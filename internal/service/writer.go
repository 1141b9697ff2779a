package service

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// ErrExists means that the file holds something already, ErrOther that what it holds is something else.
var (
	ErrExists = errors.New("the file is not empty; name another, or continue it with --append")
	ErrOther  = errors.New("the file has other columns; name another")
)

// A Writer writes the file. The rows of one call are one write(2), and what a full disk took of them it gives back: a row is in the
// file or it is not. It is not safe for concurrent use.
type Writer struct {
	file  *os.File
	lines []byte // of the rows that were written last: its room is used again
}

// Create opens the file at path, and begins it. A file that is not empty is continued where more is true, and otherwise refused.
func Create(path string, more bool) (*Writer, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	w := &Writer{file: file}
	if err := w.begin(more); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

func (w *Writer) begin(more bool) error {
	info, err := w.file.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular() || info.Size() == 0:
		return w.put([]byte(Header + "\n"))
	case !more:
		return ErrExists
	}
	head := make([]byte, len(Header)+1)
	if _, err := w.file.ReadAt(head, 0); err != nil || string(head) != Header+"\n" {
		return ErrOther
	}
	return w.cutHalfLine(info.Size())
}

// cutHalfLine removes what stands behind the last newline of a file of size bytes: what a monitor that was killed, or its disk,
// left of a row.
func (w *Writer) cutHalfLine(size int64) error {
	const step = 4 << 10
	for end := size; end > 0; end -= min(end, step) {
		piece := make([]byte, min(end, step))
		if _, err := w.file.ReadAt(piece, end-int64(len(piece))); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if newline := bytes.LastIndexByte(piece, '\n'); newline >= 0 {
			whole := end - int64(len(piece)) + int64(newline) + 1
			if whole == size {
				return nil
			}
			return w.file.Truncate(whole)
		}
	}
	return nil
}

// Write adds rows that were read at the tick.
func (w *Writer) Write(at time.Time, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	w.lines = w.lines[:0]
	for _, row := range rows {
		w.lines = row.Append(w.lines, at)
	}
	return w.put(w.lines)
}

// put writes lines, all or none.
func (w *Writer) put(lines []byte) error {
	n, err := w.file.Write(lines)
	if err == nil || n == 0 {
		return err
	}
	info, stat := w.file.Stat()
	if stat != nil {
		return errors.Join(err, stat)
	}
	if cut := w.file.Truncate(info.Size() - int64(n)); cut != nil {
		return fmt.Errorf("%w; cut off half a row: %w", err, cut)
	}
	return err
}

// Close closes the file.
func (w *Writer) Close() error { return w.file.Close() }

// Append adds the line of the row to a buffer. The tick is at, to the millisecond, as in the metrics CSV.
func (r Row) Append(to []byte, at time.Time) []byte {
	ms := at.UnixMilli()
	to = strconv.AppendInt(to, ms/1000, 10)
	if ms %= 1000; ms != 0 {
		to = append(to, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
		to = bytes.TrimRight(to, "0")
	}
	for _, text := range []string{r.Target, r.Series, r.Labels, string(r.Kind)} {
		to = appendText(append(to, ','), text)
	}
	to = append(to, ',')
	return append(appendValue(to, r.Value), '\n')
}

// appendText adds a cell, in quotes where it has what separates cells or lines in it (RFC 4180).
func appendText(to []byte, text string) []byte {
	if !strings.ContainsAny(text, ",\"\r\n") {
		return append(to, text...)
	}
	to = append(to, '"')
	for i := range len(text) {
		if text[i] == '"' {
			to = append(to, '"')
		}
		to = append(to, text[i])
	}
	return append(to, '"')
}
