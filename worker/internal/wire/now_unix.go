//go:build unix && (!linux || race)

package wire

import (
	"errors"
	"syscall"
)

// writeNow and readNow are system calls that cannot block, as the runtime has made the socket so. The race detector sees
// them: what a server wrote before it answered happened before.
func writeNow(fd uintptr, p []byte) (int, syscall.Errno) { return now(syscall.Write, fd, p) }

func readNow(fd uintptr, p []byte) (int, syscall.Errno) { return now(syscall.Read, fd, p) }

func now(call func(int, []byte) (int, error), fd uintptr, p []byte) (int, syscall.Errno) {
	for {
		n, err := call(int(fd), p)
		var errno syscall.Errno
		if !errors.As(err, &errno) {
			return n, 0
		}
		if errno != syscall.EINTR {
			return 0, errno
		}
	}
}

// peekNow looks for one byte without taking it.
func peekNow(fd uintptr) syscall.Errno {
	var b [1]byte
	_, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	var errno syscall.Errno
	errors.As(err, &errno)
	return errno
}
