package run

import (
	"net/url"
	"strings"
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/remote"
)

// stale is how old a row may be, beside three intervals of it: rows of other hosts are fetched every 2 s.
const stale = 5 * time.Second

// addResources puts into a status what the host does that the process under test is on, as far as anybody knows: this machine, where its monitor watches a
// process; the host of --host, where a monitor is there; the first with a process; this machine.
func (r *Run) addResources(s *progress.Status) {
	row := r.newest(r.files.Metrics)
	if !processOf(row).Known() {
		if name, other, found := r.targetRow(); found {
			s.Host, row = name, other
		}
	}
	s.CPU = progress.Known(row.Value(resource.CPUPercent))
	s.MemoryGB = progress.Known(row.Value(resource.MemoryUsedGB))
	s.MemoryTotalGB = progress.Known(row.Value(resource.MemoryTotalGB))
	s.Process = processOf(row)
	s.GPUs = gpusOf(row)
}

// targetRow is the newest row of the monitor beside the process under test.
func (r *Run) targetRow() (name string, row resource.Row, found bool) {
	names := remote.Names(r.plan.Monitors)
	target, err := url.Parse(r.plan.Host)
	if err != nil { // the plan has seen to it
		return "", resource.Row{}, false
	}
	for i, path := range r.files.Hosts {
		other := r.newest(path)
		if strings.EqualFold(r.plan.Monitors[i].Hostname(), target.Hostname()) {
			return names[i], other, true
		}
		if !found && processOf(other).Known() {
			name, row, found = names[i], other, true
		}
	}
	return name, row, found
}

// newest is the last row of a file, without values where that is not of this moment.
func (r *Run) newest(path string) resource.Row {
	row, _, _ := resource.Last(path) // no row yet: its values are unknown
	if time.Since(time.UnixMilli(int64(1000*row.Timestamp))) > stale+3*r.plan.MonitorInterval {
		return resource.Row{}
	}
	return row
}

func processOf(row resource.Row) progress.Process {
	return progress.Process{
		Cores:  progress.Known(row.Value(resource.ProcessCPUCores)),
		Thread: progress.Known(row.Value(resource.ProcessBusiestThreadPercent)),
		RSSMB:  progress.Known(row.Value(resource.ProcessRSSMB)),
	}
}

// gpusOf are the GPUs in a row: as many as have a load or memory.
func gpusOf(row resource.Row) (all []progress.GPU) {
	for i := 0; ; i++ {
		g := progress.GPU{Load: progress.Known(row.Value(resource.GPULoadPercent(i))), MemoryGB: progress.Known(row.Value(resource.GPUMemoryUsedGB(i)))}
		if !g.Load.Known && !g.MemoryGB.Known {
			return all
		}
		all = append(all, g)
	}
}
