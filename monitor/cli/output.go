package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/monitor/internal/recorder"
)

// standardOutput is the name that means standard output.
const standardOutput = "-"

// An output takes the rows, and is closed even when Begin fails. Begin takes the names of their cells and returns a time that
// every row has to be after.
type output interface {
	Begin(columns []string) (after time.Time, err error)
	Write(at time.Time, cells []resource.Cell) error
	Close() error
}

var (
	_ output = (*recorder.File)(nil)
	_ output = (*recorder.Stream)(nil)
)

// open opens what --output names, unless --no-csv says that there is to be no file.
func (f flags) open(ctx context.Context, stdout io.Writer, note func(string)) (output, error) {
	switch {
	case f.NoCSV:
		return nothing{}, nil
	case f.Output == standardOutput:
		return recorder.NewStream(stdout, ctx.Done()), nil
	}
	info, err := os.Stat(f.Output)
	if err != nil || info.Mode().IsRegular() || info.IsDir() {
		return recorder.Open(f.Output, f.Append, note)
	}
	file, err := os.OpenFile(f.Output, os.O_WRONLY, 0) // a named pipe, a terminal
	if err != nil {
		return nil, fmt.Errorf("%w; give a file in a folder that is there and may be written", err)
	}
	return device{recorder.NewStream(file, ctx.Done()), file}, nil
}

// nothing is the output of --no-csv.
type nothing struct{}

func (nothing) Begin([]string) (time.Time, error)      { return time.Time{}, nil }
func (nothing) Write(time.Time, []resource.Cell) error { return nil }
func (nothing) Close() error                           { return nil }

// A device is a Stream to a file that is none on a disk.
type device struct {
	*recorder.Stream

	file *os.File
}

func (d device) Close() error { return errors.Join(d.Stream.Close(), d.file.Close()) }

// outputCode tells a wrong file name, which another name or flag puts right, from a file that cannot be written.
func outputCode(err error) int {
	for _, wrong := range []error{recorder.ErrExists, recorder.ErrInUse, resource.ErrColumns, service.ErrExists, service.ErrOther} {
		if errors.Is(err, wrong) && !errors.Is(err, recorder.ErrLost) {
			return exitcode.Usage
		}
	}
	return exitcode.Output
}
