package analysis

import (
	"cmp"
	"math"
	"slices"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for whose requests leave something behind; docs/growth.md has them in words.
const (
	// culpritBin is how many seconds are looked at together: a request that ends in one second is in the memory of the next.
	culpritBin = 5
	// culpritMost is how many endpoints are told apart, those with the most requests; the others count as one.
	culpritMost = 6
	// culpritShare is the part of the growth that one endpoint has to explain, and culpritRest the part that each other one may at most.
	culpritShare = 0.8
	culpritRest  = 0.2
)

// A PerEndpoint is what each request of one endpoint leaves behind.
type PerEndpoint struct {
	Type   string   `json:"type"`
	Name   string   `json:"name"`
	Amount Interval `json:"amount"`
}

// culprit is the one endpoint whose requests explain a growth: what came in pieces of five seconds is fitted by the requests of all endpoints in them. Nil where that is not clear, as where several
// leak, or where numbers of requests rise and fall together.
func (run *Run) culprit(s suspect, w windows) *PerEndpoint {
	bins := run.bins(s, w)
	loads := run.callers(bins)
	if len(loads) < 2 {
		return nil
	}
	var came, users []float64
	columns := make([][]float64, len(loads))
	for _, b := range bins {
		came, users = append(came, b.came), append(users, b.users)
		for k, group := range loads {
			columns[k] = append(columns[k], requestsOf(run, group, b.from, b.to))
		}
	}
	causes := columns
	if slices.ContainsFunc(users, func(n float64) bool { return n != 0 }) { // what each of them has is not what a request leaves behind
		causes = append(slices.Clone(columns), users)
	}
	each, known := statistics.Regress(causes, came)
	if !known {
		return nil
	}
	return accuse(loads, columns, each[:len(loads)])
}

// A bin is what came in some seconds, and how many users.
type bin struct {
	from, to    int64
	came, users float64
}

// bins go from row to row, five seconds or more. A row is of the second before it, and of the row before where it is late. Seconds of which no requests are known are in none.
func (run *Run) bins(s suspect, w windows) (bins []bin) {
	late, held := s.late(run), Series{Values: heldUsers(run)}
	for _, p := range w.pieces {
		levels, users := run.Window(s.series, p.from, p.to), run.Window(held, p.from, p.to)
		begin := -1
		for i, level := range levels {
			if math.IsNaN(level) || begin >= 0 && i < begin+culpritBin {
				continue
			}
			if begin >= 0 {
				from, to := p.from+int64(begin)-late, p.from+int64(i)-late
				b := bin{from, to - 1, level - levels[begin], nanZero(users[i] - users[begin])}
				if known := present(run.Window(run.Total.Requests, b.from, b.to)); int64(len(known)) == to-from {
					bins = append(bins, b)
				}
			}
			begin = i
		}
	}
	return bins
}

// late is for how many seconds a value has waited for its row: the monitor reads PSS between its rows (docs/metrics.md).
func (s suspect) late(run *Run) int64 {
	if s.series.Column != resource.ProcessPSSMB {
		return 0
	}
	last, apart := -1, run.Seconds
	for i, v := range s.host.Columns[resource.ProcessRSSMB].Values {
		if math.IsNaN(v) {
			continue
		}
		if last >= 0 {
			apart = min(apart, i-last)
		}
		last = i
	}
	if apart == run.Seconds {
		return 1
	}
	return int64(apart)
}

// accuse names the one that explains nearly all.
func accuse(loads [][]*Load, columns [][]float64, each []statistics.Interval) *PerEndpoint {
	grew := 0.0
	sums := make([]float64, len(loads))
	for i, column := range columns {
		for _, n := range column {
			sums[i] += n
		}
		grew += each[i].Value * sums[i]
	}
	one := -1
	for i, c := range each {
		switch {
		case c.Low > 0 && c.Value*sums[i] >= culpritShare*grew && one < 0 && len(loads[i]) == 1:
			one = i
		case max(c.High, -c.Low)*sums[i] > culpritRest*grew:
			return nil
		}
	}
	if one < 0 {
		return nil
	}
	return &PerEndpoint{Type: loads[one][0].Type, Name: loads[one][0].Name, Amount: Interval(each[one])}
}

// callers are the endpoints that a server got requests of in the bins, the most frequent ones each for itself, the others together.
func (run *Run) callers(bins []bin) (groups [][]*Load) {
	type caller struct {
		load     *Load
		requests float64
	}
	var all []caller
	for i := range run.Endpoints {
		c := caller{load: &run.Endpoints[i]}
		for _, b := range bins {
			c.requests += requestsOf(run, []*Load{c.load}, b.from, b.to)
		}
		if timing.Sent(c.load.Type) && c.requests > 0 {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b caller) int { return cmp.Compare(b.requests, a.requests) })
	for i, c := range all {
		if i <= culpritMost {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], c.load)
	}
	return groups
}

// sent counts all requests that a server got. Jobs are made of others.
func (run *Run) sent(from, to int64) float64 {
	n := requestsOf(run, []*Load{&run.Total}, from, to)
	for i := range run.Endpoints {
		if l := &run.Endpoints[i]; l.Type == timing.Job {
			n -= requestsOf(run, []*Load{l}, from, to)
		}
	}
	return n
}

// requestsOf counts requests.
func requestsOf(run *Run, loads []*Load, from, to int64) (n float64) {
	for _, l := range loads {
		for _, v := range present(run.Window(l.Requests, from, to)) {
			n += v
		}
	}
	return n
}
