package collector

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// memory collects how much memory the machine has, how much of it is taken, and what goes to and comes from disks for it.
type memory struct {
	choice

	meminfo, vmstat *kernel.File
	rates           vmRates
}

// openMemory leaves out the columns of counters that the kernel does not have: OOM kills before Linux 4.13, all of /proc/vmstat in
// the first WSL.
func openMemory(s Settings) (Collector, error) {
	m := &memory{
		meminfo: kernel.NewRecord(filepath.Join(s.Proc, "meminfo"), new(kernel.Room)), vmstat: kernel.NewFile(filepath.Join(s.Proc, "vmstat")),
		rates: vmRates{page: float64(os.Getpagesize())},
	}
	var without []string
	data, err := m.vmstat.Read()
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		without = m.lacks(parseVMStat(data))
	}
	if errors.Is(err, fs.ErrNotExist) {
		m.vmstat = nil
	}
	m.choice = choose(memoryColumns(), without...)
	return m, nil
}

func memoryColumns() []string {
	return []string{
		resource.MemoryTotalGB,
		resource.MemoryUsedGB,
		resource.MemoryAvailableGB,
		resource.MemoryPercent,
		resource.MemoryCacheGB,
		resource.MemoryDirtyMB,
		resource.MemoryWritebackMB,
		resource.SwapTotalGB,
		resource.SwapUsedGB,
		resource.SwapInMBPerSecond,
		resource.SwapOutMBPerSecond,
		resource.MemoryCacheWrittenMBPerSecond,
		resource.MemoryMajorFaultsPerSecond,
		resource.MemoryOOMKills,
	}
}

// lacks names the columns of what a vmstat does not show.
func (*memory) lacks(v vmstat) []string {
	var without []string
	for i, n := range []number{v.swapIn, v.swapOut, v.written, v.faults, v.oomKills} {
		if !n.known {
			without = append(without, memoryColumns()[9+i])
		}
	}
	return without
}

func (m *memory) Collect(row []resource.Cell) error { return m.fill(row, m.read) }

func (m *memory) read(row []resource.Cell) error {
	data, err := m.meminfo.Read()
	if err == nil {
		info := parseMeminfo(data)
		info.fill(row)
		if !info.total.known || !info.available.known {
			err = errors.New("read memory: /proc/meminfo names no MemTotal or no MemAvailable (Linux 3.14 or newer has both)")
		}
	}
	if m.vmstat == nil {
		return err
	}
	var v vmstat
	data, vmErr := m.vmstat.Read()
	if vmErr == nil {
		v = parseVMStat(data)
	}
	m.rates.fill(v, row[9:])
	return errors.Join(err, vmErr)
}
