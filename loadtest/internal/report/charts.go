package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

// A group is the charts of the load, of one machine, or of what a server says of itself.
type group struct {
	Title  string
	Charts []*chart
	// Note is a line below them.
	Note string
}

// A chart is a spec drawn: everything that page.html needs of it.
type chart struct {
	Title, Unit, Caption, Alt, Reason string
	// Last is the position of the right edge. Least and Floating are those of the spec, for the script.
	Last     int
	Least    float64
	Floating bool
	Lines    []drawn
	Keys     []*key
	Ticks    []tick
}

// A drawn is a line of a chart. Index is its place in the data for the script.
type drawn struct {
	Class      string
	Index      int
	Line, Area string
}

func (d *drawn) indices() string { return strconv.Itoa(d.Index) }

// charts draws all charts of a page, the quiet ones apart.
func (m *maker) charts(p *page) {
	if m.axis.n < 2 {
		return
	}
	m.place(p, "", m.overlaid((*maker).loadCharts))
	for i := range m.run.Hosts {
		h := &m.run.Hosts[i]
		m.place(p, m.hostTitle(h), m.overlaid(func(of *maker) []spec {
			if same := of.host(h); same != nil {
				return of.hostCharts(same)
			}
			return nil
		}))
	}
	for i := range m.run.Services {
		m.placeService(p, &m.run.Services[i])
	}
	if len(m.run.Hosts) == 0 {
		p.Missing = append(p.Missing, "CPU, memory, disk, network and GPU: no monitor ran beside this load")
	} else if !slices.ContainsFunc(m.run.Hosts, hasProcess) {
		p.Missing = append(p.Missing, "the process under test: no monitor watched it")
	}
	p.Strip = m.strip()
}

// hasProcess reports whether a machine has columns of the process under test.
func hasProcess(h analysis.Host) bool {
	_, known := h.Column(resource.ProcessCPUCores)
	return known
}

// place draws the charts of a group, and sorts out those that say nothing.
func (m *maker) place(p *page, title string, specs []spec) {
	g := group{Title: title}
	for i := range specs {
		s := &specs[i]
		s.known(m.axis)
		if len(s.lines) == 0 {
			continue
		}
		reason := m.quiet(s)
		c := m.draw(s)
		if reason == "" {
			g.Charts = append(g.Charts, c)
			continue
		}
		c.Reason = reason
		if !slices.Contains(p.FoldedNames, c.Title) {
			p.FoldedNames = append(p.FoldedNames, c.Title)
		}
		if title != "" && len(m.run.Hosts) > 1 {
			c.Title += ", " + title
		}
		p.Folded = append(p.Folded, c)
	}
	if len(g.Charts) > 0 {
		p.Groups = append(p.Groups, g)
	}
}

// hostTitle names a machine.
func (m *maker) hostTitle(h *analysis.Host) string {
	switch {
	case h.Name != "":
		return shorten(h.Name, nameLength)
	case h.Target || m.f.Info.Local:
		return "This machine: load and target"
	default:
		return "This machine: the load"
	}
}

// draw makes the SVG of a spec.
func (m *maker) draw(s *spec) *chart {
	c := &chart{Title: s.title, Unit: s.unit, Caption: s.caption, Last: m.axis.last(), Least: s.top, Floating: s.floating}
	low, high := math.NaN(), math.NaN()
	values := make([][]float64, len(s.lines))
	for i := range s.lines {
		values[i] = s.lines[i].values(m.axis)
		l, h := bounds(values[i])
		low, high = least(low, l), most(high, h)
	}
	axis := newScale(low, high, s.top, s.floating)
	c.Ticks = axis.ticks()
	peaks := make([]float64, len(s.lines))
	for i, l := range s.lines {
		d := drawn{Class: l.look(), Index: m.data.add(values[i])}
		_, peaks[i] = bounds(values[i])
		path, area := draw(thin(values[i], mostPoints), axis)
		d.Line = path
		if l.area {
			d.Area = area
		}
		c.Lines = append(c.Lines, d)
		rule := l.rule
		if rule == "" {
			rule = "as in the file"
		}
		m.source(source{What: s.title + ": " + l.name + l.side(), File: l.series.File, Column: l.series.Column, Rule: rule})
	}
	c.Keys = keys(s.lines, c.Lines, peaks)
	c.Alt = alternative(s, values)
	return c
}

