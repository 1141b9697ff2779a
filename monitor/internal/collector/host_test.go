//go:build linux

package collector

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

// collect calls Collect with a row of the right length.
func collect(c Collector) ([]resource.Cell, error) {
	row := make([]resource.Cell, len(c.Columns()))
	return row, c.Collect(row)
}

// recording is a folder of recorded files that a test changes from tick to tick, as the kernel does.
type recording struct {
	t   *testing.T
	dir string
}

func newRecording(t *testing.T) recording { return recording{t, t.TempDir()} }

// show puts the file at path of testdata into the folder as name, or removes it where there is none.
func (r recording) show(name, path string) {
	r.t.Helper()
	to := filepath.Join(r.dir, name)
	data, err := os.ReadFile(filepath.Join("testdata", path))
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Remove(to)
	} else if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func text(cells []resource.Cell) string {
	var words []string
	for _, cell := range cells {
		words = append(words, cell.String())
	}
	return strings.Join(words, " ")
}

func TestCPUOfRecordings(t *testing.T) {
	t.Parallel()
	r := newRecording(t)
	c, _ := openCPU(Settings{Proc: r.dir})
	for _, tick := range []struct{ name, want, why string }{
		{"before", "", "the first is the baseline"},
		{"broken", "", "no line cpu"},
		{"after", "74.8744", "psutil on these files: 1.49 s busy of 1.99 s, since the last that could be read"},
		{"after", "", "no time has passed: absent, not 0 or NaN"},
	} {
		r.show("stat", "proc/"+tick.name+"/stat")
		cells, err := collect(c)
		if got := text(cells); got != tick.want {
			t.Errorf("Collect of %q = %q, want %q: %s", tick.name, got, tick.want, tick.why)
		}
		if (err != nil) != (tick.name == "broken") {
			t.Errorf("Collect of %q = %v", tick.name, err)
		}
	}
}

func TestBusyPercent(t *testing.T) {
	t.Parallel()
	before := cpuTimes{user: 100, nice: 10, system: 20, idle: 500, iowait: 7, irq: 1, softirq: 2, steal: 3}
	for _, c := range []struct {
		why    string
		change func(*cpuTimes)
		want   string
	}{
		{"all idle", func(s *cpuTimes) { s.idle += 2 }, "0"},
		{"all busy", func(s *cpuTimes) { s.user += 1; s.system += 1 }, "100"},
		{"waiting for I/O is idle", func(s *cpuTimes) { s.iowait += 3; s.user += 1 }, "25"},
		{"stolen is not ours to use", func(s *cpuTimes) { s.steal += 1; s.idle += 1 }, "50"},
		{"interrupts are work", func(s *cpuTimes) { s.irq += 1; s.softirq += 1; s.idle += 2 }, "50"},
		{"iowait went back", func(s *cpuTimes) { s.iowait -= 5; s.user += 1; s.idle += 1 }, "50"},
		{"nothing moved", func(*cpuTimes) {}, ""},
	} {
		after := before
		c.change(&after)
		if got := busyPercent(before, after).String(); got != c.want {
			t.Errorf("busyPercent(%s) = %q, want %q", c.why, got, c.want)
		}
	}
}

// TestParseCPU: a guest's time is in user already, and its two fields behind steal are not read.
func TestParseCPU(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want cpuTimes
		ok   bool
	}{
		{"cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 1 1 1 1 1 1 1 1 1\n", cpuTimes{1, 2, 3, 4, 5, 6, 7, 8}, true},
		{"cpu  1 2 3 4\n", cpuTimes{user: 1, nice: 2, system: 3, idle: 4}, true}, // Linux 2.4
		{"cpu  1 2 3\n", cpuTimes{}, false},
		{"cpu  1 2 3 -4 5\n", cpuTimes{}, false},
		{"cpu0 1 2 3 4\n", cpuTimes{}, false},
		{"", cpuTimes{}, false},
	} {
		if got, err := parseCPU([]byte(c.text)); got != c.want || (err == nil) != c.ok {
			t.Errorf("parseCPU(%q) = %+v, %v, want %+v", c.text, got, err, c.want)
		}
	}
}

func TestMemoryOfRecordings(t *testing.T) {
	t.Parallel()
	r := newRecording(t)
	m, _ := openMemory(Settings{Proc: r.dir})
	if cells, err := collect(m); text(cells) != "   " || err == nil {
		t.Errorf("Collect without /proc/meminfo = %q, %v, want no values and an error", text(cells), err)
	}
	r.show("meminfo", "proc/after/meminfo")
	cells, err := collect(m)
	if got, want := text(cells), "23.5406 0.5375 23.0031 2.2832"; got != want || err != nil {
		t.Errorf("Collect = %q, %v, want %q (total, used, available, percent)", got, err, want)
	}
}

func TestSelfMeasuresWork(t *testing.T) {
	t.Parallel()
	s, _ := openSelf(Settings{})
	first, err := collect(s)
	if _, ok := first[0].Value(); ok || err != nil {
		t.Errorf("first Collect = %q, %v, want no CPU share yet", text(first), err)
	}
	for sum, i := 0, 0; i < 50_000_000; i++ {
		sum += i * i
	}
	second, err := collect(s)
	percent, ok := second[0].Value()
	if err != nil || !ok || percent <= 0 || percent > 100 {
		t.Errorf("Collect after work = %v, %v, %v, want a share of all cores above 0", percent, ok, err)
	}
	if rss, ok := second[1].Value(); !ok || rss < 1 || rss > 4096 {
		t.Errorf("RSS = %v, %v, want some MB", rss, ok)
	}
}
