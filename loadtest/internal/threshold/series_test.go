package threshold_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/threshold"
)

func TestParseSeries(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ why, text, want string }{
		{"a gauge", "http_requests_in_flight{} < 5", "http_requests_in_flight{} < 5"},
		{"labels, however they are written", `x_total { }<5`, ""},
		{"one label", `x{ handler = "/a" }<5`, `x{handler="/a"} < 5`},
		{"all conditions", `x{a="1",b!='2', c=~"GET|HEAD",d!~".*"} >= 0.5`, `x{a="1",b!="2",c=~"GET|HEAD",d!~".*"} >= 0.5`},
		{"what else has a meaning, in a value", `x{a="} < 3: \" over all",b='it\'s "b"'} p95 > 1 over all`, `x{a="} < 3: \" over all",b="it's \"b\""} p95 > 1 over all`},
		{"colons in a name", "vllm:num_requests_waiting{} max < 20", "vllm:num_requests_waiting{} max < 20"},
		{"the name of something else", "requests{} < 5", "requests{} < 5"},
		{"growth", "db_pool_used_slope{pool=\"a\"} < 1/min", `db_pool_used_slope{pool="a"} < 1/min`},
		{"growth of a size", "heap_bytes_slope{} < 1MB/min", "heap_bytes_slope{} < 1MB/min"},
		{"a rate", "errors_total{} < 1/min", "errors_total{} < 1/min"},
		{"a size", "heap_bytes{} < 0.5gb", "heap_bytes{} < 0.5GB"},
		{"a rate of bytes", "sent_bytes_total{} < 10MB/s", "sent_bytes_total{} < 10MB/s"},
		{"a time", "queue_seconds{} < 200ms", "queue_seconds{} < 200ms"},
		{"a share", "cache_hit_ratio{} > 90%", "cache_hit_ratio{} > 90%"},
		{"in the server's own unit", "queue_seconds{} < 0.2", "queue_seconds{} < 0.2"},
		{"and the baseline", "in_flight{} <= baseline * 1.10", "in_flight{} <= baseline * 1.1"},
		{"an endpoint with braces", "stories{n}: p95 < 1s", "stories{n}: p95 < 1s"},
		{"an endpoint that looks like a series", `item{id="3"}: p95 < 1s`, `item{id="3"}: p95 < 1s`},
	} {
		checks, err := threshold.Parse([]string{test.text})
		switch {
		case test.want == "" && err == nil:
			t.Errorf("%s: Parse(%q) = %v, want an error", test.why, test.text, checks)
		case test.want != "" && (err != nil || checks[0].String() != test.want):
			t.Errorf("%s: Parse(%q) = %v, %v, want %q", test.why, test.text, checks, err, test.want)
		}
	}
	for _, test := range []struct{ why, text, says string }{
		{"no quotes", "x{a=b} < 5", `x: labels are written NAME{label="value",other=~"regex"}`},
		{"no end", `x{a="b < 5`, "labels are written"},
		{"no name", `x{="b"} < 5`, "labels are written"},
		{"no regular expression", `x{a=~"("} < 5`, `x: "(" is no regular expression`},
		{"no operator", "x{} 5", "it compares nothing"},
		{"two words behind it", "x{} max min < 5", "is too much behind a series"},
		{"a statistic that is none", "x{} maxx < 5", `"maxx" is no statistic: take p50 to p99.9, median, avg, min, max or sum; did you mean max?`},
		{"a host", "x{}@db < 5", `choose it with x{instance="host:port"}`},
		{"growth has no statistic", "x_slope{} max < 5/min", "there is no max of it"},
		{"growth without time", "x_slope{} < 5", "is growth of a count and 5 has no unit: write it like 1/min"},
		{"a unit that does not fit", "in_flight{} < 5ms", `in_flight{} is a count, which "ms" does not fit`},
		{"behind an endpoint", "GET /a: x{} < 5", "a series is what a server says of itself, and of no request"},
		{"without braces", "in_flight < 5", `"in_flight" is nothing that is measured; a series of --scrape is written in_flight{}`},
	} {
		checks, err := threshold.Parse([]string{test.text})
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: Parse(%q) = %v, %v, want an error with %q", test.why, test.text, checks, err, test.says)
		}
	}
}

