package process

import (
	"fmt"
	"slices"
	"strings"
)

// idLength is the length of a container's id: 256 bits, in docker, containerd, cri-o and podman.
const idLength = 64

// byContainer finds the processes in a container. Its id is in the path of its cgroup, whatever the engine.
type byContainer struct{ proc, name string }

func (f *byContainer) find() ([]int, error) {
	inside := map[string][]int{} // the processes of each container
	for _, pid := range processes(f.proc) {
		for _, name := range containersOf(f.proc, pid) {
			inside[name] = append(inside[name], pid)
		}
	}
	name, err := f.choose(inside)
	if err != nil || name == "" {
		return nil, err
	}
	return inside[name], nil
}

// choose returns the container that is meant: the one with that id or that name in its cgroup, else the one that an engine
// calls so, else the one whose id begins so. It is the order of docker.
func (f *byContainer) choose(inside map[string][]int) (string, error) {
	if _, ok := inside[f.name]; ok {
		return f.name, nil
	}
	for _, matches := range []func(id string) bool{
		named(f.proc, f.name),
		func(id string) bool { return len(id) == idLength && strings.HasPrefix(id, f.name) },
	} {
		var found []string
		for id := range inside {
			if matches(id) {
				found = append(found, id)
			}
		}
		if len(found) > 1 {
			slices.Sort(found)
			return "", fmt.Errorf("--container %s: %d containers are called so; give the id of one: %s", f.name, len(found), strings.Join(found, ", "))
		}
		if len(found) == 1 {
			return found[0], nil
		}
	}
	return "", nil
}

// named returns what says whether an engine calls the container with an id by that name.
func named(proc, name string) func(id string) bool {
	ids := idsOf(proc, name)
	return func(id string) bool { return slices.Contains(ids, id) }
}

// containersOf returns the names by which a process's cgroups know its container: its id, or a name where the engine has
// no ids (LXC, systemd-nspawn).
func containersOf(proc string, pid int) (names []string) {
	for _, path := range cgroupsOf(proc, pid) {
		if name := containerOf(path); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// containerOf returns the container that a cgroup belongs to, "" for none. The innermost counts: a container may run an
// engine. The forms are those of cgroupfs (ID), of systemd's slices (docker-ID.scope, cri-containerd-ID.scope, crio-ID.scope,
// libpod-ID.scope), of LXC and of systemd-nspawn. conmon, which watches a container of podman or cri-o, is not in it.
func containerOf(path string) (name string) {
	for part := range strings.SplitSeq(path, "/") {
		part = strings.TrimSuffix(part, ".scope")
		if strings.Contains(part, "conmon") {
			return ""
		}
		if id := part[strings.LastIndexByte(part, '-')+1:]; isID(id) {
			name = id
			continue
		}
		if i := strings.LastIndexByte(part, ':'); i >= 0 && isID(part[i+1:]) { // kubepods.slice:cri-containerd:ID
			name = part[i+1:]
			continue
		}
		for _, prefix := range []string{"lxc.payload.", "systemd-nspawn@", "machine-"} {
			if rest, ok := strings.CutPrefix(part, prefix); ok && rest != "" {
				name = strings.TrimSuffix(rest, ".service")
			}
		}
	}
	return name
}

func isID(text string) bool {
	return len(text) == idLength && strings.Trim(text, "0123456789abcdef") == ""
}
