package analysis

import (
	"cmp"
	"slices"

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
	loads := run.callers(w)
	if len(loads) < 2 {
		return nil
	}
	var came []float64
	columns := make([][]float64, len(loads))
	for _, p := range w.pieces {
		for at := p.from; at+culpritBin <= p.to; at += culpritBin {
			begin, end := run.Window(s.series, at, at), run.Window(s.series, at+culpritBin, at+culpritBin)
			if len(present(begin)) == 0 || len(present(end)) == 0 {
				continue
			}
			came = append(came, end[0]-begin[0])
			for i, group := range loads {
				columns[i] = append(columns[i], requestsOf(run, group, at, at+culpritBin-1)) // a row of the monitor is of the second before it
			}
		}
	}
	each, known := statistics.Regress(columns, came)
	if !known {
		return nil
	}
	return accuse(loads, columns, each)
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

// callers are the endpoints that a server sees requests of, the most frequent ones each for itself, the others together.
func (run *Run) callers(w windows) (groups [][]*Load) {
	var all []*Load
	for i := range run.Endpoints {
		if l := &run.Endpoints[i]; timing.Sent(l.Type) && requestsOf(run, []*Load{l}, w.from, w.to) > 0 {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b *Load) int {
		return cmp.Compare(requestsOf(run, []*Load{b}, w.from, w.to), requestsOf(run, []*Load{a}, w.from, w.to))
	})
	for i, l := range all {
		if i < culpritMost {
			groups = append(groups, []*Load{l})
		} else if i == culpritMost {
			groups = append(groups, all[i:])
		}
	}
	return groups
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
