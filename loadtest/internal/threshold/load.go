package threshold

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

const (
	aggregated = timing.Aggregated
	// jobType is Locust's type of the requests of --job.
	jobType = "JOB"
)

// ofLoad measures requests.
func (c Check) ofLoad(run *analysis.Run, p part) reading {
	loads, why := c.loads(run)
	if why != "" {
		return absent("%s", why)
	}
	if phase, found := phaseOf(c.Measure.Name); found {
		return c.times(run, p, loads, phase)
	}
	return c.counted(run, p, loads)
}

// loads are the rows that a check means: of all requests, of an endpoint, of a kind.
func (c Check) loads(run *analysis.Run) (loads []*analysis.Load, why string) {
	phase, isPhase := phaseOf(c.Measure.Name)
	events := isPhase && (phase == timing.FirstEvent || phase == timing.Gap) // those are in rows of their own
	if c.Endpoint == "" && c.Measure.Kind == "" && c.Measure.Name != missed && !events {
		return []*analysis.Load{&run.Total}, ""
	}
	for i := range run.Endpoints {
		if l := &run.Endpoints[i]; c.means(l.Type, l.Name, events) {
			loads = append(loads, l)
		}
	}
	switch {
	case len(loads) > 0 || c.Measure.Name == missed:
		return loads, ""
	case c.Endpoint == "" && c.Measure.Kind != "":
		return nil, fmt.Sprintf("the run has no requests of the type %s", kindType(c.Measure.Kind))
	case c.Endpoint == "":
		return nil, "the run has no endpoints"
	}
	return nil, c.unknown(run)
}

// means reports whether a row of a type and a name belongs to a check. events says that it is of the events of streams.
func (c Check) means(kind, name string, events bool) bool {
	switch {
	case c.Measure.Name == missed:
		return kind == timing.Missed
	case c.Measure.Kind != "":
		return kind == kindType(c.Measure.Kind) && (c.Endpoint == "" || c.named(kind, name) || bare(c.Endpoint) == name)
	case events:
		return c.Endpoint == "" || c.named(kind, name) || kind == timing.Stream && bare(c.Endpoint) == name
	case c.Endpoint == kind+" "+name:
		return true
	}
	return c.Endpoint == name && kind != timing.Stream && kind != timing.Missed && kind != jobType
}

// named reports whether the endpoint of a check is written with its type, or is the name alone.
func (c Check) named(kind, name string) bool {
	return c.Endpoint == name || c.Endpoint == kind+" "+name
}

// bare is an endpoint without its method: streams and jobs have the name of the request that begins them.
func bare(endpoint string) string {
	if method, name, found := strings.Cut(endpoint, " "); found && method == strings.ToUpper(method) {
		return name
	}
	return endpoint
}

func kindType(kind string) string {
	if kind == Stream {
		return timing.Stream
	}
	return jobType
}

// unknown says that no request has the name, and which is the nearest.
func (c Check) unknown(run *analysis.Run) string {
	var names []string
	for i := range run.Endpoints {
		l := &run.Endpoints[i]
		if l.Type != timing.Missed {
			names = append(names, l.Type+" "+l.Name, l.Name)
		}
	}
	kind := "request"
	if c.Measure.Kind != "" {
		kind = c.Measure.Kind
	}
	return fmt.Sprintf("no %s %q was made%s", kind, c.Endpoint, meant(c.Endpoint, names))
}

// counted measures counts, rates and shares.
func (c Check) counted(run *analysis.Run, p part, loads []*analysis.Load) reading {
	made, failed, known := 0.0, 0.0, 0
	for _, l := range loads {
		known = max(known, add(p.values(run, l.Requests), &made))
		add(p.values(run, l.Failures), &failed)
	}
	evidence := func(rule string, columns ...string) []analysis.Evidence {
		var all []analysis.Evidence
		for _, column := range columns {
			all = append(all, p.evidence(loadFile(run, loads), column, rule))
		}
		return all
	}
	switch {
	case c.Measure.Name == missed:
		return reading{value: made, evidence: evidence("sum of the rows of type "+timing.Missed, timing.Requests)}
	case known == 0:
		return absent("nothing is known of the requests of %s", p.words)
	case c.Measure.Name == requests:
		return reading{value: made, beside: fmt.Sprintf("in %d s", p.seconds()), evidence: evidence("sum over "+p.words, timing.Requests)}
	case c.Measure.Name == rps:
		return reading{value: made / float64(known), beside: fmt.Sprintf("%.0f requests in %d s", made, known), evidence: evidence("sum over "+p.words+" / its seconds", timing.Requests)}
	case made == 0:
		return absent("no request ended in %s", p.words)
	case c.Measure.Name == failures:
		return reading{value: failed, beside: fmt.Sprintf("of %.0f requests", made), evidence: evidence("sum over "+p.words, timing.Failures)}
	}
	return reading{
		value: 100 * failed / made, beside: fmt.Sprintf("%.0f of %.0f requests", failed, made),
		evidence: evidence("failures / requests, summed over "+p.words, timing.Failures, timing.Requests),
	}
}

