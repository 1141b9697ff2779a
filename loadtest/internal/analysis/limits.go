package analysis

import (
	"cmp"
	"math"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/statistics"
)

// A limit is a resource that can run out, and how near to that it was.
type limit struct {
	// group is what it is a part of: of a group one is named.
	group string
	host  *Host
	// name is what saturates, in a sentence; short is the name in a list, empty for what is named only when it is full.
	name, short string
	// use is the share of the capacity in each second, from limitShare on at its limit.
	use []float64
	// shown is the column of which numbers are told, with its unit.
	shown Series
	unit  string
	// rule is its rule in words.
	rule string
	// lawful says that use grows with throughput (the utilisation law, U = X D).
	lawful bool
	// doubt says why being at its limit is no proof that it is what holds up requests; empty where it is.
	doubt string
	// symptom says that it fills when something else is full.
	symptom bool
}

// limits are all that the monitors measured, machine by machine. That of the load is left out where the target is on another.
func (v *view) limits() (all []limit) {
	for i := range v.run.Hosts {
		host := &v.run.Hosts[i]
		if i == 0 && host.Name == "" && !v.run.Info.Local && !host.Target {
			continue
		}
		for _, rule := range []func(*Host) []limit{
			v.threadLimits, v.cpuLimits, quotaLimits, v.memoryLimits, v.gpuLimits, v.diskLimits, v.networkLimits, v.queueLimits, v.fileLimits,
		} {
			all = append(all, rule(host)...)
		}
	}
	for i := range all {
		all[i].use, all[i].shown.Values = v.padded(all[i].use), v.padded(all[i].shown.Values)
	}
	return all
}

// inPercent is a limit of a column in percent.
func inPercent(host *Host, group, name, short, column string) (limit, bool) {
	s, found := host.Column(column)
	return limit{group: group, host: host, name: name, short: short, use: shares(s.Values, 100), shown: s, unit: "%", rule: ">= 90 % in 8 of 10 s"}, found
}

// add appends a limit that is there.
func add(all []limit, l limit, found bool) []limit {
	if found {
		return append(all, l)
	}
	return all
}

// place is whose a resource is, in a sentence.
func (v *view) place(host *Host) string {
	switch {
	case host.Name != "":
		return host.Name
	case len(v.run.Hosts) > 1:
		return "this machine"
	}
	return "the machine"
}

// watched is the process under test in a word.
func (v *view) watched() string {
	return cmp.Or(v.run.Info.Program(), "the process")
}

// combine makes one use out of two columns, second by second; an absent second column is nil.
func combine(a, b []float64, with func(a, b float64) float64) []float64 {
	use := make([]float64, len(a))
	for i := range a {
		second := math.NaN()
		if i < len(b) {
			second = b[i]
		}
		use[i] = with(a[i], second)
	}
	return use
}

// threadLimits are a thread of the process under test, or one core that its threads share by a lock.
func (v *view) threadLimits(host *Host) []limit {
	busiest, found := host.Column(resource.ProcessBusiestThreadPercent)
	if !found {
		return nil
	}
	waits := host.Columns[resource.ProcessBusiestThreadWaitPercent]
	thread := limit{
		group: "thread", host: host, name: "one thread of " + v.watched(), short: "the busiest thread", shown: busiest, unit: "%", lawful: true,
		rule: "CPU of the busiest thread + its wait for a core >= 90 % in 8 of 10 s",
		use:  combine(busiest.Values, waits.Values, func(run, wait float64) float64 { return (run + nanZero(wait)) / 100 }),
	}
	all := []limit{thread}
	cores, found := host.Column(resource.ProcessCPUCores)
	if !found || v.run.Info.Cores == 1 {
		return all
	}
	first, last := v.clip(v.run.Began, v.run.Ended)
	if statistics.Quantile(cores.Values[first:last], 0.95) > oneCoreMost {
		return all
	}
	return append(all, limit{
		group: "thread", host: host, name: "one core's worth of " + v.watched(), shown: cores, unit: "cores", lawful: true, use: cores.Values,
		rule:  "CPU of the process 0.9 to 1.2 cores in 8 of 10 s, spread over its threads",
		doubt: "its threads use one core between them, as those behind one lock do (Python's GIL); a profile would tell",
	})
}

// oneCoreMost is how many cores threads behind one lock use at most: what runs outside of it is little.
const oneCoreMost = 1.2

// cpuLimits are all cores of the machine.
func (v *view) cpuLimits(host *Host) (all []limit) {
	cpu, found := inPercent(host, "cpu", "CPU of "+v.place(host), "CPU", resource.CPUPercent)
	cpu.lawful = true
	all = add(all, cpu, found)
	if _, watched := host.Column(resource.ProcessBusiestThreadPercent); watched {
		return all
	}
	core, found := inPercent(host, "core", "one core of "+v.place(host), "", resource.CPUBusiestCorePercent)
	core.doubt = "no process was watched, so that it is not known whose core that is"
	return add(all, core, found)
}

// When a container's CPU is at its limit below 90 % of its quota: from throttledShare of throttled periods on, in percent, if its use is throttledUse of the quota or more. Below
// that requests that come at once are throttled, and throughput goes on rising.
const (
	throttledShare = 25
	throttledUse   = 0.8
)

// quotaLimits are the CPU that a container may use.
func quotaLimits(host *Host) []limit {
	throttled, known := host.Column(resource.ContainerThrottledPercent)
	used := host.Columns[resource.ContainerCPUPercent]
	if !known && !used.Known() {
		return nil
	}
	l := limit{
		group: "quota", host: host, name: "the container's CPU quota", short: "the quota", lawful: used.Known(),
		rule: "use >= 90 % of the quota, or >= 80 % and throttled in >= 25 % of the periods, in 8 of 10 s",
	}
	if !known {
		l.use, l.shown, l.unit = shares(used.Values, 100), used, "%"
		return []limit{l}
	}
	l.shown, l.unit = throttled, "% of periods throttled"
	l.use = combine(throttled.Values, used.Values, func(t, u float64) float64 {
		switch {
		case math.IsNaN(u):
			return limitShare * t / throttledShare
		case t >= throttledShare && u >= 100*throttledUse:
			return math.Max(u/100, limitShare)
		}
		return u / 100
	})
	return []limit{l}
}