// served is the model, with what servers said in it: each value holds for the whole run, but a slope rises by so much a minute.
func served() (*analysis.Run, *analysis.Findings) {
	run, f := model()
	server := func(target string) *analysis.Service {
		run.Services = append(run.Services, analysis.Service{Target: target})
		return &run.Services[len(run.Services)-1]
	}
	say := func(s *analysis.Service, name, labels string, rate bool, value, slope float64) {
		values := make([]float64, run.Seconds)
		for i := range values {
			values[i] = value + slope*float64(i)/60
		}
		s.Series = append(s.Series, analysis.Said{Name: name, Labels: labels, Rate: rate, Series: analysis.Series{File: "service_TS.csv", Column: name + "{" + labels + "}", Values: values}})
	}
	api := server("http://api:8000/metrics")
	say(api, "in_flight", `handler="/a"`, false, 3, 0)
	say(api, "in_flight", `handler="/b"`, false, 7, 0)
	say(api, "n_total", `code="200"`, true, 30, 0)
	say(api, "n_total", `code="500"`, true, 2, 0)
	say(api, "used_bytes", "", false, 64<<20, 0)
	say(api, "pool_used", "", false, 5, 2)
	say(api, "t_seconds_sum", `handler="/a"`, true, 1, 0)
	say(api, "t_seconds_count", `handler="/a"`, true, 10, 0)
	say(api, "t_seconds_sum", `handler="/b"`, true, 9, 0)
	say(api, "t_seconds_count", `handler="/b"`, true, 10, 0)
	database := server("http://db:9187/metrics")
	say(database, "pool_used", "", false, 40, 0)
	say(database, "gone", "", false, math.NaN(), 0)
	return run, f
}

func TestEvaluateSeries(t *testing.T) {
	t.Parallel()
	run, f := served()
	for _, test := range []struct {
		why, text string
		want      analysis.Outcome
		says      string // in Measured or Why
		columns   string
	}{
		{"a gauge by its label", `in_flight{handler="/a"} < 5`, analysis.Passed, "3, avg of 55 rows, max 3", `in_flight{handler="/a"}`},
		{"each of several gauges keeps the limit, or not", "in_flight{} < 5", analysis.Failed, `7, avg of 55 rows, max 7, the highest of 2: in_flight{handler="/b"}`, `in_flight{handler="/b"}`},
		{"or the other limit", "in_flight{} > 5", analysis.Failed, `the lowest of 2: in_flight{handler="/a"}`, `in_flight{handler="/a"}`},
		{"labels by a pattern", `in_flight{handler=~"/[^b]"} < 5`, analysis.Passed, "3", ""},
		{"but not these", `in_flight{handler!~"/b|/c"} < 5`, analysis.Passed, "3", ""},
		{"nor this", `in_flight{handler!="/b"} < 5`, analysis.Passed, "3", ""},
		{"a label that is not there is empty", `used_bytes{handler=""} < 1GB`, analysis.Passed, "GB", ""},
		{"counters are added up", "n_total{} > 31/s", analysis.Passed, "32/s, avg of 55 rows, max 32/s, 2 series together", `n_total{code="200"} n_total{code="500"}`},
		{"by the minute", `n_total{code=~"5.."} < 60/min`, analysis.Failed, "120/min", ""},
		{"a size", "used_bytes{} max < 65MB", analysis.Passed, "64 MB", ""},
		{"of one of two servers", `pool_used{instance="db:9187"} < 41`, analysis.Passed, "40", ""},
		{"of both", "pool_used{} < 30", analysis.Failed, "the highest of 2", ""},
		{"the mean of a histogram, of all observations", "t_seconds{} < 600ms", analysis.Passed, "500 ms, mean of all that was counted in 55 rows, max 500 ms", ""},
		{"of one label", `t_seconds{handler="/b"} < 600ms`, analysis.Failed, "900 ms", ""},
		{"in another statistic", "t_seconds{} max < 0.6", analysis.Passed, "0.5", ""},
		{"a gauge has no rate", "in_flight_total{} < 5", analysis.NotEvaluated, "no server has said in_flight_total", ""},
		{"nobody said it", "in_fligth{} < 5", analysis.NotEvaluated, "no server has said in_fligth; did you mean in_flight?", ""},
		{"other labels", `in_flight{handler="/c"} < 5`, analysis.NotEvaluated, `no series has the labels of in_flight{handler="/c"}: there are in_flight{handler="/a"}, in_flight{handler="/b"}`, ""},
		{"other labels of a histogram", `t_seconds{handler="/c"} < 5`, analysis.NotEvaluated, "no series has the labels", ""},
		{"no row in the window", "gone{} < 5", analysis.NotEvaluated, "service_TS.csv has no values of gone{} in the steady phase", ""},
		{"growth in too short a time", "pool_used_slope{} < 1/min", analysis.NotEvaluated, "are too short to say how pool_used", ""},
	} {
		got := evaluate(t, run, f, test.text)
		if got.Outcome != test.want || !strings.Contains(got.Measured+"; "+got.Why, test.says) {
			t.Errorf("%s: %s: %s, %q, %q, want %s with %q", test.why, test.text, got.Outcome, got.Measured, got.Why, test.want, test.says)
		}
		var columns []string
		for _, e := range got.Evidence {
			columns = append(columns, e.Column)
		}
		if test.columns != "" && strings.Join(columns, " ") != test.columns {
			t.Errorf("%s: the evidence is of %q, want %s", test.why, columns, test.columns)
		}
	}
	run.Services = nil
	if got := evaluate(t, run, f, "in_flight{} < 5"); got.Outcome != analysis.NotEvaluated || !strings.Contains(got.Why, "say with --scrape which") {
		t.Errorf("without servers: %+v", got)
	}
}

