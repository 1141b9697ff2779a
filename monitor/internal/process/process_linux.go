package process

import (
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// A Process is a member of the tree. It belongs to the goroutine that calls Look, and is the same one as long as the process
// lives: another process that gets its number is another Process.
type Process struct {
	// PID is its number.
	PID int
	// Dir is its folder below /proc.
	Dir string
	// Stat is what the last Look read.
	Stat Stat
	// Born says that it was started by a member, while that was watched: all that it has used, it has used in the tree.
	Born bool
	// Parent is the member that waits for it, nil where that is no member.
	Parent *Process
	// Runs is how many times a Look has found that it has run since the Look before. While it stays the same, what the process itself changes is
	// as it was: its counters, threads and files. What others do to it may have changed: its memory can be swapped out.
	Runs int

	clock time.Duration // the CPU time of all its threads when it was read; 0 where that is not known
	stat  *kernel.File
	kept  bool // the file stays open
	root  bool // the finder named it
	heir  bool // it was a child before
	seen  int  // the number of the Look that it joined in
}

// newProcess returns the process with a number, or false where there is none. Its file is read into room.
func newProcess(proc string, pid int, room *kernel.Room) (*Process, bool) {
	dir := filepath.Join(proc, strconv.Itoa(pid))
	p := &Process{PID: pid, Dir: dir, stat: kernel.NewRecord(filepath.Join(dir, "stat"), room)}
	data, err := p.stat.Read()
	if err != nil {
		return nil, false
	}
	stat, ok := ParseStat(data)
	if !ok {
		p.stat.Close()
		return nil, false
	}
	p.Stat = stat
	return p, true
}

// look reads the process anew if it has run. It returns false when it is gone. live says that its number is one of our own namespace, so
// that its clock can be asked for: a process that has not run has not ended either, and if it was another that has got the number
// meanwhile, that would have used as much time to the nanosecond. The clock is read first, so that what comes between is found by the next look.
func (p *Process) look(live bool) bool {
	if live {
		now := processClock(p.PID)
		if now != 0 && now == p.clock {
			return true
		}
		p.clock = now
	}
	p.Runs++
	return p.read()
}

// Clock is the CPU time of all its threads when the last Look read it; 0 where the kernel does not say it to the nanosecond.
func (p *Process) Clock() time.Duration { return p.clock }

// processClock is the CPU time of all threads of a process, those that have ended too, by the clock that the kernel has for each process
// (clock_getcpuclockid(3); kernel/time/posix-cpu-timers.c). It costs a tenth of reading a file. It is 0 where there is none. Subtle: what
// a thread has used since the scheduler's last tick is not in it while it runs (thread_group_cputime in kernel/sched/cputime.c).
func processClock(pid int) time.Duration {
	const byScheduler = 2 // CPUCLOCK_SCHED in include/linux/posix-timers.h
	var t unix.Timespec
	if unix.ClockGettime(^int32(pid)<<3|byScheduler, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// isFine says whether what a clock shows is of one that counts nanoseconds. Where a program plays the kernel (gVisor) it counts in ticks of 10 ms, and
// would stand still while a process does a lot.
func isFine(clock time.Duration) bool { return clock%time.Millisecond != 0 }

// read reads the process anew. It returns false when it is gone: a file that stayed open says so even where another
// process has the number, and one that was opened anew shows another start.
func (p *Process) read() bool {
	data, err := p.stat.Read()
	if err != nil {
		return false
	}
	if !p.kept {
		defer p.stat.Close()
	}
	stat, ok := ParseStat(data)
	if !ok || stat.Start != p.Stat.Start {
		return false
	}
	p.Stat = stat
	return true
}

// Ended says that the process has ended and nobody has waited for it yet: a zombie. Only its numbers are left.
func (p *Process) Ended() bool { return p.Stat.ended() }
