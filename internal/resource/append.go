package resource

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
)

// ErrColumns means that a file cannot be continued with other columns than it has.
var ErrColumns = errors.New("a row has other columns now")

// Append continues the metrics CSV in file, which is open for reading and appending, and returns its last row as well (a
// zero Row if it has none). An empty file gets a header. A file with other columns is refused, and so is one that is no
// metrics CSV. Half a row at the end, which a full disk may have left, is cut off.
func Append(file *os.File, columns []string) (*Writer, Row, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, Row{}, err
	}
	if info.Size() == 0 {
		w, err := NewWriter(file, columns)
		return w, Row{}, err
	}
	w := newWriter(file, columns)
	if err := sameColumns(file, header(columns, w.order)); err != nil {
		return nil, Row{}, err
	}
	if err := cutHalfRow(file, info.Size()); err != nil {
		return nil, Row{}, err
	}
	last, _, err := lastRow(file)
	return w, last, err
}

// sameColumns compares the header of file with want.
func sameColumns(file *os.File, want []string) error {
	head, err := readHeader(file)
	if err != nil {
		return err
	}
	have, err := csv.NewReader(bytes.NewReader(head)).Read()
	if err != nil || checkColumns(have) != nil {
		return fmt.Errorf("%w: the file is no metrics CSV; name another", ErrColumns)
	}
	if !slices.Equal(have, want) {
		return fmt.Errorf("%w: the file has %q, a row has %q; name another file", ErrColumns, have, want)
	}
	return nil
}

// cutHalfRow removes what stands behind the last newline of a file of size bytes.
func cutHalfRow(file *os.File, size int64) error {
	start := max(0, size-tailLimit)
	tail := make([]byte, size-start)
	if _, err := file.ReadAt(tail, start); err != nil {
		return err
	}
	end := start + int64(len(complete(tail)))
	if end == start || end == size {
		return nil
	}
	return file.Truncate(end)
}
