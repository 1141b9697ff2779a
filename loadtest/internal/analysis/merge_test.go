package analysis_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"gregaria/loadtest/internal/analysis"
)

// hdr are the middles of all buckets of HdrHistogram with two significant digits, in ms: 1 us wide up to 256 us, then 2, 4, 8 and so on, 128 of a width.
func hdr() (all []float64) {
	for us := int64(1); us < 1<<36; {
		width := int64(1)
		for 256*width <= us {
			width *= 2
		}
		all = append(all, float64(us/width*width)/1000+float64(width)/2000)
		us += width
	}
	return all
}

// TestMerge: histograms added up in one pass are those that a map adds up, of all buckets of HdrHistogram and of what no bucket is.
func TestMerge(t *testing.T) {
	t.Parallel()
	times, r := hdr(), rand.New(rand.NewPCG(1, 1))
	var all, some []analysis.Histogram
	for i, ms := range times {
		all = append(all, analysis.Histogram{{MS: ms, Count: int64(i%7 + 1)}})
	}
	for range 300 {
		var h analysis.Histogram
		for at := 4000 + r.IntN(50); at < 5000; at += 1 + r.IntN(50) {
			h = append(h, analysis.Bucket{MS: times[min(at, len(times)-1)], Count: int64(1 + r.IntN(9))})
		}
		some = append(some, h)
	}
	for _, c := range []struct {
		why string
		all []analysis.Histogram
	}{
		{"nothing", nil},
		{"nothing in it", []analysis.Histogram{nil, {}, {{MS: 5, Count: 0}}}},
		{"every bucket", all},
		{"some of them twice", append(slices.Clone(all), all[10:500]...)},
		{"seconds of a load", some},
		{"times that are next to each other", []analysis.Histogram{{{MS: 10, Count: 1}, {MS: 10.001, Count: 2}}, {{MS: 10.001, Count: 3}, {MS: 10.002, Count: 4}}}},
		{"no order", []analysis.Histogram{{{MS: 5, Count: 1}, {MS: 900, Count: 2}, {MS: 3, Count: 4}}, {{MS: 3, Count: 1}}}},
		{"below and above what is measured", []analysis.Histogram{{{MS: 0, Count: 3}, {MS: 1e-6, Count: 1}, {MS: 1e9, Count: 1}, {MS: 2e9, Count: 2}}, {{MS: 0, Count: 1}, {MS: 40, Count: 1}}}},
	} {
		counts := map[float64]int64{}
		for _, h := range c.all {
			for _, b := range h {
				counts[b.MS] += b.Count
			}
		}
		maps.DeleteFunc(counts, func(_ float64, n int64) bool { return n == 0 })
		var want analysis.Histogram
		for _, ms := range slices.Sorted(maps.Keys(counts)) {
			want = append(want, analysis.Bucket{MS: ms, Count: counts[ms]})
		}
		if got := analysis.Merge(c.all...); !slices.Equal(got, want) {
			t.Errorf("%s: Merge = %v, want %v", c.why, got, want)
		}
	}
}

// BenchmarkMerge adds up the seconds of an hour.
func BenchmarkMerge(b *testing.B) {
	times, r := hdr(), rand.New(rand.NewPCG(1, 1))
	seconds := make([]analysis.Histogram, 3600)
	for i := range seconds {
		for at := 1500; at < 2000; at += 1 + r.IntN(20) {
			seconds[i] = append(seconds[i], analysis.Bucket{MS: times[at], Count: 1})
		}
	}
	for b.Loop() {
		analysis.Merge(seconds...)
	}
}
