package collector

import (
	"context"
	"errors"
	"fmt"

	"github.com/shirou/gopsutil/v3/cpu"

	"gregaria/internal/resource"
)

// cpuTime collects how busy the machine's cores were since the previous tick. It keeps the counters itself: gopsutil's
// cpu.Percent(0) keeps them in a variable of the whole process.
type cpuTime struct {
	previous *cpu.TimesStat // of the last tick that could be read; nil before the first
}

func openCPU() (Collector, error) { return &cpuTime{}, nil }

func (c *cpuTime) Columns() []string { return []string{resource.CPUPercent} }

func (c *cpuTime) Collect(ctx context.Context) ([]resource.Cell, error) {
	now, err := cpuTimes(ctx)
	if err != nil {
		return nil, err
	}
	previous := c.previous
	c.previous = now
	if previous == nil {
		return nil, nil
	}
	return []resource.Cell{busyPercent(*previous, *now)}, nil
}

// cpuTimes returns the counters over all cores since boot, in seconds. gopsutil returns no counters and no error where
// /proc/stat cannot be read.
func cpuTimes(ctx context.Context) (*cpu.TimesStat, error) {
	all, err := cpu.TimesWithContext(ctx, false)
	if err == nil && len(all) == 0 {
		err = errors.New("the system has no CPU times (on Linux: /proc/stat)")
	}
	if err != nil {
		return nil, fmt.Errorf("read CPU times: %w", err)
	}
	return &all[0], nil
}

// busyPercent is the share of CPU time between two readings that was not idle, over all cores:
//
//	busy  = user + nice + system + irq + softirq + steal
//	total = busy + idle + iowait
//	percent = 100 * busy / total
//
// The fields are those of /proc/stat (Documentation/filesystems/proc.rst, "kernel/system"). The formula is psutil's
// cpu_percent: guest and guest_nice are left out, because the kernel counts them in user and nice too (account_guest_time
// in kernel/sched/cputime.c); a core that waits for I/O is free to run something, so iowait is idle; a core that the
// hypervisor took away is not, so steal is busy. The kernel lets iowait, and idle with it, go back a little: a
// difference below 0 counts as 0. The cell is absent where no time has passed.
func busyPercent(before, after cpu.TimesStat) resource.Cell {
	since := func(before, after float64) float64 { return max(0, after-before) }
	busy := since(before.User, after.User) +
		since(before.Nice, after.Nice) +
		since(before.System, after.System) +
		since(before.Irq, after.Irq) +
		since(before.Softirq, after.Softirq) +
		since(before.Steal, after.Steal)
	total := busy + since(before.Idle, after.Idle) + since(before.Iowait, after.Iowait)
	return resource.Of(100 * busy / total) // 0/0 is NaN, which is absent
}
