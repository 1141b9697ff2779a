package report

import (
	"fmt"
	"math"

	"gregaria/loadtest/internal/analysis"
)

// A curve is throughput and latency over users, with the limits that were fitted.
type curve struct {
	Plots []plot
	Laws  []law
	Rows  []level
}

// A plot is one of the two. Paths are in thousandths of its width and 1/500 of its height.
type plot struct {
	Title, Unit, Alt string
	Dots             []dots
	Fit              string
	// Ceiling is where the highest throughput stands, from above in percent; Knee in percent from the left. Texts are "" where there is none.
	Ceiling, Knee         float64
	CeilingText, KneeText string
	KneeAnchor            string
	KneeY                 int
	Ticks, Users          []tick
}

// dots are the points of one kind.
type dots struct{ Name, Class, Path string }

// A law is a number of the laws, in words.
type law struct{ What, Value, Note string }

// A level is a row of the folded table of points.
type level struct{ Users, Throughput, P50, P95, Time, Seconds, Kind string }

func (m *maker) curve() *curve {
	laws := &m.f.Laws
	c := &curve{Laws: lawsOf(laws)}
	for _, p := range laws.Points {
		c.Rows = append(c.Rows, level{
			number(p.Users), number(p.Throughput), number(p.P50), number(p.P95), m.at.seconds(p.From, p.From+int64(p.Seconds)-1), count(p.Seconds), p.Kind,
		})
	}
	if isCurve(laws.Points) {
		c.Plots = []plot{throughputPlot(laws), latencyPlot(laws)}
	}
	if len(c.Plots) == 0 && len(c.Laws) == 0 {
		return nil
	}
	return c
}

// isCurve reports whether points make a curve: two levels of users, or some seconds of a ramp.
func isCurve(points []analysis.Point) bool {
	const fewest = 5
	levels := map[float64]bool{}
	for _, p := range points {
		if p.Kind == string(analysis.Steady) {
			levels[p.Users] = true
		}
	}
	return len(points) >= fewest || len(levels) > 1
}

// usersScale is the axis of users: to the last point, and to the knee where that is not far beyond it.
func usersScale(laws *analysis.Laws) scale {
	high := 0.0
	for _, p := range laws.Points {
		high = math.Max(high, p.Users)
	}
	if laws.Knee > high && laws.Knee < 1.5*high {
		high = laws.Knee
	}
	return newScale(0, high, 0, false)
}

func throughputPlot(laws *analysis.Laws) plot {
	x, high := usersScale(laws), 0.0
	for _, p := range laws.Points {
		high = math.Max(high, p.Throughput)
	}
	if laws.Throughput != nil {
		high = math.Max(high, laws.Throughput.Value)
	}
	y := newScale(0, high*1.08, 0, false)
	p := plot{Title: "Throughput", Unit: "requests/s over users", Ticks: y.ticks(), Users: usersTicks(x)}
	p.Dots = []dots{
		scatter("ramp", "c5", laws.Points, x, y, func(p analysis.Point) float64 { return p.Throughput }, "ramp"),
		scatter("steady", "c1", laws.Points, x, y, func(p analysis.Point) float64 { return p.Throughput }, "steady"),
	}
	p.Dots = nonEmpty(p.Dots)
	if laws.USL != nil {
		p.Fit = uslPath(laws.USL, x, y)
	}
	if laws.Throughput != nil {
		p.Ceiling = percentY(laws.Throughput.Value, y)
		p.CeilingText = "sustained " + number(laws.Throughput.Value) + "/s"
	}
	p.knee(laws, x, 172)
	p.Alt = fmt.Sprintf("Throughput over users: %s points, at most %s requests/s", count(len(laws.Points)), number(high))
	return p
}

func latencyPlot(laws *analysis.Laws) plot {
	x, high := usersScale(laws), 0.0
	for _, p := range laws.Points {
		high = math.Max(high, p.P95)
		high = math.Max(high, p.P50)
	}
	y := newScale(0, high, 0, false)
	p := plot{Title: "Response time", Unit: "ms over users", Ticks: y.ticks(), Users: usersTicks(x)}
	if laws.Streams {
		p.Unit = "ms, streams to their end, over users"
	}
	p.Dots = nonEmpty([]dots{
		scatter("p50", "c1", laws.Points, x, y, func(p analysis.Point) float64 { return p.P50 }, ""),
		scatter("p95", "c2", laws.Points, x, y, func(p analysis.Point) float64 { return p.P95 }, ""),
	})
	p.knee(laws, x, 12)
	p.Alt = fmt.Sprintf("Response time over users: %s points, p95 at most %s ms", count(len(laws.Points)), number(high))
	return p
}

