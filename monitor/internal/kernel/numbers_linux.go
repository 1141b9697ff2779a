package kernel

import (
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// The place of things in a struct linux_dirent64, which getdents64(2) returns.
const (
	direntLength = 16
	direntName   = 19
)

// Numbers appends the names in a folder that are numbers, in the order of the folder: the processes of /proc, the threads of
// /proc/PID/task, the descriptors of /proc/PID/fd. The kernel lists these three in ascending order.
func Numbers(dir string, to []int) ([]int, error) {
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return to, fmt.Errorf("open %s: %w", dir, err)
	}
	defer func() { _ = unix.Close(fd) }()
	if to, err = NumbersIn(fd, to); err != nil {
		return to, fmt.Errorf("read %s: %w", dir, err)
	}
	return to, nil
}

// NumbersIn is Numbers of an open folder, from where its reading stands.
func NumbersIn(fd int, to []int) ([]int, error) {
	var buffer [8 << 10]byte
	for {
		n, err := unix.Getdents(fd, buffer[:])
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return to, err
		case n <= 0:
			return to, nil
		}
		to = appendNumbers(to, buffer[:n])
	}
}

// appendNumbers takes the numbers out of a list of struct linux_dirent64.
func appendNumbers(to []int, entries []byte) []int {
	for len(entries) > direntName {
		length := int(binary.NativeEndian.Uint16(entries[direntLength:]))
		if length <= direntName || length > len(entries) {
			return to
		}
		name := entries[direntName:length]
		entries = entries[length:]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		if value, ok := Uint(name); ok && value < 1<<31 {
			to = append(to, int(value))
		}
	}
	return to
}
