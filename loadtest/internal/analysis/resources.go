package analysis

import (
	"cmp"
	"fmt"
	"math"

	"gregaria/internal/resource"
)

// ThisMachine is what the machine of the load is called where another has a name.
const ThisMachine = "this machine"

// A Resource is what a column of a host's metrics had in the seconds of the load.
type Resource struct {
	Host    string  `json:"host"`
	What    string  `json:"what"`
	Average float64 `json:"average"`
	Max     float64 `json:"max"`
	Unit    string  `json:"unit"`
	File    string  `json:"file"`
	Column  string  `json:"column"`
}

// told are the columns that the end of a run tells of. GPUs are counted as long as one has a load or memory.
func told(h *Host) []Resource {
	all := []Resource{
		{What: "CPU, all cores", Column: resource.CPUPercent, Unit: "%"},
		{What: "busiest core", Column: resource.CPUBusiestCorePercent, Unit: "%"},
		{What: "memory used", Column: resource.MemoryUsedGB, Unit: "GB"},
		{What: "process: CPU", Column: resource.ProcessCPUCores, Unit: "cores"},
		{What: "process: busiest thread", Column: resource.ProcessBusiestThreadPercent, Unit: "% of a core"},
		{What: "process: memory (RSS)", Column: resource.ProcessRSSMB, Unit: "MB"},
		{What: "process: open files", Column: resource.ProcessOpenFiles},
		{What: "process: restarts", Column: resource.ProcessRestarts},
	}
	for i := 0; ; i++ {
		_, load := h.Column(resource.GPULoadPercent(i))
		_, memory := h.Column(resource.GPUMemoryUsedGB(i))
		if !load && !memory {
			return all
		}
		name := fmt.Sprintf("GPU %d: ", i)
		all = append(all, Resource{What: name + "load", Column: resource.GPULoadPercent(i), Unit: "%"}, Resource{What: name + "memory", Column: resource.GPUMemoryUsedGB(i), Unit: "GB"})
	}
}

// Resources are what each host did while the load ran.
func Resources(run *Run) (all []Resource) {
	for i := range run.Hosts {
		h := &run.Hosts[i]
		for _, r := range told(h) {
			s, known := h.Column(r.Column)
			average, most, n := between(run, s)
			if !known || n == 0 || r.Column == resource.ProcessRestarts && most == 0 {
				continue
			}
			r.Host, r.Average, r.Max, r.File = cmp.Or(h.Name, ThisMachine), average, most, s.File
			all = append(all, r)
		}
	}
	return all
}

// between are the average and the most of a series in the seconds of the load, and in how many there was a value.
func between(run *Run, s Series) (average, most float64, n int) {
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
