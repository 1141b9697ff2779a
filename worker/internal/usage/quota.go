package usage

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Where the kernel says which groups this process is in, and what they may use.
const (
	groupsFile = "/proc/self/cgroup"
	groupsRoot = "/sys/fs/cgroup"
)

// cores is how much CPU this process may use: GOMAXPROCS, or its container's quota where that is less. Go rounds a quota up, to two cores at least. The process may be moved to
// another group at any time.
func cores() float64 {
	most := float64(runtime.GOMAXPROCS(0))
	groups, err := os.ReadFile(groupsFile)
	if err != nil {
		return most // not on Linux
	}
	for _, dir := range quotaFolders(string(groups)) {
		if quota := quotaIn(filepath.Join(groupsRoot, dir)); quota > 0 {
			most = min(most, quota)
		}
	}
	return most
}

// quotaFolders are where a quota of a process may be, below the root of the groups, for both versions: its group's own folder, that of each ancestor, and the root, which is all that a
// container shows.
func quotaFolders(groups string) (dirs []string) {
	for line := range strings.Lines(groups) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3) // 4:cpu,cpuacct:/path, or 0::/path
		if len(fields) < 3 {
			continue
		}
		hierarchy := fields[1]
		if hierarchy != "" && !slices.Contains(strings.Split(hierarchy, ","), "cpu") {
			continue
		}
		for dir := filepath.Clean("/" + fields[2]); ; dir = filepath.Dir(dir) {
			dirs = append(dirs, filepath.Join(hierarchy, dir))
			if dir == "/" {
				break
			}
		}
	}
	return dirs
}

// quotaIn is the quota of a folder in cores, 0 where it has none.
func quotaIn(dir string) float64 {
	text, err := os.ReadFile(filepath.Join(dir, "cpu.max"))
	if err != nil {
		quota, _ := os.ReadFile(filepath.Join(dir, "cpu.cfs_quota_us")) // a file that is not there is no quota
		period, _ := os.ReadFile(filepath.Join(dir, "cpu.cfs_period_us"))
		text = append(append(quota, ' '), period...)
	}
	fields := strings.Fields(string(text))
	if len(fields) != 2 {
		return 0
	}
	quota, err := strconv.ParseFloat(fields[0], 64)
	period, also := strconv.ParseFloat(fields[1], 64)
	if err != nil || also != nil || quota <= 0 || period <= 0 {
		return 0 // "max", or -1
	}
	return quota / period
}
