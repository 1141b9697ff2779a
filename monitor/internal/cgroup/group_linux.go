package cgroup

import (
	"strconv"

	"gregaria/monitor/internal/kernel"
)

// A Group is the cgroup of a process, open for reading. It is used by one goroutine.
type Group struct {
	limits limits
	cpu    source // cpu.stat of version 2, cpuacct.usage of version 1
	memory struct{ usage, stat, hits, kills source }
	pids   source
	stalls [3]source

	unifiedCPU, unifiedMemory bool
}

// Self stands for the reading process in place of a number.
const Self = 0

// Open finds the group of a process, by its number, and opens it. proc and sys are the folders of the kernel: /proc and /sys. The error
// wraps ErrNone where the process is at the root of every hierarchy, and ErrHidden where its group cannot be seen from here.
func Open(proc, sys string, pid int) (*Group, error) {
	p, err := find(proc, process(pid))
	if err != nil {
		return nil, err
	}
	g := &Group{limits: newLimits(p, sys), unifiedCPU: p.cpu.unified, unifiedMemory: p.memory.unified}
	g.cpu = nearest(p.cpuacct.dirs, "cpuacct.usage")
	if p.cpuacct.unified {
		g.cpu = nearest(p.cpuacct.dirs, "cpu.stat")
	}
	m := &g.memory
	if m.usage = nearest(p.memory.dirs, "memory.current"); p.memory.unified {
		m.hits = nearest(p.memory.dirs, "memory.events")
	} else {
		m.usage, m.hits = nearest(p.memory.dirs, "memory.usage_in_bytes"), nearest(p.memory.dirs, "memory.failcnt")
		m.kills = nearest(p.memory.dirs, "memory.oom_control")
	}
	m.stat = nearest(p.memory.dirs, "memory.stat")
	g.pids = nearest(p.pids.dirs, "pids.current")
	if len(p.unified.dirs) > 0 && p.pressureIsOurs() {
		for i, kind := range Pressures() {
			g.stalls[i] = newSource(p.unified.dirs[0], kind+".pressure")
		}
	}
	return g, nil
}

// pressureIsOurs says whether the unified hierarchy has the same group as the others. Where both versions are mounted, an engine may
// leave its containers in a group that is not theirs.
func (p places) pressureIsOurs() bool {
	for _, other := range []place{p.memory, p.cpu} {
		if len(other.dirs) > 0 {
			return other.path == p.unified.path
		}
	}
	return true
}

func process(pid int) string {
	if pid == Self {
		return "self"
	}
	return strconv.Itoa(pid)
}

// Read returns what the group may use and what it has used. What it does not have, or the kernel, is unknown. An error means that a
// file could not be read; the group is gone then, or may not be read.
func (g *Group) Read() (Limits, Usage, error) {
	var r reader
	limit, at := g.limits.read(&r)
	var u Usage
	g.readCPU(&r, at, &u)
	g.readMemory(&r, &limit, &u)
	u.PIDs = parseNumber(r.of(&g.pids))
	for i := range g.stalls {
		p := kernel.ParsePressure(r.of(&g.stalls[i]))
		u.Pressures[i] = Stalls{Number{p.Some, p.HasSome}, Number{p.Full, p.HasFull}}
	}
	return limit, u, r.err
}

func (g *Group) readCPU(r *reader, at int, u *Usage) {
	used := r.of(&g.cpu)
	if g.unifiedCPU {
		u.CPU = number(used, "usage_usec").times(1000)
	} else {
		u.CPU = parseNumber(used)
	}
	if at >= len(g.limits.stats) {
		return
	}
	stat := used // the same file, where the quota is the group's own in version 2
	if of := &g.limits.stats[at]; g.cpu.file == nil || of.file.Path() != g.cpu.file.Path() {
		stat = r.of(of)
	}
	u.Periods, u.Throttled = number(stat, "nr_periods"), number(stat, "nr_throttled")
	if u.ThrottledTime = number(stat, "throttled_usec").times(1000); !g.unifiedCPU {
		u.ThrottledTime = number(stat, "throttled_time")
	}
}

// readMemory also lowers the limit to what an ancestor sets that cannot be seen: version 1 tells of it.
func (g *Group) readMemory(r *reader, limit *Limits, u *Usage) {
	m := &g.memory
	usage, hits := parseNumber(r.of(&m.usage)), r.of(&m.hits)
	if g.unifiedMemory {
		u.LimitHits, u.High, u.OOMKills = number(hits, "max"), number(hits, "high"), number(hits, "oom_kill")
		u.Memory = workingSet(usage, number(r.of(&m.stat), "inactive_file"))
		return
	}
	u.LimitHits = parseNumber(hits)
	u.OOMKills = number(r.of(&m.kills), "oom_kill")
	stat := r.of(&m.stat)
	u.Memory = workingSet(usage, number(stat, "total_inactive_file"))
	if above := number(stat, "hierarchical_memory_limit"); above.Known && above.Value < noLimit {
		limit.Memory = min(limit.Memory, float64(above.Value))
	}
}

// Close closes the files.
func (g *Group) Close() {
	g.limits.close()
	for _, s := range []*source{&g.cpu, &g.memory.usage, &g.memory.stat, &g.memory.hits, &g.memory.kills, &g.pids, &g.stalls[0], &g.stalls[1], &g.stalls[2]} {
		s.close()
	}
}
