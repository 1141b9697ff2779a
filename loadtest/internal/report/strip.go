package report

import (
	"cmp"
	"slices"

	"gregaria/loadtest/internal/analysis"
)

// A strip is what stands above the charts and goes for all of them: phases, marks and the time.
type strip struct {
	Last         int
	Phases       []phase
	Bands        []band
	Lines        []mark
	Wide, Narrow layout
	Height       int
}

// A phase is one in words, with the colour of its shade.
type phase struct{ Name, Class, When string }

// A band is a phase as a rectangle of a chart.
type band struct {
	X, Width int
	Class    string
}

// A mark is a moment with a line through all charts.
type mark struct {
	X     int
	Class string
}

// A layout is the labels for one width of the page.
type layout struct {
	Class          string
	Labels, Phases []label
	Times          []tick
}

// A label is a text at a place, in percent of the width and in pixels from above.
type label struct {
	At           float64
	Y            int
	Text, Anchor string
	Class        string
}

// Widths of a plot in pixels for which labels are placed, and how wide a character of a label is at most.
const (
	wideWidth   = 620
	narrowWidth = 270
	characterPX = 6.6
	laneHeight  = 15
)

func (m *maker) strip() *strip {
	s := &strip{Last: m.axis.last(), Wide: layout{Class: "wide"}, Narrow: layout{Class: "narrow"}}
	for _, p := range m.f.Phases {
		from, to := m.position(p.From), m.position(p.To+1)
		if to > from {
			s.Bands = append(s.Bands, band{from, to - from, phaseClass(p.Kind)})
			s.Phases = append(s.Phases, phase{string(p.Kind), phaseClass(p.Kind), m.at.seconds(p.From, p.To)})
		}
	}
	moments := m.moments()
	for _, n := range moments {
		s.Lines = append(s.Lines, mark{n.position, n.class})
	}
	lanes := 0
	for _, l := range []struct {
		to    *layout
		width float64
	}{{&s.Wide, wideWidth}, {&s.Narrow, narrowWidth}} {
		l.to.Times = m.axis.times(m.at, l.width)
		l.to.Phases = m.phaseLabels(l.width)
		labels, n := place(moments, l.width, m.axis.last())
		l.to.Labels, lanes = labels, max(lanes, n)
	}
	s.Height = lanes * laneHeight
	return s
}

// position is where a second stands on the axis, no farther than its ends.
func (m *maker) position(second int64) int {
	return int(max(0, min(second-m.axis.start, int64(m.axis.last()))))
}

func phaseClass(kind analysis.PhaseKind) string {
	switch kind {
	case analysis.Ramp:
		return "ramp"
	case analysis.WarmUp:
		return "warm"
	case analysis.Steady:
		return "steady"
	case analysis.Stopping:
		return "stopping"
	default:
		return "settling"
	}
}

// phaseLabels names the phases that are wide enough for their name.
func (m *maker) phaseLabels(width float64) []label {
	var labels []label
	for _, p := range m.f.Phases {
		from, to := m.position(p.From), m.position(p.To+1)
		text := string(p.Kind)
		if room := float64(to-from) / float64(m.axis.last()) * width; room < characterPX*float64(len(text))+6 {
			continue
		}
		labels = append(labels, label{At: round2(100 * float64(from+to) / 2 / float64(m.axis.last())), Text: text, Anchor: "middle"})
	}
	return labels
}

// A marked is a finding that has a second, as it is marked.
type marked struct {
	position    int
	text, class string
}

// moments are what is marked in all charts: the first saturation, the begin of errors, restarts, and the end of a run that was not complete.
func (m *maker) moments() []marked {
	const mostRestarts = 8
	var found []marked
	seen := map[string]int{}
	for _, f := range m.f.Findings {
		var text string
		once := true
		switch {
		case f.At < m.axis.start || f.At > m.axis.start+int64(m.axis.last()):
			continue
		case f.Kind == analysis.KindSaturation && f.Level == analysis.Bad:
			text = "saturated"
		case f.Kind == analysis.KindErrors && f.Level != analysis.Good:
			text = "errors begin"
		case f.Kind == analysis.KindRestart:
			text, once = "restart", false
		default:
			continue
		}
		seen[f.Kind]++
		if once && seen[f.Kind] > 1 || seen[f.Kind] > mostRestarts {
			continue
		}
		if !f.Clear {
			text += " (not clear)"
		}
		found = append(found, marked{m.position(f.At), m.at.time(f.At) + " " + text, "bad"})
	}
	if word := verdict(m.f.Verdict); word.Class == "warn" && m.f.Ended > m.axis.start {
		found = append(found, marked{m.position(m.f.Ended), m.at.time(m.f.Ended) + " ended early", "bad"})
	}
	slices.SortStableFunc(found, func(a, b marked) int { return cmp.Compare(a.position, b.position) })
	return found
}

// place gives each label a lane in which it overlaps none before it, and says how many lanes there are.
func place(moments []marked, width float64, last int) (labels []label, lanes int) {
	var ends []float64 // of each lane, in pixels
	for _, n := range moments {
		x := float64(n.position) / float64(last) * width
		long := characterPX*float64(len(n.text)) + 8
		l := label{At: round2(100 * x / width), Text: n.text, Anchor: "start", Class: n.class}
		left := x
		if x+long > width {
			if left = x - long; left >= 0 {
				l.Anchor = "end"
			} else { // neither side of the line has room: as near to it as the edges let it
				left = max(0, width-long)
				l.At = round2(100 * left / width)
			}
		}
		lane := slices.IndexFunc(ends, func(end float64) bool { return end <= left })
		if lane < 0 {
			lane, ends = len(ends), append(ends, 0)
		}
		ends[lane] = left + long
		l.Y = lane*laneHeight + laneHeight - 4
		labels = append(labels, l)
	}
	return labels, len(ends)
}
