package collector

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
)

// showProc puts recorded files of testdata/proc into a tree.
func showProc(t *testing.T, tree kerneltest.Tree, path string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/proc", path))
	if err != nil {
		t.Fatal(err)
	}
	tree.Write("-- proc/" + filepath.Base(path) + " --\n" + string(data))
}

func TestCPUOfRecordings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		tree.Write("-- proc/loadavg --\n1.45 1.38 1.05 3/113 19177\n")
		c, _ := openCPU(Settings{Proc: filepath.Join(tree.Dir, "proc")})
		const load = " 1.45 1.38 1.05"
		for _, tick := range []struct{ name, want, why string }{
			{"before", "     " + load + " 2 0  ", "the first is the baseline"},
			{"broken", "     " + load + "    ", "no line cpu"},
			{"after", "74.8744 67.3367 7.5377 0.5025 0 99.0099" + load + " 4 0  ", "psutil on these files: 1.49 s busy of 1.99 s, since the last that could be read"},
			{"after", "     " + load + " 4 0 0 0", "no time has passed: absent, not 0 or NaN"},
		} {
			showProc(t, tree, tick.name+"/stat")
			cells, err := collect(c)
			if got := text(cells); got != tick.want {
				t.Errorf("Collect of %q = %q, want %q: %s", tick.name, got, tick.want, tick.why)
			}
			if (err != nil) != (tick.name == "broken") {
				t.Errorf("Collect of %q = %v", tick.name, err)
			}
			time.Sleep(time.Second)
		}
	})
}

// TestCPUOfOtherKernels: a kernel that lacks numbers costs their cells and no others.
func TestCPUOfOtherKernels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			before, after, want string
		}{
			{"linux-2.6", "linux-2.6-later", "70 60 10 10  70 0.5 1.25 12   100 1"},
			{"wsl1", "wsl1", "      0.52 0.58 0.59 1 0 0 0"},
		} {
			tree := kerneltest.NewTree(t)
			c2, _ := openCPU(show(tree, c.before))
			_, _ = collect(c2)
			time.Sleep(2 * time.Second)
			show(tree, c.after)
			if cells, err := collect(c2); strings.TrimSpace(text(cells)) != strings.TrimSpace(c.want) || err != nil {
				t.Errorf("Collect of %s = %q, %v, want %q", c.before, text(cells), err, c.want)
			}
		}
	})
}

