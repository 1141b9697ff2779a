package process

import (
	"bytes"

	"gregaria/monitor/internal/kernel"
)

// TicksPerSecond is the unit of the times in a Stat: USER_HZ, which is 100 on every architecture that Go compiles for
// (include/asm-generic/param.h).
const TicksPerSecond = 100

// A Stat is /proc/PID/stat, as far as it is used (proc(5)).
type Stat struct {
	// State is R for running, S for sleeping, Z for a zombie.
	State byte
	// Parent is the process that is told of the end of this one.
	Parent int
	// MinorFaults, MajorFaults, User and System are of all its threads, ended ones too; those that begin with Waited are of the
	// children that have ended and were waited for, with what they had waited for. Times are in ticks.
	MinorFaults               uint64
	MajorFaults, User, System uint64
	WaitedMajorFaults         uint64
	WaitedUser, WaitedSystem  uint64
	// Flags are the kernel's of the task: PF_... in include/linux/sched.h.
	Flags uint64
	// Threads is how many there are.
	Threads int
	// Start is when the process started, in ticks since boot.
	Start uint64
}

// ended says that nothing of the process is left but its numbers.
func (s Stat) ended() bool { return s.State == 'Z' || s.State == 'X' }

// Ending says that the process is at its end, if not at its state yet: it has given up its cgroup.
func (s Stat) Ending() bool { return s.ended() || s.Flags&exiting != 0 }

// exiting is PF_EXITING (include/linux/sched.h).
const exiting = 0x4

// ParseStat reads /proc/PID/stat, or that of a thread. Subtle: the name in parentheses is the program's own to choose, so what
// follows begins behind the last parenthesis.
func ParseStat(data []byte) (Stat, bool) {
	var s Stat
	end := bytes.LastIndexByte(data, ')')
	if end < 0 {
		return s, false
	}
	word, rest := kernel.NextWord(data[end+1:])
	if len(word) != 1 {
		return s, false
	}
	s.State = word[0]
	var parent, threads uint64
	fields := [...]*uint64{ // by their numbers in proc(5); what is not named may be below 0, or is not used
		4: &parent, 9: &s.Flags, 10: &s.MinorFaults, 12: &s.MajorFaults, 13: &s.WaitedMajorFaults,
		14: &s.User, 15: &s.System, 16: &s.WaitedUser, 17: &s.WaitedSystem, 20: &threads, 22: &s.Start,
	}
	for _, field := range fields[4:] {
		if field == nil {
			rest = kernel.SkipWords(rest, 1)
			continue
		}
		var ok bool
		if *field, rest, ok = kernel.NextUint(rest); !ok {
			return Stat{}, false
		}
	}
	s.Parent, s.Threads = int(parent), int(threads)
	return s, true
}
