package threshold

import (
	"fmt"

	"gregaria/loadtest/internal/analysis"
)

// A part is the seconds of a run that a check looks at.
type part struct {
	spans []analysis.Phase
	// words say which part it is.
	words string
}

// partOf returns the seconds of a window, or says why there are none.
func partOf(w Window, run *analysis.Run, f *analysis.Findings) (part, string) {
	if w == All {
		from, to := run.Began, run.Ended
		for _, phase := range f.Phases {
			if phase.Kind == analysis.Stopping {
				to = max(to, phase.To)
			}
		}
		if to < from {
			return part{}, "there was no load"
		}
		return part{[]analysis.Phase{{Kind: "", From: from, To: to}}, "the whole load"}, ""
	}
	var p part
	for _, phase := range f.Phases {
		if phase.Kind == analysis.Steady && phase.To >= phase.From {
			p.spans = append(p.spans, phase)
		}
	}
	switch len(p.spans) {
	case 0:
		return part{}, "the load was never steady: its users changed until its end, or what was steady is warm-up; give it a longer --duration, or write 'over all'"
	case 1:
		p.words = "the steady phase"
	default:
		p.words = fmt.Sprintf("%d steady phases", len(p.spans))
	}
	return p, ""
}

// seconds is how many there are.
func (p part) seconds() (n int) {
	for _, s := range p.spans {
		n += int(s.To - s.From + 1)
	}
	return n
}

// from and to are the first second and the last.
func (p part) from() int64 { return p.spans[0].From }
func (p part) to() int64   { return p.spans[len(p.spans)-1].To }

// values are those of a series in the part.
func (p part) values(run *analysis.Run, s analysis.Series) (values []float64) {
	for _, span := range p.spans {
		values = append(values, run.Window(s, span.From, span.To)...)
	}
	return values
}

// indices are the places of the part's seconds in the series of a run.
func (p part) indices(run *analysis.Run) (all []int) {
	for _, span := range p.spans {
		for second := max(span.From, run.Start); second <= span.To && second < run.Start+int64(run.Seconds); second++ {
			all = append(all, int(second-run.Start))
		}
	}
	return all
}
