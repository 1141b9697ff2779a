package comparison

import (
	"math"
	"slices"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// shares are those that are compared, with Locust's names for them.
func shares() []struct {
	name, locust string
	share        float64
} {
	return []struct {
		name, locust string
		share        float64
	}{{"p50", "50%", 0.5}, {"p95", "95%", 0.95}, {"p99", "99%", 0.99}}
}

// leastRequests is how many requests a percentile needs, as everywhere in reports.
func leastRequests(share float64) float64 {
	switch {
	case share > 0.95:
		return 100
	case share > 0.5:
		return 20
	}
	return 1
}

// A tally has the histograms of cells over one set of buckets, so that a resample is a sum of rows.
type tally struct {
	// times are the buckets in order, cells their counts: places of times, and how often.
	times []float64
	cells [][]entry
	// drawn are the percentiles of the resamples, in the order of shares.
	drawn [][]float64
}

type entry struct {
	bucket int
	count  float64
}

// percentile reads a share of the merged histograms of cells; nil where a run has none of the load.
func (s *sample) percentile(cells []cell, l load, which int) *estimate {
	if len(cells) != len(s.cells) {
		t := s.tallyOf(cells, l)
		if t == nil {
			return nil
		}
		return &estimate{t.read(nil)[which], nil}
	}
	t, known := s.tallies[l]
	if !known {
		t = s.tallyOf(cells, l)
		s.tallies[l] = t
	}
	if t == nil {
		return nil
	}
	return &estimate{t.read(nil)[which], func() (values []float64) {
		if t.drawn == nil {
			for _, weight := range s.drawn() {
				t.drawn = append(t.drawn, t.read(weight))
			}
		}
		for _, drawn := range t.drawn {
			values = append(values, drawn[which])
		}
		return values
	}}
}

// tallyOf merges the histograms of each cell.
func (s *sample) tallyOf(cells []cell, l load) *tally {
	merged := make([]analysis.Histogram, len(cells))
	for i, c := range cells {
		from := l.in(s.runs[c.run].Run)
		if from == nil || from.Phases[timing.Response] == nil {
			return nil
		}
		seconds := from.Phases[timing.Response]
		merged[i] = analysis.Merge(seconds[min(c.first, len(seconds)):min(c.last, len(seconds))]...)
	}
	t := &tally{cells: make([][]entry, len(cells))}
	for _, h := range merged {
		for _, b := range h {
			t.times = append(t.times, b.MS)
		}
	}
	slices.Sort(t.times)
	t.times = slices.Compact(t.times)
	place := make(map[float64]int, len(t.times))
	for i, ms := range t.times {
		place[ms] = i
	}
	for i, h := range merged {
		for _, b := range h {
			t.cells[i] = append(t.cells[i], entry{place[b.MS], float64(b.Count)})
		}
	}
	return t
}

// read has the percentiles of the cells, each counted as often as its weight says, by Locust's rule, as Histogram.Quantile. NaN where there are too few requests.
func (t *tally) read(weight []float64) []float64 {
	counts, n := make([]float64, len(t.times)), 0.0
	for i, entries := range t.cells {
		w := weightOf(weight, i)
		if w == 0 {
			continue
		}
		for _, e := range entries {
			counts[e.bucket] += w * e.count
			n += w * e.count
		}
	}
	var values []float64
	for _, s := range shares() {
		values = append(values, t.quantile(counts, n, s.share))
	}
	return values
}

func (t *tally) quantile(counts []float64, n, share float64) float64 {
	if n < leastRequests(share) {
		return math.NaN()
	}
	rank := min(math.Floor(n*share), n-1)
	for i, count := range counts {
		if rank < count {
			return t.times[i]
		}
		rank -= count
	}
	return math.NaN()
}
