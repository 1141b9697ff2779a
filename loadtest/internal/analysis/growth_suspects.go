package analysis

import (
	"fmt"

	"gregaria/internal/resource"
)

// A suspect is a series that grows where something leaks.
type suspect struct {
	// what is in words, as they stand in a sentence: "memory of uvicorn", "open files of uvicorn". many says that the words are more than one thing.
	what string
	many bool
	// unit is MB, GB or what is counted. Grain is what in the whole time is nothing yet: one of what is counted, and 1 MB, because allocators take memory in pieces.
	unit   string
	grain  float64
	series Series
	host   *Host
}

// suspects are the series of a host that docs/metrics.md names under "Does it leak?", of those that it has.
func suspects(host *Host, run *Run, w windows) []suspect {
	of := " of " + host.processes(run)
	candidates := []suspect{
		{what: "memory" + of, unit: "MB", grain: 1, series: host.memory(run, w)},
		{what: "open files" + of, many: true, unit: "files", grain: 1, series: host.Columns[resource.ProcessOpenFiles]},
		{what: "threads" + of, many: true, unit: "threads", grain: 1, series: host.Columns[resource.ProcessThreads]},
		{what: "zombies" + of, many: true, unit: "zombies", grain: 1, series: host.Columns[resource.ProcessZombies]},
		{what: "connections in CLOSE_WAIT" + of, many: true, unit: "connections", grain: 1, series: host.Columns[resource.ProcessSocketsCloseWait]},
	}
	// The container of a monitor without a process is the monitor's own; one without a limit may be a whole session, with programs that have nothing to do with it.
	if _, limited := host.Column(resource.ContainerMemoryLimitGB); limited && host.watches() {
		candidates = append(candidates, suspect{what: "working set of the container" + of, unit: "GB", grain: 1.0 / 1024, series: host.Columns[resource.ContainerMemoryWorkingSetGB]})
	}
	for i := 0; ; i++ {
		own, its := host.Column(resource.GPUProcessMemoryGB(i))
		all, whole := host.Column(resource.GPUMemoryUsedGB(i))
		if !its && !whole {
			break
		}
		if its {
			candidates = append(candidates, suspect{what: fmt.Sprintf("memory of GPU %d%s", i, of), unit: "GB", grain: 1.0 / 1024, series: own})
		} else {
			candidates = append(candidates, suspect{what: fmt.Sprintf("memory of GPU %d", i) + host.place(), unit: "GB", grain: 1.0 / 1024, series: all})
		}
	}
	var there []suspect
	for _, c := range candidates {
		if c.series.Known() {
			c.host = host
			there = append(there, c)
		}
	}
	return there
}

// memory is the PSS where there is enough of it: what prefork workers share counts once. Its rows are rarer than those of the RSS.
func (h *Host) memory(run *Run, w windows) Series {
	pss, known := h.Column(resource.ProcessPSSMB)
	if n := len(w.values(run, pss)); known && (n >= leakPoints || w.seconds == 0) {
		return pss
	}
	return h.Columns[resource.ProcessRSSMB]
}

// watches reports whether a process was named to the monitor.
func (h *Host) watches() bool {
	_, counted := h.Column(resource.ProcessCount)
	_, measured := h.Column(resource.ProcessRSSMB)
	return counted || measured
}

// processes are those under test in words.
func (h *Host) processes(run *Run) string {
	name := run.Info.Program()
	if name == "" || h.Name != "" {
		name = "the process under test"
	}
	return name + h.place()
}

// place says where, of a host that is not the one of the load.
func (h *Host) place() string {
	if h.Name == "" {
		return ""
	}
	return " on " + h.Name
}
