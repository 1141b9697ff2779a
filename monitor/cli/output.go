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

// An output is where the rows go.
type output struct {
	to   io.Writer
	file *os.File // nil for standard output
	more bool     // the file is continued
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

// start writes the header, or finds the end of the file that is continued. It returns a time that no row in the file is
// after: the next millisecond after the last one, since a Timestamp is cut to milliseconds.
func (o output) start(columns []string) (*resource.Writer, time.Time, error) {
	if !o.more || o.file == nil {
		w, err := resource.NewWriter(o.to, columns)
		return w, time.Time{}, err
	}
	w, last, err := resource.Append(o.file, columns)
	return w, time.UnixMilli(int64(math.Round(last.Timestamp*1000)) + 1), err
}

func (o output) close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}
