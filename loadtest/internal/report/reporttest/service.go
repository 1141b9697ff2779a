package reporttest

import (
	"fmt"
	"math"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// Service is a run whose server, and the database behind it, said what they do: of a pool of 5 connections, of times in histograms, and of more than a page has room for.
func Service() Sample {
	run := analysistest.Model{Seed: 12, Ramp: 40, Steady: 110, Settle: 10, Users: 60, Think: 500, Service: 80, Servers: 5, Endpoints: 2}.Run()
	names(run, 60, 2, "POST /api/v1/story", "GET /api/v1/story/{id}")
	machine(run)
	run.Info.Files["service"] = "service_20261124_140000.csv"
	api := analysis.Service{Target: "http://localhost:8000/metrics"}
	say := func(to *analysis.Service, name, labels string, rate bool, value func(int) float64) {
		column := name
		if labels != "" {
			column += "{" + labels + "}"
		}
		s := analysis.Series{File: run.Info.Files["service"], Column: column + " of " + to.Target, Values: make([]float64, run.Seconds)}
		for i := range s.Values {
			s.Values[i] = value(i)
		}
		to.Series = append(to.Series, analysis.Said{Name: name, Labels: labels, Rate: rate, Series: s})
	}
	busy := follow(run, 40, 0, 5, 0.2)
	say(&api, "db_pool_connections", `pool="main",state="used"`, false, func(i int) float64 { return math.Round(busy(i)) })
	say(&api, "db_pool_connections", `pool="main",state="idle"`, false, func(i int) float64 { return 5 - math.Round(busy(i)) })
	say(&api, "db_pool_waiting", "", false, follow(run, 41, 0, 31, 2))
	say(&api, "db_pool_size", "", false, func(int) float64 { return 5 })
	say(&api, "process_resident_memory_bytes", "", false, noise(42, 90<<20, 1<<18))
	for n, handler := range []string{"/api/v1/story", "/api/v1/story/{id}", "/health", "/metrics", "/login", "/logout", "/admin"} {
		labels := fmt.Sprintf(`handler=%q,method="GET"`, handler)
		rate := follow(run, uint64(43+n), 0, float64(40-5*n), 1)
		say(&api, "http_requests_total", labels, true, rate)
		say(&api, "http_request_duration_seconds_count", labels, true, rate)
		say(&api, "http_request_duration_seconds_sum", labels, true, func(i int) float64 { return rate(i) * 0.02 * float64(n+1) })
	}
	for n, le := range []string{"0.05", "0.1", "0.25", "+Inf"} {
		say(&api, "story_render_seconds_bucket", `le="`+le+`"`, true, func(int) float64 { return float64(n+1) * 10 })
	}
	database := analysis.Service{Target: "http://db.internal:9187/metrics", Host: "db"}
	for n := range 14 {
		say(&database, fmt.Sprintf("pg_stat_%d", n), `datname="shop"`, n%2 == 0, follow(run, uint64(60+n), 1, 90, 3))
	}
	run.Services = []analysis.Service{api, database}
	f := base(run, 40, 10)
	f.Verdict = analysis.Verdict{Word: "PASSED", Line: "all checks passed"}
	f.Headline = "It works on 5 requests at once"
	return Sample{"service", run, f}
}
