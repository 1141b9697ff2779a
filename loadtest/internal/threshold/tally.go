package threshold

import (
	"fmt"
	"time"

	"gregaria/internal/locustweb"
)

// A tally is what is known of some requests while a load goes on: how many came in the window of a check, and at least how many of them were too slow.
type tally struct {
	requests, failures float64 // in the window
	total              float64 // since the beginning
	slowest            float64 // ms, in the window
	last               locustweb.Row
	counted            bool // the last look was in the window, as is, of the whole load, all that came before the first
	single             bool // of one row of Locust's, which has percentiles
	samples            []sample
	fastest            float64 // the highest rate that the planned users had, in requests/s
}

// A sample is how many requests there were at a time.
type sample struct {
	at       time.Duration
	requests float64
}

// take adds what came since the last look.
func (t *tally) take(rows []locustweb.Row, counts bool) {
	now := locustweb.Row{}
	for _, r := range rows {
		now.Requests += r.Requests
		now.Failures += r.Failures
		now.Max = max(now.Max, r.Max)
		now.Median, now.P95, now.P99 = r.Median, r.P95, r.P99
	}
	t.single = len(rows) == 1
	if now.Requests < t.last.Requests { // somebody had Locust forget
		t.last = locustweb.Row{}
	}
	came := float64(now.Requests - t.last.Requests)
	if counts && t.counted {
		t.requests += came
		t.failures += float64(now.Failures - t.last.Failures)
		if now.Max > t.last.Max {
			t.slowest = max(t.slowest, now.Max)
		}
	}
	t.total += came
	t.last, t.counted = now, counts
}

// measure takes the rate of the last seconds, in which the users were the same: growth is how many times as many are planned, 0 where they were not.
func (t *tally) measure(at time.Duration, growth float64) {
	if growth == 0 {
		t.samples = nil
		return
	}
	t.samples = append(t.samples, sample{at, t.total})
	for len(t.samples) > 2 && at-t.samples[1].at >= rateWindow {
		t.samples = t.samples[1:]
	}
	if first := t.samples[0]; at-first.at >= rateWindow {
		t.fastest = max(t.fastest, growth*(t.total-first.requests)/(at-first.at).Seconds())
	}
}

// judge says why a check can no longer pass, "" if it can, when so many seconds are left.
func (t *tally) judge(c Check, left float64, duration time.Duration) string {
	failed := func(value float64) bool { return !c.Op.Holds(value, c.base()) }
	most := t.total + faster*t.fastest*left // requests that there may be in the end, those outside of the window too
	known := t.fastest > 0
	switch c.Measure.Name {
	case failures:
		if c.Op.upper() && failed(t.failures) {
			return fmt.Sprintf("%.0f requests have failed", t.failures)
		}
	case requests:
		if c.Op.upper() && failed(t.requests) {
			return fmt.Sprintf("there are %.0f already", t.requests)
		}
		if !c.Op.upper() && known && failed(most) {
			return fmt.Sprintf("there are %.0f, and not more than %.0f can become of them", t.requests, most)
		}
	case failRatio:
		if c.Op.upper() && known && failed(100*t.failures/most) {
			return fmt.Sprintf("%.0f of %.0f requests have failed, and there will be no more than %.0f", t.failures, t.requests, most)
		}
	case rps:
		if !c.Op.upper() && known && c.Over == All && failed(most/duration.Seconds()) {
			return fmt.Sprintf("%.0f requests have come, and no more than %.0f can become of them", t.requests, most)
		}
	case response:
		return t.judgeTimes(c, most, known)
	}
	return ""
}

// histogramError is by how much less a time may be in the histograms that decide in the end.
const histogramError = 0.01

// judgeTimes judges response times.
func (t *tally) judgeTimes(c Check, most float64, known bool) string {
	if !c.Op.upper() {
		return ""
	}
	if c.Measure.Statistic == Max {
		if !c.Op.Holds(t.slowest*(1-histogramError), c.base()) {
			return fmt.Sprintf("a request took %s", duration().shown(t.slowest, c.Limit.Unit))
		}
		return ""
	}
	percent, found := c.Measure.Statistic.percent()
	if !found || !known || !t.single {
		return ""
	}
	slow := t.slow(c.base()) - (t.total - t.requests) // those outside of the window may be the slow ones
	if slow > most*(1-percent/100)+1 {
		return fmt.Sprintf("at least %.0f of %.0f requests took longer, and there will be no more than %.0f", slow, t.requests, most)
	}
	return ""
}

// slow is how many requests took longer than a limit at least, since Locust began to count, by Locust's percentiles of all of them. Locust rounds times to two digits
// (StatsEntry._log_response_time), so that they may be a twentieth less.
func (t *tally) slow(limit float64) (n float64) {
	for _, p := range []struct {
		ms    *float64
		share float64
	}{{t.last.Median, 0.5}, {t.last.P95, 0.95}, {t.last.P99, 0.99}} {
		if p.ms != nil && *p.ms*0.95 > limit {
			n = max(n, float64(t.last.Requests)*(1-p.share))
		}
	}
	return n
}

// A tail is what is known of a column while a load goes on.
type tail struct {
	rows, bad, sum float64
	worst          float64
	broken         bool
}

// take adds a row that counts.
func (t *tail) take(value float64, counts bool, c Check) {
	if !counts {
		return
	}
	t.rows++
	t.sum += value
	if !c.Op.Holds(value, c.base()) {
		t.bad++
		t.worst, t.broken = value, true
	}
}

// judge says why a check of a column can no longer pass, when there will be so many rows at most: values that are not negative can only add.
func (t *tail) judge(c Check, most float64) string {
	s := c.Measure.Statistic
	if s == "" {
		s = usual(c.Measure.Name)
	}
	if t.rows == 0 {
		return ""
	}
	d := c.Measure.dimension(c.Limit.Unit)
	percent, isPercentile := s.percent()
	switch {
	case t.broken && (s == Max && c.Op.upper() || s == Min && !c.Op.upper()):
		return "it was " + d.shown(t.worst, c.Limit.Unit)
	case s == Sum && c.Op.upper() && !c.Op.Holds(t.sum, c.base()):
		return "it is " + d.shown(t.sum, c.Limit.Unit) + " already"
	case s == Average && c.Op.upper() && !c.Op.Holds(t.sum/most, c.base()):
		return fmt.Sprintf("it was %s on average in %.0f s, and will be that of %.0f s at most", d.shown(t.sum/t.rows, c.Limit.Unit), t.rows, most)
	case isPercentile && c.Op.upper() && t.bad > most*(1-percent/100)+1:
		return fmt.Sprintf("it was above in %.0f of %.0f s", t.bad, t.rows)
	}
	return ""
}