// loadFile is where the rows stand.
func loadFile(run *analysis.Run, loads []*analysis.Load) string {
	if len(loads) > 0 {
		return loads[0].Requests.File
	}
	return run.Total.Requests.File
}

// add adds values up, and returns how many there are.
func add(values []float64, to *float64) (n int) {
	for _, v := range values {
		if !math.IsNaN(v) {
			*to += v
			n++
		}
	}
	return n
}

// evidence is where something stands. Its value comes later.
func (p part) evidence(file, column, rule string) analysis.Evidence {
	return analysis.Evidence{File: file, Column: column, From: p.from(), To: p.to(), Rule: rule}
}

// times measures times of requests from merged histograms, or takes Locust's where there are none.
func (c Check) times(run *analysis.Run, p part, loads []*analysis.Load, phase timing.Phase) reading {
	var histograms []analysis.Histogram
	made := 0.0
	indices := p.indices(run)
	for _, l := range loads {
		add(p.values(run, l.Requests), &made)
		for _, i := range indices {
			if i < len(l.Phases[phase]) {
				histograms = append(histograms, l.Phases[phase][i])
			}
		}
	}
	merged := analysis.Merge(histograms...)
	n := merged.Count()
	switch {
	case n > 0:
		return c.ofHistogram(merged, n, made, p, loadFile(run, loads), phase)
	case made == 0 && phase != timing.Lateness && phase != timing.Scheduled:
		return absent("no request ended in %s", p.words)
	case phase == timing.Response:
		return c.ofLocust(run, loads, p)
	case !slices.ContainsFunc(loads, func(l *analysis.Load) bool { return l.Phases[phase] != nil }):
		return absent("no request of the run has a time of %s: %s", phase, whyNone(phase))
	}
	return absent("no request in %s has a time of %s", p.words, phase)
}

// whyNone says what times of a phase need.
func whyNone(phase timing.Phase) string {
	switch phase {
	case timing.Lateness, timing.Scheduled:
		return "it wants --rate or a pacing, and workers in Go"
	case timing.FirstEvent, timing.Gap:
		return "it wants streams, and workers in Go"
	case timing.TLS:
		return "it wants https, and workers in Go"
	}
	return "it wants workers in Go, and their timings.csv"
}

// ofHistogram reads the statistic. Few values are said.
func (c Check) ofHistogram(h analysis.Histogram, n int64, made float64, p part, file string, phase timing.Phase) reading {
	s := c.Measure.Statistic
	r := reading{beside: fmt.Sprintf("of %d requests", n)}
	if phase != timing.Response {
		r.beside = fmt.Sprintf("of %d values", n)
	}
	switch s {
	case Min:
		r.value = h[0].MS
	case Max:
		r.value = h[len(h)-1].MS
	case Average:
		r.value = h.Sum() / float64(n)
	default:
		percent, _ := s.percent()
		r.value, _ = h.Quantile(percent / 100)
	}
	if n < s.needs() {
		r.why = fmt.Sprintf("%d are few for a %s: it wants %d", n, s, s.needs())
	}
	if seen := float64(n); phase == timing.Response && seen < 0.995*made {
		r.why = strings.TrimPrefix(r.why+fmt.Sprintf("; %.0f of %.0f requests are not in it: timings are of workers in Go", made-seen, made), "; ")
	}
	rule := fmt.Sprintf("%s of the merged histograms of %s, to 0.4 %%", s, p.words)
	r.evidence = []analysis.Evidence{p.evidence(file, phase.String()+"_Histogram", rule)}
	return r
}

// ofLocust takes the times of the whole test from Locust's statistics, which are all there is without timings.
func (c Check) ofLocust(run *analysis.Run, loads []*analysis.Load, p part) reading {
	if len(loads) != 1 {
		return absent("there are no timings, and Locust has no %s of several endpoints together", c.Measure.Statistic)
	}
	stats, column := loads[0].Stats, ""
	value := math.NaN()
	switch c.Measure.Statistic {
	case Average:
		value, column = stats.Average, "Average Response Time"
	case Min:
		value, column = stats.Min, "Min Response Time"
	case Max:
		value, column = stats.Max, "Max Response Time"
	default:
		percent, _ := c.Measure.Statistic.percent()
		column = fmt.Sprintf("%g%%", percent)
		if v, found := stats.Percentiles[column]; found {
			value = v
		}
	}
	if stats.Requests == 0 || math.IsNaN(value) {
		return absent("there are no timings, and Locust has no %s for it", c.Measure.Statistic)
	}
	r := reading{value: value, beside: fmt.Sprintf("of %d requests", stats.Requests), why: "there are no timings: it is Locust's of the whole test, as it rounds it, and not that of " + p.words}
	if c.Over == All {
		r.why = "there are no timings: it is Locust's, as it rounds it"
	}
	if int64(stats.Requests) < c.Measure.Statistic.needs() {
		r.why += fmt.Sprintf("; %d are few for a %s", stats.Requests, c.Measure.Statistic)
	}
	r.evidence = []analysis.Evidence{p.evidence(cmp.Or(run.Info.Files["stats"], "stats.csv"), column, "Locust's row of the whole test")}
	return r
}
