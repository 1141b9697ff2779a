package kernel

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// firstSize is what a File reads in one go at first: most files of the kernel are shorter.
const firstSize = 1 << 10

// A File is a text file of the kernel. It is opened by the first Read and stays open: what it shows is made anew by each
// read from its beginning. Subtle: a File below /proc/PID stays that of the process it was opened for, whoever has the number
// later. Its zero value is not useful; it is used by one goroutine.
type File struct {
	path string
	fd   int // -1 while it is not open
	data []byte
}

// NewFile returns the File at path, which need not be there yet.
func NewFile(path string) *File { return &File{path: path, fd: -1} }

// Path is where the file is.
func (f *File) Path() string { return f.path }

// Read returns what the file shows now. The bytes are good until the next Read. After an error the next Read opens the file
// once more: fs.ErrNotExist, and ESRCH for a process that has ended, are errors like any other.
func (f *File) Read() ([]byte, error) {
	if f.fd < 0 {
		if err := f.open(); err != nil {
			return nil, fmt.Errorf("open %s: %w", f.path, err)
		}
	}
	n := 0
	for {
		if n == len(f.data) {
			f.data = append(f.data, make([]byte, max(firstSize, len(f.data)))...)
		}
		got, err := unix.Pread(f.fd, f.data[n:], int64(n))
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			f.Close()
			return nil, fmt.Errorf("read %s: %w", f.path, err)
		case got == 0:
			return f.data[:n], nil
		}
		n += got
	}
}

func (f *File) open() error {
	for {
		fd, err := unix.Open(f.path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return err
		}
		f.fd = fd
		return nil
	}
}

// Close closes the file; a later Read opens it once more.
func (f *File) Close() {
	if f.fd >= 0 {
		_ = unix.Close(f.fd)
		f.fd = -1
	}
}
