package stats

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/internal/timings"
	"gregaria/worker/user"
)

// key names a row of the statistics. Two fields, not one joined text: ("ab", "c") is not ("a", "bc").
type key struct{ name, method string }

type errorKey struct {
	key
	text string
}

// A shard collects the requests of some users. The padding keeps two shards out of one cache line.
type shard struct {
	now func() time.Time

	mu       sync.Mutex
	contents *contents
	timings  *timings.Set // nil if nobody wants them
	_        [64]byte
}

// A Sampler counts requests with numbers that a user.Request cannot hold.
type Sampler interface{ RecordSample(q Sample) }

// A Witness sees requests that somebody else counts: statistics of a locustfile's own. It asks for the sample if anybody is to see it.
type Witness interface{ Witness(sample func() Sample) }

// A Sample is a request as a locustfile fires it (events.request): its numbers are any at all.
type Sample struct {
	Type, Name string
	// Milliseconds is the response time if the request is Timed.
	Milliseconds Number
	Timed        bool
	Length       Number
	// Failure is why it failed, "" if it did not.
	Failure string
	// What follows is as in user.Request.
	Exchange  user.Exchange
	Earlier   []user.Exchange
	URL       fmt.Stringer
	Answer    []byte
	Head      user.Head
	Scheduled bool
	Lateness  time.Duration
}

// Request is the sample as far as a user.Request can hold it.
func (q Sample) Request() user.Request {
	r := user.Request{
		Type: q.Type, Name: q.Name, ResponseTime: user.NoTime, Length: int64(q.Length.Float64()), Failure: q.Failure,
		Exchange: q.Exchange, Earlier: q.Earlier, URL: q.URL, Answer: q.Answer, Head: q.Head,
		Scheduled: q.Scheduled, Lateness: q.Lateness,
	}
	if q.Timed {
		r.ResponseTime = time.Duration(max(q.Milliseconds.Float64(), 0) * float64(time.Millisecond))
	}
	return r
}

var (
	_ user.Recorder      = (*shard)(nil)
	_ user.EventRecorder = (*shard)(nil)
	_ Sampler            = (*shard)(nil)
)

// Record counts one request.
func (s *shard) Record(q user.Request) {
	if q.End.IsZero() {
		q.End = s.now()
	}
	s.mu.Lock()
	var r *row
	if !q.Apart {
		r = s.contents.add(&q)
	}
	if s.timings != nil {
		s.timing(r, q.End.Unix(), key{q.Name, q.Type}, q.Apart).Add(&q)
	}
	s.mu.Unlock()
}

// RecordSample counts one request that ends now.
func (s *shard) RecordSample(q Sample) {
	now := s.now()
	s.mu.Lock()
	r := s.contents.count(key{q.Name, q.Type}, seconds(now), q.Milliseconds, q.Timed, q.Length, q.Failure)
	if s.timings != nil {
		whole := q.Request()
		s.timing(r, now.Unix(), key{q.Name, q.Type}, false).Add(&whole)
	}
	s.mu.Unlock()
}

// RecordEvent counts an event of a stream that comes now.
func (s *shard) RecordEvent(name string, first bool, after time.Duration) {
	now := s.now()
	s.mu.Lock()
	if s.timings != nil {
		s.timing(nil, now.Unix(), key{name, timing.Stream}, true).AddEvent(first, after)
	}
	s.mu.Unlock()
}

// timing is where the timings of a second count. A row of the statistics, if there is one, remembers it.
func (s *shard) timing(r *row, second int64, k key, apart bool) *timings.Row {
	if r == nil {
		return s.timings.Row(second, k.method, k.name, apart)
	}
	if !r.timing.In(s.timings, second) {
		r.timing = s.timings.Row(second, k.method, k.name, apart)
	}
	return r.timing
}

// swapTimings takes out the timings.
func (s *shard) swapTimings() *timings.Set {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.timings
	s.timings = timings.NewSet()
	return old
}

// swap takes out what the shard holds.
func (s *shard) swap() *contents {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.contents
	s.contents = newContents()
	if old != nil {
		old.settle()
	}
	return old
}

// copy returns what the shard holds; the maps are copies.
func (s *shard) copy() *contents {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents.settle()
	return s.contents.copy()
}

