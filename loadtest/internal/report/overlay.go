package report

import (
	"math"
	"slices"
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// An other is a run that is drawn beside that of the page, from the start of the load on.
type other struct {
	*maker
	// base says that it is one that is compared with, and not one more of the same side.
	base bool
}

// beside has a page draw other runs. They are called as the page's own is: its process, its workers.
func (m *maker) beside(runs []comparison.Run, base bool) {
	for i := range runs {
		f := runs[i].Findings
		f.Info.Watched, f.Info.Cores = m.f.Info.Watched, m.f.Info.Cores
		m.others = append(m.others, other{&maker{run: runs[i].Run, f: &f, at: m.at, axis: newAxis(runs[i].Run), overlay: true}, base})
	}
	m.overlay = len(m.others) > 0
}

// overlaid are the charts of the page's run with the lines of the others in them, which charts makes of each run alone.
func (m *maker) overlaid(charts func(m *maker) []spec) []spec {
	specs := charts(m)
	if !m.overlay {
		return specs
	}
	single := !slices.ContainsFunc(m.others, func(o other) bool { return !o.base })
	for i := range specs {
		for n := range specs[i].lines {
			l := &specs[i].lines[n]
			l.series, l.thin, l.area = m.onto(l.series, m), !single, l.area && single
		}
	}
	for _, o := range m.others {
		for _, s := range charts(o.maker) {
			at := slices.IndexFunc(specs, func(into spec) bool { return into.title == s.title })
			if at < 0 {
				empty := s
				empty.lines = nil
				specs, at = append(specs, empty), len(specs)
			}
			m.add(&specs[at], s.lines, o)
		}
	}
	return specs
}

// add puts the lines of another run into a chart: of the same name in the same colour, those of the base below.
func (m *maker) add(into *spec, lines []line, o other) {
	several := len(m.others) > 1
	var below []line
	for _, l := range lines {
		l.series, l.base, l.thin, l.area = m.onto(l.series, o.maker), o.base, several, false
		if same := slices.IndexFunc(into.lines, func(other line) bool { return other.name == l.name }); same >= 0 {
			l.class, l.by = into.lines[same].class, into.lines[same].by
		}
		below = append(below, l)
	}
	if o.base {
		into.lines = append(below, into.lines...)
	} else {
		into.lines = append(into.lines, below...)
	}
}

// onto is a series of another run on the seconds of this one: the starts of the load fall together.
func (m *maker) onto(s analysis.Series, o *maker) analysis.Series {
	if len(s.Values) == 0 {
		return s
	}
	shift := int((o.run.Began - o.run.Start) - (m.run.Began - m.run.Start))
	values := make([]float64, m.axis.first+m.axis.n)
	for i := range values {
		values[i] = math.NaN()
		if at := i + shift; at >= 0 && at < len(s.Values) {
			values[i] = s.Values[at]
		}
	}
	s.Values = values
	return s
}

// host is the machine of the same name; nil where the run has none.
func (m *maker) host(as *analysis.Host) *analysis.Host {
	for i := range m.run.Hosts {
		if m.run.Hosts[i].Name == as.Name {
			return &m.run.Hosts[i]
		}
	}
	return nil
}

// A key is an entry of a legend. Indices are the lines that it stands for, several where there are several runs of a side.
type key struct {
	Name, Class, Peak, Indices string
	peak                       float64
}

// keys are the legend of a chart: of each name that of the page's run, then that of the base.
func keys(lines []line, drawn []drawn, peaks []float64) []*key {
	var names []string
	found := map[[2]string]*key{}
	for i, l := range lines {
		if !slices.Contains(names, l.name) {
			names = append(names, l.name)
		}
		of := [2]string{l.name, l.side()}
		if k := found[of]; k != nil {
			k.Indices += " " + drawn[i].indices()
			k.peak = most(k.peak, peaks[i])
		} else {
			found[of] = &key{Name: strings.TrimSpace(l.name + l.side()), Class: drawn[i].Class, Indices: drawn[i].indices(), peak: peaks[i]}
		}
	}
	var all []*key
	for _, name := range names {
		for _, side := range []string{"", ofBase} {
			if k := found[[2]string{name, side}]; k != nil {
				k.Peak = number(k.peak)
				all = append(all, k)
			}
		}
	}
	return all
}

// ofBase is what stands behind the names of lines of the base.
const ofBase = ", base"

func (l *line) side() string {
	if l.base {
		return ofBase
	}
	return ""
}
