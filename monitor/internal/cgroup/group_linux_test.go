package cgroup

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/monitor/internal/kernel/kerneltest"
)

// show is the limits and the usage in one line: "-" where there is no limit, "?" for what is unknown.
func show(l Limits, u Usage) string {
	var words []string
	for _, limit := range []float64{l.Cores, l.Memory, l.PIDs} {
		words = append(words, strings.Replace(fmt.Sprint(limit), "+Inf", "-", 1))
	}
	words = append(words, "|")
	for _, n := range []Number{
		u.CPU, u.Periods, u.Throttled, u.ThrottledTime, u.Memory, u.LimitHits, u.High, u.OOMKills, u.PIDs,
		u.Pressures[0].Some, u.Pressures[0].Full, u.Pressures[1].Some, u.Pressures[1].Full, u.Pressures[2].Some, u.Pressures[2].Full,
	} {
		if n.Known {
			words = append(words, fmt.Sprint(n.Value))
		} else {
			words = append(words, "?")
		}
	}
	return strings.Join(words, " ")
}

func TestRecordings(t *testing.T) {
	t.Parallel()
	const psi = " 1700000 1600000 5 4 3 2"
	for _, c := range []struct {
		recording string
		pid       int
		want, why string
	}{
		{"v1-docker-inside", Self, "0.2 2.68435456e+08 100 | 470294009 22 20 1461660927 2097152 3 ? 1 3 ? ? ? ? ? ?", "working set = usage - total_inactive_file"},
		{"v1-pod-inside", Self, "- 5.36870912e+08 100 | 470294009 22 20 1461660927 2097152 3 ? 1 3 ? ? ? ? ? ?", "the limit of an ancestor that cannot be seen"},
		{"hybrid-docker-host", 8556, "0.2 2.68435456e+08 100 | 470294009 22 20 1461660927 2097152 3 ? 1 3" + psi, "pressure from the unified hierarchy"},
		{"v2-inside", Self, "0.2 2.68435456e+08 100 | 470294000 22 20 1461660000 2097152 3 7 1 3" + psi, "the namespace calls the group /"},
		{"v2-docker-host", 8556, "0.2 2.68435456e+08 100 | 470294000 22 20 1461660000 2097152 3 7 1 3" + psi, "ancestors without limits"},
		{"v2-docker-host", Self, "- - 54000 | 5000000 ? ? ? 8000000 0 0 0 12 ? ? ? ? ? ?", "controllers that are not enabled count for an ancestor"},
		{"v2-kubepods-host", 77, "1.5 1.073741824e+09 - | 470294000 100 60 5000000000 2097152 3 7 1 3" + psi, "the pod's limits are smaller, and it is the pod that is throttled"},
		{"v2-max-inside", Self, "- - - | 470294000 0 0 0 2097152 3 7 1 3" + psi, "no limits"},
		{"v2-sidecar", 77, "0.2 2.68435456e+08 100 | 470294000 22 20 1461660000 2097152 3 7 1 3" + psi, "through the root of the process"},
		{"v2-root", 5, "- - - | 7000 ? ? ? ? ? ? ? ? ? ? ? ? ? ?", "a group that has no controllers"},
	} {
		tree := kerneltest.NewTree(t)
		tree.Show(filepath.Join("testdata", c.recording+".txt"))
		g, err := Open(filepath.Join(tree.Dir, "proc"), filepath.Join(tree.Dir, "sys"), c.pid)
		if err != nil {
			t.Errorf("%s: Open = %v", c.recording, err)
			continue
		}
		for range 2 { // open, and then kept open
			limits, usage, err := g.Read()
			if got := show(limits, usage); got != c.want || err != nil {
				t.Errorf("%s, process %d: Read = %v\n%s, want: %s\n%s", c.recording, c.pid, err, got, c.why, c.want)
			}
		}
		g.Close()
	}
}

func TestOpenFindsNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		recording string
		pid       int
		want      error
	}{
		{"v2-root", Self, ErrNone},
		{"hybrid-docker-host", Self, ErrNone},
		{"v2-sidecar", 78, ErrHidden},
	} {
		tree := kerneltest.NewTree(t)
		tree.Show(filepath.Join("testdata", c.recording+".txt"))
		if _, err := Open(filepath.Join(tree.Dir, "proc"), filepath.Join(tree.Dir, "sys"), c.pid); !errors.Is(err, c.want) {
			t.Errorf("%s, process %d: Open = %v, want %v", c.recording, c.pid, err, c.want)
		}
	}
}

// TestLimitsChange: docker update changes what a container may use while it runs.
func TestLimitsChange(t *testing.T) {
	t.Parallel()
	tree := kerneltest.NewTree(t)
	tree.Show("testdata/v2-inside.txt")
	g, err := Open(filepath.Join(tree.Dir, "proc"), filepath.Join(tree.Dir, "sys"), Self)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for _, c := range []struct {
		change        string
		cores, memory float64
	}{
		{"", 0.2, 256 << 20},
		{"-- sys/fs/cgroup/cpu.max --\n150000 100000\n-- sys/fs/cgroup/memory.max --\nmax\n", 1.5, math.Inf(1)},
		{"-- sys/fs/cgroup/cpuset.cpus.effective --\n1\n", 1, math.Inf(1)},
	} {
		tree.Write(c.change)
		if limits, _, err := g.Read(); limits.Cores != c.cores || limits.Memory != c.memory || err != nil {
			t.Errorf("after %q: Read = %v, %v, want %v cores and %v bytes", c.change, limits, err, c.cores, c.memory)
		}
	}
}

func TestHas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		recording            string
		pressure, highEvents bool
	}{
		{"v1-pod-inside", false, false},
		{"hybrid-docker-host", true, false},
		{"v2-root", true, true},
	} {
		tree := kerneltest.NewTree(t)
		tree.Show(filepath.Join("testdata", c.recording+".txt"))
		if pressure, events := Has(filepath.Join(tree.Dir, "proc")); pressure != c.pressure || events != c.highEvents {
			t.Errorf("%s: Has = %v, %v, want %v, %v", c.recording, pressure, events, c.pressure, c.highEvents)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for _, recording := range []string{"v2-kubepods-host", "hybrid-docker-host"} {
		b.Run(recording, func(b *testing.B) {
			tree := kerneltest.NewTree(b)
			tree.Show(filepath.Join("testdata", recording+".txt"))
			pid := map[string]int{"v2-kubepods-host": 77, "hybrid-docker-host": 8556}[recording]
			g, err := Open(filepath.Join(tree.Dir, "proc"), filepath.Join(tree.Dir, "sys"), pid)
			if err != nil {
				b.Fatal(err)
			}
			defer g.Close()
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := g.Read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestMostAncestorsAreSeen: a container that has the hierarchy of its host mounted beside its own group sees limits above it.
func TestMostAncestorsAreSeen(t *testing.T) {
	t.Parallel()
	const scope = "/system.slice/docker-744d49bef75895027c71058a306ffe50b428bf1129565edaa9ff60692d1f6b44.scope"
	const own, all = "29 23 0:26 " + scope + " $ROOT/own ro - cgroup2 cgroup2 rw\n", "30 23 0:26 / $ROOT/sys/fs/cgroup ro - cgroup2 cgroup2 rw\n"
	for _, mounts := range []string{own + all, all + own} {
		tree := kerneltest.NewTree(t)
		tree.Show("testdata/v2-docker-host.txt")
		tree.Write("-- proc/self/mountinfo --\n" + mounts + "-- own/cgroup.events --\npopulated 1\n-- own/memory.max --\nmax\n-- sys/fs/cgroup/system.slice/memory.max --\n4096\n")
		g, err := Open(filepath.Join(tree.Dir, "proc"), filepath.Join(tree.Dir, "sys"), 8556)
		if err != nil {
			t.Fatal(err)
		}
		if limits, _, err := g.Read(); limits.Memory != 4096 || err != nil {
			t.Errorf("mounts\n%s: a memory limit of %v, %v, want that of the slice: 4096", mounts, limits.Memory, err)
		}
		g.Close()
	}
}
