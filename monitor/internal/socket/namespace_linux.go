package socket

import (
	"fmt"
	"path/filepath"
	"runtime"

	"golang.org/x/sys/unix"
)

// dialIn makes a netlink in the network namespace of a process, whose folder in /proc is given.
func dialIn(folder string) (*netlink, error) {
	path := filepath.Join(folder, "ns", "net")
	var own, wanted unix.Stat_t
	if err := unix.Stat(path, &wanted); err != nil {
		return nil, fmt.Errorf("look at %s: %w", path, err)
	}
	if err := unix.Stat("/proc/self/ns/net", &own); err == nil && own.Dev == wanted.Dev && own.Ino == wanted.Ino {
		return dial()
	}
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer unix.Close(fd)
	var n *netlink
	enter := func() error {
		n, err = dialThere(fd)
		return err
	}
	return n, onThread(enter)
}

// onThread runs a function on a thread of its own: never on the first one, since /proc/self/net shows the namespace of that one to all.
func onThread(call func() error) error {
	result := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine, wherever it is
		if unix.Gettid() == unix.Getpid() {
			result <- onThread(call)
			runtime.UnlockOSThread() // except the first, which did nothing
			return
		}
		result <- call()
	}()
	return <-result
}

// dialThere makes a netlink in a namespace. The thread stays in it.
func dialThere(namespace int) (*netlink, error) {
	if err := unix.Setns(namespace, unix.CLONE_NEWNET); err != nil {
		return nil, fmt.Errorf("enter the network namespace of the process: %w", err)
	}
	return dial()
}
