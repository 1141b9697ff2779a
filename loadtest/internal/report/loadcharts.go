package report

import (
	"fmt"
	"math"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// loadCharts are the charts of the load itself.
func (m *maker) loadCharts() []spec {
	total := &m.run.Total
	ok := difference(total.Requests, total.Failures)
	specs := []spec{
		{title: "Users", always: true, lines: []line{{name: "users", class: "c1", area: true, series: m.run.Users}}},
		{title: "Throughput", unit: "requests/s", always: true, lines: []line{
			{name: "ok", class: "c1", area: true, series: ok, rule: "requests less failures"}, {name: "failed", class: "bad", series: moved(total.Failures, 1)},
		}},
		m.responseTimes(),
	}
	if hasHistograms(total.Phases[timing.Scheduled]) {
		specs = append(specs, m.phaseChart("Response time as scheduled", total, timing.Scheduled), m.phaseChart("Lateness of tasks", total, timing.Lateness))
	}
	for _, c := range []struct {
		title string
		phase timing.Phase
	}{{"Time to the first event", timing.FirstEvent}, {"Time to the end of streams", timing.Response}} {
		if of := m.streams(c.phase); hasHistograms(of) {
			l := &analysis.Load{Requests: total.Requests}
			l.Phases[c.phase] = of
			specs = append(specs, m.phaseChart(c.title, l, c.phase))
		}
	}
	return append(specs, m.workerChart())
}

// difference is a series less another, of the first one's file.
func difference(a, b analysis.Series) analysis.Series {
	d := analysis.Series{File: a.File, Column: a.Column + " - " + b.Column, Values: make([]float64, len(a.Values))}
	for i, v := range a.Values {
		if i < len(b.Values) && !math.IsNaN(b.Values[i]) {
			v -= b.Values[i]
		}
		d.Values[i] = v
	}
	return d
}

// responseTimes are the percentiles of each second, from histograms where they are there, else Locust's own of about the last 10 s.
func (m *maker) responseTimes() spec {
	total := &m.run.Total
	if hasHistograms(total.Phases[timing.Response]) {
		s := m.phaseChart("Response time", total, timing.Response)
		s.always = true
		if m.streams(timing.Response) != nil {
			s.caption = join(s.caption, "of streams until their head")
		}
		return s
	}
	seconds, caption := lastSeconds, "Locust's percentiles, of about the last 10 s"
	if total.P50.Column == timing.Response.Percentile("50") { // timings.csv of a release without histograms
		seconds, caption = 1, "of each second"
	}
	return spec{title: "Response time", unit: "ms", always: true, caption: caption, lines: []line{
		{name: "p50", class: "c1", series: total.P50},
		{name: "p95", class: "c2", series: enough(total.P95, total.Requests, seconds, needP95), rule: "where there are 20 requests or more"},
		{name: "p99", class: "c3", series: enough(total.P99, total.Requests, seconds, needP99), rule: "where there are 100 requests or more"},
	}}
}

// phaseChart is p50, p95 and p99 of a phase.
func (m *maker) phaseChart(title string, l *analysis.Load, p timing.Phase) spec {
	s := spec{title: title, unit: "ms", calm: 5}
	captions := map[int]string{}
	for _, q := range []struct {
		name, percent, class string
		share                float64
		need                 int64
	}{{"p50", "50", "c1", 0.5, 1}, {"p95", "95", "c2", 0.95, needP95}, {"p99", "99", "c3", 0.99, needP99}} {
		values, window := quantiles(m.axis.cutHistograms(l.Phases[p]), q.share, q.need)
		if window == 0 {
			continue
		}
		rule := fmt.Sprintf("of each %s with %s requests or more", spanText(window), count(int(q.need)))
		if captions[window] != "" {
			captions[window] += ", "
		}
		captions[window] += q.name
		full := make([]float64, m.axis.first+len(values))
		for i := range full[:m.axis.first] {
			full[i] = math.NaN()
		}
		copy(full[m.axis.first:], values)
		s.lines = append(s.lines, line{name: q.name, class: q.class, rule: rule, series: analysis.Series{File: m.timingsFile(l), Column: p.Percentile(q.percent), Values: full}})
	}
	s.caption = windowCaption(captions)
	return s
}

// timingsFile is the file that histograms stand in.
func (m *maker) timingsFile(l *analysis.Load) string {
	if file := m.run.Info.Files["timings"]; file != "" {
		return file
	}
	return l.Requests.File
}

// streams are the histograms of a phase of all streams together.
func (m *maker) streams(p timing.Phase) []analysis.Histogram {
	var all []analysis.Histogram
	for i := range m.run.Endpoints {
		e := &m.run.Endpoints[i]
		of := e.Phases[p]
		if e.Type != timing.Stream || len(of) == 0 {
			continue
		}
		if all == nil {
			all = make([]analysis.Histogram, m.run.Seconds)
		}
		for second := range min(len(all), len(of)) {
			switch {
			case len(of[second]) == 0:
			case len(all[second]) == 0:
				all[second] = of[second]
			default:
				all[second] = analysis.Merge(all[second], of[second])
			}
		}
	}
	return all
}

// workerName is a worker's in short: Locust's is the host's and 32 digits, of which six tell workers apart.
func workerName(name string) string {
	const all, shown = 32, 6
	if at := strings.LastIndexByte(name, '_'); at >= 0 && len(name)-at-1 == all {
		return name[:at+1+shown]
	}
	return name
}

// workerChart is the CPU of those who make the load.
func (m *maker) workerChart() spec {
	s := spec{title: "Workers of the load", unit: "% of a core", top: 100, calm: 15, limit: 100}
	classes := []string{"c1", "c2", "c3", "c4", "c5", "c6"}
	if len(m.run.Workers) > len(classes) {
		busiest := analysis.Series{File: m.run.Workers[0].CPU.File, Column: m.run.Workers[0].CPU.Column, Values: make([]float64, m.run.Seconds)}
		for i := range busiest.Values {
			busiest.Values[i] = math.NaN()
			for _, w := range m.run.Workers {
				if i < len(w.CPU.Values) && !(w.CPU.Values[i] <= busiest.Values[i]) && !math.IsNaN(w.CPU.Values[i]) {
					busiest.Values[i] = w.CPU.Values[i]
				}
			}
		}
		s.lines = []line{{name: "busiest of " + count(len(m.run.Workers)), class: "c1", series: busiest, rule: "the largest of all workers"}}
		return s
	}
	for i, w := range m.run.Workers {
		name := shorten(workerName(w.Name), 40)
		if m.overlay { // each run has others
			name = "worker " + count(i+1)
		}
		s.lines = append(s.lines, line{name: name, class: classes[i], series: w.CPU})
	}
	return s
}
