package collector

import (
	"context"
	"errors"
	"fmt"

	"github.com/shirou/gopsutil/v3/mem"

	"gregaria/internal/resource"
)

// memory collects how much memory the machine has and how much of it is taken.
type memory struct{}

func openMemory() (Collector, error) { return memory{}, nil }

func (memory) Columns() []string {
	return []string{
		resource.MemoryTotalGB,
		resource.MemoryUsedGB,
		resource.MemoryAvailableGB,
		resource.MemoryPercent,
	}
}

// Collect counts as used what is not available (MemTotal - MemAvailable of /proc/meminfo), as psutil's percent and
// procps 4 do, so that used + available = total and percent = used / total. Page cache is available, not used.
// gopsutil returns zeros and no error where /proc/meminfo cannot be read.
func (memory) Collect(ctx context.Context) ([]resource.Cell, error) {
	vm, err := mem.VirtualMemoryWithContext(ctx)
	if err == nil && vm.Total == 0 {
		err = errors.New("the system names no total (on Linux: /proc/meminfo)")
	}
	if err != nil {
		return nil, fmt.Errorf("read memory: %w", err)
	}
	total, available := float64(vm.Total), float64(min(vm.Available, vm.Total))
	used := total - available
	return []resource.Cell{
		resource.Of(total / gb),
		resource.Of(used / gb),
		resource.Of(available / gb),
		resource.Of(100 * used / total),
	}, nil
}
