package collector

import (
	"math"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// A meminfo is what /proc/meminfo shows, in kB (Documentation/filesystems/proc.rst).
type meminfo struct {
	total, available, buffers, cached, dirty, writeback, swapTotal, swapFree number
}

// parseMeminfo reads the lines that are wanted in one pass: "MemTotal:       24684268 kB".
func parseMeminfo(data []byte) meminfo {
	var m meminfo
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		word, rest := kernel.NextWord(line)
		switch string(word) {
		case "MemTotal:":
			m.total = first(rest)
		case "MemAvailable:":
			m.available = first(rest)
		case "Buffers:":
			m.buffers = first(rest)
		case "Cached:":
			m.cached = first(rest)
		case "Dirty:":
			m.dirty = first(rest)
		case "Writeback:":
			m.writeback = first(rest)
		case "SwapTotal:":
			m.swapTotal = first(rest)
		case "SwapFree:":
			m.swapFree = first(rest)
		}
	}
	return m
}

// fill puts the cells in the order of memory's columns. Used is what is not available, as in psutil's percent and
// procps 4, so that used + available = total and percent = used / total. Page cache is available, not used.
func (m meminfo) fill(row []resource.Cell) {
	row[0] = m.total.in(gb / kb)
	if m.total.known && m.available.known {
		total := float64(m.total.value)
		available := math.Min(float64(m.available.value), total)
		row[1] = resource.Of((total - available) * kb / gb)
		row[2] = resource.Of(available * kb / gb)
		row[3] = resource.Of(100 * (total - available) / total)
	}
	if m.buffers.known && m.cached.known {
		row[4] = number{m.buffers.value + m.cached.value, true}.in(gb / kb)
	}
	row[5], row[6] = m.dirty.in(mb/kb), m.writeback.in(mb/kb)
	row[7] = m.swapTotal.in(gb / kb)
	if m.swapTotal.known && m.swapFree.known {
		row[8] = number{m.swapTotal.value - min(m.swapTotal.value, m.swapFree.value), true}.in(gb / kb)
	}
}
