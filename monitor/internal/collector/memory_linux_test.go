package collector

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
)

func TestMemoryOfRecordings(t *testing.T) {
	t.Parallel()
	tree := kerneltest.NewTree(t)
	s := Settings{Proc: filepath.Join(tree.Dir, "proc")}
	m, _ := openMemory(s)
	if cells, err := collect(m); strings.TrimSpace(text(cells)) != "" || err == nil {
		t.Errorf("Collect without /proc/meminfo = %q, %v, want no values and an error", text(cells), err)
	}
	showProc(t, tree, "after/meminfo")
	m, _ = openMemory(s)
	cells, err := collect(m)
	if got, want := text(cells), "23.5406 0.5375 23.0031 2.2832 1.4925 109.3438 0 0 0"; got != want || err != nil {
		t.Errorf("Collect = %q, %v, want %q: psutil's numbers, and no columns of vmstat where there is none", got, err, want)
	}
}

// TestMemoryOfOtherKernels: without MemAvailable the rest is still there, and the reason is said.
func TestMemoryOfOtherKernels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct{ before, after, want string }{
			{"linux-2.6", "linux-2.6-later", "1    0.125 1 0 0.25 0.0625 0 0.5 2 5"}, // 256 pages of 4 KB in 2 s
			{"wsl1", "wsl1", "15.8955    0.2123   0 0"},
		} {
			tree := kerneltest.NewTree(t)
			m, _ := openMemory(show(tree, c.before))
			_, _ = collect(m)
			time.Sleep(2 * time.Second)
			show(tree, c.after)
			cells, err := collect(m)
			if got := text(cells); got != c.want || err == nil || !strings.Contains(err.Error(), "no MemAvailable") {
				t.Errorf("Collect of %s = %q, %v, want %q and no MemAvailable", c.before, got, err, c.want)
			}
			if slices.Contains(m.Columns(), resource.MemoryOOMKills) || slices.Contains(m.Columns(), resource.SwapInMBPerSecond) != (c.before != "wsl1") {
				t.Errorf("%s: Columns = %q", c.before, m.Columns())
			}
		}
	})
}

// TestOOMKills: what was killed before the monitor began is not of its first row, and a row without vmstat is a gap.
func TestOOMKills(t *testing.T) {
	t.Parallel()
	tree := kerneltest.NewTree(t)
	showProc(t, tree, "after/meminfo")
	vmstat := func(kills int) { tree.Write(fmt.Sprintf("-- proc/vmstat --\noom_kill %d\n", kills)) }
	vmstat(7)
	m, _ := openMemory(Settings{Proc: filepath.Join(tree.Dir, "proc")})
	for i, tick := range []struct {
		kills int
		want  string
	}{{7, ""}, {7, "0"}, {9, "2"}, {-1, ""}, {12, ""}, {13, "1"}} {
		vmstat(tick.kills)
		cells, _ := collect(m)
		if got := cells[len(cells)-1].String(); got != tick.want {
			t.Errorf("row %d: %q kills, want %q", i, got, tick.want)
		}
	}
}

// FuzzMeminfo: used and available are never more than the total, which is what was written.
func FuzzMeminfo(f *testing.F) {
	f.Add("MemFree: 5 kB\nMemAvailable: 99 kB\nSwapTotal: 1 kB\nSwapFree: 2 kB\n", uint32(7))
	f.Fuzz(func(t *testing.T, other string, total uint32) {
		row := make([]resource.Cell, 9)
		parseMeminfo(fmt.Appendf(nil, "%s\nMemTotal: %d kB\n", other, total)).fill(row)
		whole, ok := row[0].Value()
		if !ok || whole != float64(total)/(1<<20) {
			t.Errorf("total = %v, %v, want %d kB", whole, ok, total)
		}
		for i, most := range map[int]float64{1: whole, 2: whole, 3: 100} {
			if value, ok := row[i].Value(); ok && (value < 0 || value > most*(1+1e-12)) {
				t.Errorf("cell %d of %q = %v of %v", i, other, value, most)
			}
		}
	})
}

// FuzzVMStat: a counter that is written is read.
func FuzzVMStat(f *testing.F) {
	f.Add("nr_dirty 4\npgpgin 5\n", uint64(3), uint64(4))
	f.Fuzz(func(t *testing.T, other string, in, kills uint64) {
		if strings.Contains(other, "pswpin") || strings.Contains(other, "oom_kill") {
			_ = parseVMStat([]byte(other))
			return
		}
		v := parseVMStat(fmt.Appendf(nil, "%s\npswpin %d\noom_kill %d\n", other, in, kills))
		if v.swapIn != (number{in, true}) || v.oomKills != (number{kills, true}) {
			t.Errorf("parseVMStat = %+v, want %d and %d", v, in, kills)
		}
	})
}
