package report

import (
	"html/template"
	"time"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// A page is what page.html shows, in its order. A part that is empty is not shown.
type page struct {
	Style  template.CSS
	Script template.JS
	Data   template.JS
	Policy string

	Title, Headline, Why string
	Pill                 pill
	Sub                  []string
	Banners              []string
	Cards                []card
	CardColumns          int
	Findings             []finding
	Checks               []check
	Compared             *compared
	Beside               string
	Strip                *strip
	Groups               []group
	Folded               []*chart
	FoldedNames          []string
	Missing              []string
	Resolution           string
	Curve                *curve
	Endpoints            *endpoints
	Runs                 []comparedRun
	Spread               *Spread
	Failures             []failure
	FailuresLeft         int
	Exceptions           []exception
	Growth               *growths
	Slowest              *slowest
	Files                []file
	Notes                []string
	Sources              []source
	By, Percentiles      string
}

// A pill is the verdict as a word.
type pill struct{ Word, Class string }

// A maker makes a page. It holds what all parts need.
type maker struct {
	run  *analysis.Run
	f    *analysis.Findings
	at   clock
	axis axis
	data data
	used []source
	// serviceLines is how many lines of servers are drawn.
	serviceLines int
	// others are drawn beside the run; overlay says that there are some, or that this is one.
	others  []other
	overlay bool
}

func newPage(run *analysis.Run, f *analysis.Findings, o Options) *page {
	location := o.Location
	if location == nil {
		location = time.Local
	}
	m := &maker{run: run, f: f, at: clock{location: location}, axis: newAxis(run)}
	p := &page{
		Headline: headline(f), Why: f.Verdict.Line, Pill: verdict(f.Verdict), Sub: m.sub(), Banners: banners(f),
		Cards: m.cards(), Findings: m.findings(), Checks: m.checks(),
		Curve: m.curve(), Endpoints: m.endpoints(), Exceptions: exceptions(f), Growth: m.growth(), Slowest: m.slowest(),
		Files: files(f.Info.Files), Notes: f.Info.Notes, By: by(f.Info), Percentiles: percentiles(run),
	}
	p.CardColumns = cardColumns(len(p.Cards))
	p.Title = p.Headline
	if p.Pill.Word != "" {
		p.Title = p.Pill.Word + ": " + p.Title
	}
	if len(o.Bases) > 0 && f.Comparison != nil && f.Comparison.Outcome != analysis.NotCompared {
		m.beside(o.Bases, true)
		p.Beside = "Dashed: the baseline, " + shorten(comparison.Names(f.Comparison.Base), nameLength) + ", from the start of its load on."
	}
	p.Compared = comparedOf(f.Comparison, "Compared with")
	p.Failures, p.FailuresLeft = m.failures()
	m.charts(p)
	p.Data = m.data.json(m.axis, m.at)
	p.Resolution = m.data.resolution(m.axis)
	p.Sources = m.used
	return p
}

// source remembers how a number was made.
func (m *maker) source(s source) { m.used = append(m.used, s) }

// steady returns the steady phase, and whether there is one.
func (m *maker) steady() (analysis.Phase, bool) {
	longest, found := analysis.Phase{}, false
	for _, p := range m.f.Phases {
		if p.Kind == analysis.Steady && (!found || p.To-p.From > longest.To-longest.From) {
			longest, found = p, true
		}
	}
	return longest, found && longest.To >= longest.From
}

// target is the machine of the process under test, else that of the load; nil without a monitor.
func (m *maker) target() *analysis.Host {
	for i := range m.run.Hosts {
		if m.run.Hosts[i].Target {
			return &m.run.Hosts[i]
		}
	}
	if len(m.run.Hosts) > 0 {
		return &m.run.Hosts[0]
	}
	return nil
}

// all is the row of all requests; nil where there is none.
func (m *maker) all() *analysis.Endpoint {
	for i := range m.f.Endpoints {
		if e := &m.f.Endpoints[i]; e.Type == "" && e.Name == timing.Aggregated {
			return e
		}
	}
	return nil
}
