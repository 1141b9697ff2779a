package analysis

import "slices"

// startsShare is how many requests of an endpoint there may be for each user who began, so that it is one that users send as they begin.
const startsShare = 1.05

// starts are the requests of each second that users send only as they begin, a login for example: those of endpoints that came at most once for each user, and not once
// while a load was held. Throughput over users is that of users who stay.
func (v *view) starts(held []int) []float64 {
	starts := make([]float64, len(v.users))
	for i := range v.run.Endpoints {
		requests := v.padded(v.run.Endpoints[i].Requests.Values)
		if v.atStart(requests, held) {
			for at, n := range requests {
				starts[at] += nanZero(n)
			}
		}
	}
	return starts
}

// atStart reports whether these are requests that users send only as they begin. A load has to be held for as long as a level counts, else it cannot be told.
func (v *view) atStart(requests []float64, held []int) bool {
	var began, sent float64
	seconds := 0
	for _, p := range v.phases {
		first, last := v.clip(p.From, p.To)
		for i := first; i < last; i++ {
			sent += nanZero(requests[i])
			if i > 0 {
				began += max(0, nanZero(v.users[i])-nanZero(v.users[i-1]))
			}
			if p.Kind != Steady || held[i] <= turnHold {
				continue
			}
			if seconds++; nanZero(requests[i]) > 0 {
				return false
			}
		}
	}
	return seconds >= turnHold && sent > 0 && sent <= startsShare*began
}

// stayed are the loads without what users send as they begin, so that a ramp is what as many users bring who stay.
func (v *view) stayed(loads []load, t turn) []load {
	all, starts := slices.Clone(loads), v.starts(v.held())
	for i := range all {
		l := &all[i]
		if l.Kind != string(Ramp) {
			continue
		}
		l.seconds = slices.Clone(l.seconds)
		for k := range l.seconds {
			at := v.index(l.From) + k
			l.seconds[k] -= starts[at] + t.arrival*v.arrivals(at)
		}
		l.Throughput = max(0, throughput(l.seconds))
	}
	return all
}
