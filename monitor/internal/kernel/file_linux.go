package kernel

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// firstSize is what a File reads in one go at first: most files of the kernel are shorter.
const firstSize = 1 << 10

// A Room is memory that Files read into. Those that are read one after the other share one: a row of many small files then touches the same
// few lines of memory over and over, which the processor has at hand, and not kilobytes for each file, which it has not.
type Room struct{ data []byte }

// A File is a text file of the kernel. It is opened by the first Read and stays open: what it shows is made anew by each
// read from its beginning. Subtle: a File below /proc/PID stays that of the process it was opened for, whoever has the number
// later. Its zero value is not useful; it is used by one goroutine.
type File struct {
	path   string
	fd     int // -1 while it is not open
	room   *Room
	record bool
}

// NewFile returns the File at path, which need not be there yet.
func NewFile(path string) *File { return &File{path: path, fd: -1, room: new(Room)} }

// NewRecord returns the File at path, which is of one record: the kernel makes it in one go (single_open in fs/seq_file.c), and so a
// read that does not fill what it is given has the end. Of other files, such as vmstat, diskstats and net/dev, it may be the end of what fits a page.
// All files of /proc/PID, of the cgroups and of sysctl that are read here are records. What Read returns is good until the next Read of a File with the same room.
func NewRecord(path string, room *Room) *File {
	return &File{path: path, fd: -1, room: room, record: true}
}

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
	n, r := 0, f.room
	for {
		if n == len(r.data) {
			r.data = append(r.data, make([]byte, max(firstSize, len(r.data)))...)
		}
		got, err := unix.Pread(f.fd, r.data[n:], int64(n))
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			f.Close()
			return nil, fmt.Errorf("read %s: %w", f.path, err)
		case got == 0:
			return r.data[:n], nil
		}
		if n += got; f.record && n < len(r.data) {
			return r.data[:n], nil
		}
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
