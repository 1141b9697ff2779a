package collector

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"

	"gregaria/internal/resource"
)

// self collects what the monitor itself costs, so that a reader can tell it from the system under test.
type self struct {
	cores    float64
	resident func() (bytes float64, err error)

	watch stopwatch
	used  time.Duration // CPU time at the previous tick, since the process began
}

func openSelf(Settings) (Collector, error) {
	// The core count has to be the machine's, as in CPU_Percent; runtime.NumCPU is what this process may use.
	cores, err := cpu.Counts(true)
	if err != nil || cores < 1 {
		cores = runtime.NumCPU()
	}
	return &self{cores: float64(cores), resident: ownMemory()}, nil
}

func (s *self) Columns() []string {
	return []string{resource.MonitorCPUPercent, resource.MonitorRSSMB}
}

func (s *self) Collect(row []resource.Cell) error {
	cpuErr := s.cpuPercent(&row[0])
	bytes, rssErr := s.resident()
	if rssErr != nil {
		return errors.Join(cpuErr, fmt.Errorf("read the monitor's own memory: %w", rssErr))
	}
	row[1] = resource.Of(bytes / mb)
	return cpuErr
}

// cpuPercent is the CPU time that the monitor used since the previous tick, as a share of all cores in that time.
func (s *self) cpuPercent(cell *resource.Cell) error {
	used, err := cpuUsed()
	if err != nil {
		return fmt.Errorf("read the monitor's own CPU time: %w", err)
	}
	spent, elapsed := used-s.used, s.watch.lap()
	s.used = used
	if elapsed > 0 {
		*cell = resource.Of(100 * spent.Seconds() / (elapsed * s.cores))
	}
	return nil
}
