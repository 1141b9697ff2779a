package report

import (
	"math"
	"slices"
	"testing"

	"gregaria/loadtest/internal/analysis"
)

// seconds are histograms with so many requests each, of 10 ms and one of 100 ms.
func seconds(counts ...int64) []analysis.Histogram {
	all := make([]analysis.Histogram, len(counts))
	for i, n := range counts {
		if n > 0 {
			all[i] = analysis.Histogram{{MS: 10, Count: n - 1}, {MS: 100, Count: 1}}
		}
	}
	return all
}

func TestQuantilesNeedRequests(t *testing.T) {
	t.Parallel()
	repeat := func(n int64, times int) []int64 {
		all := make([]int64, times)
		for i := range all {
			all[i] = n
		}
		return all
	}
	for _, c := range []struct {
		why    string
		counts []int64
		need   int64
		window int
	}{
		{"enough each second", repeat(20, 30), needP95, 1},
		{"one too few", repeat(19, 30), needP95, 2},
		{"p99 needs more", repeat(20, 30), needP99, 5},
		{"few", repeat(1, 60), needP95, 30},
		{"never enough", repeat(1, 19), needP95, 0},
		{"one second of many has not enough", append(repeat(30, 29), 3), needP95, 1},
		{"two of three seconds", []int64{30, 30, 10, 30, 30, 10, 30, 30, 10, 30}, needP95, 2},
		{"nothing", repeat(0, 30), needP95, 0},
		{"windows that the load fills in part", append(repeat(0, 7), repeat(15, 60)...), needP99, 10},
	} {
		values, window := quantiles(seconds(c.counts...), 0.95, c.need)
		if window != c.window {
			t.Errorf("%s: the window is %d s, want %d", c.why, window, c.window)
		}
		if window > 0 && len(values) != len(c.counts) {
			t.Errorf("%s: %d values for %d seconds", c.why, len(values), len(c.counts))
		}
	}
}

func TestSecondWithFewRequestsHasNoQuantile(t *testing.T) {
	t.Parallel()
	counts := []int64{30, 30, 30, 30, 30, 30, 30, 30, 30, 19, 30, 30}
	values, _ := quantiles(seconds(counts...), 0.95, needP95)
	for i, v := range values {
		if math.IsNaN(v) != (counts[i] < needP95) {
			t.Errorf("second %d with %d requests has p95 %v", i, counts[i], v)
		}
	}
}

func TestMergedWindowIsReadFromItsSum(t *testing.T) {
	t.Parallel()
	// Of 2 x 10 requests two take 100 ms, so p95 of the sum is 100.
	values, window := quantiles(seconds(10, 10, 10, 10), 0.95, needP95)
	if window != 2 || values[0] != 100 || values[1] != 100 {
		t.Errorf("quantiles = %v of each %d s, want 100 of each 2 s", values, window)
	}
	caption := windowCaption(map[int]string{1: "p50", 2: "p95, p99"})
	if want := "p50 of each second; p95, p99 of each 2 s"; caption != want {
		t.Errorf("caption = %q, want %q", caption, want)
	}
}

func TestWindowsEndWithTheLoad(t *testing.T) {
	t.Parallel()
	values, window := quantiles(seconds(0, 30, 30, 30, 0, 0), 0.95, 50)
	if window != 5 {
		t.Fatalf("the window is %d s, want 5", window)
	}
	for i, v := range values {
		if load := i >= 1 && i <= 3; math.IsNaN(v) == load {
			t.Errorf("second %d has p95 %v", i, v)
		}
	}
}

func TestPercentilesOfAHistoryNeedRequestsToo(t *testing.T) {
	t.Parallel()
	requests := analysis.Series{Values: []float64{math.NaN(), 5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0}}
	p95 := analysis.Series{File: "history.csv", Column: "95%", Values: slices.Repeat([]float64{80}, len(requests.Values))}
	for i, v := range enough(p95, requests, lastSeconds, needP95).Values {
		if of20 := i >= 4 && i <= 10; math.IsNaN(v) == of20 {
			t.Errorf("second %d has p95 %v", i, v)
		}
	}
	if got := enough(p95, requests, 1, 5).Values; !math.IsNaN(got[0]) || got[1] != 80 || !math.IsNaN(got[5]) {
		t.Errorf("p95 of each second = %v, want it where there are 5 requests", got)
	}
}
