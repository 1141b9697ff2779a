package comparison

import (
	"fmt"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// A measure is a number of a side, or of one run of it.
type measure struct {
	kind    Kind
	of      load
	name    string
	measure string
	unit    string
	// points says that it is a ratio whose change is in points: it may be 0. Else the change is relative.
	points bool
	// least is the difference below which nobody minds, whatever its share: 0.4 ms more of 0.4 ms is twice as much, and nothing.
	least float64
	// lowIsWorse says which way is worse: of throughput, less.
	lowIsWorse bool
	// up and down are the words for more and for less of it.
	up, down string
	// estimate makes it of cells; nil where they have it not.
	estimate func(s *sample, cells []cell) *estimate
	// stats reads it from Locust's own row of the whole run, where there are no histograms; nil where Locust has none.
	stats func(stats analysis.Stats) (value float64, known bool)
}

// measures are those that both sides have, of all requests, of resources, of endpoints.
func (c *comparer) measures() []measure {
	all := loadMeasures(All, load{})
	all = append(all, c.resourceMeasures()...)
	for _, l := range c.endpoints() {
		all = append(all, loadMeasures(Endpoint, l)...)
	}
	return all
}

// loadMeasures are those of an endpoint, or of all requests.
func loadMeasures(kind Kind, l load) []measure {
	var all []measure
	for which, p := range shares() {
		all = append(all, measure{
			kind: kind, of: l, name: l.name, measure: p.name, unit: "ms", least: 1, up: "slower", down: "faster",
			estimate: func(s *sample, cells []cell) *estimate { return s.percentile(cells, l, which) },
			stats: func(stats analysis.Stats) (float64, bool) {
				ms, known := stats.Percentiles[p.locust]
				return ms, known && ms > 0
			},
		})
	}
	return append(all,
		measure{
			kind: kind, of: l, name: l.name, measure: "requests/s", unit: "1/s", lowIsWorse: true, up: "higher", down: "lower",
			estimate: func(s *sample, cells []cell) *estimate { return s.fraction(cells, l.requests, one) },
		},
		measure{
			kind: kind, of: l, name: l.name, measure: "failures", unit: "%", points: true, up: "higher", down: "lower",
			estimate: func(s *sample, cells []cell) *estimate { return s.fraction(cells, l.failures, l.requests) },
		},
	)
}

// endpoints are those that all runs have, in the order of the first.
func (c *comparer) endpoints() (all []load) {
	for _, e := range c.base.runs[0].Run.Endpoints {
		l := load{e.Type, e.Name}
		if !timing.Apart(e.Type) && everywhere(c.base.runs, l) && everywhere(c.next.runs, l) {
			all = append(all, l)
		}
	}
	return all
}

func everywhere(runs []Run, l load) bool {
	for _, r := range runs {
		if l.in(r.Run) == nil {
			return false
		}
	}
	return true
}

// resourceMeasures are what a request costs and what the target holds, of each of its hosts that all runs have.
func (c *comparer) resourceMeasures() (all []measure) {
	for _, h := range c.base.runs[0].Run.Hosts {
		if !h.Target {
			continue
		}
		if m := c.column(h, want{"CPU of the process", "CPU s/request", "s", resource.ProcessCPUCores, 0}, true); m != nil {
			all = append(all, *m)
		} else if m := c.column(h, want{"CPU of the host", "CPU percent", "%", resource.CPUPercent, 1}, false); m != nil {
			all = append(all, *m)
		}
		for _, w := range wanted(h) {
			if m := c.column(h, w, false); m != nil {
				all = append(all, *m)
			}
		}
	}
	return all
}

// A want is a column whose level is compared.
type want struct {
	name, measure, unit, column string
	least                       float64
}

// wanted are the columns of a host that say what the target holds.
func wanted(h analysis.Host) []want {
	all := []want{
		{"memory of the process", "RSS", "MB", resource.ProcessRSSMB, 1},
		{"open files", "open files", "", resource.ProcessOpenFiles, 1},
		{"threads", "threads", "", resource.ProcessThreads, 1},
	}
	if h.Columns[resource.ContainerMemoryLimitGB].Known() { // without a limit it may be a whole session, with programs that have nothing to do with it
		all = append(all, want{"memory of the container", "working set", "GB", resource.ContainerMemoryWorkingSetGB, 0.01})
	}
	for i := 0; h.Columns[resource.GPULoadPercent(i)].Known() || h.Columns[resource.GPUMemoryUsedGB(i)].Known(); i++ {
		all = append(all,
			want{fmt.Sprintf("GPU %d", i), "load", "%", resource.GPULoadPercent(i), 1},
			want{fmt.Sprintf("memory of GPU %d", i), "used", "GB", resource.GPUMemoryUsedGB(i), 0.01})
	}
	return all
}

// column is the mean of a column over the steady seconds, or what of it a request took; nil where a run has it not.
func (c *comparer) column(h analysis.Host, w want, aRequest bool) *measure {
	for _, r := range append(append([]Run(nil), c.base.runs...), c.next.runs...) {
		if host := hostOf(r.Run, h.Name); host == nil || !host.Columns[w.column].Known() {
			return nil
		}
	}
	name := w.name
	if h.Name != "" {
		name = fmt.Sprintf("%s on %s", name, h.Name)
	}
	above := func(run *analysis.Run, second int) float64 {
		return value(hostOf(run, h.Name).Columns[w.column], second)
	}
	below := one
	if aRequest {
		below = load{}.requests
	}
	return &measure{
		kind: Resource, name: name, measure: w.measure, unit: w.unit, least: w.least, up: "higher", down: "lower",
		estimate: func(s *sample, cells []cell) *estimate { return s.fraction(cells, above, below) },
	}
}

func hostOf(run *analysis.Run, name string) *analysis.Host {
	for i := range run.Hosts {
		if run.Hosts[i].Name == name && run.Hosts[i].Target {
			return &run.Hosts[i]
		}
	}
	return nil
}
