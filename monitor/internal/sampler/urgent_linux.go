package sampler

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// slice is the turn that the thread asks the scheduler for where it may not ask for more: the shortest that there is.
const slice = 100 * time.Microsecond

// Urgent returns a Sleep for a Sampler on a machine whose cores are all busy: a tick matters most when the machine is at its
// limit, and a row that is read later is a row of another moment. It keeps the goroutine that calls it on a thread of its own,
// which sleeps in the kernel itself, so that no second thread has to be woken to wake it. stop gives back what it took.
//
// The thread asks for SCHED_RR: it runs as soon as its tick has come, before all ordinary threads, for the milliseconds that a row
// takes. That needs CAP_SYS_NICE, or RLIMIT_RTPRIO. Without them it asks for short turns, which everybody may since Linux
// 6.12: EEVDF gives them sooner, and no more of the core for it (sched_setattr(2), Documentation/scheduler/sched-eevdf.rst).
// What works in the background runs on other threads, as ordinary ones do.
func Urgent(ctx context.Context) (sleep func(context.Context, time.Duration), stop func()) {
	wake, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		return nil, func() {}
	}
	quiet := keepPolling()
	runtime.LockOSThread()
	before, err := unix.SchedGetAttr(0, 0)
	if err == nil && before.Policy == unix.SCHED_NORMAL { // not where somebody has chosen another one, as with chrt
		hurry(*before)
	}
	slack, _ := unix.PrctlRetInt(unix.PR_GET_TIMERSLACK, 0, 0, 0, 0)
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0) // wake at the tick, not near it
	end := context.AfterFunc(ctx, func() { _, _ = unix.Write(wake, []byte{1, 0, 0, 0, 0, 0, 0, 0}) })
	sleep = func(_ context.Context, d time.Duration) {
		timeout := unix.NsecToTimespec(d.Nanoseconds())
		fds := []unix.PollFd{{Fd: int32(wake), Events: unix.POLLIN}}
		_, _ = unix.Ppoll(fds, &timeout, nil) // who is woken early, by a signal, looks at the clock once more
	}
	stop = func() {
		if end() {
			_ = unix.Close(wake) // else it is being written to
		}
		if err == nil {
			_ = unix.SchedSetAttr(0, before, 0)
		}
		_ = unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(slack), 0, 0, 0)
		runtime.UnlockOSThread()
		quiet()
	}
	return sleep, stop
}

// hurry asks for the best that this process may have. What the thread starts does not inherit it.
func hurry(attr unix.SchedAttr) {
	short := attr
	attr.Policy, attr.Priority, attr.Nice, attr.Flags = unix.SCHED_RR, 1, 0, attr.Flags|unix.SCHED_FLAG_RESET_ON_FORK
	if unix.SchedSetAttr(0, &attr, 0) == nil {
		return
	}
	short.Runtime = uint64(slice)
	_ = unix.SchedSetAttr(0, &short, 0)
}
