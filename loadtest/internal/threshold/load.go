package threshold

import (
	"fmt"
	"math"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
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
	events := isPhase && (phase == timing.FirstEvent || phase == timing.Gap) // those are in rows of streams
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
	case c.Endpoint == timing.Called(kind, name):
		return true
	}
	return c.Endpoint == name && timing.Sent(kind)
}

// named reports whether the endpoint of a check is written with its type, or is the name alone.
func (c Check) named(kind, name string) bool {
	return c.Endpoint == name || c.Endpoint == timing.Called(kind, name)
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
	return timing.Job
}

// unknown says that no request has the name, and which is the nearest.
func (c Check) unknown(run *analysis.Run) string {
	var names []string
	for i := range run.Endpoints {
		l := &run.Endpoints[i]
		if l.Type != timing.Missed {
			names = append(names, timing.Called(l.Type, l.Name), l.Name)
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
