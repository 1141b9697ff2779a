package report

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"gregaria/internal/service"
	"gregaria/loadtest/internal/analysis"
)

// bucketQuantile is the quantile of each second of a histogram whose buckets a server counts: of all label sets together, linear within the bucket that has it, as Prometheus's
// histogram_quantile does; of the last bucket its lower end. There is none where too few were observed.
func bucketQuantile(series []analysis.Said, share float64) analysis.Series {
	counts := map[float64][]float64{} // by upper end: of this bucket and those below it
	for _, s := range series {
		le, known := (service.Row{Labels: s.Labels}).Label("le")
		end, err := strconv.ParseFloat(le, 64)
		if !known || err != nil {
			continue
		}
		if counts[end] == nil {
			counts[end] = make([]float64, len(s.Values))
		}
		for i, v := range s.Values[:min(len(s.Values), len(counts[end]))] {
			if !math.IsNaN(v) {
				counts[end][i] += v
			}
		}
	}
	result := analysis.Series{File: series[0].File, Column: series[0].Name, Values: make([]float64, len(series[0].Values))}
	ends := slices.Sorted(maps.Keys(counts))
	for i := range result.Values {
		result.Values[i] = quantileAt(ends, counts, i, share)
	}
	return result
}

// quantileAt is that of one second.
func quantileAt(ends []float64, counts map[float64][]float64, i int, share float64) float64 {
	if len(ends) == 0 || !math.IsInf(ends[len(ends)-1], 1) {
		return math.NaN()
	}
	total := counts[ends[len(ends)-1]][i]
	if least := 1 / (1 - share); !(total*(1+1e-9) >= least) { // 2 for p50, 20 for p95
		return math.NaN()
	}
	rank, from, below := share*total, 0.0, 0.0
	for _, end := range ends {
		n := counts[end][i]
		switch {
		case n < rank:
			from, below = end, n
		case math.IsInf(end, 1):
			return from
		case n == below:
			return end
		default:
			return from + (end-from)*(rank-below)/(n-below)
		}
	}
	return math.NaN()
}
