package cgroup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrNone means that a process is in no group of its own: in no hierarchy is it anywhere but at the root.
var ErrNone = errors.New("in no cgroup of its own")

// ErrHidden means that a process has a group that cannot be seen from here.
var ErrHidden = errors.New("in a cgroup that cannot be seen from here; mount the host's /sys/fs/cgroup into the monitor's container, or give it the right to look into the process (root, or the same user)")

// A place is a group in one hierarchy: its folder and those of its ancestors that can be seen, from the group upwards.
// There is no place where dirs is empty.
type place struct {
	unified bool
	path    string // as the kernel names the group
	dirs    []string
}

// places are where the controllers find a process. A place at the root of its hierarchy is none: what the root uses, the whole
// machine uses.
type places struct{ cpu, cpuacct, cpuset, memory, pids, unified place }

// A view is one way to look at the hierarchies: the mounts of a process, found through its root folder.
type view struct {
	prefix string
	mounts []mount
}

// find returns the places of a process, which is the name of a folder below proc: a number, or self.
func find(proc, process string) (places, error) {
	data, err := os.ReadFile(filepath.Join(proc, process, "cgroup"))
	if err != nil {
		return places{}, fmt.Errorf("find the cgroup: %w", err)
	}
	all := parseMemberships(data)
	views := views(proc, process)
	var p places
	var seen, hidden bool
	for _, c := range []struct {
		controller string
		at         *place
	}{{"cpu", &p.cpu}, {"cpuacct", &p.cpuacct}, {"cpuset", &p.cpuset}, {"memory", &p.memory}, {"pids", &p.pids}, {"", &p.unified}} {
		m, ok := all.of(c.controller)
		if !ok {
			continue
		}
		at, found := locate(views, m, c.controller)
		switch {
		case found && !isRoot(at):
			*c.at, seen = at, true
		case !found && m.path != "/":
			hidden = true
		}
	}
	switch {
	case seen:
		return p, nil
	case hidden:
		return places{}, ErrHidden
	default:
		return places{}, ErrNone
	}
}

// views are the reader's own mounts and then those of the process: a monitor in a container beside that of the process sees only
// its own group in its own mounts, and the process's in the process's.
func views(proc, process string) []view {
	var all []view
	for _, v := range []struct{ of, prefix string }{{"self", ""}, {process, filepath.Join(proc, process, "root")}} {
		if v.prefix != "" && process == "self" {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(proc, v.of, "mountinfo")); err == nil {
			all = append(all, view{v.prefix, parseMounts(data)})
		}
	}
	return all
}

// locate finds the folder of a group, from where most of its ancestors are seen.
func locate(views []view, m membership, controller string) (place, bool) {
	unified := m.controllers == nil
	for _, v := range views {
		best, found := place{}, false
		for _, at := range v.mounts {
			way, ok := at.below(m.path)
			if !ok || !at.shows(controller, unified) {
				continue
			}
			top := filepath.Join(v.prefix, at.point)
			if dirs := upwards(top, way); len(dirs) > len(best.dirs) && isFolder(dirs[0]) {
				best, found = place{unified, m.path, dirs}, true
			}
		}
		if found {
			return best, true
		}
	}
	return place{}, false
}

// upwards lists a folder and those above it, up to top.
func upwards(top, way string) []string {
	dirs := []string{top}
	if way == "" {
		return dirs
	}
	for name := range strings.SplitSeq(way, "/") {
		dirs = append([]string{filepath.Join(dirs[0], name)}, dirs...)
	}
	return dirs
}

// isRoot says whether a place is the root of its hierarchy, by what only roots have, or lack: in a cgroup namespace each group
// calls itself "/". A root of version 1 has release_agent; one of version 2 has no cgroup.events (Documentation/admin-guide,
// cgroup-v1/cgroups.rst and cgroup-v2.rst).
func isRoot(p place) bool {
	name := "release_agent"
	if p.unified {
		name = "cgroup.events"
	}
	_, err := os.Stat(filepath.Join(p.dirs[0], name))
	return errors.Is(err, fs.ErrNotExist) == p.unified
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Has says what only version 2 has: whether a cgroup of this machine can have pressure, and whether its memory is counted by that version.
func Has(proc string) (pressure, memoryEvents bool) {
	data, err := os.ReadFile(filepath.Join(proc, "self", "cgroup"))
	if err != nil {
		return false, false
	}
	all := parseMemberships(data)
	_, pressure = all.unified()
	memory, ok := all.of("memory")
	return pressure, ok && memory.controllers == nil
}
