//go:build linux

package collector

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
)

// limited starts a program in a cgroup of version 1 whose files have the given values, and returns it with its standard input and what
// ends it and removes the group. The test is skipped where no such group can be made.
func limited(t *testing.T, groups map[string]map[string]int, program string) (cmd *exec.Cmd, input io.Writer, remove func()) {
	t.Helper()
	cmd = exec.Command("sh", "-c", "read go; "+program)
	input, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	remove = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		for _, dir := range dirs {
			removeGroup(t, dir)
		}
	})
	t.Cleanup(remove)
	for controller, values := range groups {
		dir := filepath.Join("/sys/fs/cgroup", controller, fmt.Sprintf("gregaria-test-%d", cmd.Process.Pid))
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Skipf("no group of version 1 can be made here: %v", err)
		}
		dirs = append(dirs, dir)
		values["cgroup.procs"] = cmd.Process.Pid
		for name, value := range values {
			if err := os.WriteFile(filepath.Join(dir, name), fmt.Append(nil, value), 0o600); err != nil {
				t.Skipf("no limit can be set here: %v", err)
			}
		}
	}
	return cmd, input, remove
}

// removeGroup ends what is left in a group, such as a child of a program that has been ended, and removes it: on a busy machine it takes the kernel seconds to take back
// the memory of one.
func removeGroup(t *testing.T, dir string) {
	t.Helper()
	const patience, pause = 30 * time.Second, 10 * time.Millisecond
	err := os.Remove(dir)
	for deadline := time.Now().Add(patience); errors.Is(err, unix.EBUSY) && time.Now().Before(deadline); err = os.Remove(dir) {
		left, _ := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
		for pid := range strings.FieldsSeq(string(left)) {
			if number, err := strconv.Atoi(pid); err == nil {
				_ = syscall.Kill(number, syscall.SIGKILL) // it may have ended by itself
			}
		}
		time.Sleep(pause)
	}
	if err != nil {
		t.Error(err)
	}
}

// valueOf returns the value of a column, or -1.
func valueOf(c Collector, row []resource.Cell, column string) float64 {
	if i := slices.Index(c.Columns(), column); i >= 0 {
		if value, ok := row[i].Value(); ok {
			return value
		}
	}
	return -1
}

// TestQuotaOfTheKernel: a busy process with a fifth of a core is throttled in nearly each period.
func TestQuotaOfTheKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 3 s")
	}
	busy, input, remove := limited(t, map[string]map[string]int{
		"cpu": {"cpu.cfs_period_us": 100_000, "cpu.cfs_quota_us": 20_000}, "cpuacct": {}, "pids": {"pids.max": 50},
	}, "while :; do :; done")
	note, lines := notes()
	c, err := newContainer(Settings{Proc: "/proc", Sys: "/sys", Note: note}, &roots{pids: []int{busy.Process.Pid}})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(input, "go")
	_, _ = collect(c)
	time.Sleep(3 * time.Second)
	row, err := collect(c)
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string][2]float64{
		resource.ContainerCPULimitCores:             {0.2, 0.2},
		resource.ContainerCPUCores:                  {0.17, 0.22},
		resource.ContainerCPUPercent:                {85, 110},
		resource.ContainerThrottledPercent:          {70, 100},
		resource.ContainerThrottledSecondsPerSecond: {0.2, 1},
		resource.ContainerPIDs:                      {1, 1},
		resource.ContainerPIDsLimit:                 {50, 50},
	} {
		if got := valueOf(c, row, column); got < want[0] || got > want[1] {
			t.Errorf("%s = %v, want %v to %v", column, got, want[0], want[1])
		}
	}
	if want := "the container of the process under test may use 0.2 cores"; len(*lines) != 1 || !strings.HasSuffix((*lines)[0], want) {
		t.Errorf("notes = %q, want one that ends in %q", *lines, want)
	}
	_ = busy.Process.Kill()
	for _, moment := range []string{"a zombie", "ended"} {
		if row, err := collect(c); valueOf(c, row, resource.ContainerCPULimitCores) != 0.2 || err != nil {
			t.Errorf("%s: %q, %v, want the group, which is still there", moment, text(row), err)
		}
		_, _ = busy.Process.Wait()
	}
	remove()
	for range 2 { // the watch does not know yet that it has ended
		if row, err := collect(c); strings.TrimSpace(text(row)) != "" || err != nil {
			t.Errorf("the group is removed: %q, %v, want empty cells", text(row), err)
		}
	}
}

// TestMemoryLimitOfTheKernel: what takes more than the limit is killed, and the columns tell of it: also where it is the server itself.
func TestMemoryLimitOfTheKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while on a busy machine")
	}
	const limit = 48 << 20
	for name, program := range map[string]string{
		"a child":    "head -c 200m /dev/zero | tail -n 1 >/dev/null; read end",
		"the server": "exec tail -n 1 /dev/zero",
	} {
		server, input, _ := limited(t, map[string]map[string]int{"memory": {"memory.limit_in_bytes": limit}}, program)
		note, lines := notes()
		c, err := newContainer(Settings{Proc: "/proc", Sys: "/sys", Note: note}, &roots{pids: []int{server.Process.Pid}})
		if err != nil {
			t.Fatal(err)
		}
		row, err := collect(c)
		if got := valueOf(c, row, resource.ContainerMemoryLimitGB); got != float64(limit)/(1<<30) || err != nil {
			t.Errorf("%s: limit = %v GB, %v, want 48 MB", name, got, err)
		}
		fmt.Fprintln(input, "go")
		kills, hits, most := 0.0, 0.0, 0.0
		for deadline := time.Now().Add(20 * time.Second); kills == 0 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			if row, err = collect(c); err != nil {
				t.Fatal(err)
			}
			kills += max(0, valueOf(c, row, resource.ContainerOOMKills))
			hits += max(0, valueOf(c, row, resource.ContainerMemoryLimitHits))
			most = max(most, valueOf(c, row, resource.ContainerMemoryPercent))
		}
		if kills != 1 || hits == 0 || most < 50 || most > 101 {
			t.Errorf("%s: %v kills, %v hits of the limit, at most %v %% of it, want 1, some, and most of it", name, kills, hits, most)
		}
		if want := "may use 0.05 GB"; len(*lines) != 1 || !strings.HasSuffix((*lines)[0], want) {
			t.Errorf("%s: notes = %q, want one that ends in %q", name, *lines, want)
		}
	}
}
