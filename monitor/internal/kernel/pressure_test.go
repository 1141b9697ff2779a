package kernel

import (
	"fmt"
	"testing"
)

func TestParsePressure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, text string
		want      Pressure
	}{
		{"Linux 6.18", "some avg10=12.70 avg60=8.50 avg300=14.86 total=12613855998\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n", Pressure{12613855998, 7, true, true}},
		{"the CPU's before Linux 5.13", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n", Pressure{Some: 5, HasSome: true}},
		{"a total of 0 is known", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n", Pressure{HasSome: true}},
		{"no total", "some avg10=0.00\nfull total=x\n", Pressure{}},
		{"nothing", "", Pressure{}},
	} {
		if got := ParsePressure([]byte(c.text)); got != c.want {
			t.Errorf("%s: ParsePressure = %+v, want %+v", c.why, got, c.want)
		}
	}
}

// FuzzPressure: what is written in the kernel's form is read back, whatever stands around it.
func FuzzPressure(f *testing.F) {
	f.Add(uint64(1), uint64(2), "irq total=3")
	f.Fuzz(func(t *testing.T, some, full uint64, other string) {
		_ = ParsePressure([]byte(other))
		text := fmt.Sprintf("some avg10=0.00 avg60=1.00 avg300=100.00 total=%d\nfull avg10=0.00 total=%d\n", some, full)
		if got, want := ParsePressure([]byte(text)), (Pressure{some, full, true, true}); got != want {
			t.Errorf("ParsePressure(%q) = %+v, want %+v", text, got, want)
		}
	})
}

func TestCountCPUs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list string
		want int
		ok   bool
	}{
		{"0-1\n", 2, true},
		{"0", 1, true},
		{"0-3,7,64-127\n", 69, true},
		{"", 0, false},
		{"\n", 0, false},
		{"3-1", 0, false},
		{"0-", 0, false},
		{"0,", 0, false},
		{",0", 0, false},
		{"a", 0, false},
		{"0-18446744073709551615", 0, false},
	} {
		if got, ok := CountCPUs([]byte(c.list)); got != c.want || ok != c.ok {
			t.Errorf("CountCPUs(%q) = %d, %v, want %d, %v", c.list, got, ok, c.want, c.ok)
		}
	}
}

// FuzzCPUs: a list of two ranges counts what both have.
func FuzzCPUs(f *testing.F) {
	f.Add(uint16(0), uint16(3), uint16(7), "0-3,7")
	f.Fuzz(func(t *testing.T, first, more, gap uint16, other string) {
		if n, ok := CountCPUs([]byte(other)); ok && n <= 0 {
			t.Errorf("CountCPUs(%q) = %d, true", other, n)
		}
		last := int(first) + int(more%1000)
		next := last + int(gap%1000) + 1
		n, ok := CountCPUs(fmt.Appendf(nil, "%d-%d,%d\n", first, last, next))
		if want := last - int(first) + 2; next < maxCPU && (!ok || n != want) {
			t.Errorf("CountCPUs(%d-%d,%d) = %d, %v, want %d", first, last, next, n, ok, want)
		}
	})
}
