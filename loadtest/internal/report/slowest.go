package report

import (
	"fmt"
	"math"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// slowest are the slowest requests, and what the target's machine did in their seconds.
type slowest struct {
	Columns []string
	Rows    []slow
}

// A slow is one of them. Parts share a bar of the width 100 with the slowest of all; Cells are those of Columns.
type slow struct {
	Name                           route
	Time, Status, Class, MS, Words string
	Parts                          []part
	Cells                          []string
}

// A part of a bar, from X on.
type part struct {
	Class    string
	X, Width float64
}

// mostSlow is how many of the slowest requests are shown.
const mostSlow = 20

func (m *maker) slowest() *slowest {
	requests := m.run.Slowest
	if len(requests) == 0 {
		return nil
	}
	requests = requests[:min(len(requests), mostSlow)]
	longest := 0.0
	for i := range requests {
		longest = math.Max(longest, requests[i].Response)
	}
	columns := m.momentColumns()
	t := &slowest{}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.name)
	}
	for i := range requests {
		t.Rows = append(t.Rows, m.slow(&requests[i], longest, columns))
	}
	m.source(source{What: "slowest requests", File: m.run.Info.Files["requests"], Rule: fmt.Sprintf("the %d of the longest response time", len(requests))})
	return t
}

func (m *maker) slow(r *analysis.Request, longest float64, columns []moment) slow {
	second := int64(math.Floor(r.Timestamp))
	s := slow{Time: m.at.time(second), Name: request(r.Type, r.Name), MS: number(r.Response)}
	if r.Status > 0 {
		s.Status = fmt.Sprint(r.Status)
	}
	if r.Failure != "" {
		s.Class = "bad"
		if s.Status == "" {
			s.Status = "failed"
		}
	}
	s.Parts, s.Words = parts(r, longest)
	for _, c := range columns {
		value := ""
		if i := int(second - m.run.Start); i >= 0 && i < len(c.series.Values) {
			value = with(number(c.series.Values[i]), c.unit)
		}
		s.Cells = append(s.Cells, value)
	}
	return s
}

// parts are the phases of a request as a bar, and in words. What no phase has is the worker's own.
func parts(r *analysis.Request, longest float64) (bar []part, words string) {
	if !(longest > 0) {
		return nil, ""
	}
	x, rest := 0.0, r.Response
	for _, p := range []struct {
		name, class string
		ms          float64
	}{{"connect", "c5", r.Connect}, {"TLS", "c3", r.TLS}, {"wait", "c1", r.Wait}, {"download", "c2", r.Download}} {
		if !(p.ms > 0) {
			continue
		}
		width := 100 * math.Min(p.ms, rest) / longest
		bar = append(bar, part{p.class, round2(x), round2(width)})
		x, rest = x+width, rest-math.Min(p.ms, rest)
		words += p.name + " " + number(p.ms) + " ms, "
	}
	if rest > 0 {
		bar = append(bar, part{"c6", round2(x), round2(100 * rest / longest)})
		words += "other " + number(rest) + " ms, "
	}
	return bar, words[:max(0, len(words)-2)]
}

func round2(v float64) float64 { return math.Round(100*v) / 100 }

// A moment is what a resource did in one second.
type moment struct {
	name, unit string
	series     analysis.Series
}

// momentColumns are the resources that the table of slow requests shows, as far as they are known.
func (m *maker) momentColumns() []moment {
	host := m.target()
	if host == nil {
		return nil
	}
	var columns []moment
	add := func(column, name, unit string) {
		if s, known := host.Column(column); known {
			columns = append(columns, moment{name, unit, s})
		}
	}
	add(resource.CPUPercent, "CPU", "%")
	add(resource.ProcessBusiestThreadPercent, "thread", "%")
	add(resource.ProcessRSSMB, "RSS", "MB")
	for _, i := range gpus(host) {
		add(resource.GPULoadPercent(i), fmt.Sprintf("GPU %d", i), "%")
	}
	return columns
}