// knee marks the knee where it lies on the plot, with its name so many pixels from above: where few points are.
func (p *plot) knee(laws *analysis.Laws, x scale, y int) {
	p.KneeY = y
	if laws.Knee <= 0 || laws.Knee > x.Top {
		return
	}
	p.Knee, p.KneeText, p.KneeAnchor = round2(100*laws.Knee/x.Top), "knee, "+decimals(laws.Knee, 0)+" users", "start"
	if p.Knee > 60 {
		p.KneeAnchor = "end"
	}
}

func usersTicks(x scale) []tick {
	ticks := x.ticks()
	for i := range ticks {
		ticks[i].At = round2(100 - ticks[i].At)
		ticks[i] = edge(ticks[i])
	}
	return ticks
}

func percentY(v float64, y scale) float64 { return round2(100 * float64(y.y(v)) / height) }

// scatter draws points as lines of no length with round ends: dots stay round however the plot is stretched.
func scatter(name, class string, points []analysis.Point, x, y scale, value func(analysis.Point) float64, kind string) dots {
	d := dots{Name: name, Class: class}
	for _, p := range points {
		v := value(p)
		if kind != "" && p.Kind != kind || math.IsNaN(v) || v == 0 && kind == "" {
			continue
		}
		d.Path += fmt.Sprintf("M%d %dh0", int(math.Round(1000*p.Users/x.Top)), y.y(v))
	}
	return d
}

func nonEmpty(all []dots) []dots {
	var some []dots
	for _, d := range all {
		if d.Path != "" {
			some = append(some, d)
		}
	}
	return some
}

// uslPath draws X(N) = lambda N / (1 + alpha (N-1) + beta N (N-1)).
func uslPath(u *analysis.USL, x, y scale) string {
	const steps = 80
	var p pen
	for i := 0; i <= steps; i++ {
		n := x.Top * float64(i) / steps
		v := 0.0
		if n > 0 {
			v = u.Lambda.Value * n / (1 + u.Alpha.Value*(n-1) + u.Beta.Value*n*(n-1))
		}
		if i == 0 {
			p.move(0, y.y(v))
			continue
		}
		p.line(1000*i/steps, y.y(v))
	}
	return string(p.d)
}

// lawsOf are the laws' numbers that are known.
func lawsOf(l *analysis.Laws) []law {
	var all []law
	add := func(what string, v *analysis.Interval, unit, note string) {
		if v != nil {
			all = append(all, law{what, with(number(v.Value), unit), join(interval(v), note)})
		}
	}
	add("Highest throughput", l.Throughput, "requests/s", "")
	add("Service time", l.ServiceTime, "ms", l.LowLoad)
	if l.ThinkTime != nil {
		all = append(all, law{"Think time", with(number(*l.ThinkTime), "ms"), "users / throughput - response time"})
	}
	add("Works on at once", l.Parallelism, "", "throughput x service time")
	if l.Knee > 0 {
		all = append(all, law{"Knee", with(decimals(l.Knee, 0), "users"), "beyond it requests wait"})
	}
	if u := l.USL; u != nil {
		add("Contention", &u.Alpha, "", "of the Universal Scalability Law, R² "+number(u.R2))
		add("Coherency", &u.Beta, "", "")
		if u.Peak > 0 {
			all = append(all, law{"Throughput would fall", with(number(u.Peak), "users"), "from there on, by the fit"})
		}
	} else if l.WhyNotUSL != "" && len(all) > 0 {
		all = append(all, law{"Scalability Law", "not fitted", shorten(l.WhyNotUSL, errorLength)})
	}
	return all
}

// interval is "1 to 2", the 95 % interval; "" where it is not known.
func interval(v *analysis.Interval) string {
	if v.Low == v.High {
		return ""
	}
	return number(v.Low) + " to " + number(v.High)
}

func join(a, b string) string {
	if a != "" && b != "" {
		return a + "; " + b
	}
	return a + b
}
