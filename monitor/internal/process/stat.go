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
	// Threads is how many there are.
	Threads int
	// Start is when the process started, in ticks since boot.
	Start uint64
}

// ended says that nothing of the process is left but its numbers.
func (s Stat) ended() bool { return s.State == 'Z' || s.State == 'X' }

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
	// The numbers of the fields are those of proc(5).
	for field := 4; field <= 22; field++ {
		switch field {
		case 5, 6, 7, 8, 18, 19: // groups and terminal are -1 where there are none, priority and nice may be below 0
			rest = kernel.SkipWords(rest, 1)
			continue
		}
		value, left, ok := kernel.NextUint(rest)
		if !ok {
			return Stat{}, false
		}
		rest = left
		switch field {
		case 4:
			parent = value
		case 10:
			s.MinorFaults = value
		case 12:
			s.MajorFaults = value
		case 13:
			s.WaitedMajorFaults = value
		case 14:
			s.User = value
		case 15:
			s.System = value
		case 16:
			s.WaitedUser = value
		case 17:
			s.WaitedSystem = value
		case 20:
			threads = value
		case 22:
			s.Start = value
		}
	}
	s.Parent, s.Threads = int(parent), int(threads)
	return s, true
}
