// Package reporttest has runs with findings as a reader of reports may get them. The series are those of analysistest.Model, the findings are
// written by hand: what they say is true of these series.
package reporttest

import (
	"math"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// A Sample is a run, what it means, and a name for both.
type Sample struct {
	Name     string
	Run      *analysis.Run
	Findings *analysis.Findings
}

// All are the samples, each made anew.
func All() []Sample {
	makers := makers()
	all := make([]Sample, len(makers))
	for i, m := range makers {
		all[i] = m.make()
	}
	return all
}

// Named is the sample of a name, and whether there is one.
func Named(name string) (Sample, bool) {
	for _, m := range makers() {
		if m.name == name {
			return m.make(), true
		}
	}
	return Sample{}, false
}

// A maker makes a sample of a name.
type maker struct {
	name string
	make func() Sample
}

func makers() []maker {
	return []maker{
		{"healthy", Healthy},
		{"saturated", Saturated},
		{"leak", Leak},
		{"errors", Errors},
		{"no-monitor", NoMonitor},
		{"two-gpus", TwoGPUs},
		{"service", Service},
		{"stream", Stream},
		{"scheduled", Scheduled},
		{"died", Died},
		{"steps", Steps},
		{"hour", Hour},
		{"hostile", Hostile},
	}
}

// names gives the endpoints of a model names of their own, and the run what loadtest knows of it.
func names(run *analysis.Run, users int, rate float64, endpoints ...string) {
	for i, name := range endpoints {
		method, path, _ := cut(name)
		run.Endpoints[i].Type, run.Endpoints[i].Name = method, path
	}
	run.Info = analysis.Info{
		Host: "http://localhost:8000", Users: users, SpawnRate: rate, Locustfile: "locustfile.py",
		LocustfileSHA256: "4f1c2e9a77d0b6c35be1d7c7b6e5c1a2f0d9e8b7a6958473625140f1e2d3c4b5", Workers: 2, Locust: "2.47.0", Gregaria: "0.1.0",
		Cores: 2, CPUModel: "a processor", Watched: "uvicorn (pid 4242 and 4 children): python -m uvicorn app:app", Local: true,
		Files: map[string]string{
			"report": "report_20261124_140000.html", "locust": "locust_report_20261124_140000.html", "stats": "stats_20261124_140000_stats.csv", "history": "stats_20261124_140000_stats_history.csv",
			"failures": "stats_20261124_140000_failures.csv", "timings": "timings_20261124_140000.csv", "metrics": "metrics_20261124_140000.csv",
			"log": "locust_20261124_140000.log",
		},
	}
	rename := func(s *analysis.Series) {
		switch s.File {
		case "timings.csv":
			s.File = run.Info.Files["timings"]
		case "stats_history.csv":
			s.File = run.Info.Files["history"]
		}
	}
	for _, l := range append([]*analysis.Load{&run.Total}, pointers(run.Endpoints)...) {
		for _, s := range []*analysis.Series{&l.Requests, &l.Failures, &l.P50, &l.P95, &l.P99} {
			rename(s)
		}
	}
	rename(&run.Users)
	for i := range run.Hosts {
		h := &run.Hosts[i]
		h.File = run.Info.Files["metrics"]
		for name, s := range h.Columns {
			s.File = h.File
			h.Columns[name] = s
		}
	}
	run.Workers = []analysis.Worker{worker(run, 1), worker(run, 2)}
}

func cut(name string) (method, path string, found bool) {
	for i, c := range name {
		if c == ' ' {
			return name[:i], name[i+1:], true
		}
	}
	return "", name, false
}

func pointers(loads []analysis.Load) []*analysis.Load {
	var all []*analysis.Load
	for i := range loads {
		all = append(all, &loads[i])
	}
	return all
}

func worker(run *analysis.Run, n uint64) analysis.Worker {
	value := follow(run, 40+n, 0.5, 5, 0.6)
	s := analysis.Series{File: run.Info.Files["metrics"], Column: "Worker_CPU_Percent", Values: make([]float64, run.Seconds)}
	for i := range s.Values {
		s.Values[i] = value(i)
	}
	return analysis.Worker{Name: "host_" + string(rune('a'+n-1)) + "1b2c3", CPU: s}
}

// machine adds what a monitor writes beside the columns of the model.
func machine(run *analysis.Run) {
	add(run, 0, resource.NetworkReceive, noise(1, 0.02, 0.01))
	add(run, 0, resource.NetworkTransmit, noise(2, 0.02, 0.01))
	add(run, 0, resource.NetworkLoopback, follow(run, 3, 0.01, 0.8, 0.03))
	add(run, 0, resource.DiskReadMBPerSecond("sda"), func(int) float64 { return 0 })
	add(run, 0, resource.DiskWrittenMBPerSecond("sda"), noise(4, 0.3, 0.2))
	add(run, 0, resource.DiskBusyPercent("sda"), noise(5, 1.2, 0.6))
	add(run, 0, resource.DiskAwaitMS("sda"), noise(6, 0.8, 0.2))
	add(run, 0, resource.ProcessThreads, func(int) float64 { return 44 })
	add(run, 0, resource.ProcessSocketsEstablished, func(i int) float64 { return run.Users.Values[i] })
	add(run, 0, resource.PressureCPUSomePercent, func(i int) float64 {
		cpu := run.Hosts[0].Columns[resource.CPUPercent].Values[i]
		return math.Round(math.Max(0, cpu-60)*1.8*10) / 10
	})
	add(run, 0, resource.PressureMemorySomePercent, func(int) float64 { return 0 })
	add(run, 0, resource.PressureIOSomePercent, noise(8, 0.4, 0.2))
	add(run, 0, resource.TCPEstablished, follow(run, 9, 30, 230, 2))
	add(run, 0, resource.TCPTimeWait, noise(10, 12, 2))
	add(run, 0, resource.TCPListenOverflows, func(int) float64 { return 0 })
	add(run, 0, resource.TCPListenDrops, func(int) float64 { return 0 })
	add(run, 0, resource.SwapInMBPerSecond, func(int) float64 { return 0 })
	add(run, 0, resource.SwapOutMBPerSecond, func(int) float64 { return 0 })
}

// Healthy is a run in which nothing is at its limit.
func Healthy() Sample {
	run := analysistest.Model{Seed: 1, Ramp: 20, Steady: 160, Settle: 10, Users: 50, Think: 1000, Service: 60, Endpoints: 3}.Run()
	names(run, 50, 2.5, "GET /api/v1/stories", "GET /api/v1/story/{id}", "POST /api/v1/story")
	machine(run)
	f := base(run, 20, 10)
	at, file := f.Phases[2], run.Info.Files["metrics"]
	f.Headline = "Nothing broke: 50 users, 47 requests/s, p95 86 ms"
	f.Checks = []analysis.Check{{Text: "p95 < 800ms", Measured: "86 ms", Outcome: analysis.Passed}, {Text: "fail_ratio < 1%", Measured: "0 %", Outcome: analysis.Passed}}
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindSaturation, Level: analysis.Good, Clear: true, Title: "Nothing saturated.",
			Text:     "No measured resource came near its limit: CPU at most 7 %, memory 31 %. Throughput grew with the users to the end of the ramp.",
			Evidence: []analysis.Evidence{{File: file, Column: resource.CPUPercent, From: at.From, To: at.To, Value: 7, Unit: "%", Rule: "at its limit: 90 % or more in 8 of 10 seconds"}},
		},
		{
			Kind: analysis.KindGrowth, Level: analysis.Good, Clear: true, Title: "No leak.", Text: "Memory of uvicorn stayed at 100 MB, open files at 22.",
			Evidence: []analysis.Evidence{{File: file, Column: resource.ProcessRSSMB, From: at.From, To: at.To, Value: 0.01, Unit: "MB/min", Rule: "no leak: the upper bound of the slope is below 0.5 % of the level a minute"}},
		},
		{
			Kind: analysis.KindGenerator, Level: analysis.Good, Clear: true, Title: "The generator was not the limit.", Text: "Workers at 4 % CPU, the latest task 3 ms late.",
			Evidence: []analysis.Evidence{{File: file, Column: "Worker_CPU_Percent", From: at.From, To: at.To, Value: 4, Unit: "%", Rule: "the generator is at its limit from 90 % of a core on"}},
		},
	}
	f.Growth = []analysis.Growth{
		{What: "memory of uvicorn", File: file, Column: resource.ProcessRSSMB, Unit: "MB", Outcome: analysis.NoLeak, Slope: analysis.Interval{Value: 0.01, Low: -0.16, High: 0.19}, First: 100, Last: 100.1, From: at.From, To: at.To, Why: "the interval holds 0"},
		{What: "open files of uvicorn", File: file, Column: resource.ProcessOpenFiles, Unit: "", Outcome: analysis.NoLeak, Slope: analysis.Interval{Value: 0, Low: -0.2, High: 0.2}, First: 22, Last: 22, From: at.From, To: at.To, Why: "the interval holds 0"},
	}
	f.Laws = analysis.Laws{
		Throughput: &analysis.Interval{Value: 47.1, Low: 46, High: 48.2}, ServiceTime: &analysis.Interval{Value: 60, Low: 58, High: 62}, LowLoad: "median of the first steady seconds",
		ThinkTime: pointer(1001), WhyNotUSL: "throughput never turned: there is no contention to fit", Points: points(run, f, 5),
	}
	return Sample{"healthy", run, f}
}

