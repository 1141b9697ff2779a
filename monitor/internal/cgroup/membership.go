package cgroup

import (
	"slices"
	"strings"
)

// A membership is a line of /proc/PID/cgroup (cgroups(7)): the group of a process in one hierarchy.
type membership struct {
	controllers []string // of version 1; none in the unified hierarchy of version 2
	path        string   // seen from the cgroup namespace of the reader
}

// memberships are all lines of a process.
type memberships []membership

// parseMemberships reads lines "number:controller,controller:path", of which the unified hierarchy's is "0::path".
func parseMemberships(data []byte) memberships {
	var all memberships
	for line := range strings.Lines(string(data)) {
		number, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		controllers, path, also := strings.Cut(rest, ":")
		if !ok || !also || !strings.HasPrefix(path, "/") {
			continue
		}
		m := membership{path: strings.TrimSuffix(path, " (deleted)")}
		switch {
		case controllers != "":
			m.controllers = strings.Split(controllers, ",")
		case number != "0":
			continue
		}
		all = append(all, m)
	}
	return all
}

// of returns the group that a controller looks at: that of its own hierarchy of version 1, or else the unified one.
func (all memberships) of(controller string) (membership, bool) {
	if i := slices.IndexFunc(all, func(m membership) bool { return slices.Contains(m.controllers, controller) }); i >= 0 {
		return all[i], true
	}
	return all.unified()
}

func (all memberships) unified() (membership, bool) {
	if i := slices.IndexFunc(all, func(m membership) bool { return m.controllers == nil }); i >= 0 {
		return all[i], true
	}
	return membership{}, false
}
