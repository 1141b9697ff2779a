package cgroup

import (
	"bytes"
	"math"
	"path/filepath"

	"gregaria/monitor/internal/kernel"
)

// A quota is the CPU limit of one group: cpu.max of version 2, or two files of version 1.
type quota struct{ max, period source }

// limits are the sources of Limits.
type limits struct {
	quotas []quota  // of the group and its ancestors, from the group upwards
	stats  []source // cpu.stat of each
	cpuset source
	memory []source
	pids   []source
	online int // CPUs of the machine; 0 where that is not known
	number []byte
}

func newLimits(p places, sys string) limits {
	var l limits
	for _, dir := range p.cpu.dirs {
		q := quota{max: newSource(dir, "cpu.cfs_quota_us"), period: newSource(dir, "cpu.cfs_period_us")}
		if p.cpu.unified {
			q = quota{max: newSource(dir, "cpu.max")}
		}
		l.quotas, l.stats = append(l.quotas, q), append(l.stats, newSource(dir, "cpu.stat"))
	}
	l.cpuset = nearest(p.cpuset.dirs, "cpuset.cpus.effective")
	if !p.cpuset.unified {
		l.cpuset = nearest(p.cpuset.dirs, "cpuset.effective_cpus")
	}
	l.memory = each(p.memory, "memory.limit_in_bytes", "memory.max")
	l.pids = each(p.pids, "pids.max", "pids.max")
	online := newSource(filepath.Join(sys, "devices/system/cpu"), "online")
	if data, err := online.read(); err == nil {
		l.online, _ = kernel.CountCPUs(data)
	}
	online.close()
	return l
}

// each is a file of the group and of each ancestor, by its name in version 1 and 2.
func each(p place, first, second string) []source {
	name := first
	if p.unified {
		name = second
	}
	var all []source
	for _, dir := range p.dirs {
		all = append(all, newSource(dir, name))
	}
	return all
}

// read returns the smallest limits, and the place in stats of the group whose quota it is: the group itself where no ancestor has a
// smaller one.
func (l *limits) read(r *reader) (limit Limits, at int) {
	limit = Limits{Cores: math.Inf(1), Memory: smallest(r, l.memory), PIDs: smallest(r, l.pids)}
	for i := range l.quotas {
		if cores, ok := l.quota(r, &l.quotas[i]); ok && cores < limit.Cores {
			limit.Cores, at = cores, i
		}
	}
	if count, ok := kernel.CountCPUs(r.of(&l.cpuset)); ok && count != l.online {
		limit.Cores = min(limit.Cores, float64(count))
	}
	return limit, at
}

func (l *limits) quota(r *reader, q *quota) (float64, bool) {
	data := r.of(&q.max)
	if q.period.file == nil {
		return parseQuota(data)
	}
	l.number = append(append(l.number[:0], bytes.TrimSpace(data)...), ' ')
	l.number = append(l.number, r.of(&q.period)...)
	return parseQuota(l.number)
}

func smallest(r *reader, all []source) float64 {
	least := math.Inf(1)
	for i := range all {
		if limit, ok := parseLimit(r.of(&all[i])); ok {
			least = min(least, limit)
		}
	}
	return least
}

func (l *limits) close() {
	for i := range l.quotas {
		l.quotas[i].max.close()
		l.quotas[i].period.close()
		l.stats[i].close()
	}
	for _, all := range [][]source{l.memory, l.pids} {
		for i := range all {
			all[i].close()
		}
	}
	l.cpuset.close()
}
