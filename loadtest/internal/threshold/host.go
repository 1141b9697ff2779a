package threshold

import (
	"fmt"
	"slices"
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

// LocalHost is what the machine of the load is called in checks: cpu_percent@localhost.
const LocalHost = "localhost"

// Hosts sees that the hosts of checks are among those that a run has monitors on, beside LocalHost.
func Hosts(checks []Check, known []string) error {
	for _, c := range checks {
		host := c.Measure.Host
		if host == "" || host == LocalHost || slices.Contains(known, host) {
			continue
		}
		return fmt.Errorf("%q: no monitor on a host %q is recorded%s; give its --monitor, or %s for this machine", c.Text, host, meant(host, append(known, LocalHost)), LocalHost)
	}
	return nil
}

// host is the machine of a check: the one that is named, or the one under test, or that of the load.
func (c Check) host(run *analysis.Run) (*analysis.Host, string) {
	name := c.Measure.Host
	var names []string
	for i := range run.Hosts {
		h := &run.Hosts[i]
		if name == "" && h.Target || name == LocalHost && h.Name == "" || name != "" && name == h.Name {
			return h, ""
		}
		names = append(names, h.Name)
	}
	switch {
	case len(run.Hosts) == 0:
		return nil, "the run has no metrics.csv: no monitor ran"
	case name != "":
		return nil, fmt.Sprintf("no monitor on a host %q was recorded%s", name, meant(name, names))
	}
	return &run.Hosts[0], ""
}

// series finds the column of a host, whatever the case of its letters.
func series(h *analysis.Host, column string) (analysis.Series, bool) {
	for name := range h.Columns {
		if strings.EqualFold(name, column) {
			return h.Column(name)
		}
	}
	return analysis.Series{}, false
}

// source is the column of a check in a run: a column of the file, or the one that is made of two.
func (c Check) source(h *analysis.Host) (s analysis.Series, scale float64, why string) {
	column := c.Measure.Name
	if gpuMemory(column) {
		used, found := series(h, column+"_Used_GB")
		if !found {
			return s, 0, without(h, column+"_Used_GB")
		}
		if c.Measure.Slope || strings.HasSuffix(c.Limit.Unit, "B") {
			return used, suffixOf(used.Column).scale, ""
		}
		total, found := series(h, column+"_Total_GB")
		if !found {
			return s, 0, without(h, column+"_Total_GB")
		}
		return ratio(used, total), 1, ""
	}
	s, found := series(h, column)
	if !found {
		return s, 0, without(h, column)
	}
	return s, suffixOf(column).scale, ""
}

// ratio is a in percent of b.
func ratio(a, b analysis.Series) analysis.Series {
	shares := analysis.Series{File: a.File, Column: a.Column + " / " + b.Column, Values: make([]float64, min(len(a.Values), len(b.Values)))}
	for i := range shares.Values {
		shares.Values[i] = 100 * a.Values[i] / b.Values[i]
	}
	return shares
}

// without says why a column has no values, as far as its name tells.
func without(h *analysis.Host, column string) string {
	reason := "docs/metrics.md says what it needs"
	switch {
	case strings.HasPrefix(column, "Process_"):
		reason = "no process was watched; see --watch"
	case strings.HasPrefix(column, "GPU"):
		reason = "there is no such GPU, or its driver does not tell"
	case strings.HasPrefix(column, "Container_"):
		reason = "the process is in no container, or that has no limit"
	}
	return fmt.Sprintf("%s has no values of %s: %s", h.File, column, reason)
}

// ofHost measures a column.
func (c Check) ofHost(run *analysis.Run, p part) reading {
	h, why := c.host(run)
	if why != "" {
		return absent("%s", why)
	}
	s, scale, why := c.source(h)
	if why != "" {
		return absent("%s", why)
	}
	values := p.values(run, s)
	for i := range values {
		values[i] *= scale
	}
	return c.ofRows(values, s, p)
}

// ofRows takes the statistic of the rows of a series, which are in the base of the dimension.
func (c Check) ofRows(values []float64, s analysis.Series, p part) reading {
	values = statistics.Finite(values)
	if len(values) == 0 {
		return absent("%s has no values of %s in %s", s.File, s.Column, p.words)
	}
	statistic := c.Measure.Statistic
	if statistic == "" {
		statistic = usual(c.Measure.Name)
	}
	r := reading{value: statistic.of(values), beside: fmt.Sprintf("%s of %d rows", statistic, len(values))}
	if statistic == Average {
		r.beside += ", max " + c.Measure.dimension(c.Limit.Unit).shown(Max.of(values), c.Limit.Unit)
	}
	if int64(len(values)) < statistic.needs() {
		r.why = fmt.Sprintf("%d rows are few for a %s: it wants %d", len(values), statistic, statistic.needs())
	}
	r.evidence = []analysis.Evidence{p.evidence(s.File, s.Column, fmt.Sprintf("%s over %s", statistic, p.words))}
	return r
}
