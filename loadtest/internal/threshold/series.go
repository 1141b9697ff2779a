package threshold

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/spelling"
	"gregaria/loadtest/internal/analysis"
)

// parseSeries reads what stands before the operator of a check of a series: the series, and perhaps a statistic.
func parseSeries(series string, words []string) (Measure, error) {
	name, labels, _ := strings.Cut(series, "{")
	m := Measure{Name: series}
	if short, slope := strings.CutSuffix(name, slopeSuffix); slope && short != "" {
		m.Name, m.Slope = short+"{"+labels, true
	}
	switch {
	case len(words) == 0:
		return m, nil
	case len(words) > 1:
		return m, fmt.Errorf("%q is too much behind a series: write perhaps a statistic, such as %s max", strings.Join(words, " "), series)
	case strings.HasPrefix(words[0], "@"):
		return m, fmt.Errorf("a series is of a server and not of a host: choose it with %s{%s=\"host:port\"}", name, instance)
	case m.Slope:
		return m, fmt.Errorf("%s is one number, there is no %s of it: leave it out", name, words[0])
	}
	s, found := parseStatistic(words[0])
	if !found {
		return m, fmt.Errorf("%q is no statistic: take p50 to p99.9, median, avg, min, max or sum%s", words[0], meant(words[0], []string{"median", "avg", "min", "max", "sum", "p95", "p99"}))
	}
	m.Statistic = s
	return m, nil
}

