package analysis

import (
	"math"

	"gregaria/internal/timing"
)

// streamShare is the part of an endpoint's requests that must be streams for their time to be that of its requests.
const streamShare = 0.9

// lived is the run as its users live it, and whether that is another one than Locust's: of a request whose answer is a stream, Locust's time ends with the head of
// the answer, and the user's with the end of the stream, which timings have in a row of its own. The laws speak of the time in which a user waits and a server works,
// which is the latter; the table of endpoints stays Locust's.
func lived(run *Run) (*Run, bool) {
	streams := map[string]*Load{}
	for i := range run.Endpoints {
		if e := &run.Endpoints[i]; e.Type == timing.Stream && e.Phases[timing.Response] != nil {
			streams[e.Name] = e
		}
	}
	whole := *run
	whole.Endpoints = nil
	found := map[string]bool{}
	for _, e := range run.Endpoints {
		if s := streams[e.Name]; s != nil && timing.Sent(e.Type) && !found[e.Name] && float64(total(s.Requests)) >= streamShare*float64(total(e.Requests)) {
			e.Phases[timing.Response], found[e.Name] = s.Phases[timing.Response], true
		}
		whole.Endpoints = append(whole.Endpoints, e)
	}
	if len(found) == 0 || run.Total.Phases[timing.Response] == nil {
		return run, false
	}
	whole.Total.addUp(whole.Endpoints, run.Seconds)
	return &whole, true
}

// addUp makes the response times of all requests out of those of each endpoint.
func (l *Load) addUp(endpoints []Load, seconds int) {
	parts := make([][]Histogram, seconds)
	for i := range endpoints {
		if !timing.Sent(endpoints[i].Type) {
			continue
		}
		for second, h := range endpoints[i].Phases[timing.Response] {
			if second < seconds {
				parts[second] = append(parts[second], h)
			}
		}
	}
	all := make([]Histogram, seconds)
	for second := range all {
		all[second] = Merge(parts[second]...)
	}
	l.Phases[timing.Response] = all
	for share, s := range map[float64]*Series{0.5: &l.P50, 0.95: &l.P95, 0.99: &l.P99} {
		s.Column += ", streams to their end"
		s.Values = make([]float64, seconds)
		for second := range s.Values {
			s.Values[second] = math.NaN()
			if ms, known := all[second].Quantile(share); known {
				s.Values[second] = ms
			}
		}
	}
}