// Saturated is a run that fills the CPU of its target, with checks that fail.
func Saturated() Sample {
	run := analysistest.Model{Seed: 2, Ramp: 200, Steady: 100, Settle: 12, Users: 200, Think: 2000, Service: 39, Servers: 2, CPU: true, Endpoints: 2}.Run()
	names(run, 200, 1, "POST /api/v1/story", "GET /api/v1/story/{id}")
	machine(run)
	f := base(run, 200, 15)
	file, knee := run.Info.Files["metrics"], run.Began+104
	f.Verdict = analysis.Verdict{Word: "FAILED", Code: 1, Line: "1 of 2 checks failed: p95 < 800ms (measured 2,100 ms)"}
	f.Headline = "CPU of the API host saturated at 104 users, 51 requests/s"
	f.Checks = []analysis.Check{
		{Text: "p95 < 800ms", Measured: "2,100 ms", Outcome: analysis.Failed, Evidence: []analysis.Evidence{{File: run.Info.Files["timings"], Column: timing.Response.Percentile("95"), From: f.Phases[2].From, To: f.Phases[2].To, Value: 2100, Unit: "ms", Rule: "percentile of the merged histograms of the steady seconds"}}},
		{Text: "fail_ratio < 1%", Measured: "0 %", Outcome: analysis.Passed},
		{Text: "gpu0.memory < 95%", Outcome: analysis.NotEvaluated, Why: "this machine has no GPU 0: metrics_20261124_140000.csv has no column GPU0_Memory_Used_GB"},
	}
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: true, At: knee, Title: "CPU of the API host is full from 104 users on.",
			Text: "It reached 97 % and stayed. From here on throughput is flat at 51 requests/s (it grew 0.49 requests/s per user before) while p95 went from 52 to 2,100 ms. Memory was at 31 %, disk and network idle. The load itself took 5 % of the CPU.",
			Evidence: []analysis.Evidence{
				{File: file, Column: resource.CPUPercent, From: knee, To: run.Ended, Value: 97.2, Unit: "%", Rule: "at its limit: 90 % or more in 8 of 10 seconds"},
				{File: run.Info.Files["timings"], Column: timing.Requests, From: knee, To: run.Ended, Value: 51.2, Unit: "requests/s", Rule: "turned: Theil-Sen slope over users below a tenth of that at low load"},
				{File: run.Info.Files["timings"], Column: timing.Response.Percentile("95"), From: knee, To: run.Ended, Value: 2100, Unit: "ms", Rule: "p95 rises: the interval of its slope is above 0"},
			},
		},
		{
			Kind: analysis.KindParallelism, Level: analysis.Note, Clear: true, Title: "It works on 2 requests at once.", Text: "Highest throughput 51 requests/s times 39 ms at low load is 2.00 (1.95 to 2.06): as many as the machine has cores.",
			Evidence: []analysis.Evidence{{File: run.Info.Files["timings"], Column: timing.Requests, From: knee, To: run.Ended, Value: 2, Rule: "X_max x S"}},
		},
		{Kind: analysis.KindKnee, Level: analysis.Note, Clear: true, Title: "From 104 users on requests wait.", Text: "Each further user adds 20 ms to every request."},
		{Kind: analysis.KindGrowth, Level: analysis.Note, Clear: false, Title: "Memory: too short to say.", Text: "The steady phase has 85 s; at the noise seen 4 minutes would decide."},
		{Kind: analysis.KindGenerator, Level: analysis.Good, Clear: true, Title: "The generator was not the limit.", Text: "Workers at 4 % CPU, the latest task 3 ms late, clocks within 2 ms."},
	}
	f.Growth = []analysis.Growth{{
		What: "memory of uvicorn", File: file, Column: resource.ProcessRSSMB, Unit: "MB", Outcome: analysis.TooShort, Slope: analysis.Interval{Value: 0.1, Low: -0.9, High: 1.1}, First: 100, Last: 100.2,
		From: f.Phases[2].From, To: f.Phases[2].To, Needed: 240, Why: "the interval holds the threshold",
	}}
	f.Laws = analysis.Laws{
		Throughput: &analysis.Interval{Value: 51.3, Low: 50.6, High: 52}, ServiceTime: &analysis.Interval{Value: 39, Low: 38, High: 40.2}, LowLoad: "median of the first seconds of the ramp",
		ThinkTime: pointer(2003), Parallelism: &analysis.Interval{Value: 2, Low: 1.95, High: 2.06}, Knee: 104,
		WhyNotUSL: "R² 0.83 is below 0.9",
		Points:    points(run, f, 5),
	}
	slow(run, f)
	return Sample{"saturated", run, f}
}

