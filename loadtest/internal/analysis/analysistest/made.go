// Package analysistest makes runs out of a model of a server, so that what they mean is known beforehand.
package analysistest

import (
	"cmp"
	"math"
	"math/rand/v2"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// A Model is a closed network: users who think, and a server that works on Servers requests at once.
type Model struct {
	Seed uint64
	// Ramp, Steady, Settle are in seconds. Users come evenly over Ramp.
	Ramp, Steady, Settle int
	Users                int
	// Think and Service are in ms.
	Think, Service float64
	// Servers is how many requests are worked on at once; 0 is without limit.
	Servers int
	// Endpoints is how many there are: 1 if it is 0.
	Endpoints int
	// CPU says that the host's CPU is what the server works with: at Servers busy it is full.
	CPU bool
	// LeakMB is what stays of each request.
	LeakMB float64
	// FailFrom is the second of the load from which on a tenth of the requests fail; 0 is never.
	FailFrom int
}

// Run makes the run of a model, by the asymptotic bounds of operational analysis (Denning and Buzen) with noise of Poisson's kind.
func (m Model) Run() *analysis.Run {
	const start = 1_790_000_000
	r := rand.New(rand.NewPCG(m.Seed, 14))
	endpoints := cmp.Or(m.Endpoints, 1)
	seconds := 5 + m.Ramp + m.Steady + m.Settle
	run := &analysis.Run{
		Start: start, Seconds: seconds, Began: start + 5, Ended: start + 5 + int64(m.Ramp+m.Steady) - 1,
		Info: analysis.Info{Host: "http://localhost:8000", Users: m.Users, Workers: 1, Cores: 2, Local: true, Watched: "uvicorn (pid 42): python -m uvicorn app:app"},
	}
	series := func(file, column string) analysis.Series {
		s := analysis.Series{File: file, Column: column, Values: make([]float64, seconds)}
		for i := range s.Values {
			s.Values[i] = math.NaN()
		}
		return s
	}
	load := func(kind, name string) analysis.Load {
		l := analysis.Load{
			Type: kind, Name: name, Requests: series("timings.csv", timing.Requests), Failures: series("timings.csv", timing.Failures),
			P50: series("timings.csv", timing.Response.Percentile("50")), P95: series("timings.csv", timing.Response.Percentile("95")),
			P99: series("timings.csv", timing.Response.Percentile("99")), Statuses: map[int]int64{}, Statuses5xx: series("timings.csv", timing.Statuses),
		}
		l.Phases[timing.Response] = make([]analysis.Histogram, seconds)
		l.Phases[timing.Wait] = make([]analysis.Histogram, seconds)
		return l
	}
	run.Users = series("stats_history.csv", "User Count")
	run.Total = load("", timing.Aggregated)
	for i := range endpoints {
		run.Endpoints = append(run.Endpoints, load("GET", "/"+string(rune('a'+i))))
	}
	host := analysis.Host{File: "metrics.csv", Columns: map[string]analysis.Series{}, Target: true}
	for _, column := range []string{resource.CPUPercent, resource.CPUBusiestCorePercent, resource.ProcessCPUCores, resource.ProcessBusiestThreadPercent, resource.ProcessRSSMB, resource.ProcessOpenFiles, resource.MemoryPercent} {
		host.Columns[column] = series("metrics.csv", column)
	}
	rss := 100.0
	for i := range seconds {
		at := i - 5
		loading := at >= 0 && at < m.Ramp+m.Steady
		n, x, response := m.second(at, loading)
		run.Users.Values[i] = n
		busy := x * m.Service / 1000 // Little: requests worked on
		total := 0
		if loading {
			total = m.requests(r, run, i, x, response)
		}
		rss += m.LeakMB * float64(total)
		cpu := 4 + 2*r.Float64()
		if m.CPU && m.Servers > 0 {
			cpu += 93 * busy / float64(m.Servers)
		}
		host.Columns[resource.CPUPercent].Values[i] = cpu
		host.Columns[resource.CPUBusiestCorePercent].Values[i] = min(100, cpu+3)
		host.Columns[resource.ProcessCPUCores].Values[i] = 2 * cpu / 100
		host.Columns[resource.ProcessBusiestThreadPercent].Values[i] = cpu
		host.Columns[resource.ProcessRSSMB].Values[i] = rss + r.NormFloat64()
		host.Columns[resource.ProcessOpenFiles].Values[i] = 20 + math.Round(r.Float64()*4)
		host.Columns[resource.MemoryPercent].Values[i] = 30 + rss/200
	}
	run.Hosts = []analysis.Host{host}
	return run
}

// requests fills in those of a second, and returns how many there are.
func (m Model) requests(r *rand.Rand, run *analysis.Run, i int, x, response float64) (total int) {
	var histograms []analysis.Histogram
	allFailed := 0
	for e := range run.Endpoints {
		count := poisson(r, x/float64(len(run.Endpoints)))
		var h analysis.Histogram
		failed := 0
		for range count {
			h = append(h, analysis.Bucket{MS: bucket(response * math.Exp(0.2*r.NormFloat64())), Count: 1})
			if m.FailFrom > 0 && int64(i) >= run.Began-run.Start+int64(m.FailFrom) && r.IntN(10) == 0 {
				failed++
			}
		}
		h = analysis.Merge(h)
		fill(&run.Endpoints[e], i, count, failed, h)
		histograms = append(histograms, h)
		total += count
		allFailed += failed
	}
	fill(&run.Total, i, total, allFailed, analysis.Merge(histograms...))
	return total
}

// second is what a second of the load has: users, requests/s and response time in ms.
func (m Model) second(at int, loading bool) (n, x, response float64) {
	if !loading {
		return 0, 0, m.Service
	}
	n = float64(m.Users)
	if m.Ramp > 0 && at < m.Ramp {
		n = max(1, math.Floor(float64(m.Users)*float64(at+1)/float64(m.Ramp)))
	}
	if x = 1000 * n / (m.Think + m.Service); m.Servers > 0 {
		if most := 1000 * float64(m.Servers) / m.Service; x > most {
			return n, most, 1000*n/most - m.Think
		}
	}
	return n, x, m.Service
}

// fill sets a second of a load.
func fill(l *analysis.Load, i, count, failed int, h analysis.Histogram) {
	l.Requests.Values[i], l.Failures.Values[i], l.Statuses5xx.Values[i] = float64(count), float64(failed), float64(failed)
	l.Phases[timing.Response][i], l.Phases[timing.Wait][i] = h, h
	for _, p := range []struct {
		share float64
		to    analysis.Series
	}{{0.5, l.P50}, {0.95, l.P95}, {0.99, l.P99}} {
		if ms, known := h.Quantile(p.share); known {
			p.to.Values[i] = ms
		}
	}
	if l.Statuses != nil {
		l.Statuses[200] += int64(count - failed)
		l.Statuses[500] += int64(failed)
	}
	l.Stats.Requests += count
	l.Stats.Failures += failed
}

// bucket is the middle of a bucket near a time, two significant digits wide.
func bucket(ms float64) float64 {
	width := math.Pow(10, math.Floor(math.Log10(ms))-1) / 2
	return math.Round(ms/width) * width
}

// poisson is a random count with a mean.
func poisson(r *rand.Rand, mean float64) int {
	if mean > 50 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*r.NormFloat64())))
	}
	limit, product, n := math.Exp(-mean), r.Float64(), 0
	for product > limit {
		product *= r.Float64()
		n++
	}
	return n
}