func TestSharesOf(t *testing.T) {
	t.Parallel()
	before := cpuTimes{user: 100, nice: 10, system: 20, idle: 500, iowait: 7, irq: 1, softirq: 2, steal: 3}
	for _, c := range []struct {
		why    string
		change func(*cpuTimes)
		want   string // busy, user, system, iowait, steal
	}{
		{"all idle", func(s *cpuTimes) { s.idle += 2 }, "0 0 0 0 0"},
		{"all busy", func(s *cpuTimes) { s.user++; s.system++ }, "100 50 50 0 0"},
		{"nice programs are programs", func(s *cpuTimes) { s.nice++; s.idle += 3 }, "25 25 0 0 0"},
		{"waiting for I/O is idle", func(s *cpuTimes) { s.iowait += 3; s.user++ }, "25 25 0 75 0"},
		{"stolen is not ours to use", func(s *cpuTimes) { s.steal++; s.idle++ }, "50 0 0 0 50"},
		{"interrupts are work of the kernel", func(s *cpuTimes) { s.irq++; s.softirq++; s.idle += 2 }, "50 0 50 0 0"},
		{"iowait went back", func(s *cpuTimes) { s.iowait -= 5; s.user++; s.idle++ }, "50 50 0 0 0"},
		{"nothing moved", func(*cpuTimes) {}, "    "},
	} {
		after := before
		c.change(&after)
		s := sharesOf(before, after)
		got := text([]resource.Cell{s.percent(s.busy()), s.percent(s.user), s.percent(s.system), s.percent(s.iowait), s.percent(s.steal)})
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

// TestParseStat: a guest's time is in user already, and its two fields behind steal are not read.
func TestParseStat(t *testing.T) {
	t.Parallel()
	one := cpuTimes{user: 1, nice: 1, system: 1, idle: 1, iowait: 1, irq: 1, softirq: 1, steal: 1, hasSteal: true}
	for _, c := range []struct {
		text  string
		all   cpuTimes
		cores []coreTimes
		ok    bool
	}{
		{"cpu  1 2 3 4 5 6 7 8 9 10\ncpu1 1 1 1 1 1 1 1 1 1 1\n", cpuTimes{1, 2, 3, 4, 5, 6, 7, 8, true}, []coreTimes{{}, {one, true}}, true},
		{"cpu  1 2 3 4\n", cpuTimes{user: 1, nice: 2, system: 3, idle: 4}, nil, true}, // Linux 2.4
		{"cpu  1 2 3 4\ncpu18446744073709551615 1 1 1 1\ncpu8192 1 1 1 1\ncpux 1 1 1 1\n", cpuTimes{user: 1, nice: 2, system: 3, idle: 4}, nil, true},
		{"cpu  1 2 3\n", cpuTimes{}, nil, false},
		{"cpu  1 2 3 -4 5\n", cpuTimes{}, nil, false},
		{"cpu0 1 2 3 4\n", cpuTimes{}, nil, false},
		{"", cpuTimes{}, nil, false},
	} {
		var s stat
		if err := s.parse([]byte(c.text)); (err == nil) != c.ok || c.ok && (s.all != c.all || !slices.Equal(s.cores, c.cores)) {
			t.Errorf("parse(%q) = %+v, %v, want %+v, %+v", c.text, s, err, c.all, c.cores)
		}
	}
}

// TestBusiest: a core that came or went between two readings has no share.
func TestBusiest(t *testing.T) {
	t.Parallel()
	core := func(user, idle uint64, online bool) coreTimes {
		return coreTimes{cpuTimes{user: user, idle: idle}, online}
	}
	for _, c := range []struct {
		why           string
		before, after []coreTimes
		want          string
	}{
		{"two cores", []coreTimes{core(0, 0, true), core(5, 5, true)}, []coreTimes{core(1, 3, true), core(8, 6, true)}, "75"},
		{"one came", []coreTimes{core(0, 0, true), core(0, 0, false)}, []coreTimes{core(1, 3, true), core(9, 0, true)}, "25"},
		{"one went", []coreTimes{core(0, 0, true), core(0, 0, true)}, []coreTimes{core(1, 3, true), core(9, 0, false)}, "25"},
		{"one was not there", []coreTimes{core(0, 0, true)}, []coreTimes{core(1, 3, true), core(9, 0, true)}, "25"},
		{"none", nil, nil, ""},
	} {
		if got := busiest(c.before, c.after).String(); got != c.want {
			t.Errorf("%s: busiest = %q, want %q", c.why, got, c.want)
		}
	}
}

// machineOf is /proc/stat of so many cores, of which each has been busy for its number and idle for 100 - its number, times ticks; some are
// offline.
func machineOf(cores, ticks int, offline ...int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "-- proc/stat --\ncpu  %d 0 0 %d 0 0 0 0 0 0\n", ticks, ticks)
	for n := range cores {
		if !slices.Contains(offline, n) {
			fmt.Fprintf(&text, "cpu%d %d 0 0 %d 0 0 0 0 0 0\n", n, n%101*ticks, (100-n%101)*ticks)
		}
	}
	text.WriteString("intr 5" + strings.Repeat(" 0", 4000) + "\nctxt 7\nbtime 1\nprocesses 3\nprocs_running 2\nprocs_blocked 1\n-- proc/loadavg --\n0.00 0.00 0.00 1/9 10\n")
	return text.String()
}

func TestCoresComeAndGo(t *testing.T) {
	t.Parallel()
	tree := kerneltest.NewTree(t)
	tree.Write(machineOf(128, 1, 5, 127))
	note, lines := notes()
	c, err := openCores(Settings{Proc: filepath.Join(tree.Dir, "proc"), Note: note})
	if err != nil {
		t.Fatal(err)
	}
	columns := c.Columns()
	if len(columns) != 126 || columns[5] != "Core6_CPU_Percent" || slices.Contains(columns, "Core5_CPU_Percent") {
		t.Errorf("Columns = %q, want 126 without those of 5 and 127", columns)
	}
	for tick, offline := range [][]int{{5, 127}, {5, 127}, {5, 9}, {5}, {5}} {
		tree.Write(machineOf(128, tick+2, offline...))
		cells, err := collect(c)
		if err != nil {
			t.Errorf("Collect = %v", err)
		}
		for i, column := range columns {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(column, "Core"), "_CPU_Percent"))
			want := strconv.Itoa(n % 101)
			if tick == 0 || n == 9 && (tick == 2 || tick == 3) {
				want = "" // the baseline; offline, and back without one
			}
			if cells[i].String() != want {
				t.Errorf("tick %d: %s = %q, want %q", tick, column, cells[i], want)
			}
		}
	}
	if want := []string{"core 127 came online; it has no column, since the columns are those of the start"}; !slices.Equal(*lines, want) {
		t.Errorf("notes = %q, want %q", *lines, want)
	}
}

