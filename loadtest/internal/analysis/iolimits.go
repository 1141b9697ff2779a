package analysis

import (
	"math"
	"slices"
	"strings"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/statistics"
)

// named are what stands in the place of a name in columns of a kind, such as the disks, in order.
func named(host *Host, prefix, suffix string) (names []string) {
	for column := range host.Columns {
		rest, found := strings.CutPrefix(column, prefix)
		if name, ends := strings.CutSuffix(rest, suffix); found && ends {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// gpuLimits are the load, the power and heat, and the memory of each GPU.
func (v *view) gpuLimits(host *Host) (all []limit) {
	for _, n := range named(host, "GPU", "_Load_Percent") {
		if strings.Contains(n, "_") {
			continue // GPU0_Memory_Load_Percent is how busy the memory of GPU 0 is
		}
		name := "GPU " + n
		load, found := inPercent(host, "gpu"+n, name+" of "+v.place(host), name, "GPU"+n+"_Load_Percent")
		load.lawful = true
		load.rule = "a kernel ran >= 90 % of the time in 8 of 10 s: busy, which does not say how full"
		all = add(all, load, found)
		for _, why := range []string{"Power", "Thermal"} {
			s, found := host.Column("GPU" + n + "_Throttled_" + why)
			all = add(all, limit{
				group: "gpu" + n, host: host, name: name + " of " + v.place(host) + ", slowed down (" + strings.ToLower(why) + "),", shown: s, unit: "throttled", use: s.Values,
				rule: "the driver slows it down in 8 of 10 s", doubt: "it works more slowly, and need not be busy",
			}, found)
		}
		used, found := host.Column("GPU" + n + "_Memory_Used_GB")
		size, sized := host.Column("GPU" + n + "_Memory_Total_GB")
		all = add(all, limit{
			group: "gpu" + n + " memory", host: host, name: "memory of GPU " + n, short: "memory of GPU " + n, shown: used, unit: "GB", rule: "used >= 90 % of the memory in 8 of 10 s",
			use: combine(used.Values, size.Values, func(u, t float64) float64 { return u / t }), doubt: "PyTorch, TensorFlow and vLLM reserve memory ahead, so that used is not needed",
		}, found && sized)
	}
	return all
}

// awaitTimes is by how much a request to a disk must take longer than when it is calm: NVMe serves many at once, so that busy alone says little.
const awaitTimes = 3

// diskLimits are the disks.
func (v *view) diskLimits(host *Host) (all []limit) {
	for _, disk := range named(host, "Disk_", "_Busy_Percent") {
		l, found := inPercent(host, "disk "+disk, "disk "+disk+" of "+v.place(host), "disk "+disk, resource.DiskBusyPercent(disk))
		await := host.Columns[resource.DiskAwaitMS(disk)]
		calm := v.calm(await.Values)
		if math.IsNaN(calm) {
			l.doubt = "a disk that serves many requests at once is not full when it is busy, and how long a request takes when it is calm is not known"
			all = add(all, l, found)
			continue
		}
		l.rule = "busy >= 90 %, and a request takes 3 times as long as when it is calm, in 8 of 10 s"
		l.use = combine(l.use, await.Values, func(busy, ms float64) float64 {
			if math.IsNaN(ms) || ms < awaitTimes*calm {
				return math.Min(busy, limitShare-0.01)
			}
			return busy
		})
		all = add(all, l, found)
	}
	return all
}

// calm is the median of a column before the load and in its first tenth, NaN where it has no value there.
func (v *view) calm(values []float64) float64 {
	first, last := v.clip(v.run.Start, v.run.Began+(v.run.Ended-v.run.Began)/10)
	last = min(last, len(values))
	return statistics.Median(values[min(first, last):last])
}

// networkLimits are the links. Virtual ones have no speed, and no column.
func (v *view) networkLimits(host *Host) []limit {
	l, found := inPercent(host, "network", "the network link of "+v.place(host), "the network", resource.NetworkLinkPercent)
	l.lawful = true
	return add(nil, l, found)
}

// queueHalf is how full a queue must be, as a share, for overflows to be its own: they are counted for all of a machine, and a look at the queue may miss its fullest moment.
const queueHalf = 0.5

// queueLimits are the queue of connections that the process has not accepted.
func (v *view) queueLimits(host *Host) (all []limit) {
	queue, found := inPercent(host, "queue", "the listen queue of "+v.watched(), "", resource.ProcessAcceptQueuePercent)
	queue.symptom, queue.rule = true, ">= 90 % full, or overflows > 0 while it is half full, in 8 of 10 s"
	for _, column := range []string{resource.TCPListenOverflows, resource.TCPListenDrops} {
		s, counted := host.Column(column)
		lost := queue
		lost.shown, lost.unit = s, "overflows/s"
		if found {
			lost.use = combine(s.Values, queue.use, func(n, full float64) float64 {
				if n > 0 && full >= queueHalf {
					return 1
				}
				return full
			})
		} else {
			lost.use, lost.doubt = above(s.Values, 0), "they are counted for all of the machine, and whose queue overflows is not known"
		}
		all = add(all, lost, counted)
	}
	return add(all, queue, found)
}

// fileLimits are what there is a fixed number of.
func (v *view) fileLimits(host *Host) (all []limit) {
	for _, c := range []struct{ column, group, name string }{
		{resource.ProcessOpenFilesPercent, "files", "the open files of " + v.watched()},
		{resource.FilesPercent, "all files", "the open files of " + v.place(host)},
		{resource.ThreadsPercent, "threads", "the threads of " + v.place(host)},
	} {
		l, found := inPercent(host, c.group, c.name, "", c.column)
		l.symptom = true
		all = add(all, l, found)
	}
	used, found := host.Column(resource.ContainerPIDs)
	most, limited := host.Column(resource.ContainerPIDsLimit)
	all = add(all, limit{
		group: "pids", host: host, name: "the processes of the container", shown: used, unit: "processes", rule: ">= 90 % of the limit in 8 of 10 s", symptom: true,
		use: combine(used.Values, most.Values, func(u, m float64) float64 { return u / m }),
	}, found && limited)
	if v.run.Info.Local && host.Name == "" {
		return all // there they are the generator's, or cannot be told from them
	}
	for _, column := range []string{resource.TCPDestinationPortsPercent, resource.TCPEphemeralPortsPercent} {
		l, found := inPercent(host, "ports", "the outgoing ports of "+v.place(host), "", column)
		all = add(all, l, found)
	}
	return all
}
