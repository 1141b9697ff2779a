package collector

import (
	"bytes"
	"errors"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// cpuTime collects how busy the machine's cores were since the previous tick.
type cpuTime struct {
	stat     *kernel.File
	previous cpuTimes // of the last tick that could be read
	known    bool     // there was one
}

func openCPU(s Settings) (Collector, error) {
	return &cpuTime{stat: kernel.NewFile(filepath.Join(s.Proc, "stat"))}, nil
}

func (c *cpuTime) Columns() []string { return []string{resource.CPUPercent} }

func (c *cpuTime) Collect(row []resource.Cell) error {
	data, err := c.stat.Read()
	if err != nil {
		return err
	}
	now, err := parseCPU(data)
	if err != nil {
		return err
	}
	if c.known {
		row[0] = busyPercent(c.previous, now)
	}
	c.previous, c.known = now, true
	return nil
}

// cpuTimes are the counters of a line "cpu" in /proc/stat, in ticks of the kernel (1/100 s) since boot.
type cpuTimes struct {
	user, nice, system, idle, iowait, irq, softirq, steal uint64
}

// errNoCPU means that a text is no /proc/stat.
var errNoCPU = errors.New("read CPU times: /proc/stat has no line cpu")

// parseCPU reads the counters over all cores: the first line of /proc/stat. An old kernel has fewer fields; they count as 0.
func parseCPU(data []byte) (cpuTimes, error) {
	var t cpuTimes
	line, _, _ := kernel.NextLine(data)
	line, ok := bytes.CutPrefix(line, []byte("cpu "))
	if !ok {
		return t, errNoCPU
	}
	for i, field := range []*uint64{&t.user, &t.nice, &t.system, &t.idle, &t.iowait, &t.irq, &t.softirq, &t.steal} {
		*field, line, ok = kernel.NextUint(line)
		if !ok && i < 4 {
			return cpuTimes{}, errNoCPU
		}
	}
	return t, nil
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
func busyPercent(before, after cpuTimes) resource.Cell {
	busy := grown(before.user, after.user) +
		grown(before.nice, after.nice) +
		grown(before.system, after.system) +
		grown(before.irq, after.irq) +
		grown(before.softirq, after.softirq) +
		grown(before.steal, after.steal)
	total := busy + grown(before.idle, after.idle) + grown(before.iowait, after.iowait)
	return resource.Of(100 * busy / total) // 0/0 is NaN, which is absent
}

// grown is after - before, and 0 where a counter went back.
func grown(before, after uint64) float64 {
	if after < before {
		return 0
	}
	return float64(after - before)
}
