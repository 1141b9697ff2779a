//go:build unix

package filelock

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Take takes the file for this process, until the file is closed or the process has ended, however it ends. It returns ErrTaken where
// another has it; any other error means that there are no locks here, as on some network file systems.
func Take(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrTaken
		default:
			return err
		}
	}
}

// Close gives the lock back and closes the file. The close alone would leave the lock to every copy of the descriptor, and a child
// that another goroutine is just starting has one until its exec.
func (f File) Close() error {
	_ = unix.Flock(int(f.Fd()), unix.LOCK_UN) // where there are no locks there is nothing to give back
	return f.File.Close()
}

// Links is how many names a file has: 0 once it has been deleted.
func Links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // another type on other systems
	}
	return 1
}
