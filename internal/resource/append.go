package resource

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// ErrColumns means that a file cannot be continued with other columns than it has.
var ErrColumns = errors.New("a row has other columns now")

// Continue prepares the metrics CSV in file, which is open for reading and writing and is not empty, for more of these lines. It
// returns its last row (a zero Row if it has none). A file with other columns is refused, and so is one that is no metrics
// CSV. Half a row at the end, which a monitor that was killed may have left, is cut off.
func (l *Lines) Continue(file *os.File) (Row, error) {
	info, err := file.Stat()
	if err != nil {
		return Row{}, err
	}
	if err := sameColumns(file, l.names); err != nil {
		return Row{}, err
	}
	if err := cutHalfRow(file, info.Size()); err != nil {
		return Row{}, err
	}
	last, _, err := lastRow(file)
	return last, err
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
		return fmt.Errorf("%w: %s; name another file", ErrColumns, difference(have, want))
	}
	return nil
}

// maxNamed is how many columns a message names: of a GPU that has gone there are dozens.
const maxNamed = 8

// difference says in what the columns of a file differ from those of a row, and names only these.
func difference(have, want []string) string {
	var parts []string
	if more := without(have, want); len(more) > 0 {
		parts = append(parts, "only the file has "+enumerate(more))
	}
	if more := without(want, have); len(more) > 0 {
		parts = append(parts, "only a row has "+enumerate(more))
	}
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	for i := range want { // the same names, so the same number of them
		if have[i] != want[i] {
			return fmt.Sprintf("they are in another order from the file's column %d on, %s instead of %s", i+1, have[i], want[i])
		}
	}
	return "they are the same"
}

// without returns the names that others has not.
func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(others, name) })
}

func enumerate(names []string) string {
	if more := len(names) - maxNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNamed], ", "), more)
	}
	return strings.Join(names, ", ")
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
