package report

import (
	"math"
	"slices"

	"gregaria/loadtest/internal/analysis"
)

// A percentile of few values says little: how many requests a point of p95 and of p99 has at least.
const (
	needP95 = 20
	needP99 = 100
)

func hasHistograms(all []analysis.Histogram) bool {
	return slices.ContainsFunc(all, func(h analysis.Histogram) bool { return len(h) > 0 })
}

// cutHistograms is cut, of histograms.
func (a axis) cutHistograms(all []analysis.Histogram) []analysis.Histogram {
	if a.first >= len(all) {
		return nil
	}
	return all[a.first:min(len(all), a.first+a.n)]
}

// quantiles are a percentile of each second that has enough values. Where few of the busy seconds have, it is that of the smallest window of
// seconds of which most have, read from merged histograms, and stands in each second of the window. window is 0 where no window has enough.
func quantiles(seconds []analysis.Histogram, share float64, need int64) (values []float64, window int) {
	counts := make([]int64, len(seconds))
	for i, h := range seconds {
		counts[i] = h.Count()
	}
	window = smallestWindow(counts, need)
	if window == 0 {
		return nil, 0
	}
	first, last := slices.IndexFunc(counts, positive), len(counts)-1
	for counts[last] == 0 {
		last--
	}
	values = make([]float64, len(seconds))
	for from := 0; from < len(seconds); from += window {
		to, n := min(from+window, len(seconds)), int64(0)
		for _, c := range counts[from:to] {
			n += c
		}
		v := math.NaN()
		if n >= need {
			h := seconds[from]
			if window > 1 {
				h = analysis.Merge(seconds[from:to]...)
			}
			v, _ = h.Quantile(share)
		}
		for i := from; i < to; i++ {
			values[i] = v
			if i < first || i > last { // a window reaches over the ends of the load
				values[i] = math.NaN()
			}
		}
	}
	return values, window
}

func positive(n int64) bool { return n > 0 }

// lastSeconds is of how many seconds the percentiles of Locust's history are: CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW in its stats.py.
const lastSeconds = 10

// enough leaves out the values of a percentile that are of too few requests, those of so many seconds.
func enough(percentile, requests analysis.Series, seconds int, need float64) analysis.Series {
	s := percentile
	s.Values = make([]float64, len(percentile.Values))
	n := 0.0
	count := func(i int) float64 {
		if i < 0 || i >= len(requests.Values) || math.IsNaN(requests.Values[i]) {
			return 0
		}
		return requests.Values[i]
	}
	for i, v := range percentile.Values {
		n += count(i) - count(i-seconds)
		s.Values[i] = v
		if n < need {
			s.Values[i] = math.NaN()
		}
	}
	return s
}

// smallestWindow is the smallest window of which nine in ten of those with any value have enough: a line with gaps everywhere is none. Where no
// window has, as of short runs, it is the one of which most have; 0 where none has.
func smallestWindow(counts []int64, need int64) int {
	best, most := 0, 0.0
	for _, window := range windows() {
		share := covered(counts, window, need)
		if share >= 0.9 {
			return window
		}
		if share > most {
			best, most = window, share
		}
	}
	return best
}

// covered is the share of the windows with any value that have enough. The first and the last one, of which the load may fill a part, do not count
// where there are three others: of a short run they would be a third.
func covered(counts []int64, window int, need int64) float64 {
	var has []bool
	for from := 0; from < len(counts); from += window {
		n := int64(0)
		for _, c := range counts[from:min(from+window, len(counts))] {
			n += c
		}
		if n > 0 {
			has = append(has, n >= need)
		}
	}
	if n := len(has); n >= 5 {
		has = has[1 : n-1]
	}
	enough := 0
	for _, is := range has {
		if is {
			enough++
		}
	}
	return float64(enough) / float64(max(1, len(has)))
}

// windows are the seconds that are merged into one point where one second has too few values.
func windows() []int { return []int{1, 2, 5, 10, 15, 30, 60} }

// windowCaption says which percentile is of how many seconds.
func windowCaption(of map[int]string) string {
	text := ""
	for _, w := range windows() {
		if of[w] == "" {
			continue
		}
		if text != "" {
			text += "; "
		}
		if len(of) > 1 {
			text += of[w] + " "
		}
		text += "of each " + spanText(w)
	}
	return text
}
