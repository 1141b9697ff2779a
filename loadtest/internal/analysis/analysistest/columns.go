package analysistest

import (
	"cmp"
	"math"
	"math/rand/v2"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// columns fills in what a monitor shows of a queue.
type columns struct {
	q    Queue
	host analysis.Host
	r    *rand.Rand
}

// set writes a value of a second, to four decimals as the monitor does.
func (c columns) set(i int, column string, value float64) {
	s, found := c.host.Columns[column]
	if !found {
		s = c.q.series(c.host.File, column)
		c.host.Columns[column] = s
	}
	s.Values[i] = math.Round(value*1e4) / 1e4
}

// percent is a part of the whole with a little noise.
func (c columns) percent(i int, column string, value float64) {
	c.set(i, column, math.Min(100, math.Max(0, value+1.5*c.r.NormFloat64())))
}

// second fills in a second of which servers were busy for so long.
func (c columns) second(i int, busy, waiting, lost, x float64) {
	q := c.q
	cores := float64(cmp.Or(q.Cores, 4))
	full := math.Min(1, busy/float64(max(1, q.Servers)))
	process, thread, wait := 0.1*full, 5*full, 0.5
	switch q.Limit {
	case CPU:
		process, thread, wait = cores*full, 96*full, 12*full*full*full
	case Thread:
		process, thread, wait = full*1.02, 98*full, 2*full
	case Quota:
		process, thread, wait = 0.5*full, 50*full, 45*full*full
	case Nothing, Memory, GPU, Disk, Listen, Files:
	}
	own := x * q.Worker / 1000
	c.percent(i, resource.CPUPercent, 100*math.Min(cores, process+own+0.05)/cores)
	c.percent(i, resource.CPUBusiestCorePercent, math.Min(100, 100*process/cores+60*math.Min(1, process)))
	c.set(i, resource.ProcessCPUCores, math.Max(0, process+0.01*c.r.NormFloat64()))
	c.percent(i, resource.ProcessBusiestThreadPercent, thread)
	c.percent(i, resource.ProcessBusiestThreadWaitPercent, wait)
	c.set(i, resource.ProcessRSSMB, 100+c.r.NormFloat64())
	c.others(i, full, waiting, lost)
	c.uninvolved(i)
}

// others are the columns of other limits than cores.
func (c columns) others(i int, full, waiting, lost float64) {
	q := c.q
	switch q.Limit {
	case Quota:
		throttled := 5 * full
		if full > 0.7 {
			throttled = 300 * (full - 0.7)
		}
		c.percent(i, resource.ContainerThrottledPercent, throttled)
		c.percent(i, resource.ContainerCPUPercent, 97*full)
		c.set(i, resource.ContainerCPULimitCores, 0.5)
	case Memory:
		c.percent(i, resource.ContainerMemoryPercent, 40+59*full)
		pressure := 0.0
		if full > 0.85 {
			pressure = 30 * full
		}
		c.set(i, resource.ContainerPressureMemoryFullPercent, pressure*c.r.Float64()*2)
		c.set(i, resource.ContainerMemoryLimitHits, math.Floor(pressure))
	case GPU:
		c.percent(i, resource.GPULoadPercent(0), 100*full)
		c.set(i, resource.GPUMemoryUsedGB(0), 20)
		c.set(i, resource.GPUMemoryTotalGB(0), 24)
		c.percent(i, resource.GPULoadPercent(1), 0)
	case Disk:
		c.percent(i, resource.DiskBusyPercent("sda"), 100*full)
		c.set(i, resource.DiskAwaitMS("sda"), 2*(1+waiting)*(0.9+0.2*c.r.Float64()))
	case Listen:
		c.set(i, resource.TCPListenOverflows, lost)
		c.set(i, resource.TCPListenDrops, lost)
		c.percent(i, resource.ProcessAcceptQueuePercent, 100*math.Min(1, waiting/float64(max(1, q.Backlog))))
	case Files:
		c.percent(i, resource.ProcessOpenFilesPercent, 100*math.Min(1, 0.2+0.8*full))
	case Nothing, CPU, Thread:
	}
}

// uninvolved are columns that swing by themselves.
func (c columns) uninvolved(i int) {
	q := c.q
	swing := func() float64 { return q.Level + q.Noise*c.r.NormFloat64() }
	if q.Limit != Disk {
		c.percent(i, resource.DiskBusyPercent("sda"), swing())
		c.set(i, resource.DiskAwaitMS("sda"), 2+c.r.Float64())
	}
	if q.Limit != GPU {
		c.percent(i, resource.GPULoadPercent(0), swing())
	}
	if q.Limit != Files {
		c.percent(i, resource.ProcessOpenFilesPercent, swing())
	}
	c.percent(i, resource.NetworkLinkPercent, swing())
	c.percent(i, resource.MemoryPercent, swing())
	c.set(i, resource.MemoryTotalGB, 16)
	c.set(i, resource.MemoryAvailableGB, 8)
	c.set(i, resource.SwapInMBPerSecond, 0)
	c.set(i, resource.ProcessRestarts, 0)
	c.set(i, resource.ProcessCount, 2)
	c.set(i, resource.ContainerOOMKills, 0)
	if q.Limit != Listen {
		c.set(i, resource.TCPListenOverflows, 0)
		c.percent(i, resource.ProcessAcceptQueuePercent, 0)
	}
}
