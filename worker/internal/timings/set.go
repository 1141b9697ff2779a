// Package timings measures what Locust's statistics leave out: the phases of requests, for each second and (type, name).
package timings

import (
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/user"
)

// A Set is what was measured since it was last taken. Whoever has it guards it.
type Set struct{ rows map[key]*Row }

// A key names a row.
type key struct {
	second     int64
	name, kind string
	apart      bool
}

// A Row is one (type, name) in one second.
type Row struct {
	key
	set    *Set
	counts timing.Counts
	// status is the code that came last and statusCount how often: most requests have one code. The others are in statuses.
	status, statusCount int
	statuses            map[int]int64
	table               table
	most                [timing.Phases]int64
}

// NewSet returns a set that has nothing.
func NewSet() *Set { return &Set{rows: map[key]*Row{}} }

// In says whether the row is of a set and a second: then its owner need not look for it.
func (r *Row) In(s *Set, second int64) bool { return r != nil && r.set == s && r.second == second }

// Row returns the row of a second.
func (s *Set) Row(second int64, kind, name string, apart bool) *Row {
	k := key{second, name, kind, apart}
	r := s.rows[k]
	if r == nil {
		r = &Row{key: k, set: s}
		s.rows[k] = r
	}
	return r
}

// Add counts a request.
func (r *Row) Add(q *user.Request) {
	if q.Incomplete {
		r.counts.Incomplete++
	} else {
		r.counts.Requests++
		if q.Failure != "" {
			r.counts.Failures++
		}
		r.counts.Polls += q.Polls
		r.finished(q)
	}
	for i := range q.Earlier {
		r.exchange(&q.Earlier[i])
	}
	if x := &q.Exchange; x.Sent > 0 || x.Connect > 0 {
		r.exchange(x)
	}
}

// finished takes the times of a request. A task that was never begun has no response time, and as scheduled takes at least as long as
// it is late.
func (r *Row) finished(q *user.Request) {
	timed := q.ResponseTime != user.NoTime
	if timed {
		r.value(timing.Response, q.ResponseTime)
	}
	if !q.Scheduled {
		return
	}
	if q.Lateness != user.NoTime {
		r.value(timing.Lateness, q.Lateness)
	}
	if timed || q.Lateness != user.NoTime {
		r.value(timing.Scheduled, max(q.ResponseTime, 0)+max(q.Lateness, 0))
	}
}

// AddEvent counts an event of a stream that carries data, see user.EventRecorder.
func (r *Row) AddEvent(first bool, after time.Duration) {
	r.counts.Events++
	if first {
		r.value(timing.FirstEvent, after)
	} else {
		r.value(timing.Gap, after)
	}
}

func (r *Row) exchange(x *user.Exchange) {
	r.counts.Exchanges++
	r.counts.Sent += x.Sent
	r.counts.Received += x.Received
	if x.Connect > 0 {
		r.counts.Connections++
		r.value(timing.Connect, x.Connect)
		if x.TLS > 0 {
			r.value(timing.TLS, x.TLS)
		}
	}
	if x.Status == 0 {
		return
	}
	r.answered(x.Status)
	if x.Wait > 0 {
		r.value(timing.Wait, x.Wait)
	}
	if x.Download > 0 { // a stream's is not over
		r.value(timing.Download, x.Download)
	}
}

func (r *Row) answered(status int) {
	if status != r.status {
		r.settle()
		r.status = status
	}
	r.statusCount++
}

// settle puts the code that came last to the others.
func (r *Row) settle() {
	if r.statusCount > 0 {
		if r.statuses == nil {
			r.statuses = map[int]int64{}
		}
		r.statuses[r.status] += int64(r.statusCount)
		r.statusCount = 0
	}
}

func (r *Row) value(p timing.Phase, d time.Duration) {
	us := microseconds(d)
	r.table.add(uint16(p)<<phaseShift|uint16(bucket(us)), 1)
	r.most[p] = max(r.most[p], us)
}

// merge adds what another row has.
func (r *Row) merge(o *Row) {
	r.counts.Add(&o.counts)
	r.settle()
	o.settle()
	for status, n := range o.statuses {
		if r.statuses == nil {
			r.statuses = map[int]int64{}
		}
		r.statuses[status] += n
	}
	r.table.merge(&o.table)
	for p := range r.most {
		r.most[p] = max(r.most[p], o.most[p])
	}
}