func least(a, b float64) float64 {
	if math.IsNaN(a) || b < a {
		return b
	}
	return a
}

func most(a, b float64) float64 {
	if math.IsNaN(a) || b > a {
		return b
	}
	return a
}

// quiet says why a chart has nothing to say; "" for one that has.
func (m *maker) quiet(s *spec) string {
	if s.always || m.mentioned(s) {
		return ""
	}
	highest, widest, lowest := 0.0, 0.0, math.NaN()
	for _, values := range m.together(s) {
		low, high := bounds(values)
		highest, lowest = math.Max(highest, high), least(lowest, low)
		if !s.peaks {
			low, high = middle(values)
		}
		widest = math.Max(widest, high-low)
	}
	calm := s.calm
	if s.floating {
		calm = math.Max(s.noise, calm*highest)
	}
	switch {
	case highest == 0:
		return "always 0"
	case widest > calm || s.limit > 0 && highest >= s.limit/2:
		return ""
	case s.limit > 0:
		return "calm, at most " + with(number(highest), unitOf(s.unit))
	default:
		return "calm, " + number(lowest) + " to " + with(number(highest), unitOf(s.unit))
	}
}

// together are the values of all lines of a name: what is calm in two runs has something to say where they differ.
func (m *maker) together(s *spec) (all [][]float64) {
	places := map[string]int{}
	for i := range s.lines {
		values := s.lines[i].values(m.axis)
		if at, known := places[s.lines[i].name]; known {
			all[at] = append(slices.Clip(all[at]), values...)
			continue
		}
		places[s.lines[i].name] = len(all)
		all = append(all, values)
	}
	return all
}

// unitOf is the short form of a chart's unit.
func unitOf(unit string) string {
	if unit != "" && unit[0] == '%' {
		return "%"
	}
	return unit
}

// middle are the bounds of values without the outermost fiftieth on each side: noise has peaks.
func middle(values []float64) (low, high float64) {
	var there []float64
	for _, v := range values {
		if !math.IsNaN(v) {
			there = append(there, v)
		}
	}
	if len(there) == 0 {
		return 0, 0
	}
	slices.Sort(there)
	out := len(there) / 50
	return there[out], there[len(there)-1-out]
}

// mentioned reports whether a chart has a column that a finding or a leak rests on: it is shown, however little it moves.
func (m *maker) mentioned(s *spec) bool {
	is := func(file, column string) bool {
		return slices.ContainsFunc(s.lines, func(l line) bool { return l.series.Column == column && l.series.File == file })
	}
	for _, g := range m.f.Growth {
		if g.Outcome == analysis.Leak && is(g.File, g.Column) {
			return true
		}
	}
	for _, f := range m.f.Findings {
		if f.Level != analysis.Bad {
			continue
		}
		for _, e := range f.Evidence {
			if is(e.File, e.Column) {
				return true
			}
		}
	}
	return false
}

// alternative says in words what a chart shows.
func alternative(s *spec, values [][]float64) string {
	text := s.title
	if s.unit != "" {
		text += ", " + s.unit
	}
	for i, l := range s.lines {
		low, high := bounds(values[i])
		text += fmt.Sprintf("; %s: %s to %s, %s", l.name+l.side(), number(low), number(high), trend(values[i]))
	}
	return text
}

// trend compares the first and the last quarter of a line.
func trend(values []float64) string {
	low, high := bounds(values)
	quarter := len(values) / 4
	first, last := statistics.Mean(values[:quarter]), statistics.Mean(values[len(values)-quarter:])
	switch share := (last - first) / (high - low); {
	case share > 0.2:
		return "rises"
	case share < -0.2:
		return "falls"
	default:
		return "level"
	}
}
