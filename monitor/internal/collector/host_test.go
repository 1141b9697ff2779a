package collector

import (
	"context"
	"strings"
	"testing"

	"github.com/shirou/gopsutil/v3/common"
	"github.com/shirou/gopsutil/v3/cpu"

	"gregaria/internal/resource"
)

// recorded makes a context in which gopsutil reads testdata/proc/name in place of /proc.
func recorded(t *testing.T, name string) context.Context {
	return context.WithValue(t.Context(), common.EnvKey, common.EnvMap{common.HostProcEnvKey: "testdata/proc/" + name})
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
	c, _ := openCPU()
	for _, tick := range []struct{ name, want, why string }{
		{"before", "", "the first is the baseline"},
		{"missing", "", "no /proc/stat"},
		{"after", "74.8744", "psutil on these files: 1.49 s busy of 1.99 s, since the last that could be read"},
		{"after", "", "no time has passed: absent, not 0 or NaN"},
	} {
		cells, err := c.Collect(recorded(t, tick.name))
		if got := text(cells); got != tick.want {
			t.Errorf("Collect of %q = %q, want %q: %s", tick.name, got, tick.want, tick.why)
		}
		if (err != nil) != (tick.name == "missing") {
			t.Errorf("Collect of %q = %v", tick.name, err)
		}
	}
}

func TestBusyPercent(t *testing.T) {
	t.Parallel()
	before := cpu.TimesStat{User: 100, Nice: 10, System: 20, Idle: 500, Iowait: 7, Irq: 1, Softirq: 2, Steal: 3, Guest: 40, GuestNice: 5}
	for _, c := range []struct {
		why    string
		change func(*cpu.TimesStat)
		want   string
	}{
		{"all idle", func(s *cpu.TimesStat) { s.Idle += 2 }, "0"},
		{"all busy", func(s *cpu.TimesStat) { s.User += 1; s.System += 1 }, "100"},
		{"waiting for I/O is idle", func(s *cpu.TimesStat) { s.Iowait += 3; s.User += 1 }, "25"},
		{"a guest is in user already", func(s *cpu.TimesStat) { s.User += 1; s.Guest += 1; s.Idle += 1 }, "50"},
		{"a nice guest is in nice already", func(s *cpu.TimesStat) { s.Nice += 1; s.GuestNice += 1; s.Idle += 1 }, "50"},
		{"stolen is not ours to use", func(s *cpu.TimesStat) { s.Steal += 1; s.Idle += 1 }, "50"},
		{"interrupts are work", func(s *cpu.TimesStat) { s.Irq += 1; s.Softirq += 1; s.Idle += 2 }, "50"},
		{"iowait went back", func(s *cpu.TimesStat) { s.Iowait -= 5; s.User += 1; s.Idle += 1 }, "50"},
		{"nothing moved", func(*cpu.TimesStat) {}, ""},
	} {
		after := before
		c.change(&after)
		if got := busyPercent(before, after).String(); got != c.want {
			t.Errorf("busyPercent(%s) = %q, want %q", c.why, got, c.want)
		}
	}
}

func TestMemoryOfRecordings(t *testing.T) {
	t.Parallel()
	m, _ := openMemory()
	cells, err := m.Collect(recorded(t, "after"))
	if got, want := text(cells), "23.5406 0.5375 23.0031 2.2832"; got != want || err != nil {
		t.Errorf("Collect = %q, %v, want %q (total, used, available, percent)", got, err, want)
	}
	if cells, err := m.Collect(recorded(t, "missing")); cells != nil || err == nil {
		t.Errorf("Collect without /proc/meminfo = %q, %v, want no cells and an error", text(cells), err)
	}
}

func TestSelfMeasuresWork(t *testing.T) {
	t.Parallel()
	s, _ := openSelf()
	first, err := s.Collect(t.Context())
	if _, ok := first[0].Value(); ok || err != nil {
		t.Errorf("first Collect = %q, %v, want no CPU share yet", text(first), err)
	}
	for sum, i := 0, 0; i < 50_000_000; i++ {
		sum += i * i
	}
	second, err := s.Collect(t.Context())
	percent, ok := second[0].Value()
	if err != nil || !ok || percent <= 0 || percent > 100 {
		t.Errorf("Collect after work = %v, %v, %v, want a share of all cores above 0", percent, ok, err)
	}
	if rss, ok := second[1].Value(); !ok || rss < 1 || rss > 4096 {
		t.Errorf("RSS = %v, %v, want some MB", rss, ok)
	}
}
