//go:build unix

package recorder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lock takes the file for this process, until the file is closed or the process has ended, however it ends. It returns ErrInUse
// where another has it. Any other error means that there are no locks here, as on some network file systems.
func lock(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return fmt.Errorf("%w%s; name another file, or end that monitor", ErrInUse, holder(file))
		default:
			return err
		}
	}
}

// holder is the process that has the lock, in brackets, or nothing where the system does not tell.
func holder(file *os.File) string {
	info, err := file.Stat()
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	table, err := os.ReadFile("/proc/locks") // Linux has it; a container may not show it
	if err != nil {
		return ""
	}
	device := uint64(stat.Dev) //nolint:unconvert // another type on other systems
	if pid, ok := parseHolder(table, unix.Major(device), unix.Minor(device), stat.Ino); ok {
		return fmt.Sprintf(" (pid %d)", pid)
	}
	return ""
}

// links is how many names a file has.
func links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // another type on other systems
	}
	return 1
}
