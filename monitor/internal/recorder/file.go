package recorder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"gregaria/internal/filelock"
	"gregaria/internal/resource"
)

// A handle is what a File needs of an open file.
type handle interface {
	io.WriteCloser
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
}

var _ handle = (*os.File)(nil)

// A File is a metrics CSV that grows. It is used by one goroutine.
type File struct {
	path string
	more bool // a file that is there is continued
	note func(string)

	open    *os.File    // what Open found, until Begin
	handle  handle      // nil while there is no file: it is to be made anew
	is      fs.FileInfo // of the handle, to know it again
	size    int64       // of the file's whole lines, when it was seen last
	lines   *resource.Lines
	headed  bool // the file has its header
	half    int  // bytes of a piece of a row behind the whole lines, which could not be cut off
	waiting rows
	written int       // rows that are in the file
	last    time.Time // the newest of them
	trouble time.Time // since when the disk takes no rows; zero while it does
	remade  error     // what became of the first file; nil while that is there
}

// Open opens the file at path, which has to be new or empty unless more says that it is continued: a measurement that took
// hours is not lost to a command from the shell's history. It is opened for appending, so that a row cannot overwrite
// anything, and locked. note takes a line for the user.
func Open(path string, more bool, note func(string)) (*File, error) {
	mode := os.O_WRONLY
	if more {
		mode = os.O_RDWR // the columns and the last row are read
	}
	open, err := os.OpenFile(path, mode|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%w; give a file in a folder that is there and may be written", err)
	}
	f := &File{path: path, more: more, note: note, open: open}
	if err := f.take(open); err != nil {
		return nil, errors.Join(err, open.Close())
	}
	if f.size > 0 && !more {
		return nil, errors.Join(ErrExists, open.Close())
	}
	return f, nil
}

// take makes an open file the one that is written to.
func (f *File) take(open *os.File) error {
	if err := f.lock(open); err != nil {
		return err
	}
	is, err := open.Stat()
	if err != nil {
		return err
	}
	f.handle, f.is, f.size = filelock.File{File: open}, is, is.Size()
	return nil
}

// lock sees to it that no other monitor writes to the file. Some file systems have no locks; that is said, and no reason not to measure.
func (f *File) lock(open *os.File) error {
	err := filelock.Take(open)
	switch {
	case err == nil:
	case errors.Is(err, filelock.ErrTaken):
		return fmt.Errorf("%w%s; name another file, or end that monitor", ErrInUse, holder(open))
	default:
		f.note(fmt.Sprintf("%s cannot be locked (%v): make sure that no other monitor writes to it", f.path, err))
	}
	return nil
}

// Begin writes the header, or finds the end of the file that is continued. It returns a time that no row in the file is
// after: the next millisecond after the last one, since a Timestamp is cut to milliseconds.
func (f *File) Begin(columns []string) (after time.Time, err error) {
	f.lines, err = resource.NewLines(columns)
	if err != nil {
		return time.Time{}, err
	}
	if f.size == 0 {
		return time.Time{}, f.flush()
	}
	last, err := f.lines.Continue(f.open)
	if err != nil {
		return time.Time{}, err
	}
	f.headed = true
	return time.UnixMilli(int64(math.Round(last.Timestamp*1000)) + 1), nil
}

// Write adds a row. While the disk takes none it keeps the row and returns nil; the error is that it has given up.
func (f *File) Write(at time.Time, cells []resource.Cell) error {
	line, err := f.lines.Row(at, cells)
	if err != nil {
		return err
	}
	f.waiting.add(at, line)
	return f.judge(f.flush())
}

// Close writes what still waits and closes the file. The error says which rows are not in it.
func (f *File) Close() error {
	var err error
	if len(f.waiting.at) > 0 || f.half > 0 {
		if err = f.flush(); err != nil {
			err = f.lost(err)
		}
	}
	if f.handle != nil {
		err = errors.Join(err, f.handle.Close())
		f.handle = nil
	}
	if err == nil {
		err = f.remade
	}
	return err
}

// judge decides what follows from an attempt to write.
func (f *File) judge(err error) error {
	switch {
	case err == nil && f.trouble.IsZero():
		return nil
	case err == nil:
		f.trouble = time.Time{}
		f.note("--output " + f.path + ": written again; no row is lost")
		return nil
	case errors.Is(err, errNotOurs) || errors.Is(err, ErrInUse):
		return f.lost(err)
	case f.trouble.IsZero():
		f.trouble = time.Now()
		f.note(fmt.Sprintf("--output %s: %v; the rows wait in memory and are written as soon as that is possible; the monitor gives up after %.0f s",
			f.path, err, Patience.Seconds()))
		return nil
	case time.Since(f.trouble) < Patience && len(f.waiting.lines) < MaxWaiting:
		return nil
	default:
		return f.lost(err)
	}
}

// lost says what is in the file and what is not.
func (f *File) lost(cause error) error {
	kept := "no row is in the file"
	if f.written > 0 {
		kept = fmt.Sprintf("%s kept, the last of %s", count(f.written, "row is", "rows are"), f.last.Format(time.TimeOnly))
	}
	lost := len(f.waiting.at)
	f.waiting = rows{}
	if f.remade != nil {
		kept += " (" + f.remade.Error() + ")"
	}
	return fmt.Errorf("%w; %s, and %s %w", cause, kept, count(lost, "later one is", "later ones are"), ErrLost)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
