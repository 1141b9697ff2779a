package collector

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/monitor/internal/kernel/kerneltest"
	"gregaria/monitor/internal/process"
)

// roots is a process under test that a test changes.
type roots struct{ pids []int }

func (r *roots) Tree() *process.Tree { return &process.Tree{Roots: r.pids, PIDs: r.pids} }

// group puts a recorded cgroup into a tree; the machine has pressure.
func group(tree kerneltest.Tree, name string) Settings {
	tree.Show(filepath.Join("../cgroup/testdata", name+".txt"))
	tree.Write("-- proc/pressure/cpu --\nsome total=0\n-- proc/pressure/memory --\nsome total=0\n-- proc/pressure/io --\nsome total=0\n")
	return show(tree)
}

// cells names the cells of a row that are not empty.
func cells(t *testing.T, c Collector) string {
	t.Helper()
	row, err := collect(c)
	if err != nil {
		t.Errorf("Collect = %v", err)
	}
	var words []string
	for i, column := range c.Columns() {
		if row[i].String() != "" {
			words = append(words, strings.TrimPrefix(column, "Container_")+"="+row[i].String())
		}
	}
	return strings.Join(words, " ")
}

const (
	cpuLimit    = "CPU_Limit_Cores=0.2 "
	memoryCells = "Memory_Limit_GB=0.25 Memory_Working_Set_GB=0.002 Memory_Percent=0.7812 "
)

func TestOwnContainer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		s := group(tree, "v2-inside")
		note, lines := notes()
		s.Note = note
		c, err := newContainer(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := cells(t, c), cpuLimit+memoryCells+"PIDs=3 PIDs_Limit=100"; got != want {
			t.Errorf("the baseline = %s, want %s", got, want)
		}
		time.Sleep(2 * time.Second)
		const dir = "-- sys/fs/cgroup/"
		tree.Write(dir + "cpu.stat --\nusage_usec 870294\nnr_periods 42\nnr_throttled 35\nthrottled_usec 3261660\n" +
			dir + "memory.events --\nlow 0\nhigh 9\nmax 8\noom 1\noom_kill 2\n" + dir + "cpu.pressure --\nsome total=3300000\nfull total=2000000\n")
		want := cpuLimit + "CPU_Cores=0.2 CPU_Percent=100 Throttled_Percent=75 Throttled_Seconds_Per_Second=0.9 " + memoryCells +
			"Memory_Limit_Hits=5 Memory_High_Hits=2 OOM_Kills=1 PIDs=3 PIDs_Limit=100 " +
			"Pressure_CPU_Some_Percent=80 Pressure_CPU_Full_Percent=20 Pressure_Memory_Some_Percent=0 Pressure_Memory_Full_Percent=0 " +
			"Pressure_IO_Some_Percent=0 Pressure_IO_Full_Percent=0"
		if got := cells(t, c); got != want {
			t.Errorf("Collect =\n%s, want\n%s", got, want)
		}
		time.Sleep(time.Second)
		tree.Write(dir + "cpu.max --\nmax 100000\n")
		if got := cells(t, c); strings.Contains(got, "Limit_Cores") || strings.Contains(got, "CPU_Percent") || strings.Contains(got, "Throttled") || !strings.Contains(got, "CPU_Cores=0 ") {
			t.Errorf("without a quota: %s", got)
		}
		tree.Write(dir + "memory.max --\nmax\n")
		_, _ = cells(t, c), cells(t, c)
		if want := []string{
			"host numbers are the host's; this container may use 0.2 cores and 0.25 GB",
			"host numbers are the host's; this container may use 0.25 GB",
			"this container has no limit of CPU or memory any more",
		}; !slices.Equal(*lines, want) {
			t.Errorf("notes = %q, want %q", *lines, want)
		}
	})
}

