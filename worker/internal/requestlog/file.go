package requestlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"gregaria/internal/filelock"
	"gregaria/internal/requestline"
)

// What is wrong with a file before there is any load; another name puts it right.
var (
	// ErrExists means that the file holds something already.
	ErrExists = errors.New("the file is not empty: name another, or move it away")
	// ErrInUse means that another process writes to the file.
	ErrInUse = errors.New("another worker writes to this file: name another for each, or let one process run several workers (--processes)")
)

// A handle is what a file needs of an open one.
type handle interface {
	io.WriteCloser
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
}

// A file is a request log on a disk, or a named pipe. It is the writer's.
type file struct {
	path   string
	sayf   func(format string, args ...any)
	handle handle // nil: it is to be made anew
	is     fs.FileInfo
	pipe   bool // or whatever else is no file on a disk: it cannot be cut, locked or found again
	header bool
	size   int64 // of its whole lines
	half   int   // bytes of a piece of a line behind them
	lines  int64 // requests in it
}

// open opens the file at path. It is opened for appending, so that nothing is overwritten, and locked.
func open(path string, sayf func(string, ...any)) (*file, error) {
	f := &file{path: path, sayf: sayf}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		handle, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0) // without a reader a pipe would have the worker wait
		if errors.Is(err, syscall.ENXIO) {
			return nil, fmt.Errorf("%w: start the reader of the pipe first", err)
		}
		if err != nil {
			return nil, err
		}
		f.handle, f.pipe = handle, true
		return f, nil
	}
	handle, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%w; give a file in a folder that is there and may be written", err)
	}
	if err := f.take(handle); err != nil {
		return nil, errors.Join(err, handle.Close())
	}
	return f, nil
}

// take makes an open file the one that is written to. One with a header alone is that of a run without a request.
func (f *file) take(handle *os.File) error {
	if err := filelock.Take(handle); errors.Is(err, filelock.ErrTaken) {
		return ErrInUse
	} else if err != nil {
		f.sayf("it cannot be locked (%v): make sure that no other worker writes to it", err)
	}
	is, err := handle.Stat()
	if err != nil {
		return err
	}
	header := []byte(requestline.Header())
	content := make([]byte, len(header))
	if _, err := handle.ReadAt(content, 0); err == nil {
		f.header = is.Size() == int64(len(header)) && bytes.Equal(content, header)
	}
	if is.Size() > 0 && !f.header {
		return ErrExists
	}
	f.handle, f.is, f.size = filelock.File{File: handle}, is, is.Size()
	return nil
}

// write adds lines and returns how many bytes of them, whole lines, are there.
func (f *file) write(lines []byte) (int, error) {
	if err := f.begin(); err != nil {
		return 0, err
	}
	n, err := f.put(lines)
	f.lines += int64(bytes.Count(lines[:n], []byte("\n")))
	return n, err
}

// begin makes the file ready for lines: it is there, and has its header.
func (f *file) begin() error {
	if f.handle == nil {
		if err := f.remake(); err != nil {
			return err
		}
	}
	if f.header || !requestline.IsCSV(f.path) {
		return nil
	}
	n, err := f.put([]byte(requestline.Header()))
	f.header = n > 0
	return err
}

// put adds whole lines. What a full disk took of a line it gives back.
func (f *file) put(lines []byte) (int, error) {
	if err := f.cut(); err != nil {
		return 0, err
	}
	n, err := f.handle.Write(lines)
	whole := n
	if err != nil {
		whole = bytes.LastIndexByte(lines[:n], '\n') + 1
	}
	f.size += int64(whole)
	if f.half = n - whole; f.half > 0 {
		err = errors.Join(err, f.cut())
	}
	return whole, err
}

// cut removes the piece of a line behind the whole ones.
func (f *file) cut() error {
	if f.half == 0 {
		return nil
	}
	if f.pipe {
		return errors.New("the reader has half a line")
	}
	if err := f.handle.Truncate(f.size); err != nil {
		return fmt.Errorf("cut off half a line: %w", err)
	}
	f.half = 0
	return nil
}

// check finds out whether the file is still there. One that was moved, as log rotation does, keeps its lines; those of a deleted one are gone.
// Either is made anew.
func (f *file) check() (gone int64) {
	if f.pipe || f.handle == nil {
		return 0
	}
	info, err := os.Stat(f.path)
	if err == nil && os.SameFile(info, f.is) || err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		if err == nil && info.Size() < f.size && f.half == 0 {
			f.sayf("somebody has emptied the file; the lines until now, %d, are lost", f.lines)
			f.size, f.header, gone, f.lines = info.Size(), false, f.lines, 0
		}
		return gone
	}
	if now, err := f.handle.Stat(); err == nil && filelock.Links(now) > 0 {
		f.sayf("the file was moved away; it is made anew, without what was written until now")
	} else {
		f.sayf("the file was deleted; it is made anew, and the lines until now, %d, are lost", f.lines)
		gone = f.lines
	}
	_ = f.handle.Close() // what stands in it stays as it is
	f.handle = nil
	return gone
}

// remake makes the file anew. What somebody has put in its place is not written to.
func (f *file) remake() error {
	handle, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	f.header, f.half, f.lines = false, 0, 0
	if err := f.take(handle); err != nil {
		return errors.Join(err, handle.Close())
	}
	return nil
}

// close closes the file. One of a run without a request has its header.
func (f *file) close() error {
	err := f.begin()
	if f.handle != nil {
		err = errors.Join(err, f.handle.Close())
	}
	return err
}
