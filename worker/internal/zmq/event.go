package zmq

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// An event wakes the socket's owner out of poll(2), where it waits for the socket too: a channel could not do both.
type event struct {
	read int // the owner's end of a pipe

	mu    sync.Mutex // guards write: a late signal must not reach a descriptor that is somebody else's by now
	write int
}

func newEvent() (*event, error) {
	var ends [2]int
	if err := unix.Pipe2(ends[:], unix.O_CLOEXEC|unix.O_NONBLOCK); err != nil {
		return nil, fmt.Errorf("create a pipe: %w", err)
	}
	return &event{read: ends[0], write: ends[1]}, nil
}

// signal ends the current wait, or the next one.
func (e *event) signal() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.write >= 0 {
		_, _ = unix.Write(e.write, []byte{1}) // a full pipe is signalled already
	}
}

// wait returns when the event is signalled, fd is readable or the time is over. Only the owner calls it.
func (e *event) wait(fd int, d time.Duration) {
	fds := []unix.PollFd{{Fd: int32(e.read), Events: unix.POLLIN}, {Fd: int32(fd), Events: unix.POLLIN}}
	_, _ = unix.Poll(fds, int(max(d, 0)/time.Millisecond)) // EINTR is a wake-up like any other
	var signals [64]byte
	_, _ = unix.Read(e.read, signals[:])
}

func (e *event) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = unix.Close(e.write)
	_ = unix.Close(e.read)
	e.write = -1
}
