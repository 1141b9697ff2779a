package collector

import (
	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// cpuTimes are the counters of a line "cpu" in /proc/stat, in ticks of the kernel (1/100 s) since boot.
type cpuTimes struct {
	user, nice, system, idle, iowait, irq, softirq, steal uint64

	hasSteal bool // Linux 2.6.11 or newer
}

// parseCPU reads the counters behind the name of a line. An old kernel has fewer; those that it lacks count as 0.
func parseCPU(line []byte) (cpuTimes, bool) {
	var t cpuTimes
	var ok bool
	for i, field := range []*uint64{&t.user, &t.nice, &t.system, &t.idle, &t.iowait, &t.irq, &t.softirq, &t.steal} {
		*field, line, ok = kernel.NextUint(line)
		if !ok && i < 4 {
			return cpuTimes{}, false
		}
	}
	t.hasSteal = ok
	return t, true
}

// shares are parts of the CPU time between two readings.
type shares struct{ user, system, iowait, steal, total float64 }

// sharesOf is what a line's counters grew by:
//
//	user   = user + nice
//	system = system + irq + softirq
//	busy   = user + system + steal
//	total  = busy + idle + iowait
//
// The fields are those of /proc/stat (Documentation/filesystems/proc.rst, "kernel/system"). Busy / total is psutil's
// cpu_percent: guest and guest_nice are left out, because the kernel counts them in user and nice too (account_guest_time
// in kernel/sched/cputime.c); a core that waits for I/O is free to run something, so iowait is idle; a core that the
// hypervisor took away is not, so steal is busy. The kernel lets iowait, and idle with it, go back a little: a
// difference below 0 counts as 0.
func sharesOf(before, after cpuTimes) shares {
	s := shares{
		user:   grown(before.user, after.user) + grown(before.nice, after.nice),
		system: grown(before.system, after.system) + grown(before.irq, after.irq) + grown(before.softirq, after.softirq),
		iowait: grown(before.iowait, after.iowait),
		steal:  grown(before.steal, after.steal),
	}
	s.total = s.busy() + grown(before.idle, after.idle) + s.iowait
	return s
}

func (s shares) busy() float64 { return s.user + s.system + s.steal }

// percent is a part of the total. It is absent where no time has passed: 0/0 is NaN.
func (s shares) percent(part float64) resource.Cell { return resource.Of(100 * part / s.total) }

// busyPercent is the share of CPU time between two readings that was not idle.
func busyPercent(before, after cpuTimes) resource.Cell {
	s := sharesOf(before, after)
	return s.percent(s.busy())
}

// grown is after - before, and 0 where a counter went back.
func grown(before, after uint64) float64 {
	if after < before {
		return 0
	}
	return float64(after - before)
}