// slow gives a run a request log.
func slow(run *analysis.Run, f *analysis.Findings) {
	run.Info.Files["requests"] = "requests_20261124_140000.jsonl"
	f.Info = run.Info
	for i := range 20 {
		total := 3400 - 45*float64(i)
		r := analysis.Request{
			Timestamp: float64(run.Ended) - float64(i*3%41) + 0.4, Type: "POST", Name: "/api/v1/story", Status: 200,
			Response: total, Connect: math.NaN(), TLS: math.NaN(), Wait: total * 0.93, Download: total * 0.04,
		}
		if i%5 == 2 {
			r.Connect = 12 + float64(i)
			r.Wait -= r.Connect
		}
		if i == 3 {
			r.Status, r.Failure = 503, "HTTPError('503 Server Error: Service Unavailable for url: /api/v1/story')"
		}
		run.Slowest = append(run.Slowest, r)
	}
}

// Leak is a run whose target keeps a MB of each story.
func Leak() Sample {
	run := analysistest.Model{Seed: 3, Ramp: 30, Steady: 240, Settle: 15, Users: 30, Think: 900, Service: 90, Endpoints: 2, LeakMB: 0.98 / 2}.Run()
	names(run, 30, 1, "POST /api/v1/story", "GET /api/v1/story/{id}")
	machine(run)
	f := base(run, 30, 20)
	file, steady := run.Info.Files["metrics"], f.Phases[2]
	f.Verdict = analysis.Verdict{Word: "FAILED", Code: 1, Line: "1 of 2 checks failed: process.rss_slope < 1MB/min (measured 890 MB/min)"}
	f.Headline = "Memory of uvicorn leaks: 0.98 MB a story, 0.87 GB a minute"
	f.Checks = []analysis.Check{
		{Text: "process.rss_slope < 1MB/min", Measured: "890 MB/min", Outcome: analysis.Failed}, {Text: "p95 < 800ms", Measured: "120 ms", Outcome: analysis.Passed},
	}
	f.Findings = []analysis.Finding{
		{
			Kind: analysis.KindGrowth, Level: analysis.Bad, Clear: true, At: steady.From, Title: "Leak: memory of uvicorn.",
			Text:     "It grew 890 MB a minute (95 % interval 887 to 893) through the steady state, 0.98 MB for each POST /api/v1/story, and 100 % of it was still there 15 s after the load ended.",
			Evidence: []analysis.Evidence{{File: file, Column: resource.ProcessRSSMB, From: steady.From, To: steady.To, Value: 890, Unit: "MB/min", Rule: "leak: the lower bound of the slope is above 0.5 % of the level a minute, the second half grows as fast, half of it stays"}},
		},
		{Kind: analysis.KindSaturation, Level: analysis.Good, Clear: true, Title: "Nothing saturated.", Text: "CPU at most 7 %."},
		{Kind: analysis.KindGenerator, Level: analysis.Good, Clear: true, Title: "The generator was not the limit.", Text: "Workers at 4 % CPU."},
	}
	f.Growth = []analysis.Growth{
		{
			What: "memory of uvicorn", File: file, Column: resource.ProcessRSSMB, Unit: "MB", Outcome: analysis.Leak, Slope: analysis.Interval{Value: 890, Low: 887, High: 893}, PerRequest: &analysis.Interval{Value: 0.98, Low: 0.97, High: 0.99},
			PerEndpoint: &analysis.PerEndpoint{Type: "POST", Name: "/api/v1/story", Amount: analysis.Interval{Value: 0.98, Low: 0.97, High: 0.99}},
			First:       640, Last: 3900, Stayed: pointer(1), From: steady.From, To: steady.To, Why: "slope and second half agree",
		},
		{What: "open files of uvicorn", File: file, Column: resource.ProcessOpenFiles, Unit: "", Outcome: analysis.NoLeak, Slope: analysis.Interval{Value: 0, Low: -0.3, High: 0.3}, First: 22, Last: 22, Stayed: pointer(0), From: steady.From, To: steady.To, Why: "the interval holds 0"},
	}
	return Sample{"leak", run, f}
}
