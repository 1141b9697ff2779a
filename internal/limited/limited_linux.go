package limited

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// clockThread is CLOCK_THREAD_CPUTIME_ID of the kernel: the CPU time of the calling thread.
const clockThread = 3

// threadTime is the CPU time of the calling thread.
func threadTime() time.Duration {
	var t syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockThread, uintptr(unsafe.Pointer(&t)), 0)
	return time.Duration(t.Nano())
}

// listen opens a port with a backlog of its own: Go's is net.core.somaxconn.
func listen(address string, backlog int) (net.Listener, error) {
	if backlog == 0 {
		return net.Listen("tcp", address)
	}
	parsed, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return nil, err
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	file := os.NewFile(uintptr(fd), "listener")
	defer file.Close() // net.FileListener has a copy
	to := &syscall.SockaddrInet4{Port: parsed.Port}
	copy(to.Addr[:], parsed.IP.To4())
	_ = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1)
	if err := syscall.Bind(fd, to); err != nil {
		return nil, fmt.Errorf("open %s: %w", address, os.NewSyscallError("bind", err))
	}
	if err := syscall.Listen(fd, backlog); err != nil {
		return nil, os.NewSyscallError("listen", err)
	}
	return net.FileListener(file)
}
