package analysis

import (
	"fmt"
	"math"
	"slices"

	"gregaria/loadtest/internal/statistics"
)

// The rules for the turn: from so many users on throughput stays, and response times rise.
const (
	// turnShare is the part of its earlier slope below which the slope of throughput over users has to be. The slope has an interval: it must be compatible
	// with turnShare and not with turnExcluded.
	turnShare    = 0.1
	turnExcluded = 0.5
	// turnLeast is how many seconds a turn needs in all, and turnBeyond how many of them, and up to how many times the users, behind it.
	turnLeast       = 15
	turnBeyond      = 8
	turnBeyondUsers = 1.15
	// turnBefore is how many seconds there must be below lowShare of the users at the turn: else nothing is known of the time before.
	turnBefore = 3
	lowShare   = 0.6
	// turnF is how much better two lines must be than one: the F of the difference. It is far above the 4 of a single test, because the best of turnGrid places was
	// taken and seconds are not independent.
	turnF    = 15
	turnGrid = 80
	// turnRise is how much higher p95 must be behind the turn.
	turnRise = 1.2
	// turnArrivals is over how many seconds users who begin are counted: a worker reports every 3 s how many it has.
	turnArrivals = 5
	// turnHold is how many seconds of constant users count: what comes later at the same load is another matter than the load.
	turnHold = 20
)

// Seen is what the load shows of a turn.
type seen int

const (
	unknown seen = iota // not enough to say
	grew                // throughput grew with the users to the end
	turned              // it did not
)

// A turn is the place from which on more users bring no more throughput.
type turn struct {
	seen seen
	// why says why it is unknown.
	why string
	// at is the second in which users reached the turn, low and high its interval; users are how many.
	at, low, high int64
	users         float64
	// slope is what each user brought before, in requests/s; plateau is the throughput behind it.
	slope, plateau float64
	// arrival is how many requests each user sends as it begins, beyond those of users who stay.
	arrival float64
	// p95Before and p95After are in ms.
	p95Before, p95After float64
}

// A loadSecond is a second of the load: its throughput, and when its requests began the users, and how many of them began a second. Stayed is its throughput less what
// users send as they begin.
type loadSecond struct{ users, began, x, stayed, p95 float64 }

// findTurn looks for the turn: of all lines that rise through the origin to some number of users and then go on with at most a tenth of the slope, the one that fits
// best. Local slopes, as in ten seconds of a ramp, drown in noise where there are few requests a second.
func (v *view) findTurn() turn {
	data := v.loadSeconds()
	most, least := 0.0, math.Inf(1)
	for _, s := range data {
		most, least = math.Max(most, s.users), math.Min(least, s.users)
	}
	if len(data) < turnLeast || !(most >= 2*least) {
		return turn{why: "the load had no ramp or steps in which throughput over users could be seen"}
	}
	line := kinked(data, most)
	best, knee := line, most
	grid := make([]float64, turnGrid)
	rests := make([]float64, turnGrid)
	for i := range grid {
		grid[i] = least * math.Pow(most/least, float64(i+1)/turnGrid)
		k := kinked(data, grid[i])
		rests[i] = k.rest
		if k.rest < best.rest {
			best, knee = k, grid[i]
		}
	}
	t := turn{users: knee, slope: best.slope, plateau: best.slope * knee, arrival: best.arrival}
	f := (line.rest - best.rest) / (best.rest / float64(len(data)-2))
	if !(f > turnF) || most < turnBeyondUsers*knee {
		t.arrival = line.arrival
		return grows(t, without(data, line.arrival), most)
	}
	t.low, t.high = v.reached(knee), v.reached(knee)
	for i, rest := range rests { // the interval of a profile: twice its usual width, because seconds are not independent
		if rest <= best.rest*(1+8/float64(len(data)-2)) {
			at := v.reached(grid[i])
			t.low, t.high = min(t.low, at), max(t.high, at)
		}
	}
	t.at = v.reached(knee)
	return judgeTurn(t, without(data, best.arrival))
}

// without takes what users send as they begin out of the throughput: a ramp has that beyond what its users would send if they stayed.
func without(data []loadSecond, arrival float64) []loadSecond {
	for i := range data {
		data[i].stayed = data[i].x - arrival*data[i].began
	}
	return data
}

// loadSeconds are the seconds that tell of throughput over users: all of the ramps, and the first of each level.
func (v *view) loadSeconds() []loadSecond {
	lag := v.lag()
	held := v.held()
	starts := v.starts(held)
	var data []loadSecond
	for _, p := range v.phases {
		for at := p.From; at <= p.To; at++ {
			i := v.index(at)
			if p.Kind == Stopping || p.Kind == Settling || p.Kind != Ramp && held[i] > turnHold+lag {
				continue
			}
			from := i - lag
			if from < v.index(v.run.Began) || math.IsNaN(v.requests[i]) || !(v.users[from] > 0) {
				continue
			}
			data = append(data, loadSecond{users: v.users[from], began: v.arrivals(from), x: v.requests[i] - starts[i], p95: v.p95[i]})
		}
	}
	return data
}

// arrivals is how many users began a second, about a second.
func (v *view) arrivals(i int) float64 {
	first, last := max(v.index(v.run.Began)-1, i-turnArrivals/2-1), min(i+turnArrivals/2, v.index(v.run.Ended))
	before := 0.0
	if first >= 0 {
		before = nanZero(v.users[first])
	}
	if last <= first {
		return 0
	}
	return math.Max(0, (v.users[last]-before)/float64(last-first))
}

