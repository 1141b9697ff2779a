package analysis

// The rules for growth; docs/growth.md has them in words.
const (
	// leakLeast and leakPoints are how many seconds of steady load, and how many values in them, there have to be.
	leakLeast  = 60
	leakPoints = 12
	// leakShare is the part of its level that may come in a minute: less is no leak that a run can show.
	leakShare = 0.005
	// leakHolds is the part of the slope that the second half has to have: a curve that flattens was warming up. It is also the part of the growth that
	// has to be there after settling.
	leakHolds = 0.5
	// leakGone is the part of the growth below which it counts as given back.
	leakGone = 0.2
	// leakSeed begins the chance of the intervals: each run gives the same report each time.
	leakSeed = 1
)

// Leaks says of each series of the processes under test that may leak whether it does: memory, open files, threads, GPU memory, zombies, connections in CLOSE_WAIT, and the
// container's working set. What leaks is a finding each; what does not, and what cannot be said yet, one for all.
func Leaks(run *Run, phases []Phase) ([]Growth, []Finding) {
	var all []watched
	for i := range run.Hosts {
		host := &run.Hosts[i]
		if !host.Target {
			continue
		}
		w := windowsOf(host, run, phases)
		for _, s := range suspects(host, run, w) {
			all = append(all, watched{suspect: s, growth: run.grow(s, w), windows: w})
		}
	}
	growths := make([]Growth, 0, len(all))
	for _, w := range all {
		growths = append(growths, w.growth)
	}
	return growths, sayGrowth(run, all)
}

// A watched is a suspect and what became of it.
type watched struct {
	suspect
	growth  Growth
	windows windows
}

// grow measures a suspect and judges it.
func (run *Run) grow(s suspect, w windows) Growth {
	t := run.trendOf(s, w)
	g := Growth{What: s.what, Host: s.host.Name, File: s.series.File, Column: s.series.Column, Unit: s.unit, From: w.from, To: w.to}
	g.First, g.Last = t.first, t.last
	if t.known {
		g.Slope = Interval(t.whole)
		g.PerRequest = run.perRequest(g.Slope, w)
	}
	after := run.afterwards(s, t, w)
	g.Stayed = after.stayed
	v := judge(t, w, after)
	g.Outcome, g.Why, g.Needed = v.outcome, v.why, v.needed
	if g.Outcome == Leak {
		g.PerEndpoint = run.culprit(s, w)
	}
	return g
}

// perRequest divides a slope by the requests of the same seconds.
func (run *Run) perRequest(slope Interval, w windows) *Interval {
	requests, seconds := 0.0, 0
	for _, p := range w.pieces {
		requests += run.sent(p.from, p.to)
		seconds += len(present(run.Window(run.Total.Requests, p.from, p.to)))
	}
	if requests <= 0 {
		return nil
	}
	aMinute := 60 * requests / float64(seconds)
	return &Interval{Value: slope.Value / aMinute, Low: slope.Low / aMinute, High: slope.High / aMinute}
}
