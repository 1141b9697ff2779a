package analysis

import (
	"math"

	"gregaria/internal/resource"
)

// When memory is at its limit.
const (
	// availableLeast is the share of the machine's memory that a new program must be able to have.
	availableLeast = 0.05
	// stalledShare is from which share of the time on in which all tasks stand still for memory (PSI full, in percent) it is at its limit.
	stalledShare = 10
)

// memoryLimits are the memory of the container and of the machine. That it is full is certain only where tasks wait for it: a cache may fill it, and is given up first.
func (v *view) memoryLimits(host *Host) (all []limit) {
	used, found := inPercent(host, "memory", "memory of the container", "memory of the container", resource.ContainerMemoryPercent)
	used.doubt = "nothing shows that tasks waited for memory"
	all = add(all, used, found)
	all = append(all, stalls(host, "memory of the container", resource.ContainerPressureMemoryFullPercent)...)
	all = append(all, stalls(host, "memory of "+v.place(host), resource.PressureMemoryFullPercent)...)
	if total, found := host.Column(resource.MemoryTotalGB); found {
		if available, found := host.Column(resource.MemoryAvailableGB); found {
			all = append(all, limit{
				group: "memory", host: host, name: "memory of " + v.place(host), short: "memory", shown: available, unit: "GB available",
				rule: "available memory < 5 % in 8 of 10 s", doubt: "nothing shows that tasks waited for memory",
				use: combine(available.Values, total.Values, func(a, t float64) float64 {
					if a >= availableLeast*t {
						return math.Min(1-a/t, limitShare-0.01)
					}
					return 1 - a/t
				}),
			})
		}
	}
	if swapped, found := host.Column(resource.SwapInMBPerSecond); found {
		all = append(all, limit{
			group: "memory", host: host, name: "memory of " + v.place(host), shown: swapped, unit: "MB/s from swap", rule: "swap-in > 0 in 8 of 10 s",
			use: above(swapped.Values, 0),
		})
	}
	return all
}

// stalls are tasks that stand still for memory.
func stalls(host *Host, name, column string) []limit {
	s, found := host.Column(column)
	if !found {
		return nil
	}
	return []limit{{
		group: "memory", host: host, name: name, shown: s, unit: "% of the time stalled", rule: "PSI full > 10 % in 8 of 10 s",
		use: shares(s.Values, stalledShare/limitShare),
	}}
}

// above is 1 where a value is above another.
func above(values []float64, least float64) []float64 {
	use := make([]float64, len(values))
	for i, x := range values {
		switch {
		case math.IsNaN(x):
			use[i] = x
		case x > least:
			use[i] = 1
		}
	}
	return use
}
