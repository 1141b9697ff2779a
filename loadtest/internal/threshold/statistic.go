package threshold

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Statistic makes one value of many: p95, avg, min, max, sum.
type Statistic string

// The statistics beside percentiles.
const (
	Average Statistic = "avg"
	Min     Statistic = "min"
	Max     Statistic = "max"
	Sum     Statistic = "sum"
)

// parseStatistic reads one, with the other names that people have for it: median is p50, mean is avg.
func parseStatistic(text string) (Statistic, bool) {
	switch s := Statistic(strings.ToLower(text)); s {
	case Average, Min, Max, Sum:
		return s, true
	case "median", "med":
		return "p50", true
	case "mean", "average":
		return Average, true
	}
	number, found := strings.CutPrefix(strings.ToLower(text), "p")
	if !found || strings.Trim(number, "0123456789.") != "" {
		return "", false
	}
	percent, err := strconv.ParseFloat(number, 64)
	if err != nil || percent <= 0 || percent >= 100 {
		return "", false
	}
	return Statistic("p" + strconv.FormatFloat(percent, 'f', -1, 64)), true
}

// percent is which percentile it is.
func (s Statistic) percent() (float64, bool) {
	number, found := strings.CutPrefix(string(s), "p")
	percent, err := strconv.ParseFloat(number, 64)
	return percent, found && err == nil
}

// needs is how many values a percentile wants, so that one of them is expected beyond it: 20 for p95, 100 for p99.
func (s Statistic) needs() int64 {
	percent, found := s.percent()
	if !found {
		return 1
	}
	return int64(math.Ceil(100/(100-percent) - 1e-6))
}

// of takes the statistic of values of seconds, of which there is one at least.
func (s Statistic) of(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	switch s {
	case Min:
		return slices.Min(values)
	case Max:
		return slices.Max(values)
	case Sum:
		return sum
	}
	if percent, found := s.percent(); found {
		sorted := slices.Sorted(slices.Values(values))
		return sorted[min(int(float64(len(sorted))*percent/100), len(sorted)-1)] // Locust's rule, as of response times
	}
	return sum / float64(len(values))
}
