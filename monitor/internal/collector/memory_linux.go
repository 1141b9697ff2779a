package collector

import (
	"errors"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// memory collects how much memory the machine has and how much of it is taken.
type memory struct{ meminfo *kernel.File }

func openMemory(s Settings) (Collector, error) {
	return &memory{kernel.NewFile(filepath.Join(s.Proc, "meminfo"))}, nil
}

func (*memory) Columns() []string {
	return []string{
		resource.MemoryTotalGB,
		resource.MemoryUsedGB,
		resource.MemoryAvailableGB,
		resource.MemoryPercent,
	}
}

// Collect counts as used what is not available (MemTotal - MemAvailable of /proc/meminfo), as psutil's percent and
// procps 4 do, so that used + available = total and percent = used / total. Page cache is available, not used.
func (m *memory) Collect(row []resource.Cell) error {
	data, err := m.meminfo.Read()
	if err != nil {
		return err
	}
	total, ok := kernel.Value(data, "MemTotal")
	available, alsoOK := kernel.Value(data, "MemAvailable")
	if !ok || !alsoOK || total == 0 {
		return errors.New("read memory: /proc/meminfo names no MemTotal or no MemAvailable (Linux 3.14 or newer has both)")
	}
	available = min(available, total)
	used := total - available
	row[0] = resource.Of(float64(total) * kb / gb)
	row[1] = resource.Of(float64(used) * kb / gb)
	row[2] = resource.Of(float64(available) * kb / gb)
	row[3] = resource.Of(100 * float64(used) / float64(total))
	return nil
}