// TestSlopeOfSeries: a gauge grows by what it grows; of several the one that grows most counts; a counter has no slope.
func TestSlopeOfSeries(t *testing.T) {
	t.Parallel()
	run, f := served()
	f.Phases = []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Ended}}
	f.WarmUp = 0
	got := evaluate(t, run, f, "pool_used_slope{} < 1/min")
	if got.Outcome != analysis.Failed || got.Value == nil || math.Abs(*got.Value-2) > 0.01 || !strings.Contains(got.Measured, "the highest of 2: pool_used{}") {
		t.Errorf("the slope is %+v", got)
	}
	if got := evaluate(t, run, f, `pool_used_slope{instance="db:9187"} < 1/min`); got.Outcome != analysis.Passed {
		t.Errorf("the slope of the other is %+v", got)
	}
	if got := evaluate(t, run, f, "n_total_slope{} < 1/min"); got.Outcome != analysis.NotEvaluated || !strings.Contains(got.Why, "n_total is no gauge") {
		t.Errorf("the slope of a counter is %+v", got)
	}
}

// TestShown: a name that is nearly one that a server shows is a mistake; another may come later.
func TestShown(t *testing.T) {
	t.Parallel()
	shown := []string{"in_flight", "t_seconds_sum", "t_seconds_count", "pool_used"}
	unknown, err := threshold.Shown(parse(t, "p95 < 1s", "in_flight{} < 5", "t_seconds{} < 1s", "pool_used_slope{} < 1/min", "errors_total{} < 1", `errors_total{a="b"} < 1`), shown)
	if err != nil || !slices.Equal(unknown, []string{"errors_total"}) {
		t.Errorf("Shown = %q, %v, want errors_total", unknown, err)
	}
	_, err = threshold.Shown(parse(t, "in_fligth{} < 5"), shown)
	if err == nil || !strings.Contains(err.Error(), `"in_fligth{} < 5": no server of --scrape shows a series in_fligth; did you mean in_flight?`) {
		t.Errorf("Shown = %v, want the nearest", err)
	}
	if got := threshold.SeriesOf(parse(t, "p95 < 1s", "in_flight{} < 5", "in_flight_slope{} < 1/min", "x{} < 1")); !slices.Equal(got, []string{"in_flight", "x"}) {
		t.Errorf("SeriesOf = %q", got)
	}
}
