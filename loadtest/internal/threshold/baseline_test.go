package threshold_test

import (
	"strings"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/threshold"
)

// constant is a run in which every request takes so many ms.
func constant(ms float64) (*analysis.Run, *analysis.Findings) {
	run, f := model()
	for i := range run.Total.Phases[timing.Response] {
		run.Total.Phases[timing.Response][i] = analysis.Histogram{{MS: ms, Count: 10}}
		run.Total.Requests.Values[i] = 10
	}
	return run, f
}

// TestBaseline: a limit may be relative to an earlier run, and to the median of several.
func TestBaseline(t *testing.T) {
	t.Parallel()
	base := func(ms float64) threshold.Base {
		run, f := constant(ms)
		return threshold.Base{Run: run, Findings: f}
	}
	other := base(100)
	other.Differs = "users: 50 and 20"
	nothing := threshold.Base{Run: &analysis.Run{}, Findings: &analysis.Findings{}}
	run, f := constant(105)
	for _, test := range []struct {
		why, text string
		bases     []threshold.Base
		want      analysis.Outcome
		says      string
	}{
		{"within", "p95 <= baseline * 1.10", []threshold.Base{base(100)}, analysis.Passed, "105 ms, of 550 requests; 100 ms of the baseline"},
		{"beyond", "p95 <= baseline + 4%", []threshold.Base{base(100)}, analysis.Failed, "100 ms of the baseline"},
		{"several: the median, which one bad run does not move", "p95 <= baseline * 1.10", []threshold.Base{base(100), base(20), base(1000)}, analysis.Passed, "100 ms of 3 runs of the baseline"},
		{"two: what is between them", "p95 <= baseline", []threshold.Base{base(100), base(120)}, analysis.Passed, "110 ms of 2 runs"},
		{"another measure, in its own unit", "rps >= baseline", []threshold.Base{base(100)}, analysis.Passed, "10/s"},
		{"a column", "cpu_percent <= baseline + 1%", []threshold.Base{base(100)}, analysis.Passed, "% of the baseline"},
		{"none", "p95 <= baseline", nil, analysis.NotEvaluated, "there is no baseline"},
		{"one without the value", "p95 <= baseline", []threshold.Base{base(100), nothing}, analysis.NotEvaluated, "the baseline has no value: the load was never steady"},
		{"another load", "p95 <= baseline", []threshold.Base{base(100), other}, analysis.NotEvaluated, "the baseline was another load: users: 50 and 20"},
		{"no baseline is needed", "p95 < 1s", nil, analysis.Passed, "0.105 s"},
	} {
		got := threshold.Evaluate(parse(t, test.text), run, f, test.bases...)[0]
		if got.Outcome != test.want || !strings.Contains(got.Measured+got.Why, test.says) {
			t.Errorf("%s: %q = %+v, want %s with %q", test.why, test.text, got, test.want, test.says)
		}
	}
	got := threshold.Evaluate(parse(t, "p95 <= baseline * 1.10"), run, f, base(100))[0]
	if got.Limit == nil || *got.Limit < 109.9 || *got.Limit > 110.1 || got.Unit != "ms" || *got.Value != 105 {
		t.Errorf("the check = %+v, want a limit of 110 ms", got)
	}
	if text := threshold.Comparing(parse(t, "p95 < 1s", "rps >= baseline")); text != "rps >= baseline" {
		t.Errorf("Comparing = %q, want the check that compares", text)
	}
}
