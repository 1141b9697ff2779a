package report

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestDraw(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	axis := scale{Base: 0, Top: 10, Step: 5}
	for _, c := range []struct {
		why        string
		values     []float64
		line, area string
	}{
		{"nothing", []float64{nan, nan}, "", ""},
		{"a line", []float64{0, 5, 10}, "M0 500l1-250 1-250", "M0 500l0 0 1-250 1-250 0 500z"},
		{"a level is two points", []float64{5, 5, 5, 5, 0}, "M0 250l3 0 1 250", "M0 500l0-250 3 0 1 250 0 0z"},
		{"an absent value is a gap", []float64{5, 5, nan, 5, 5}, "M0 250l1 0M3 250l1 0", "M0 500l0-250 1 0 0 250zM3 500l0-250 1 0 0 250z"},
		{"a value alone is a dot", []float64{nan, 5, nan, nan, 5, 5}, "M1 250l0 0M4 250l1 0", "M1 500l0-250 0 250zM4 500l0-250 1 0 0 250z"},
		{"a value every second second is no gap", []float64{0, nan, 5, nan, 10}, "M0 500l2-250 2-250", "M0 500l0 0 2-250 2-250 0 500z"},
	} {
		line, area := draw(thin(c.values, mostPoints), axis)
		if line != c.line || area != c.area {
			t.Errorf("%s: draw = %q, %q, want %q, %q", c.why, line, area, c.line, c.area)
		}
	}
}

// TestThinLosesNoPeak: of each series the smallest and the largest value are drawn, in the order of time, with few points.
func TestThinLosesNoPeak(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Custom(func(t *rapid.T) float64 {
			if rapid.IntRange(0, 9).Draw(t, "absent") == 0 {
				return math.NaN()
			}
			return rapid.Float64Range(-1e6, 1e6).Draw(t, "value")
		})
		values := rapid.SliceOfN(value, 1, 500).Draw(t, "values")
		most := rapid.IntRange(4, 200).Draw(t, "most")
		points := thin(values, most)
		low, high := bounds(values)
		drawn := make([]float64, 0, len(points))
		gaps := 0
		for i, p := range points {
			if i > 0 && p.at <= points[i-1].at {
				t.Fatalf("point %d is at %d, after one at %d", i, p.at, points[i-1].at)
			}
			if values[p.at] != p.v {
				t.Fatalf("the value at %d is drawn as %v, want %v", p.at, p.v, values[p.at])
			}
			if p.gap {
				gaps++
			}
			drawn = append(drawn, p.v)
		}
		l, h := bounds(drawn)
		if !math.IsNaN(low) && (l != low || h != high) {
			t.Fatalf("drawn are %v to %v, want %v to %v", l, h, low, high)
		}
		if len(points) > most+2+2*gaps {
			t.Fatalf("%d points with %d gaps, want %d at most", len(points), gaps, most)
		}
	})
}

func TestStride(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, c := range []struct {
		values []float64
		want   int
	}{
		{nil, 1},
		{[]float64{1, 2, 3}, 1},
		{[]float64{1, nan, nan, nan, nan, 2, nan, nan, nan, nan, 3}, 5},
		{[]float64{1, 2, nan, nan, nan, 3, 4, 5}, 1},
		{[]float64{1, nan, nan, 2, nan, nan, nan, 3, nan, nan, 4, nan, nan, 5}, 4},
		{[]float64{1, 2, nan, 3, 4, nan, 5}, 1},
	} {
		if got := stride(c.values); got != c.want {
			t.Errorf("stride(%v) = %d, want %d", c.values, got, c.want)
		}
	}
}

func TestScale(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why            string
		low, high, top float64
		floating       bool
		want           []string
	}{
		{"percent reaches 100", 3, 12, 100, false, []string{"0", "50", "100"}},
		{"steps of 2", 0, 72, 0, false, []string{"0", "20", "40", "60", "80"}},
		{"all zero", 0, 0, 0, false, []string{"0", "0.5", "1"}},
		{"no value", math.NaN(), math.NaN(), 0, false, []string{"0", "0.5", "1"}},
		{"far from zero", 5000, 5400, 0, true, []string{"4,800", "5,000", "5,200", "5,400"}},
		{"a constant far from zero", 5000, 5000, 0, true, []string{"0", "2,000", "4,000", "6,000"}},
		{"small", 0, 0.004, 0, false, []string{"0", "0.001", "0.002", "0.003", "0.004"}},
		{"below zero", -10, 10, 0, false, []string{"\u221210", "\u22125", "0", "5", "10"}},
	} {
		var got []string
		for _, tick := range newScale(c.low, c.high, c.top, c.floating).ticks() {
			got = append(got, tick.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: the labels of %v to %v = %q, want %q", c.why, c.low, c.high, got, c.want)
		}
	}
}
