//go:build linux

package collector

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
)

// busyGroup makes a cgroup of version 1 with a fifth of a core and 50 processes, and puts a busy process into it.
func busyGroup(t *testing.T) *exec.Cmd {
	t.Helper()
	write := func(dir, name string, value any) {
		if err := os.WriteFile(filepath.Join(dir, name), fmt.Append(nil, value), 0o600); err != nil {
			t.Skipf("no quota can be set here: %v", err)
		}
	}
	busy := exec.Command("sh", "-c", "while :; do :; done")
	if err := busy.Start(); err != nil {
		t.Fatal(err)
	}
	end := func() {
		_ = busy.Process.Kill()
		_ = busy.Wait()
	}
	t.Cleanup(end)
	for controller, values := range map[string]map[string]int{"cpu": {"cpu.cfs_period_us": 100_000, "cpu.cfs_quota_us": 20_000}, "cpuacct": nil, "pids": {"pids.max": 50}} {
		dir := filepath.Join("/sys/fs/cgroup", controller, fmt.Sprintf("gregaria-test-%d", os.Getpid()))
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Skipf("no group of version 1 can be made here: %v", err)
		}
		t.Cleanup(func() {
			end()
			err := os.Remove(dir)
			for range 100 { // the group is empty a moment later
				if !errors.Is(err, unix.EBUSY) {
					break
				}
				time.Sleep(10 * time.Millisecond)
				err = os.Remove(dir)
			}
			if err != nil {
				t.Error(err)
			}
		})
		for name, value := range values {
			write(dir, name, value)
		}
		write(dir, "cgroup.procs", busy.Process.Pid)
	}
	return busy
}

// TestQuotaOfTheKernel: a busy process with a fifth of a core is throttled in nearly each period, and the kernel's own counters say the same.
func TestQuotaOfTheKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes 3 s")
	}
	busy := busyGroup(t)
	note, lines := notes()
	under := &roots{pids: []int{busy.Process.Pid}}
	c, err := newContainer(Settings{Proc: "/proc", Sys: "/sys", Note: note}, under)
	if err != nil {
		t.Fatal(err)
	}
	value := func(row []resource.Cell, column string) float64 {
		for i, name := range c.Columns() {
			if name == column {
				v, _ := row[i].Value()
				return v
			}
		}
		return -1
	}
	_, _ = collect(c)
	time.Sleep(3 * time.Second)
	row, err := collect(c)
	if err != nil {
		t.Fatal(err)
	}
	limit, throttled, stood := value(row, resource.ContainerCPULimitCores), value(row, resource.ContainerThrottledPercent), value(row, resource.ContainerThrottledSecondsPerSecond)
	if limit != 0.2 || throttled < 70 || throttled > 100 || stood < 0.2 || stood > 1 {
		t.Errorf("a busy process with a fifth of a core: limit %v, throttled %v %%, %v s/s", limit, throttled, stood)
	}
	if want := "the container of the process under test may use 0.2 cores"; len(*lines) != 1 || !strings.HasSuffix((*lines)[0], want) {
		t.Errorf("notes = %q, want one that ends in %q", *lines, want)
	}
	if used, percent := value(row, resource.ContainerCPUCores), value(row, resource.ContainerCPUPercent); used < 0.18 || used > 0.22 || percent < 90 || percent > 110 {
		t.Errorf("used %v cores, %v %% of the quota, want about 0.2 and 100", used, percent)
	}
	if tasks, most := value(row, resource.ContainerPIDs), value(row, resource.ContainerPIDsLimit); tasks != 1 || most != 50 {
		t.Errorf("%v processes of %v, want 1 of 50", tasks, most)
	}
	_ = busy.Process.Kill()
	_ = busy.Wait()
	for range 2 { // the watch does not know yet that it has ended
		if row, err := collect(c); strings.TrimSpace(text(row)) != "" || err != nil {
			t.Errorf("when it has ended: %q, %v, want empty cells", text(row), err)
		}
	}
}
