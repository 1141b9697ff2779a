package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// service is the response time at low load: of the fewest users that give enough requests, where their throughput is far below the highest.
func (v *view) service(loads []load, highest *Interval) service {
	if highest == nil {
		return service{}
	}
	sorted := slices.Clone(loads)
	slices.SortStableFunc(sorted, func(a, b load) int { return cmp.Compare(a.Users, b.Users) })
	for _, limit := range []float64{lowestThroughput, lowThroughput} {
		least := float64(lowLeast)
		if limit == lowestThroughput {
			least = lowRequests / 2
		}
		var seconds []Phase
		requests, users := 0.0, 0.0
		for _, l := range sorted {
			x := l.requests / float64(l.Seconds)
			if requests >= lowRequests || x > limit*highest.Value && l.Users > 1 {
				break
			}
			seconds = append(seconds, Phase{From: l.From, To: l.From + int64(l.Seconds) - 1})
			requests += l.requests
			users = math.Max(users, l.Users)
		}
		if requests < least {
			continue
		}
		if time, known := v.mixed(seconds); known {
			how := fmt.Sprintf("of %.0f requests of up to %.0f users", requests, math.Ceil(users))
			if users <= 1 {
				how = fmt.Sprintf("of %.0f requests of one user", requests)
			}
			return service{time: &time, how: how, low: true, network: v.connects(seconds)}
		}
	}
	return v.never(loads)
}

// never is what is known of the service time where the load never was low: it is at most the 10th percentile of all response times.
func (v *view) never(loads []load) service {
	var seconds []Phase
	for _, l := range loads {
		seconds = append(seconds, Phase{From: l.From, To: l.From + int64(l.Seconds) - 1})
	}
	const how = "10th percentile of all response times, because no load was far below the highest: it is at most that"
	if v.measured {
		if ms, known := v.phaseOf(v.run.Total.Phases[timing.Response], seconds).Quantile(0.1); known {
			return service{time: &Interval{ms, 0, ms}, how: how}
		}
		return service{}
	}
	if ms := statistics.Quantile(v.response, 0.1); !math.IsNaN(ms) {
		return service{time: &Interval{ms, 0, ms}, how: how}
	}
	return service{}
}

// mixed is the response time of some seconds, each endpoint with the share that it has of all requests of the run: a low load may by chance have another mix. The mean is
// what the laws want, but a request that waited makes it too long; the median hardly sees those that waited, but of times that are uneven by themselves it is too short. So
// the middle of the two is the value, and both are in its interval. Users that came several at a time may send several at a time, however few they are, and wait for each
// other: then the quickest one, which did not, is in it, too. Times that are far too long count as coldTimes medians. An endpoint that the seconds do not have is left
// out, up to a fifth of all requests.
func (v *view) mixed(seconds []Phase) (Interval, bool) {
	if !v.measured {
		var values []float64
		for _, p := range seconds {
			values = append(values, v.cut(v.response, p.From, p.To)...)
		}
		m, half := statistics.Median(values), 2*medianError(values)
		return Interval{m, m - half, m + half}, !math.IsNaN(m) && !math.IsNaN(half)
	}
	means, medians, quick, noise, share, all := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for _, e := range v.run.Endpoints {
		if !timing.Sent(e.Type) {
			continue
		}
		n := 0.0
		for _, r := range e.Requests.Values {
			n += nanZero(r)
		}
		all += n
		times := v.phaseOf(e.Phases[timing.Response], seconds)
		m, middle, err, known := trimmed(times)
		if known {
			quickest, _ := times.Quantile(0)
			means, medians, quick, noise, share = means+n*m, medians+n*middle, quick+n*quickest, noise+n*n*err*err, share+n
		}
	}
	if share < 0.8*all || share == 0 {
		return Interval{}, false
	}
	m, middle, half := means/share, medians/share, 2*math.Sqrt(noise)/share
	least := math.Min(m, middle)
	if v.together(seconds) {
		least = math.Min(least, quick/share)
	}
	return Interval{(m + middle) / 2, math.Max(0, least-half), math.Max(m, middle) + half}, true
}

// together says whether users came several in a second.
func (v *view) together(seconds []Phase) bool {
	for _, p := range seconds {
		first, last := v.clip(p.From, p.To)
		for i := max(1, first); i < last; i++ {
			if v.users[i]-nanZero(v.users[i-1]) >= 2 {
				return true
			}
		}
	}
	return false
}

// trimmed is the mean of times, none above coldTimes medians, with its standard error and with the median.
func trimmed(h Histogram) (ms, middle, spread float64, known bool) {
	middle, known = h.Quantile(0.5)
	if !known {
		return 0, 0, 0, false
	}
	n, sum, squares := 0.0, 0.0, 0.0
	for _, b := range h {
		t, c := math.Min(b.MS, coldTimes*middle), float64(b.Count)
		n, sum, squares = n+c, sum+c*t, squares+c*t*t
	}
	ms = sum / n
	if n < 3 {
		return ms, middle, ms / 2, true
	}
	return ms, middle, math.Sqrt(math.Max(0, squares/n-ms*ms) / (n - 1)), true
}
