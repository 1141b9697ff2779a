package report

import (
	"fmt"
	"math"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

// A card is one number of the top row. Class is its colour where that says something.
type card struct{ Value, What, Class string }

// nearLimit is from which share on a resource counts as at its limit: section 3 of the rules in docs/findings.md.
const nearLimit = 90

// cards are the numbers that a reader looks for first. One that is not known has no card.
func (m *maker) cards() []card {
	var cards []card
	add := func(c card) {
		if c.Value != "" {
			cards = append(cards, c)
		}
	}
	for _, c := range m.counts() {
		add(c)
	}
	add(m.throughput())
	add(m.highest())
	for _, c := range m.times() {
		add(c)
	}
	add(m.firstEvent())
	for _, c := range m.busy() {
		add(c)
	}
	for _, c := range m.leaks() {
		add(c)
	}
	return cards
}

// cardColumns is how many cards stand side by side: all of few, half of many, so that no row has a single one.
func cardColumns(n int) int {
	const most = 7
	rows := max(1, (n+most-1)/most)
	return (n + rows - 1) / rows
}

// counts are the requests, and how many of them failed.
func (m *maker) counts() []card {
	var requests, failures int
	if all := m.all(); all != nil {
		requests, failures = all.Requests, all.Failures
		m.source(source{What: "requests, failed", File: m.run.Info.Files["stats"], Column: "Request Count, Failure Count", Rule: "the row Aggregated"})
	} else {
		total := &m.run.Total
		requests, failures = sum(total.Requests.Values), sum(total.Failures.Values)
		m.source(source{What: "requests, failed", File: total.Requests.File, Column: total.Requests.Column + ", " + total.Failures.Column, Rule: "the sum of all seconds"})
	}
	if requests == 0 {
		return []card{{Value: "0", What: "requests", Class: "bad"}}
	}
	failed := card{Value: "0", What: "failed"}
	if failures > 0 {
		failed = card{with(number(100*float64(failures)/float64(requests)), "%"), fmt.Sprintf("failed (%s)", count(failures)), "bad"}
	}
	return []card{{Value: count(requests), What: "requests"}, failed}
}

func sum(values []float64) int {
	total := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			total += v
		}
	}
	return int(math.Round(total))
}

// highest is the highest load within the checks.
func (m *maker) highest() card {
	h := m.f.HighestLoad
	switch {
	case h == nil:
		return card{}
	case h.Users == 0:
		return card{"none", "load within the checks", "bad"}
	case h.BrokenAt == 0:
		return card{">= " + number(h.Users), "users within the checks", ""}
	}
	return card{number(h.Users), "users within the checks", ""}
}

// throughput is the mean rate of the steady phase.
func (m *maker) throughput() card {
	steady, found := m.steady()
	if !found {
		return card{}
	}
	s := m.run.Total.Requests
	m.source(source{What: "requests/s, steady", File: s.File, Column: s.Column, Seconds: m.at.seconds(steady.From, steady.To), Rule: "the mean over the steady seconds"})
	return card{Value: number(statistics.Mean(m.run.Window(s, steady.From, steady.To))), What: "requests/s, steady"}
}

// times are the response times of the steady phase, or of the whole run where that has none.
func (m *maker) times() []card {
	all := m.all()
	if all == nil {
		return nil
	}
	p50, p95, when, rule := all.SteadyP50, all.SteadyP95, "steady", "percentiles of the merged histograms of the steady seconds"
	file := m.run.Total.P50.File
	if p50 == nil || p95 == nil {
		p50, p95, when, rule, file = all.Median, all.P95, "whole run", "Locust's percentiles of the whole run", m.run.Info.Files["stats"]
	}
	if p50 == nil && p95 == nil {
		return nil
	}
	m.source(source{What: "p50, p95, " + when, File: file, Rule: rule})
	return []card{{Value: duration(p50), What: "p50, " + when}, {Value: duration(p95), What: "p95, " + when}}
}

// firstEvent is how long users of streams wait for something to read: of a stream, the response time is that of its head.
func (m *maker) firstEvent() card {
	steady, found := m.steady()
	of := m.streams(timing.FirstEvent)
	if !found || of == nil {
		return card{}
	}
	first, last := max(0, int(steady.From-m.run.Start)), min(len(of), int(steady.To-m.run.Start)+1)
	ms, known := analysis.Merge(of[min(first, last):last]...).Quantile(0.95)
	if !known {
		return card{}
	}
	m.source(source{
		What: "first event p95", File: m.run.Info.Files["timings"], Column: timing.FirstEvent.Percentile("95"), Seconds: m.at.seconds(steady.From, steady.To),
		Rule: "percentile of the merged histograms of all streams",
	})
	return card{Value: duration(&ms), What: "first event p95"}
}

// duration is a time that is given in ms: in seconds from ten on, for a card is narrow.
func duration(ms *float64) string {
	const second, long = 1000, 9999.5
	if ms != nil && *ms >= long {
		return with(number(*ms/second), "s")
	}
	return with(known(ms), "ms")
}

// busy are the resources of the target's machine in the steady phase. A thread has a card where it is at its limit, a GPU where it is not idle.
func (m *maker) busy() []card {
	host := m.target()
	steady, found := m.steady()
	if host == nil || !found {
		return nil
	}
	var cards []card
	add := func(column, what string, from float64) {
		s, known := host.Column(column)
		if !known {
			return
		}
		v := statistics.Mean(m.run.Window(s, steady.From, steady.To))
		if math.IsNaN(v) || v < from {
			return
		}
		c := card{Value: with(decimals(v, 0), "%"), What: what}
		if v >= nearLimit {
			c.Class = "bad"
		}
		m.source(source{What: what, File: host.File, Column: column, Seconds: m.at.seconds(steady.From, steady.To), Rule: "the mean over the steady seconds"})
		cards = append(cards, c)
	}
	add(resource.CPUPercent, "CPU, steady", 0)
	add(resource.ProcessBusiestThreadPercent, "busiest thread", nearLimit)
	add(resource.MemoryPercent, "memory, steady", nearLimit)
	for _, i := range gpus(host) {
		add(resource.GPULoadPercent(i), fmt.Sprintf("GPU %d, steady", i), 5)
	}
	return cards
}

// leaks has a card for a growth that is a leak; the table has all.
func (m *maker) leaks() []card {
	const most = 2
	var cards []card
	for _, g := range m.f.Growth {
		if g.Outcome == analysis.Leak && len(cards) < most {
			cards = append(cards, card{with(signed(g.Slope.Value), g.Unit), "a minute, " + shorten(g.What, nameLength), "bad"})
		}
	}
	return cards
}
