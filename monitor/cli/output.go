package cli

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"gregaria/internal/resource"
)

// standardOutput is the name that means standard output.
const standardOutput = "-"

// errExists means that the output file holds something already.
var errExists = errors.New("the file is not empty; name another, or continue it with --append")

// An output is the file that the rows go to.
type output struct {
	to   io.Writer // nil for --no-csv
	file *os.File  // nil for standard output
	more bool      // the file is continued
}

// open opens what --output names, unless --no-csv says that there is to be no file.
func (f flags) open(stdout io.Writer) (output, error) {
	if f.NoCSV {
		return output{}, nil
	}
	return openOutput(f.Output, f.Append, stdout)
}

// openOutput opens the file at path for appending, so that a row cannot overwrite anything. Unless the file is to be
// continued it has to be new or empty: a measurement that took hours is not lost to a command from the shell's history.
func openOutput(path string, more bool, stdout io.Writer) (output, error) {
	if path == standardOutput {
		return output{to: stdout}, nil
	}
	mode := os.O_WRONLY
	if more {
		mode = os.O_RDWR // the columns and the last row are read
	}
	file, err := os.OpenFile(path, mode|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return output{}, fmt.Errorf("%w; give a file in a folder that is there and may be written", err)
	}
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() && info.Size() > 0 && !more {
		err = errExists
	}
	if err != nil {
		return output{}, errors.Join(err, file.Close())
	}
	return output{to: file, file: file, more: more}, nil
}

// start writes the header, or finds the end of the file that is continued. It returns what takes the rows, and a time that
// no row in the file is after: the next millisecond after the last one, since a Timestamp is cut to milliseconds.
func (o output) start(columns []string) (write sink, after time.Time, err error) {
	switch {
	case o.to == nil:
		return func(time.Time, []resource.Cell) error { return nil }, time.Time{}, nil
	case !o.more || o.file == nil:
		w, err := resource.NewWriter(o.to, columns)
		return w.Write, time.Time{}, err
	default:
		w, last, err := resource.Append(o.file, columns)
		return w.Write, time.UnixMilli(int64(math.Round(last.Timestamp*1000)) + 1), err
	}
}

func (o output) close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}
