package collector

import (
	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// A vmstat is what /proc/vmstat counts since boot (mm/vmstat.c).
type vmstat struct {
	swapIn, swapOut  number // pages
	written          number // kB: show_vmstat halves the sectors that it counts
	faults, oomKills number
}

// parseVMStat reads the lines that are wanted in one pass: "pgpgout 61950564".
func parseVMStat(data []byte) vmstat {
	var v vmstat
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		if len(line) == 0 || line[0] != 'p' && line[0] != 'o' {
			continue // most of the 200 lines
		}
		word, rest := kernel.NextWord(line)
		switch string(word) {
		case "pswpin":
			v.swapIn = first(rest)
		case "pswpout":
			v.swapOut = first(rest)
		case "pgpgout":
			v.written = first(rest)
		case "pgmajfault":
			v.faults = first(rest)
		case "oom_kill":
			v.oomKills = first(rest)
		}
	}
	return v
}

// vmRates are the counters of a vmstat at the previous tick.
type vmRates struct {
	watch                                      stopwatch
	swapIn, swapOut, written, faults, oomKills counter
	page                                       float64 // bytes
}

// fill puts the cells in the order of memory's last columns.
func (r *vmRates) fill(v vmstat, row []resource.Cell) {
	seconds := r.watch.lap()
	row[0] = v.swapIn.rate(&r.swapIn, mb/r.page, seconds)
	row[1] = v.swapOut.rate(&r.swapOut, mb/r.page, seconds)
	row[2] = v.written.rate(&r.written, mb/kb, seconds)
	row[3] = v.faults.rate(&r.faults, 1, seconds)
	row[4] = v.oomKills.grown(&r.oomKills)
}
