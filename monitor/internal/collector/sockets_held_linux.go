package collector

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// held are the sockets that processes have open.
type held struct {
	inodes map[uint64]bool
	err    error // that some may be missing, and why
}

// socketsOf returns the sockets that the links in /proc/PID/fd show. A process that has ended has none; the first that does not show
// its files is the error.
func socketsOf(proc string, pids []int) held {
	h := held{inodes: map[uint64]bool{}}
	for _, pid := range pids {
		if err := addSockets(h.inodes, filepath.Join(proc, strconv.Itoa(pid), "fd")); unlessEnded(err) != nil {
			h.err = fmt.Errorf("find the sockets of the process: %w: run the monitor as root, or as the user of the process", err)
			break
		}
	}
	return h
}

// addSockets adds those of one process.
func addSockets(held map[uint64]bool, folder string) error {
	dir, err := unix.Open(folder, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(dir)
	var room [64]int
	descriptors, err := kernel.NumbersIn(dir, room[:0])
	if err != nil {
		return err
	}
	link := make([]byte, 64)
	for _, fd := range descriptors {
		n, err := unix.Readlinkat(dir, strconv.Itoa(fd), link)
		if inode, ok := parseSocketLink(link[:max(n, 0)]); err == nil && ok {
			held[inode] = true
		}
	}
	return nil
}

// parseSocketLink reads socket:[12345].
func parseSocketLink(link []byte) (inode uint64, ok bool) {
	number, ok := bytes.CutPrefix(link, []byte("socket:["))
	number, closed := bytes.CutSuffix(number, []byte{']'})
	if !ok || !closed {
		return 0, false
	}
	return kernel.Uint(number)
}

// unlessEnded is the error, and nil where it is that a process has ended.
func unlessEnded(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ESRCH) {
		return nil
	}
	return err
}
