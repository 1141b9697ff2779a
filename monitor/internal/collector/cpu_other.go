//go:build !linux

package collector

import (
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

func openCPU(Settings) (Collector, error) { return &cpuTime{}, nil }

func (c *cpuTime) Columns() []string { return []string{resource.CPUPercent} }

// Collect has the formula of Linux, where a system has fewer kinds of time.
func (c *cpuTime) Collect(row []resource.Cell) error {
	all, err := cpu.Times(false)
	if err == nil && len(all) == 0 {
		err = errors.New("the system has no CPU times")
	}
	if err != nil {
		return fmt.Errorf("read CPU times: %w", err)
	}
	now, previous := &all[0], c.previous
	c.previous = now
	if previous == nil {
		return nil
	}
	idle := max(0, now.Idle-previous.Idle) + max(0, now.Iowait-previous.Iowait)
	total := now.Total() - previous.Total()
	row[0] = resource.Of(100 * (total - idle) / total) // 0/0 is NaN, which is absent
	return nil
}