// TestStatIsReadOnceATick: two groups share one reading, whichever comes first.
func TestStatIsReadOnceATick(t *testing.T) {
	t.Parallel()
	tree := kerneltest.NewTree(t)
	tree.Write(machineOf(2, 1))
	s := Settings{Proc: filepath.Join(tree.Dir, "proc")}
	s.shared = newShared(s)
	cpu, _ := openCPU(s)
	cores, _ := openCores(s)
	for tick, order := range [][]Collector{{cpu, cores}, {cpu, cores}, {cores, cpu}, {cpu, cores}} {
		tree.Write(machineOf(2, tick+2))
		for _, c := range order {
			_, _ = collect(c)
			if got := s.shared.stat.number; got != tick+1 {
				t.Errorf("tick %d: %d readings, want %d", tick, got, tick+1)
			}
		}
	}
	if _, _ = collect(cores); s.shared.stat.number != 5 {
		t.Errorf("%d readings when one collector asks once more, want 5", s.shared.stat.number)
	}
}

func TestParseDecimal(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]float64{"1.45": 1.45, "0.00": 0, "12": 12, "3.": 3, ".5": -1, "": -1, "-1": -1, "1.x": -1, "1.0000000001": -1} {
		if got, ok := parseDecimal([]byte(word)); ok != (want >= 0) || ok && got != want {
			t.Errorf("parseDecimal(%q) = %v, %v, want %v", word, got, ok, want)
		}
	}
}

// FuzzStat: no text makes a share that is none, or costs memory without end.
func FuzzStat(f *testing.F) {
	f.Add([]byte("cpu  1 2 3 4 5 6 7 8\ncpu0 1 2 3 4\nctxt 5\n"), []byte("cpu  2 3 4 5 6 7 8 9\ncpu0 2 3 4 5\ncpu9999999 1 1 1 1\n"))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		var a, b stat
		if a.parse(before) != nil || b.parse(after) != nil {
			return
		}
		if len(b.cores) > maxCores {
			t.Errorf("parse(%q) has %d cores", after, len(b.cores))
		}
		s := sharesOf(a.all, b.all)
		for _, cell := range []resource.Cell{busyPercent(a.all, b.all), busiest(a.cores, b.cores), s.percent(s.user), s.percent(s.system), s.percent(s.iowait), s.percent(s.steal)} {
			if percent, ok := cell.Value(); ok && (percent < 0 || percent > 100) {
				t.Errorf("a share of %v between %q and %q", percent, before, after)
			}
		}
	})
}

// FuzzDecimal: what the kernel writes is read back, and what is read is what strconv reads.
func FuzzDecimal(f *testing.F) {
	f.Add("1.05", uint16(3), uint8(7))
	f.Fuzz(func(t *testing.T, other string, whole uint16, hundredths uint8) {
		if got, ok := parseDecimal([]byte(other)); ok {
			if want, err := strconv.ParseFloat(other, 64); err != nil || math.Abs(got-want) > 1e-9*math.Max(1, want) {
				t.Errorf("parseDecimal(%q) = %v, want %v, %v", other, got, want, err)
			}
		}
		text := fmt.Sprintf("%d.%02d", whole, hundredths%100)
		if got, ok := parseDecimal([]byte(text)); !ok || strconv.FormatFloat(got, 'f', 2, 64) != text {
			t.Errorf("parseDecimal(%q) = %v, %v", text, got, ok)
		}
	})
}
