package process

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// byCgroup finds the processes in a cgroup and in those below it, in any hierarchy.
//
// Subtle: what /proc/PID/cgroup says is used and not the cgroup.procs of the folder: those show 0 for a process outside the reader's
// namespace of numbers, and the folder may not be mounted in the reader's container.
type byCgroup struct{ proc, path string }

func (f *byCgroup) find() (pids []int, _ error) {
	for _, pid := range processes(f.proc) {
		for _, path := range cgroupsOf(f.proc, pid) {
			if path == f.path || strings.HasPrefix(path, strings.TrimSuffix(f.path, "/")+"/") {
				pids = append(pids, pid)
				break
			}
		}
	}
	return pids, nil
}

// cgroupsOf returns the paths of the cgroups that a process is in: one with v2, one for each hierarchy with v1.
func cgroupsOf(proc string, pid int) []string {
	data, err := os.ReadFile(filepath.Join(proc, strconv.Itoa(pid), "cgroup"))
	if err != nil {
		return nil
	}
	return parseCgroups(string(data))
}

// parseCgroups reads /proc/PID/cgroup: lines of "ID:controllers:path" (cgroups(7)). To a reader in a namespace of cgroups, those
// outside it begin with "/..", once for each level.
func parseCgroups(text string) (paths []string) {
	for line := range strings.Lines(text) {
		_, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		_, path, alsoOK := strings.Cut(rest, ":")
		if !ok || !alsoOK || !strings.HasPrefix(path, "/") {
			continue
		}
		for path == "/.." || strings.HasPrefix(path, "/../") {
			path = path[len("/.."):]
		}
		if path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}
