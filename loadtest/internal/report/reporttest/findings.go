package reporttest

import (
	"math"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// base are the findings that every run has: info, phases and the table of endpoints, read from the run itself.
func base(run *analysis.Run, ramp, warmUp int) *analysis.Findings {
	f := &analysis.Findings{
		Schema: analysis.Schema, Info: run.Info, Began: run.Began, Ended: run.Ended, Failures: run.Failures, Exceptions: run.Exceptions,
		Verdict: analysis.Verdict{Word: "PASSED", Line: "the load ran to its end"},
	}
	at := run.Began
	add := func(kind analysis.PhaseKind, to int64) {
		if to >= at {
			f.Phases = append(f.Phases, analysis.Phase{Kind: kind, From: at, To: to})
			at = to + 1
		}
	}
	add(analysis.Ramp, run.Began+int64(ramp)-1)
	add(analysis.WarmUp, run.Began+int64(ramp+warmUp)-1)
	add(analysis.Steady, run.Ended)
	last := run.Start + int64(run.Seconds) - 1
	add(analysis.Stopping, min(run.Ended+2, last))
	add(analysis.Settling, last)
	steady := f.Phases[len(f.Phases)-1]
	for _, p := range f.Phases {
		if p.Kind == analysis.Steady {
			steady = p
		}
	}
	for i := range run.Endpoints {
		f.Endpoints = append(f.Endpoints, endpoint(run, &run.Endpoints[i], steady))
	}
	f.Endpoints = append(f.Endpoints, endpoint(run, &run.Total, steady))
	return f
}

// endpoint is the row of a load.
func endpoint(run *analysis.Run, l *analysis.Load, steady analysis.Phase) analysis.Endpoint {
	e := analysis.Endpoint{Type: l.Type, Name: l.Name, Requests: l.Stats.Requests, Failures: l.Stats.Failures}
	e.RequestsPerSecond = float64(l.Stats.Requests) / float64(run.Ended-run.Began+1)
	quantile := func(h analysis.Histogram, share float64) *float64 {
		if ms, known := h.Quantile(share); known {
			return pointer(ms)
		}
		return nil
	}
	whole := analysis.Merge(l.Phases[timing.Response]...)
	e.Median, e.P95, e.P99 = quantile(whole, 0.5), quantile(whole, 0.95), quantile(whole, 0.99)
	if len(whole) > 0 {
		e.Max, e.Min = pointer(whole[len(whole)-1].MS), pointer(whole[0].MS)
		e.Average = pointer(math.Round(whole.Sum() / float64(whole.Count())))
	}
	if from, to := int(steady.From-run.Start), int(steady.To-run.Start); from >= 0 && to < run.Seconds && l.Phases[timing.Response] != nil {
		h := analysis.Merge(l.Phases[timing.Response][from : to+1]...)
		e.SteadyP50, e.SteadyP95, e.SteadyP99 = quantile(h, 0.5), quantile(h, 0.95), quantile(h, 0.99)
	}
	e.WaitP95 = quantile(analysis.Merge(l.Phases[timing.Wait]...), 0.95)
	return e
}

// points are the levels of the ramp, some seconds each.
func points(run *analysis.Run, f *analysis.Findings, seconds int) []analysis.Point {
	var all []analysis.Point
	for _, p := range f.Phases {
		kind := "ramp"
		switch p.Kind {
		case analysis.Steady:
			kind = "steady"
		case analysis.Ramp:
		default:
			continue
		}
		width := int64(seconds)
		for from := p.From; from+width-1 <= p.To; from += width {
			i := int(from - run.Start)
			h := analysis.Merge(run.Total.Phases[timing.Response][i : i+seconds]...)
			p50, known := h.Quantile(0.5)
			if !known {
				continue
			}
			p95, _ := h.Quantile(0.95)
			n := 0.0
			for _, v := range run.Total.Requests.Values[i : i+seconds] {
				n += v
			}
			all = append(all, analysis.Point{
				Users: run.Users.Values[i+seconds/2], Throughput: n / float64(seconds), P50: p50, P95: p95, From: from, Seconds: seconds, Kind: kind,
			})
		}
	}
	return all
}
