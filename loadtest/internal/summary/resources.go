package summary

import (
	"fmt"
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/progress"
)

// Resources are the machine's during the load.
type Resources struct {
	// CPUAverage and CPUMax are in percent of all cores.
	CPUAverage, CPUMax progress.Value
	// MemoryMax and MemoryTotal are in GB of 2^30 bytes.
	MemoryMax, MemoryTotal progress.Value
	// CoresMax, ThreadMax and RSSMax are of the process under test: cores, percent of one core, MB. Restarts is how often it
	// was started anew while it was watched.
	CoresMax, ThreadMax, RSSMax, Restarts progress.Value
}

// Between sums up the rows whose time is in the load, from began to ended.
func Between(rows []resource.Row, began, ended time.Time) Resources {
	var cpu, memory, total, cores, thread, rss, restarts series
	for _, row := range rows {
		if row.Timestamp < float64(began.Unix()) || row.Timestamp > float64(ended.Unix()+1) {
			continue
		}
		cpu.add(row.Value(resource.CPUPercent))
		memory.add(row.Value(resource.MemoryUsedGB))
		total.add(row.Value(resource.MemoryTotalGB))
		cores.add(row.Value(resource.ProcessCPUCores))
		thread.add(row.Value(resource.ProcessBusiestThreadPercent))
		rss.add(row.Value(resource.ProcessRSSMB))
		restarts.add(row.Value(resource.ProcessRestarts))
	}
	return Resources{
		CPUAverage: cpu.average(), CPUMax: cpu.max(), MemoryMax: memory.max(), MemoryTotal: total.max(),
		CoresMax: cores.max(), ThreadMax: thread.max(), RSSMax: rss.max(), Restarts: restarts.max(),
	}
}

// process says how much of it there was at most, and that it was started anew.
func (r Resources) process() string {
	text := fmt.Sprintf("at most %s, busiest thread %s of a core, %s", shown(r.CoresMax, "%.2f cores"), percent(r.ThreadMax), shown(r.RSSMax, "%.0f MB"))
	if r.Restarts.Number > 0 {
		text += fmt.Sprintf("; restarts: %.0f", r.Restarts.Number)
	}
	return text
}

// A series adds up what is known of one column.
type series struct {
	n             int
	sum, greatest float64
}

func (s *series) add(x float64, known bool) {
	if !known {
		return
	}
	if s.n == 0 || x > s.greatest {
		s.greatest = x
	}
	s.n++
	s.sum += x
}

func (s *series) max() progress.Value { return progress.Known(s.greatest, s.n > 0) }

func (s *series) average() progress.Value { return progress.Known(s.sum/float64(max(1, s.n)), s.n > 0) }