// held is for how many seconds users have been what they are, in each second.
func (v *view) held() []int {
	held := make([]int, len(v.users))
	for i := range held {
		held[i] = 1
		if i > 0 && v.users[i] == v.users[i-1] {
			held[i] = held[i-1] + 1
		}
	}
	return held
}

// lag is how many seconds after it began a request of a low load is counted.
func (v *view) lag() int {
	var early []float64
	for at := v.run.Began; at <= v.run.Ended && len(early) < 10; at++ {
		if i := v.index(at); i < len(v.response) && !math.IsNaN(v.response[i]) {
			early = append(early, v.response[i])
		}
	}
	if len(early) == 0 {
		return 0
	}
	return int(math.Round(statistics.Median(early) / 1000))
}

// A kink is a fit of x = slope * (min(users, knee) + share * (users - knee, if above 0)) + arrival * users who begin.
type kink struct{ slope, arrival, rest float64 }

// kinked fits slope, share, of which the latter is at most turnShare, and arrival, from 0 to 1, by least squares. Each user begins with a request and waits after it:
// while users come, throughput is higher than that of as many who stay, which without arrival would look like a turn where they have come. Of waits that are all alike
// it is half a request, of waits that are exponential a whole one.
func kinked(data []loadSecond, knee float64) kink {
	n := len(data)
	a, b, began, x := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, s := range data {
		a[i], b[i], began[i], x[i] = math.Min(s.users, knee), math.Max(0, s.users-knee), s.began, s.x
	}
	if slope, arrival, rest := kinkedBy(a, b, x, began); arrival > 0 && arrival <= 1 {
		return kink{slope, arrival, rest}
	}
	slope, _, rest := kinkedBy(a, b, x)
	best := kink{slope, 0, rest}
	for i := range x {
		x[i] -= began[i]
	}
	if slope, _, rest := kinkedBy(a, b, x); rest < best.rest {
		best = kink{slope, 1, rest}
	}
	return best
}

// kinkedBy fits x = slope * a + beyond * b, of which the latter is at most turnShare of the former, and a coefficient of one more column.
func kinkedBy(a, b, x []float64, more ...[]float64) (slope, coefficient, rest float64) {
	c, rest := statistics.LeastSquares(append([][]float64{a, b}, more...), x)
	if c == nil || c[1] > turnShare*c[0] {
		both := make([]float64, len(a))
		for i := range both {
			both[i] = a[i] + turnShare*b[i]
		}
		if c, rest = statistics.LeastSquares(append([][]float64{both}, more...), x); c == nil {
			return 0, 0, math.Inf(1)
		}
		c = slices.Insert(c, 1, turnShare*c[0])
	}
	if len(more) > 0 {
		coefficient = c[2]
	}
	return c[0], coefficient, rest
}

// reached is the second in which users first were so many.
func (v *view) reached(users float64) int64 {
	for at := v.run.Began; at <= v.run.Ended; at++ {
		if i := v.index(at); i < len(v.users) && v.users[i] >= users-1e-9 {
			return at
		}
	}
	return v.run.Ended
}

// judgeTurn says whether what fits best is a turn.
func judgeTurn(t turn, data []loadSecond) turn {
	var users, x, stayed, before, after []float64
	low := 0
	for _, s := range data {
		switch {
		case s.users >= t.users:
			users, x, stayed = append(users, s.users), append(x, s.x), append(stayed, s.stayed)
			if s.users >= math.Min(turnBeyondUsers*t.users, data[len(data)-1].users) {
				after = append(after, s.p95)
			}
		case s.users <= lowShare*t.users:
			low++
			before = append(before, s.p95)
		}
	}
	if len(users) < turnBeyond || low < turnBefore {
		t.why = "the load rose too fast to see from which users on throughput stayed"
		return t
	}
	slope, spread := line(users, stayed)
	if slope-2*spread > turnShare*t.slope || slope+2*spread > turnExcluded*t.slope {
		t.why = fmt.Sprintf("throughput over users bends at %.0f users, and still rises: by %.2g requests/s a user, after %.2g", t.users, slope, t.slope)
		return t
	}
	t.p95Before, t.p95After = statistics.Median(before), statistics.Median(after)
	if !rises(before, after, turnRise) {
		t.why = "throughput stayed, and response times did not rise: users wait outside of requests"
		return t
	}
	t.seen, t.plateau = turned, statistics.Mean(x)
	return t
}

// rises says whether p95 is so many times higher after than before, and that beyond the noise of medians.
func rises(before, after []float64, times float64) bool {
	a, b := statistics.Median(before), statistics.Median(after)
	noise := math.Hypot(medianError(before), medianError(after))
	return b >= times*a && b-a > 2*noise
}

// medianError is the standard error of a median, from the middle half of the values.
func medianError(values []float64) float64 {
	n := float64(len(present(values)))
	return 1.253 * (statistics.Quantile(values, 0.75) - statistics.Quantile(values, 0.25)) / 1.349 / math.Sqrt(n)
}

// line is the slope of least squares and its standard error.
func line(x, y []float64) (slope, spread float64) {
	mx, my := statistics.Mean(x), statistics.Mean(y)
	var xx, xy, rest float64
	for i := range x {
		xx += (x[i] - mx) * (x[i] - mx)
		xy += (x[i] - mx) * (y[i] - my)
	}
	if xx == 0 {
		return 0, math.Inf(1)
	}
	slope = xy / xx
	for i := range x {
		d := y[i] - my - slope*(x[i]-mx)
		rest += d * d
	}
	return slope, math.Sqrt(rest / math.Max(1, float64(len(x)-2)) / xx)
}
