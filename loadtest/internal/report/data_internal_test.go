package report

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// undo reads digits as the script does.
func undo(text string, unit float64) (values []float64) {
	sum, n, shift := 0, 0, 0
	for _, c := range text {
		if c == '.' {
			values = append(values, math.NaN())
			continue
		}
		digit := strings.IndexRune(alphabet, c)
		n |= (digit & 31) << shift
		if digit&32 != 0 {
			shift += 5
			continue
		}
		if n&1 != 0 {
			sum -= n >> 1
		} else {
			sum += n >> 1
		}
		n, shift = 0, 0
		values = append(values, float64(sum)*unit)
	}
	return values
}

func TestDigits(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, c := range []struct {
		values []float64
		unit   float64
		want   string
	}{
		{nil, 1, ""},
		{[]float64{0, 1, 0, -1}, 1, "ACDD"},
		{[]float64{16, nan, nan, 16}, 1, "gB..A"},
		{[]float64{1700, 1700.4}, 1, "oqDA"},
		{[]float64{0.5, 0.25}, 0.01, "kDzB"},
	} {
		if got := digits(c.values, c.unit); got != c.want {
			t.Errorf("digits(%v, %v) = %q, want %q", c.values, c.unit, got, c.want)
		}
	}
}

// FuzzDigits: what the script reads is each value to a ten-thousandth of the largest, and absent where it was absent.
func FuzzDigits(f *testing.F) {
	f.Add(100.0, 0.0, -3.5, 1e6)
	f.Add(0.001, 0.002, 0.0, math.NaN())
	f.Add(math.Inf(1), 1e-12, 1.0, -1.0)
	f.Fuzz(func(t *testing.T, a, b, c, d float64) {
		values := []float64{a, b, c, d, a}
		largest := 0.0
		for _, v := range values {
			if math.Abs(v) > 1e15 && !math.IsInf(v, 0) || v != 0 && math.Abs(v) < 1e-15 {
				t.Skip("no metric has such values")
			}
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				largest = max(largest, math.Abs(v))
			}
		}
		unit := unitFor(values)
		got := undo(digits(values, unit), unit)
		if len(got) != len(values) {
			t.Fatalf("%d values are read as %d", len(values), len(got))
		}
		for i, v := range values {
			absent := math.IsNaN(v) || math.IsInf(v, 0)
			if absent != math.IsNaN(got[i]) || !absent && math.Abs(got[i]-v) > max(largest/1000, 1e-300) {
				t.Errorf("%v is read as %v", v, got[i])
			}
		}
	})
}

func TestLongRunsKeepTheirPeaks(t *testing.T) {
	t.Parallel()
	values := make([]float64, 8*3600)
	values[12_345], values[20_001] = 9, -4
	d := data{}
	d.add(values)
	if d.step != 4 {
		t.Errorf("step = %d, want 4 of 8 hours", d.step)
	}
	got := undo(d.series[0].Digits, d.series[0].Unit)
	if n := len(got); n > fullResolution+2 {
		t.Errorf("the script gets %d values, want about %d", n, fullResolution)
	}
	if at := 12_345 / d.step; max(got[at], got[at-1], got[at+1]) != 9 {
		t.Errorf("about %d the values are %v, want the peak of 9", at, got[at-1:at+2])
	}
	if low, high := bounds(got); low != -4 || high != 9 {
		t.Errorf("the values are %v to %v, want -4 to 9", low, high)
	}
	want := "the crosshair and a zoom show the smallest and the largest of each 8 s"
	if text := d.resolution(axis{n: len(values)}); !strings.Contains(text, want) {
		t.Errorf("resolution = %q, want it to say %q", text, want)
	}
}

func TestEvenKeepsTheOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ values, want []float64 }{
		{[]float64{3, 1, 5, 2}, []float64{1, 5}},
		{[]float64{3, 5, 1, 2}, []float64{5, 1}},
		{[]float64{1, 2, 3, 4, 9}, []float64{1, 4, 9, 9}},
	} {
		if got := even(c.values, 2); !slices.Equal(got, c.want) {
			t.Errorf("even(%v, 2) = %v, want %v", c.values, got, c.want)
		}
	}
}
