package analysis

import (
	"fmt"
	"math"

	"gregaria/internal/timing"
)

// The rules for Little's law (Little, "A proof for the queuing formula L = lambda W", 1961).
const (
	// littleShare is by how much users and X (R + Z) may differ.
	littleShare = 0.1
	// littleSeconds, littleResponses and littleRequests are how long a level must be, in seconds and in response times, and how many requests it must have: what is
	// cut off at its ends is little then.
	littleSeconds   = 20
	littleResponses = 10
	littleRequests  = 200
)

// little says where users, throughput and response times do not agree: one finding at most.
func (v *view) little(loads []load, t turn, w words) []Finding {
	if !v.measured || v.has(timing.Job) {
		return nil // a median is no mean; the time of a job counts twice, in its own row and in those of its requests
	}
	waits, known := thinkOutside(loads, t)
	for _, l := range loads {
		if l.Kind != string(Steady) || l.Seconds < littleSeconds || l.requests < littleRequests || float64(l.Seconds)*1000 < littleResponses*l.response {
			continue
		}
		x := l.requests / float64(l.Seconds)
		at := x * l.response / 1000
		if at > (1+littleShare)*l.Users {
			return []Finding{v.disagree(l, w, at, "requests were under way at once, by requests/s and response time",
				"Users that send several requests at a time, or workers whose users are not counted, do that.")}
		}
		if !known || v.run.Info.Rate > 0 {
			continue
		}
		if all := x * (l.response + waits) / 1000; all < (1-littleShare)*l.Users {
			return []Finding{v.disagree(l, w, all, "are what requests/s, response time and the wait of "+number(waits)+" ms account for", v.lost())}
		}
	}
	return nil
}

// thinkOutside is the wait of users as the loads below the turn show it, so that it is measured apart from the level that it is compared with.
func thinkOutside(loads []load, t turn) (float64, bool) {
	var below []load
	most := 0.0
	for _, l := range loads {
		most = math.Max(most, l.Users)
	}
	limit := most / 2
	if t.seen == turned {
		limit = math.Min(limit, lowShare*t.users)
	}
	requests := 0.0
	for _, l := range loads {
		if l.Users <= limit && l.settled {
			below = append(below, l)
			requests += l.requests
		}
	}
	if requests < littleRequests/2 {
		return 0, false
	}
	z, known := think(below, turn{})
	return z, known && z > 0
}

// lost is why users may be neither waiting nor in a request.
func (v *view) lost() string {
	if v.has(timing.Stream) && !v.streams {
		return "There are streams whose time is in that of no request: it is in timings.csv alone."
	}
	return "Users who wait for a turn in the generator, tasks that do something else than requests, or requests that were cut off do that."
}

// has says whether requests of a type are in the run.
func (v *view) has(kind string) bool {
	for _, e := range v.run.Endpoints {
		if e.Type == kind {
			return true
		}
	}
	return false
}

// disagree is the finding.
func (v *view) disagree(l load, w words, at float64, what, cause string) Finding {
	to := l.From + int64(l.Seconds) - 1
	return Finding{
		Kind: KindLittle, Level: Warn, Clear: true, At: l.From,
		Title: "The numbers do not agree with each other",
		Text: fmt.Sprintf("From %s on there were %s users, but %s %s (Little's law). %s", w.clock(l.From), number(l.Users), number(at), what,
			cause),
		Evidence: []Evidence{
			{v.run.Users.File, v.run.Users.Column, l.From, to, l.Users, "users", "N = X (R + Z) within 10 %"},
			{v.run.Total.Requests.File, v.run.Total.Requests.Column, l.From, to, l.requests / float64(l.Seconds), "requests/s", "X, the mean of the seconds"},
			{v.run.Total.P50.File, timing.Response.String(), l.From, to, l.response, "ms", "R, the mean of the merged histograms"},
		},
	}
}