// seriesDimension is what the name of a series says of its values, by the conventions of Prometheus. Without a unit a limit is in the server's own.
func seriesDimension(name string) dimension {
	counter := false
	for _, end := range []string{"_total", analysis.CountSuffix, analysis.SumSuffix, analysis.BucketSuffix} {
		counter = counter || strings.HasSuffix(name, end)
	}
	base := strings.TrimSuffix(name, "_total")
	own := unit{"", 1}
	switch {
	case strings.HasSuffix(base, "_bytes") && counter:
		return dimension{"a size per second", "10MB/s", []unit{own, {"B/s", 1}, {"KB/s", 1 << 10}, {"MB/s", 1 << 20}, {"GB/s", 1 << 30}}}
	case strings.HasSuffix(base, "_bytes"):
		return dimension{"a size", "512MB", []unit{own, {"B", 1}, {"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}, {"TB", 1 << 40}}}
	case strings.HasSuffix(name, "_seconds"):
		return dimension{"a time", "800ms", []unit{own, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}}}
	case strings.HasSuffix(name, "_ratio"):
		return dimension{"a share", "90%", []unit{own, {"%", 0.01}}}
	case counter:
		return rate()
	}
	return count()
}

// SeriesOf are the names of the series that checks speak of, each once.
func SeriesOf(checks []Check) (names []string) {
	for _, c := range checks {
		if name := c.Measure.selector().name; c.Measure.ofSeries() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// slips is how many letters a name may differ from one that a server shows, and be taken for a mistake in writing it: a series may come later, with the first request.
const slips = 2

// Shown compares the series of checks with those that servers show before a run. One that is nearly the name of another is a mistake; unknown are the others that
// nobody shows yet.
func Shown(checks []Check, shown []string) (unknown []string, err error) {
	for _, c := range checks {
		name := c.Measure.selector().name
		switch {
		case !c.Measure.ofSeries() || slices.Contains(shown, name):
		case slices.Contains(shown, name+analysis.SumSuffix) && slices.Contains(shown, name+analysis.CountSuffix):
		default:
			if nearest := spelling.Nearest(name, shown, slips+1); nearest != "" {
				return nil, fmt.Errorf("%q: no server of --scrape shows a series %s; did you mean %s?", c.Text, name, nearest)
			}
			if !slices.Contains(unknown, name) {
				unknown = append(unknown, name)
			}
		}
	}
	return unknown, nil
}

// ofServices measures a series: counters of several labels are added up, of several gauges each has to keep the limit, so that the one that keeps it least counts.
func (c Check) ofServices(run *analysis.Run, p part) reading {
	found, why := c.said(run)
	if why != "" {
		return absent("%s", why)
	}
	if len(found) == 0 {
		return c.ofMeans(run, p)
	}
	if !found[0].Rate {
		if strings.HasPrefix(c.Limit.Unit, "/") {
			return absent("%s is a gauge: leave %s out", found[0].Name, c.Limit.Unit)
		}
		return c.worst(found, func(s analysis.Series) reading { return c.ofRows(p.values(run, s), s, p) })
	}
	var sum analysis.Series
	for _, said := range found {
		sum = added(sum, said.Series)
	}
	r := c.ofRows(p.values(run, sum), sum, p)
	if n := len(found); n > 1 && !r.missing {
		r.beside += fmt.Sprintf(", %d series together", n)
		rule := r.evidence[0].Rule
		r.evidence = nil
		for _, s := range found[:min(n, mostEvidence)] {
			r.evidence = append(r.evidence, p.evidence(s.File, s.Column, fmt.Sprintf("%s, %d series added up", rule, n)))
		}
	}
	return r
}

// mostEvidence is how many of the series are named that a value is made of.
const mostEvidence = 5

// said are the series that a check means: all of them counters, or all of them gauges. None and no reason is left to means.
func (c Check) said(run *analysis.Run) (found []analysis.Said, why string) {
	if len(run.Services) == 0 {
		return nil, "no server was asked what it says of itself: say with --scrape which"
	}
	s := c.Measure.selector()
	var names, labels []string
	for _, server := range run.Services {
		for _, said := range server.Series {
			if said.Name != s.name {
				names = append(names, said.Name)
				continue
			}
			if s.matches(server.Target, said.Labels) {
				found = append(found, said)
			} else {
				labels = append(labels, said.Column)
			}
		}
	}
	if len(found) == 0 && len(labels) == 0 && !c.hasMeans(run) {
		return nil, fmt.Sprintf("no server has said %s%s", s.name, meant(s.name, names))
	}
	if len(found) == 0 && len(labels) > 0 {
		text := strings.Join(labels[:min(len(labels), mostEvidence)], ", ")
		return nil, fmt.Sprintf("no series has the labels of %s: there are %s", c.Measure, text)
	}
	return slices.DeleteFunc(found, func(said analysis.Said) bool { return said.Rate != found[0].Rate }), ""
}

// worst is the reading of the series that keeps the limit least, or that of the first without a value.
func (c Check) worst(found []analysis.Said, read func(analysis.Series) reading) reading {
	var worst reading
	at := -1
	for i, said := range found {
		r := read(said.Series)
		switch {
		case r.missing && len(found) > 1: // it came later, or went: others count
		case at < 0 || c.Op.upper() == (r.value > worst.value) && r.value != worst.value:
			worst, at = r, i
		}
	}
	if at < 0 {
		return read(found[0].Series)
	}
	if len(found) > 1 {
		which := "lowest"
		if c.Op.upper() {
			which = "highest"
		}
		worst.beside += fmt.Sprintf(", the %s of %d: %s", which, len(found), found[at].Column)
	}
	return worst
}

// slopeOfSeries measures how gauges grow.
func (c Check) slopeOfSeries(run *analysis.Run, f *analysis.Findings) reading {
	found, why := c.said(run)
	switch {
	case why != "":
		return absent("%s", why)
	case len(found) == 0 || found[0].Rate:
		return absent("%s is no gauge, and growth is that of gauges", c.Measure.selector().name)
	}
	return c.worst(found, func(s analysis.Series) reading { return c.slopeOf(run, f, s, 1) })
}

// hasMeans reports whether a check means a histogram.
func (c Check) hasMeans(run *analysis.Run) bool {
	return slices.ContainsFunc(run.Services, func(s analysis.Service) bool {
		return slices.ContainsFunc(s.Means(), func(m analysis.Mean) bool { return m.Name == c.Measure.selector().name })
	})
}

// ofMeans measures the mean of a histogram or a summary: what it summed up over what it counted, of all labels that match.
func (c Check) ofMeans(run *analysis.Run, p part) reading {
	s := c.Measure.selector()
	var sum, count analysis.Series
	n := 0
	for _, server := range run.Services {
		for _, m := range server.Means() {
			if m.Name != s.name || !s.matches(server.Target, m.Labels) {
				continue
			}
			n++
			sum, count = added(sum, m.Sum.Series), added(count, m.Count.Series)
		}
	}
	if n == 0 {
		return absent("no series has the labels of %s", c.Measure)
	}
	mean := analysis.Mean{Sum: analysis.Said{Series: sum}, Count: analysis.Said{Series: count}}.Series()
	r := c.ofRows(p.values(run, mean), mean, p)
	if !r.missing && (c.Measure.Statistic == "" || c.Measure.Statistic == Average) {
		r.value = total(p.values(run, sum)) / total(p.values(run, count)) // each observation counts once, and not each second
		r.beside = strings.Replace(r.beside, "avg of", "mean of all that was counted in", 1)
		r.evidence[0].Rule = "all that was summed up over all that was counted, in " + p.words
	}
	return r
}

// added adds the values of seconds up; a second without a value has those of the other.
func added(a, b analysis.Series) analysis.Series {
	if a.Values == nil {
		b.Values = slices.Clone(b.Values)
		return b
	}
	for i, v := range b.Values {
		switch {
		case math.IsNaN(a.Values[i]):
			a.Values[i] = v
		case !math.IsNaN(v):
			a.Values[i] += v
		}
	}
	return a
}

// total is the sum of values that are there.
func total(values []float64) (sum float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	return sum
}
