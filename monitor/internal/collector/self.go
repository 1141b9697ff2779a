package collector

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/process"

	"gregaria/internal/resource"
)

// self collects what the monitor itself costs, so that a reader can tell it from the system under test.
type self struct {
	process *process.Process
	cores   float64

	at   time.Time     // of the previous tick; zero before the first
	used time.Duration // CPU time at that tick, since the process began
}

func openSelf() (Collector, error) {
	// The core count has to be the machine's, as in CPU_Percent; runtime.NumCPU is what this process may use.
	cores, err := cpu.Counts(true)
	if err != nil || cores < 1 {
		cores = runtime.NumCPU()
	}
	return &self{process: &process.Process{Pid: int32(os.Getpid())}, cores: float64(cores)}, nil
}

func (s *self) Columns() []string {
	return []string{resource.MonitorCPUPercent, resource.MonitorRSSMB}
}

func (s *self) Collect(ctx context.Context) ([]resource.Cell, error) {
	percent, cpuErr := s.cpuPercent()
	rss, rssErr := s.rss(ctx)
	return []resource.Cell{percent, rss}, errors.Join(cpuErr, rssErr)
}

// cpuPercent is the CPU time that the monitor used since the previous tick, as a share of all cores in that time.
func (s *self) cpuPercent() (resource.Cell, error) {
	used, err := cpuUsed(s.process)
	if err != nil {
		return resource.Cell{}, fmt.Errorf("read the monitor's own CPU time: %w", err)
	}
	now := time.Now()
	elapsed, spent := now.Sub(s.at), used-s.used
	first := s.at.IsZero()
	s.at, s.used = now, used
	if first {
		return resource.Cell{}, nil
	}
	return resource.Of(100 * float64(spent) / (float64(elapsed) * s.cores)), nil
}

func (s *self) rss(ctx context.Context) (resource.Cell, error) {
	info, err := s.process.MemoryInfoWithContext(ctx)
	if err != nil {
		return resource.Cell{}, fmt.Errorf("read the monitor's own memory: %w", err)
	}
	return resource.Of(float64(info.RSS) / mb), nil
}
