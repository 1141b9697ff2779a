package collector

import (
	"bytes"
	"errors"
	"math"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// cpuTime collects how busy the machine's cores were since the previous tick, and what waits for them.
type cpuTime struct {
	stat    *statFile
	seen    int // the reading of stat that was collected last
	loadavg *kernel.File

	watch           stopwatch
	switches, forks counter
}

func openCPU(s Settings) (Collector, error) {
	return &cpuTime{stat: s.statFile(), loadavg: kernel.NewRecord(filepath.Join(s.Proc, "loadavg"), new(kernel.Room))}, nil
}

func (c *cpuTime) Columns() []string {
	return []string{
		resource.CPUPercent,
		resource.CPUUserPercent,
		resource.CPUSystemPercent,
		resource.CPUIOWaitPercent,
		resource.CPUStealPercent,
		resource.CPUBusiestCorePercent,
		resource.CPULoad1,
		resource.CPULoad5,
		resource.CPULoad15,
		resource.CPURunnableTasks,
		resource.CPUBlockedTasks,
		resource.CPUContextSwitchesPerSecond,
		resource.CPUForksPerSecond,
	}
}

func (c *cpuTime) Collect(row []resource.Cell) error {
	number, known, err := c.stat.after(c.seen)
	c.seen = number
	if err == nil {
		if known {
			c.shares(row)
		}
		c.tasks(row)
	} else {
		c.switches.Forget()
		c.forks.Forget()
	}
	data, loadErr := c.loadavg.Read()
	if loadErr == nil {
		loadErr = loads(data, row[6:9])
	}
	return errors.Join(err, loadErr)
}

func (c *cpuTime) shares(row []resource.Cell) {
	s := sharesOf(c.stat.before.all, c.stat.now.all)
	row[0], row[1], row[2], row[3] = s.percent(s.busy()), s.percent(s.user), s.percent(s.system), s.percent(s.iowait)
	if c.stat.now.all.hasSteal {
		row[4] = s.percent(s.steal)
	}
	row[5] = busiest(c.stat.before.cores, c.stat.now.cores)
}

// busiest is the busy share of the core that was the busiest. Cores that came or went in between are left out.
func busiest(before, after []coreTimes) resource.Cell {
	most := -1.0
	for i := range min(len(before), len(after)) {
		if before[i].online && after[i].online {
			if percent, ok := busyPercent(before[i].cpuTimes, after[i].cpuTimes).Value(); ok {
				most = max(most, percent)
			}
		}
	}
	if most < 0 {
		return resource.Cell{}
	}
	return resource.Of(most)
}

func (c *cpuTime) tasks(row []resource.Cell) {
	now, seconds := c.stat.now, c.watch.lap()
	row[9], row[10] = now.runnable.cell(), now.blocked.cell()
	row[11] = now.switches.rate(&c.switches, 1, seconds)
	row[12] = now.forks.rate(&c.forks, 1, seconds)
}

// loads reads /proc/loadavg (proc(5)): "1.45 1.38 1.05 3/113 19177", the averages over 1, 5 and 15 minutes.
func loads(data []byte, row []resource.Cell) error {
	for i := range row {
		var word []byte
		word, data = kernel.NextWord(data)
		load, ok := parseDecimal(word)
		if !ok {
			return errors.New("read load averages: /proc/loadavg does not begin with three numbers")
		}
		row[i] = resource.Of(load)
	}
	return nil
}

// parseDecimal reads "12.34" without allocation.
func parseDecimal(word []byte) (float64, bool) {
	whole, fraction, _ := bytes.Cut(word, []byte("."))
	value, ok := kernel.Uint(whole)
	if !ok || len(fraction) > 9 {
		return 0, false
	}
	parts, scale := uint64(0), 1.0
	if len(fraction) > 0 {
		if parts, ok = kernel.Uint(fraction); !ok {
			return 0, false
		}
		scale = math.Pow10(len(fraction))
	}
	return float64(value) + float64(parts)/scale, true
}
