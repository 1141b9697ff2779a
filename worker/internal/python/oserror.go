package python

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
)

// OSException turns a Go error of the file system into the exception that CPython raises.
func OSException(err error, name string) error {
	var no syscall.Errno
	if !errors.As(err, &no) {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			no = syscall.ENOENT
		case errors.Is(err, fs.ErrPermission):
			no = syscall.EACCES
		case errors.Is(err, fs.ErrExist):
			no = syscall.EEXIST
		default:
			return Errorf(OSError, "%s", err.Error())
		}
	}
	text := no.Error()
	e := NewException(OSError, NewInt(int64(no)), NewStr(strings.ToUpper(text[:1])+text[1:]))
	if c := errnoClass(int64(no)); c != nil {
		e.cls = c
	}
	if name != "" {
		e.Attrs().SetStr("filename", NewStr(name))
	}
	return e
}
