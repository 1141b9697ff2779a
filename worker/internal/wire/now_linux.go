//go:build !race

package wire

import (
	"syscall"
	"unsafe"
)

// writeNow and readNow are system calls that cannot block, as the runtime has made the socket so. They do not tell the
// scheduler, who would else prepare for a long call, hand the processor to another thread if it takes 20 us, which on a
// loopback it does, and have its watchdog look for such calls all the time: a quarter of what a request costs.
func writeNow(fd uintptr, p []byte) (int, syscall.Errno) { return now(syscall.SYS_WRITE, fd, p) }

func readNow(fd uintptr, p []byte) (int, syscall.Errno) { return now(syscall.SYS_READ, fd, p) }

func now(call, fd uintptr, p []byte) (int, syscall.Errno) {
	for {
		n, _, err := syscall.RawSyscall(call, fd, uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
		switch err {
		case 0:
			return int(n), 0
		case syscall.EINTR:
		default:
			return 0, err
		}
	}
}

// peekNow looks for one byte without taking it.
func peekNow(fd uintptr) syscall.Errno {
	var b [1]byte
	for {
		_, _, err := syscall.RawSyscall6(syscall.SYS_RECVFROM, fd, uintptr(unsafe.Pointer(&b[0])), 1, syscall.MSG_PEEK|syscall.MSG_DONTWAIT, 0, 0)
		if err != syscall.EINTR {
			return err
		}
	}
}