// TestColumnsOfOwnContainer: what the group does not have has no columns; without a group there are none.
func TestColumnsOfOwnContainer(t *testing.T) {
	t.Parallel()
	for recording, lacks := range map[string]string{
		"v2-inside":        "",
		"v2-max-inside":    "",
		"v1-docker-inside": "Memory_High_Hits Pressure",
		"v1-pod-inside":    "Memory_High_Hits Pressure",
		"v2-docker-host":   "Throttled Pressure",
	} {
		c, err := newContainer(group(kerneltest.NewTree(t), recording), nil)
		if err != nil {
			t.Errorf("%s: %v", recording, err)
			continue
		}
		var want []string
		for _, column := range containerColumns() {
			if !slices.ContainsFunc(strings.Fields(lacks), func(part string) bool { return strings.HasPrefix(column, "Container_"+part) }) {
				want = append(want, column)
			}
		}
		if got := c.Columns(); !slices.Equal(got, want) {
			t.Errorf("%s: Columns = %q, want all without %q", recording, got, lacks)
		}
	}
	for _, recording := range []string{"v2-root", "hybrid-docker-host"} {
		_, err := newContainer(group(kerneltest.NewTree(t), recording), nil)
		if !errors.Is(err, ErrAbsent) || err.Error() != "container absent, so it has no columns: the monitor is in no cgroup of its own" {
			t.Errorf("%s: newContainer = %v", recording, err)
		}
	}
	if _, err := newContainer(show(kerneltest.NewTree(t)), nil); !errors.Is(err, ErrAbsent) {
		t.Errorf("newContainer without files = %v", err)
	}
}

// TestContainerOfTheProcess: it comes, is restarted in its container, moves to another group, and goes.
func TestContainerOfTheProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		s := group(tree, "v2-docker-host")
		note, lines := notes()
		s.Note = note
		under := &roots{}
		c, err := newContainer(s, under)
		if err != nil || !slices.Equal(c.Columns(), containerColumns()) {
			t.Fatalf("newContainer = %v, want all columns: the process may come later", err)
		}
		at := func(pid int, want string) {
			t.Helper()
			if under.pids = []int{pid}; pid == 0 {
				under.pids = nil
			}
			if got := cells(t, c); !strings.HasPrefix(got, want) || want == "" && got != "" {
				t.Errorf("process %d: %s, want %s", pid, got, want)
			}
			time.Sleep(time.Second)
		}
		at(0, "")
		const still = cpuLimit + "CPU_Cores=0 CPU_Percent=0 Throttled_Percent=0 Throttled_Seconds_Per_Second=0 "
		at(8556, cpuLimit+memoryCells) // the baseline
		at(8556, still)                // a second later
		at(0, still)                   // it has ended, its container has not
		membership := "cgroup --\n0::/system.slice/docker-744d49bef75895027c71058a306ffe50b428bf1129565edaa9ff60692d1f6b44.scope\n"
		tree.Write("-- proc/9001/" + membership)
		at(9001, still) // restarted in the same container: no gap
		tree.Write("-- proc/9001/cgroup --\n0::/\n-- proc/9001/stat --\n9001 (odd) name) R 1 9001 9001 0 -1 4228100 1 2 3 4 5 6 7 8 20 0 1 0 99 1 2\n")
		at(9001, still) // nobody has waited for it yet
		tree.Write("-- proc/9001/cgroup --\n0::/user.slice/user-1000.slice/session-3.scope\n-- proc/9001/stat --\n9001 (odd) name) S 1 9001 9001 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99 1 2\n")
		at(9001, "Memory_Working_Set_GB=0.0075 PIDs=12 PIDs_Limit=54000")
		if want := []string{
			"host numbers are the host's; the container of the process under test may use 0.2 cores and 0.25 GB",
			"the container of the process under test has no limit of CPU or memory any more",
		}; !slices.Equal(*lines, want) {
			t.Errorf("notes = %q, want %q", *lines, want)
		}
		under.pids = []int{5}
		tree.Write("-- proc/5/cgroup --\n0::/\n")
		for range 2 {
			if row, err := collect(c); err == nil || err.Error() != "the process under test is in no cgroup of its own" || strings.TrimSpace(text(row)) != "" {
				t.Errorf("at the root: %q, %v", text(row), err)
			}
		}
		at(0, "") // the reason is gone with it
	})
}

func TestAllowance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change string
		want   string
	}{
		{"-- sys/fs/cgroup/cpu.max --\n100000 100000\n", "1 core and 0.25 GB"},
		{"-- sys/fs/cgroup/cpu.max --\n33333 100000\n", "0.333 cores and 0.25 GB"},
		{"-- sys/fs/cgroup/memory.max --\nmax\n", "0.2 cores"},
	} {
		tree := kerneltest.NewTree(t)
		s := group(tree, "v2-inside")
		note, lines := notes()
		s.Note = note
		tree.Write(c.change)
		container, _ := newContainer(s, nil)
		_ = cells(t, container)
		if want := "host numbers are the host's; this container may use " + c.want; len(*lines) != 1 || (*lines)[0] != want {
			t.Errorf("notes = %q, want %q", *lines, want)
		}
	}
}
