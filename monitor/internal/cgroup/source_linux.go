package cgroup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// A source is a file of a group. One that the group does not have reads as nothing, and is not looked for again.
type source struct {
	file   *kernel.File
	absent bool
}

func newSource(dir, name string) source {
	return source{file: kernel.NewRecord(filepath.Join(dir, name), new(kernel.Room))}
}

// nearest is the file of the first of dirs that has it: a controller that is not enabled for a group counts for an ancestor.
func nearest(dirs []string, name string) source {
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return newSource(dir, name)
		}
	}
	return source{absent: true}
}

// read returns what the file shows. The zero source shows nothing. Pressure cannot be opened where it is switched off: EOPNOTSUPP.
func (s *source) read() ([]byte, error) {
	if s.absent || s.file == nil {
		return nil, nil
	}
	data, err := s.file.Read()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.EOPNOTSUPP) {
		s.absent = true
		return nil, nil
	}
	return data, err
}

func (s *source) close() {
	if s.file != nil {
		s.file.Close()
	}
}

// A reader reads several sources and remembers the first error.
type reader struct{ err error }

// of returns nothing after an error, and for what is not there.
func (r *reader) of(s *source) []byte {
	if r.err != nil {
		return nil
	}
	data, err := s.read()
	r.err = err
	return data
}
