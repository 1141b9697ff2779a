package target

import (
	"os"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// burn spends d of CPU time, not of wall time: on a busy machine it takes longer and costs the same.
func burn(d time.Duration) {
	if d <= 0 {
		return
	}
	// The clock below is the thread's, so the goroutine has to stay on it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for end := threadTime() + d; threadTime() < end; {
	}
}

// threadTime is the CPU time that the calling thread has used. Reading it is a system call, so it burns CPU by itself.
func threadTime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &ts); err != nil {
		panic("target: no thread CPU clock: " + err.Error()) // every Linux since 2.6.12 and macOS since 10.12 has one
	}
	return time.Duration(ts.Nano())
}

// A memory keeps what stories hold until the process exits.
type memory struct {
	mu   sync.Mutex
	held [][]byte // guarded by mu
}

// hold keeps size bytes and writes to each page, so that they count as resident.
func (m *memory) hold(size Size) {
	if size == 0 {
		return
	}
	block := make([]byte, size)
	for i := 0; i < len(block); i += os.Getpagesize() {
		block[i] = 1
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held = append(m.held, block)
}
