package collector

import (
	"math"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/cgroup"
)

func containerColumns() []string {
	return []string{
		resource.ContainerCPULimitCores,
		resource.ContainerCPUCores,
		resource.ContainerCPUPercent,
		resource.ContainerThrottledPercent,
		resource.ContainerThrottledSecondsPerSecond,
		resource.ContainerMemoryLimitGB,
		resource.ContainerMemoryWorkingSetGB,
		resource.ContainerMemoryPercent,
		resource.ContainerMemoryLimitHits,
		resource.ContainerMemoryHighHits,
		resource.ContainerOOMKills,
		resource.ContainerPIDs,
		resource.ContainerPIDsLimit,
		resource.ContainerPressureCPUSomePercent,
		resource.ContainerPressureCPUFullPercent,
		resource.ContainerPressureMemorySomePercent,
		resource.ContainerPressureMemoryFullPercent,
		resource.ContainerPressureIOSomePercent,
		resource.ContainerPressureIOFullPercent,
	}
}

// pressurePlace is where the columns of pressure begin.
const pressurePlace = 13

// unknown names the columns that a group does not have: its controllers are not enabled, or the kernel is too old.
func unknown(u cgroup.Usage) []string {
	var without []string
	for _, part := range []struct {
		first, last int
		of          cgroup.Number
	}{{0, 2, u.CPU}, {3, 4, u.Periods}, {5, 8, u.Memory}, {9, 9, u.High}, {10, 10, u.OOMKills}, {11, 12, u.PIDs}} {
		if !part.of.Known {
			without = append(without, containerColumns()[part.first:part.last+1]...)
		}
	}
	for i, stall := range u.Pressures {
		for j, n := range []cgroup.Number{stall.Some, stall.Full} {
			if !n.Known {
				without = append(without, containerColumns()[pressurePlace+2*i+j])
			}
		}
	}
	return without
}

// containerRates are the counters of a cgroup at the previous tick.
type containerRates struct {
	watch                          stopwatch
	cpu, periods, throttled, stood counter
	limitHits, highHits, kills     counter
	stalls                         [3]stalls
}

// forget makes the next reading the first: it is of another group.
func (c *containerRates) forget() { *c = containerRates{} }

// fill puts the cells in the order of containerColumns. What is measured against a limit is absent where there is none.
func (c *containerRates) fill(limits cgroup.Limits, usage cgroup.Usage, row []resource.Cell) {
	seconds := c.watch.lap()
	row[0] = resource.Of(limits.Cores)
	row[1] = of(usage.CPU).rate(&c.cpu, 1e9, seconds)
	row[2] = share(row[1], limits.Cores)
	c.throttling(limits, usage, seconds, row[3:5])
	row[5] = resource.Of(limits.Memory / gb)
	row[6] = of(usage.Memory).in(gb)
	row[7] = share(row[6], limits.Memory/gb)
	row[8] = of(usage.LimitHits).grown(&c.limitHits)
	row[9] = of(usage.High).grown(&c.highHits)
	row[10] = of(usage.OOMKills).grown(&c.kills)
	row[11] = of(usage.PIDs).cell()
	row[12] = resource.Of(limits.PIDs)
	for i, stall := range usage.Pressures {
		c.stalls[i].fill(of(stall.Some), of(stall.Full), seconds, row[pressurePlace+2*i:])
	}
}

// throttling is the part of the quota's periods in which it ran out. The kernel counts a period only while the group has something to
// run: one that had nothing to run was not throttled.
func (c *containerRates) throttling(limits cgroup.Limits, usage cgroup.Usage, seconds float64, row []resource.Cell) {
	periods, ok := of(usage.Periods).grown(&c.periods).Value()
	throttled := of(usage.Throttled).grown(&c.throttled)
	stood := of(usage.ThrottledTime).rate(&c.stood, 1e9, seconds)
	if !ok || math.IsInf(limits.Cores, 1) {
		return
	}
	row[0], row[1] = share(throttled, max(periods, 1)), stood
}

// share is a value in percent of a limit.
func share(cell resource.Cell, limit float64) resource.Cell {
	value, ok := cell.Value()
	if !ok || math.IsInf(limit, 1) {
		return resource.Cell{}
	}
	return resource.Of(100 * value / limit)
}

func of(n cgroup.Number) number { return number{n.Value, n.Known} }
