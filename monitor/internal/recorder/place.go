package recorder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"gregaria/internal/filelock"
)

// find sees to it that the file at the path is the one that is written to: one stat at each tick. Without it the rows of
// hours would go to a file that has no name any more.
func (f *File) find() error {
	if f.handle == nil {
		return f.make()
	}
	info, err := os.Stat(f.path)
	switch {
	case err == nil && os.SameFile(info, f.is):
		if info.Size() == 0 && f.size > 0 {
			f.changed("was emptied")
			f.size, f.half, f.headed = 0, 0, false
		}
		if f.half == 0 {
			f.size = info.Size()
		}
		return nil
	case err != nil && !isGone(err):
		return nil // the path cannot be looked at now; the file is open and may well take the row
	}
	if err != nil {
		f.changed(f.fate())
	} else {
		f.changed("was replaced by another file")
	}
	_ = f.handle.Close() // what stands in it stays as it is
	f.handle = nil
	return f.make()
}

// isGone says that the path leads to nothing: the file or its folder is not there any more.
func isGone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// fate tells a file that was deleted from one that has another name now.
func (f *File) fate() string {
	if info, err := f.handle.Stat(); err == nil && filelock.Links(info) > 0 {
		return "was moved away"
	}
	return "was deleted"
}

// changed remembers, and says, that the rows are not in one file any more.
func (f *File) changed(how string) {
	rows := "it had no row yet"
	if f.written > 0 {
		rows = "the rows until " + f.last.Format(time.TimeOnly) + " went with it"
	}
	f.remade = fmt.Errorf("%w: it %s during the measurement, and %s", ErrRemade, how, rows)
	f.note(fmt.Sprintf("--output %s: the file %s; it is made anew, and %s", f.path, how, rows))
	f.written = 0
}

// make makes the file anew. What somebody else has put in its place is not written to, unless it is empty.
func (f *File) make() error {
	info, err := os.Stat(f.path)
	if err == nil && !info.Mode().IsRegular() { // to open a named pipe is to wait for its reader
		return fmt.Errorf("somebody has put another file there: %w", errNotOurs)
	}
	open, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	err = f.take(open)
	if err == nil && f.size > 0 {
		err = fmt.Errorf("somebody has put another file there: %w", errNotOurs)
	}
	if err != nil {
		f.handle = nil
		return errors.Join(err, open.Close())
	}
	f.headed, f.half = false, 0
	return nil
}
