package stats

// A Report is what one worker tells the master about the requests since its last report: the data of the protocol's
// `stats` message without the user counts (locust.stats.setup_distributed_stats_event_listeners).
type Report struct {
	// Stats holds one entry for each (name, method) that finished a request since the last report.
	Stats []Entry `codec:"stats"`
	// Total sums them up. It is always there, also when nothing happened.
	Total Entry `codec:"stats_total"`
	// Errors are the failures since the last report by ErrorKey.
	Errors map[string]Error `codec:"errors"`
	// Incomplete counts the requests that a stop cut off; they are in no entry. The master does not read it.
	Incomplete int64 `codec:"incomplete,omitempty"`
}

// An Entry is one row of Locust's statistics on the wire (locust.stats.StatsEntryDict). Times are in milliseconds,
// timestamps in seconds since the epoch; what does not exist is nil, never 0.
type Entry struct {
	Name                 string        `codec:"name"`
	Method               string        `codec:"method"`
	LastRequestTimestamp *float64      `codec:"last_request_timestamp"`
	StartTime            float64       `codec:"start_time"`
	NumRequests          int64         `codec:"num_requests"`
	NumNoneRequests      int64         `codec:"num_none_requests"`
	NumFailures          int64         `codec:"num_failures"`
	TotalResponseTime    Number        `codec:"total_response_time"`
	MaxResponseTime      Number        `codec:"max_response_time"`
	MinResponseTime      *Number       `codec:"min_response_time"`
	TotalContentLength   Number        `codec:"total_content_length"`
	ResponseTimes        map[int]int64 `codec:"response_times"`
	// NumReqsPerSec and NumFailPerSec count by whole second of the epoch.
	NumReqsPerSec map[int64]int64 `codec:"num_reqs_per_sec"`
	NumFailPerSec map[int64]int64 `codec:"num_fail_per_sec"`
}

// An Error is one row of Locust's failures (locust.stats.StatsErrorDict).
type Error struct {
	Name        string   `codec:"name"`
	Method      string   `codec:"method"`
	Error       string   `codec:"error"`
	Occurrences int64    `codec:"occurrences"`
	FirstSeen   *float64 `codec:"first_seen"`
	LastSeen    *float64 `codec:"last_seen"`
}

func newEntry(name, method string) Entry {
	return Entry{
		Name: name, Method: method, ResponseTimes: map[int]int64{},
		NumReqsPerSec: map[int64]int64{}, NumFailPerSec: map[int64]int64{},
	}
}

// add counts one request that finished at now (locust.stats.StatsEntry.log and log_error), all but NumReqsPerSec.
func (e *Entry) add(now float64, ms Number, timed bool, length Number, failed bool) {
	e.NumRequests++
	if last := e.LastRequestTimestamp; last == nil {
		e.LastRequestTimestamp = clone(&now)
	} else {
		*last = max(*last, now)
	}
	e.TotalContentLength = e.TotalContentLength.Plus(length)
	if timed {
		e.TotalResponseTime = e.TotalResponseTime.Plus(ms)
		e.MinResponseTime = least(e.MinResponseTime, &ms)
		e.MaxResponseTime = e.MaxResponseTime.Max(ms)
		e.ResponseTimes[Bucket(ms.Float64())]++
	} else {
		e.NumNoneRequests++
	}
	if failed {
		e.NumFailures++
		e.NumFailPerSec[int64(now)]++
	}
}

// merge adds the counts of o to e; the start time is left alone (locust.stats.StatsEntry.extend).
func (e *Entry) merge(o *Entry) {
	e.NumRequests += o.NumRequests
	e.NumNoneRequests += o.NumNoneRequests
	e.NumFailures += o.NumFailures
	e.TotalResponseTime = e.TotalResponseTime.Plus(o.TotalResponseTime)
	e.MaxResponseTime = e.MaxResponseTime.Max(o.MaxResponseTime)
	e.MinResponseTime = least(e.MinResponseTime, o.MinResponseTime)
	e.LastRequestTimestamp = larger(e.LastRequestTimestamp, o.LastRequestTimestamp)
	e.TotalContentLength = e.TotalContentLength.Plus(o.TotalContentLength)
	addAll(e.ResponseTimes, o.ResponseTimes)
	addAll(e.NumReqsPerSec, o.NumReqsPerSec)
	addAll(e.NumFailPerSec, o.NumFailPerSec)
}

// merge adds the occurrences of o to e (locust.stats.on_worker_report).
func (e *Error) merge(o *Error) {
	e.Occurrences += o.Occurrences
	e.FirstSeen = smaller(e.FirstSeen, o.FirstSeen)
	e.LastSeen = larger(e.LastSeen, o.LastSeen)
}

func addAll[K comparable](to, from map[K]int64) {
	for k, n := range from {
		to[k] += n
	}
}

// smaller and larger compare two values of which either may not exist. A new value is copied only when it wins.
func smaller(a, b *float64) *float64 {
	if a == nil || (b != nil && *b < *a) {
		return clone(b)
	}
	return a
}

// least is smaller for what may be an int: of two that are equal, the first.
func least(a, b *Number) *Number {
	if a == nil || (b != nil && b.Less(*a)) {
		return clone(b)
	}
	return a
}

func larger(a, b *float64) *float64 {
	if a == nil || (b != nil && *b > *a) {
		return clone(b)
	}
	return a
}

func clone[T any](v *T) *T {
	if v == nil {
		return nil
	}
	c := *v
	return &c
}
