package terminal

import (
	"cmp"
	"fmt"
	"math"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// A measure is a column of the metrics that the end of a run tells of.
type measure struct{ what, column, format string }

// measures are those of a host. GPUs are counted as long as one has a load or memory.
func measures(h *analysis.Host) []measure {
	all := []measure{
		{"CPU, all cores", resource.CPUPercent, "%.0f %%"},
		{"busiest core", resource.CPUBusiestCorePercent, "%.0f %%"},
		{"memory used", resource.MemoryUsedGB, "%.1f GB"},
		{"process: CPU", resource.ProcessCPUCores, "%.2f cores"},
		{"process: busiest thread", resource.ProcessBusiestThreadPercent, "%.0f %% of a core"},
		{"process: memory (RSS)", resource.ProcessRSSMB, "%.0f MB"},
		{"process: open files", resource.ProcessOpenFiles, "%.0f"},
		{"process: restarts", resource.ProcessRestarts, "%.0f"},
	}
	for i := 0; ; i++ {
		_, load := h.Column(resource.GPULoadPercent(i))
		_, memory := h.Column(resource.GPUMemoryUsedGB(i))
		if !load && !memory {
			return all
		}
		name := fmt.Sprintf("GPU %d: ", i)
		all = append(all, measure{name + "load", resource.GPULoadPercent(i), "%.0f %%"}, measure{name + "memory", resource.GPUMemoryUsedGB(i), "%.1f GB"})
	}
}

// resources is what each host did while the load ran: average and most.
func resources(run *analysis.Run, o Options) string {
	if run == nil {
		return ""
	}
	t := table{left: 2, header: []string{"Host", "What", "average", "max"}}
	if len(run.Hosts) == 1 {
		t = table{left: 1, header: []string{"What", "average", "max"}}
	}
	for i := range run.Hosts {
		h := &run.Hosts[i]
		for _, m := range measures(h) {
			s, known := h.Column(m.column)
			average, most, n := between(run, s)
			if !known || n == 0 || m.column == resource.ProcessRestarts && most == 0 {
				continue
			}
			row := []cell{{text: m.what}, {text: fmt.Sprintf(m.format, average)}, {text: fmt.Sprintf(m.format, most)}}
			if len(run.Hosts) > 1 {
				row = append([]cell{{text: glyph.Clean(cmp.Or(h.Name, "this machine"))}}, row...)
			}
			t.rows = append(t.rows, row)
		}
	}
	if len(t.rows) == 0 {
		return ""
	}
	return t.shown(o)
}

// between are the average and the most of a series in the seconds of the load, and in how many there was a value.
func between(run *analysis.Run, s analysis.Series) (average, most float64, n int) {
	most = math.Inf(-1)
	for _, v := range run.Window(s, run.Began, run.Ended) {
		if math.IsNaN(v) {
			continue
		}
		n++
		average += v
		most = max(most, v)
	}
	return average / float64(max(1, n)), most, n
}
