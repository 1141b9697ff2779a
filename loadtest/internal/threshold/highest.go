package threshold

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

const (
	// rampWindow is how many seconds of a ramp are a load of their own, and rampLoads how many of those a ramp must have: in fewer, users change too much in each.
	rampWindow = 10
	rampLoads  = 10
)

// A level is a part of the run with about one number of users.
type level struct {
	phase             analysis.Phase
	users, throughput float64
	broken            string // the first check that it did not keep
	value             analysis.Evidence
}

// Highest finds the highest load at which all checks of response times and failures held: of a run with several loads, in steps or in a slow ramp. nil where there is one
// load alone, or no such check. The rule is in docs/checks.md.
func Highest(checks []Check, run *analysis.Run, f *analysis.Findings) *analysis.HighestLoad {
	checks = slices.DeleteFunc(slices.Clone(checks), func(c Check) bool { return !c.ofLevels() })
	levels := levelsOf(checks, run, f)
	if len(checks) == 0 || len(levels) < 2 || levels[0].users == levels[len(levels)-1].users {
		return nil
	}
	top := levels[len(levels)-1]
	first := slices.IndexFunc(levels, func(l level) bool { return l.broken != "" })
	result := &analysis.HighestLoad{Most: top.users, Clear: true}
	if first >= 0 {
		broken := levels[first]
		result.BrokenAt, result.Check, result.Evidence = broken.users, broken.broken, []analysis.Evidence{broken.value}
		// Of the same users, one that broke takes the others with it.
		first = slices.IndexFunc(levels, func(l level) bool { return l.users == broken.users })
		result.Clear = !slices.ContainsFunc(levels[first:], func(l level) bool { return l.broken == "" })
	} else {
		first = len(levels)
	}
	if first > 0 {
		held := levels[first-1]
		result.Users, result.Throughput = held.users, held.throughput
	}
	return result
}

// ofLevels says that a check speaks of what a load does to requests: of their times or of the share that fails, which must be small.
func (c Check) ofLevels() bool {
	return c.Op.upper() && !c.Limit.Baseline && (c.ofTimes() || c.Measure.Name == failRatio)
}

// levelsOf are the loads of a run of which all checks can be told, the lowest first. One that comes after a higher one is none: it has that one's queue to work off.
func levelsOf(checks []Check, run *analysis.Run, f *analysis.Findings) (levels []level) {
	most := 0.0
	for _, span := range spansOf(f.Phases) {
		l := level{phase: span, users: statistics.Median(run.Window(run.Users, span.From, span.To))}
		made := 0.0
		if seconds := add(run.Window(run.Total.Requests, span.From, span.To), &made); seconds > 0 {
			l.throughput = made / float64(seconds)
		}
		climbs := l.users >= most
		most = max(most, l.users)
		if l.users > 0 && climbs && l.judge(checks, run) {
			levels = append(levels, l)
		}
	}
	slices.SortStableFunc(levels, func(a, b level) int { return cmp.Compare(a.users, b.users) })
	return levels
}

// spansOf are the steady phases, and the windows of ramps that are slow.
func spansOf(phases []analysis.Phase) (spans []analysis.Phase) {
	for _, p := range phases {
		switch seconds := p.To - p.From + 1; {
		case p.Kind == analysis.Steady && seconds > 0:
			spans = append(spans, p)
		case p.Kind == analysis.Ramp && seconds >= rampWindow*rampLoads:
			for from := p.From; from+rampWindow-1 <= p.To; from += rampWindow {
				spans = append(spans, analysis.Phase{Kind: analysis.Steady, From: from, To: from + rampWindow - 1})
			}
		}
	}
	return spans
}

// judge finds the first check that a load does not keep. It reports whether all can be told: a percentile of few requests, or Locust's of the whole test, tells of no load.
func (l *level) judge(checks []Check, run *analysis.Run) bool {
	alone := &analysis.Findings{Phases: []analysis.Phase{l.phase}}
	for _, c := range checks {
		c.Over = Steady
		if c.Measure.Name == response && run.Total.Phases[timing.Response] == nil {
			return false
		}
		r := c.read(run, alone)
		if r.missing || math.IsNaN(r.value) || r.count > 0 && r.count < c.Measure.Statistic.needs() {
			return false
		}
		if !c.Op.Holds(r.value, c.base()) && l.broken == "" {
			l.broken = c.name()
			if factor, _ := c.Measure.dimension(c.Limit.Unit).factor(c.Limit.Unit); len(r.evidence) > 0 && factor > 0 {
				l.value = r.evidence[0]
				l.value.Value, l.value.Unit = r.value/factor, c.Limit.Unit
			}
		}
	}
	return true
}

// HighestFinding says it in words.
func HighestFinding(h *analysis.HighestLoad) analysis.Finding {
	finding := analysis.Finding{Kind: analysis.KindHighest, Level: analysis.Note, Clear: h.Clear, Evidence: h.Evidence}
	switch {
	case h.BrokenAt == 0:
		finding.Title, finding.Level = "Highest load within the checks: not within the run", analysis.Good
		finding.Text = fmt.Sprintf("The checks of times and failures held up to the highest load of the run, %s users, %s requests/s.", digits(h.Users), digits(h.Throughput))
	case h.Users == 0:
		finding.Title, finding.Level = "No load of the run was within the checks", analysis.Bad
		finding.Text = fmt.Sprintf("%s did not hold at %s users, the lowest load that could be judged.", h.Check, digits(h.BrokenAt))
	default:
		finding.Title = fmt.Sprintf("Highest load within the checks: %s users", digits(h.Users))
		finding.Text = fmt.Sprintf("At %s users, %s requests/s, all checks of times and failures held; at %s users %s did not.", digits(h.Users), digits(h.Throughput), digits(h.BrokenAt), h.Check)
	}
	if !h.Clear {
		finding.Text += " Above that load they held again: it is not only the users."
	}
	return finding
}
