//go:build !linux

package collector

import (
	"errors"
	"fmt"

	"github.com/shirou/gopsutil/v3/mem"

	"gregaria/internal/resource"
)

// memory collects how much memory the machine has and how much of it is taken.
type memory struct{}

func openMemory(Settings) (Collector, error) { return memory{}, nil }

func (memory) Columns() []string {
	return []string{
		resource.MemoryTotalGB,
		resource.MemoryUsedGB,
		resource.MemoryAvailableGB,
		resource.MemoryPercent,
	}
}

// Collect counts as used what is not available, as on Linux.
func (memory) Collect(row []resource.Cell) error {
	vm, err := mem.VirtualMemory()
	if err == nil && vm.Total == 0 {
		err = errors.New("the system names no total")
	}
	if err != nil {
		return fmt.Errorf("read memory: %w", err)
	}
	total, available := float64(vm.Total), float64(min(vm.Available, vm.Total))
	used := total - available
	row[0] = resource.Of(total / gb)
	row[1] = resource.Of(used / gb)
	row[2] = resource.Of(available / gb)
	row[3] = resource.Of(100 * used / total)
	return nil
}
