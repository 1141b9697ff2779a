package analysistest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// Run makes the run of a queue.
func (q Queue) Run() *analysis.Run {
	const start = 1_790_000_000
	seconds := q.seconds()
	run := &analysis.Run{
		Start: start, Seconds: seconds, Began: start + lead, Ended: start + lead + int64(q.load()) - 1,
		Info: analysis.Info{
			Host: "http://localhost:8000", Users: q.usersAt(q.load() - 1), Rate: q.Rate, Steps: q.Steps, Workers: 2, Cores: cmp.Or(q.Cores, 4), Local: !q.Remote,
			Watched: "uvicorn (pid 42): python -m uvicorn app:app",
		},
	}
	m := q.simulate()
	r := rand.New(rand.NewPCG(q.Seed, 78))
	run.Users = q.series("stats_history.csv", "User Count")
	for i := range q.load() {
		run.Users.Values[lead+i] = float64(q.usersAt(i))
	}
	q.measure(run, m, r)
	q.workers(run, r)
	if !q.NoMonitor {
		q.monitor(run, m, r)
	}
	return run
}

// series has no value in any second.
func (q Queue) series(file, column string) analysis.Series {
	return analysis.Series{File: file, Column: column, Values: slices.Repeat([]float64{math.NaN()}, q.seconds())}
}

// measure fills in the requests.
func (q Queue) measure(run *analysis.Run, m measured, r *rand.Rand) {
	load := func(kind, name string) analysis.Load {
		l := analysis.Load{
			Type: kind, Name: name, Requests: q.series("timings.csv", timing.Requests), Failures: q.series("timings.csv", timing.Failures),
			P50: q.series("timings.csv", timing.Response.Percentile("50")), P95: q.series("timings.csv", timing.Response.Percentile("95")),
			P99: q.series("timings.csv", timing.Response.Percentile("99")), Statuses: map[int]int64{}, Statuses5xx: q.series("timings.csv", timing.Statuses),
		}
		l.Phases[timing.Response] = make([]analysis.Histogram, q.seconds())
		l.Phases[timing.Wait] = make([]analysis.Histogram, q.seconds())
		return l
	}
	run.Total, run.Endpoints = load("", timing.Aggregated), []analysis.Load{load("POST", "/story")}
	if q.Rate > 0 {
		run.Total.Phases[timing.Lateness] = make([]analysis.Histogram, q.seconds())
	}
	for i := range m.times {
		if i < lead || i >= lead+q.load()+2 {
			continue
		}
		failed := 0
		for range m.times[i] {
			if q.FailFrom > 0 && i-lead >= q.FailFrom && r.IntN(5) == 0 {
				failed++
			}
		}
		h := histogram(m.times[i])
		for _, l := range []*analysis.Load{&run.Total, &run.Endpoints[0]} {
			fill(l, i, len(m.times[i]), failed, h)
		}
		if q.Rate > 0 {
			run.Total.Phases[timing.Lateness][i] = histogram(m.lateness[i])
		}
	}
	q.connections(run)
	if n := run.Total.Stats.Failures; n > 0 {
		run.Failures = []analysis.Failure{{Type: "POST", Name: "/story", Error: "CatchResponseError('Got status code 503')", Count: n}}
	}
	if m.missed > 0 {
		missed := load(timing.Missed, "--rate")
		missed.Requests.Values[lead+q.load()-1] = float64(m.missed)
		run.Endpoints = append(run.Endpoints, missed)
	}
	if q.NoTimings {
		for _, l := range []*analysis.Load{&run.Total, &run.Endpoints[0]} {
			l.Phases = [timing.Phases][]analysis.Histogram{}
		}
	}
}

// connections has each user make one when it begins.
func (q Queue) connections(run *analysis.Run) {
	if q.Network == 0 {
		return
	}
	all := make([]analysis.Histogram, q.seconds())
	before := 0
	for i := range q.load() {
		if users := q.usersAt(i); users > before {
			all[lead+i] = analysis.Histogram{{MS: bucket(q.Network), Count: int64(users - before)}}
			before = users
		}
	}
	run.Total.Phases[timing.Connect] = all
}

// histogram puts times into buckets.
func histogram(times []float64) analysis.Histogram {
	h := make(analysis.Histogram, 0, len(times))
	for _, ms := range times {
		h = append(h, analysis.Bucket{MS: bucket(math.Max(0.01, ms)), Count: 1})
	}
	return analysis.Merge(h)
}

// workers fills in what the generator uses.
func (q Queue) workers(run *analysis.Run, r *rand.Rand) {
	n := 2.0
	if q.OneWorker {
		n = 1
	}
	run.WorkersCPU = q.series("run.json", "workers_cpu")
	for s := lead; s < lead+q.load(); s++ {
		cost := q.Worker
		if q.OneWorker {
			cost = q.Service
		}
		run.WorkersCPU.Values[s] = run.Total.Requests.Values[s] * cost / 10
	}
	for i := range int(n) {
		w := analysis.Worker{Name: string(rune('a' + i)), CPU: q.series("workers.csv", "CPU")}
		for s := lead; s < lead+q.load(); s++ {
			x := run.Total.Requests.Values[s]
			cpu := x * q.Worker / 10 / n
			if q.OneWorker {
				cpu = 100 * x * q.Service / 1000
			}
			w.CPU.Values[s] = math.Min(100, math.Max(0, cpu+r.NormFloat64()))
		}
		run.Workers = append(run.Workers, w)
	}
}

// monitor fills in the columns of the target's machine, and where that is another one, those of the load's.
func (q Queue) monitor(run *analysis.Run, m measured, r *rand.Rand) {
	host := analysis.Host{File: "metrics.csv", Columns: map[string]analysis.Series{}, Target: true}
	c := columns{q: q, host: host, r: r}
	for i := range q.seconds() {
		x := 0.0
		if i >= lead && i < lead+q.load() {
			x = run.Total.Requests.Values[i]
		}
		c.second(i, m.busy[i], m.waiting[i], m.lost[i], x)
	}
	if !q.Remote {
		run.Hosts = []analysis.Host{host}
		return
	}
	host.Name, host.File = "apihost", "metrics_apihost.csv"
	own := analysis.Host{File: "metrics.csv", Columns: map[string]analysis.Series{}}
	o := columns{q: q, host: own, r: r}
	for i := range q.seconds() {
		o.set(i, resource.CPUPercent, 5+3*r.Float64())
	}
	run.Hosts = []analysis.Host{own, host}
}