func (c *contents) copy() *contents {
	all := newContents()
	for k, r := range c.rows {
		own := &row{Entry: newEntry(r.Name, r.Method), first: r.first}
		own.merge(&r.Entry)
		all.rows[k] = own
	}
	all.merge(&contents{errors: c.errors, incomplete: c.incomplete})
	return all
}

// row is an entry with the time of its first request, which is a new entry's start time.
type row struct {
	Entry
	first float64
	// inSecond are requests of a second that NumReqsPerSec does not have yet: it is a map, and most of a request's statistics
	// would be its turn there.
	second, inSecond int64
	timing           *timings.Row // of the second that came last
}

func (r *row) add(now float64, ms Number, timed bool, length Number, failed bool) {
	if second := int64(now); second != r.second {
		r.settle()
		r.second = second
	}
	r.inSecond++
	r.Entry.add(now, ms, timed, length, failed)
}

func (r *row) settle() {
	if r.inSecond > 0 {
		r.NumReqsPerSec[r.second] += r.inSecond
		r.inSecond = 0
	}
}

// settle makes all rows whole, before anybody but their shard reads them.
func (c *contents) settle() {
	for _, r := range c.rows {
		r.settle()
	}
}

// contents are the requests of one interval.
type contents struct {
	rows       map[key]*row
	last       *row // what was counted last, for a user that repeats itself
	errors     map[errorKey]*Error
	incomplete int64
}

func newContents() *contents {
	return &contents{rows: map[key]*row{}, errors: map[errorKey]*Error{}}
}

func (c *contents) add(q *user.Request) *row {
	if q.Incomplete {
		c.incomplete++
		return nil
	}
	return c.count(key{q.Name, q.Type}, seconds(q.End), milliseconds(q.ResponseTime), q.ResponseTime != user.NoTime, Int(q.Length), q.Failure)
}

func (c *contents) count(k key, now float64, ms Number, timed bool, length Number, failure string) *row {
	r := c.last
	if r == nil || r.Name != k.name || r.Method != k.method {
		if r = c.rows[k]; r == nil {
			r = &row{Entry: newEntry(k.name, k.method), first: now}
			c.rows[k] = r
		}
		c.last = r
	}
	r.add(now, ms, timed, length, failure != "")
	if failure != "" {
		c.addError(errorKey{k, ErrorText(failure)}, &Error{Occurrences: 1, FirstSeen: &now, LastSeen: &now})
	}
	return r
}

func (c *contents) addError(k errorKey, e *Error) {
	known := c.errors[k]
	if known == nil {
		known = &Error{Name: k.name, Method: k.method, Error: k.text}
		c.errors[k] = known
	}
	known.merge(e)
}

func (c *contents) merge(o *contents) {
	if o == nil {
		return
	}
	for k, r := range o.rows {
		if mine := c.rows[k]; mine != nil {
			mine.merge(&r.Entry)
			mine.first = min(mine.first, r.first)
		} else {
			c.rows[k] = r
		}
	}
	for k, e := range o.errors {
		c.addError(k, e)
	}
	c.incomplete += o.incomplete
}

// report makes the wire form and notes in reported when each row was last part of a report: an entry begins with its
// first request, later with the report that it was last in (locust.stats.StatsEntry.get_stripped_report).
func (c *contents) report(reported map[key]float64, started, now float64) Report {
	report := Report{ // an empty list, never nil: the master iterates over it (locust.stats.on_worker_report)
		Stats: []Entry{}, Total: newEntry("Aggregated", ""), Errors: map[string]Error{}, Incomplete: c.incomplete,
	}
	report.Total.StartTime = started
	for k, r := range c.rows {
		r.StartTime = r.first
		if last, ok := reported[k]; ok {
			r.StartTime = last
		}
		reported[k] = now
		report.Total.merge(&r.Entry)
		r.Name, r.Method = text(k.name), text(k.method)
		report.Stats = append(report.Stats, r.Entry)
	}
	slices.SortFunc(report.Stats, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Method, b.Method))
	})
	for k, e := range c.errors {
		e.Name, e.Method, e.Error = text(k.name), text(k.method), text(k.text)
		id := ErrorKey(e.Method, e.Name, e.Error)
		if other, ok := report.Errors[id]; ok {
			e.merge(&other)
		}
		report.Errors[id] = *e
	}
	return report
}

func milliseconds(d time.Duration) Number { return Float(float64(d) / 1e6) }
