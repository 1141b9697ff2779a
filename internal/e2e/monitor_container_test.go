//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// limitedGroup makes a cgroup of version 1 with limits and returns the shell's words that enter it. It goes away after the processes
// that the test starts later.
func limitedGroup(t *testing.T, limits map[string]map[string]int) (enter string) {
	t.Helper()
	for _, dir := range limitedGroups(t, limits) {
		enter += fmt.Sprintf("echo $$ > %s/cgroup.procs; ", dir)
	}
	return enter
}

// joinGroup puts a process that runs already into a cgroup of version 1 with limits, with the children that it will have.
func joinGroup(t *testing.T, pid int, limits map[string]map[string]int) {
	t.Helper()
	for _, dir := range limitedGroups(t, limits) {
		if err := os.WriteFile(filepath.Join(dir, "cgroup.procs"), fmt.Append(nil, pid), 0o600); err != nil {
			t.Fatalf("put the process into its group: %v", err)
		}
	}
}

// limitedGroups makes a group for each controller, with limits.
func limitedGroups(t *testing.T, limits map[string]map[string]int) (dirs []string) {
	t.Helper()
	for controller, values := range limits {
		dir, err := os.MkdirTemp(filepath.Join("/sys/fs/cgroup", controller), "gregaria-e2e-")
		if err != nil {
			t.Skipf("no cgroup of version 1 can be made here: %v", err)
		}
		t.Cleanup(func() { emptyGroup(t, dir) })
		for file, value := range values {
			if err := os.WriteFile(filepath.Join(dir, file), fmt.Append(nil, value), 0o600); err != nil {
				t.Skipf("no limit can be set here: %v", err)
			}
		}
		dirs = append(dirs, dir)
	}
	return dirs
}

// emptyGroup ends what is still in a group that the test made, and removes it.
func emptyGroup(t *testing.T, dir string) {
	t.Helper()
	for range 200 {
		if err := os.Remove(dir); err == nil {
			return
		}
		data, _ := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
		for word := range strings.FieldsSeq(string(data)) {
			var pid int
			if _, err := fmt.Sscan(word, &pid); err == nil && pid > 1 {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s cannot be removed", dir)
}

// TestMonitorInAContainer: a monitor in a group with a fifth of a core and 64 MB, where something is busy all the time and something else
// takes too much memory, says so in its CSV.
func TestMonitorInAContainer(t *testing.T) {
	enter := limitedGroup(t, map[string]map[string]int{
		"cpu": {"cpu.cfs_period_us": 100_000, "cpu.cfs_quota_us": 20_000}, "cpuacct": {}, "memory": {"memory.limit_in_bytes": 64 << 20}, "pids": {"pids.max": 60},
	})
	path := filepath.Join(t.TempDir(), "metrics.csv")
	monitor := program("monitor") + " --collect cpu,memory,container --output " + path
	p := start(t, command{name: "monitor", path: "/bin/sh", args: []string{"-c", enter + "(while :; do :; done) & " +
		"(until grep -qs ^1 " + path + "; do sleep 0.2; done; sleep 3; tail -n 1 /dev/zero; echo eaten) & exec " + monitor}})
	await(t, time.Minute, func() error { return p.wantOutput("eaten") })
	time.Sleep(3 * time.Second) // rows that come after it
	p.signal(syscall.SIGTERM)
	p.wantExit(t, exitcode.OK, time.Minute)
	const want = "monitor: host numbers are the host's; this container may use 0.2 cores and 0.06 GB"
	if got := p.output.String(); strings.Count(got, want) != 1 {
		t.Errorf("the monitor says\n%s, want once: %s", got, want)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := resource.Read(file)
	if err != nil || len(rows) < 5 {
		t.Fatalf("%d rows, %v, want some: the monitor is throttled too", len(rows), err)
	}
	sum, most := map[string]float64{}, map[string]float64{}
	for _, row := range rows {
		for _, column := range []string{
			resource.ContainerCPULimitCores, resource.ContainerCPUPercent, resource.ContainerThrottledPercent, resource.ContainerMemoryLimitGB,
			resource.ContainerMemoryPercent, resource.ContainerOOMKills, resource.ContainerPIDsLimit, resource.MemoryOOMKills,
		} {
			value, _ := row.Value(column)
			sum[column] += value
			most[column] = max(most[column], value)
		}
	}
	for column, bounds := range map[string][2]float64{
		resource.ContainerCPULimitCores: {0.2, 0.2},
		resource.ContainerMemoryLimitGB: {0.0625, 0.0625},
		resource.ContainerPIDsLimit:     {60, 60},
	} {
		if got := most[column]; got < bounds[0] || got > bounds[1] {
			t.Errorf("%s = %v, want %v", column, got, bounds[0])
		}
	}
	n := float64(len(rows))
	if used, throttled := sum[resource.ContainerCPUPercent]/n, sum[resource.ContainerThrottledPercent]/n; used < 80 || used > 115 || throttled < 60 || throttled > 100 {
		t.Errorf("on average %v %% of the quota used, %v %% of the periods throttled, want about 100 and most", used, throttled)
	}
	if kills, all := sum[resource.ContainerOOMKills], sum[resource.MemoryOOMKills]; kills != 1 || all < 1 {
		t.Errorf("%v OOM kills in the container, %v on the machine, want 1 and at least that", kills, all)
	}
}
