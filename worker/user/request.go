package user

import (
	"fmt"
	"time"
)

// NoTime is the ResponseTime of a request that has none: Locust counts it (num_none_requests) but leaves it out of
// every average and percentile.
const NoTime time.Duration = -1

// A Request is one finished request, measured.
type Request struct {
	// Type is the request's kind: an HTTP method, or the protocol's name for anything else.
	Type string
	// Name is the row in Locust's statistics that the request counts in.
	Name string
	// ResponseTime is how long the request took, or NoTime.
	ResponseTime time.Duration
	// Length is the size of the response's content in bytes.
	Length int64
	// Failure says why the request failed; "" means that it did not. Requests that fail with one text are one row in
	// Locust's failures, so it names no id or address.
	Failure string
	// End is when the request was finished; the zero value means now.
	End time.Time
	// Incomplete marks a request that a stop cut off. It is neither a success nor a failure: it is counted apart and
	// never reported as a request.
	Incomplete bool

	// What follows is for timings (docs/timings.md). Locust does not see it.

	// Exchange is the last request on the wire, Earlier are those before it: redirects and retries.
	Exchange Exchange
	Earlier  []Exchange
	// Scheduled says that the task which made the request had a time to begin at. Lateness is how long after that it began, in
	// its first request; NoTime in the following ones.
	Scheduled bool
	Lateness  time.Duration
	// Polls are, of a job, how often it was asked for until it ended.
	Polls int64
	// Apart leaves the request out of Locust's statistics: it is for timings alone.
	Apart bool
	// URL prints the URL of the first exchange, and Answer is the content of the last one's answer, decoded; nil if there is none, or
	// it is read as a stream. Both are valid only while Record runs.
	URL    fmt.Stringer
	Answer []byte
	// Head tells the headers of the last one's answer; nil if there is none. It is valid only while Record runs.
	Head Head
}

// A Head is the headers of an answer.
type Head interface {
	// Header is the value of a header, "" if there is none. Case does not matter.
	Header(name string) string
}

// An Exchange is one request on the wire and its answer. A time that there was none of is 0: only a new connection has Connect, and TLS
// where that is spoken.
type Exchange struct {
	// Connect is the time to make the connection, TLS of the handshake on it.
	Connect, TLS time.Duration
	// Wait is the time from when the request was written until the first byte of the answer, Download that from there to its last.
	Wait, Download time.Duration
	// Status is the answer's, 0 without one.
	Status int
	// Sent and Received are bytes on the connection, heads included, before TLS makes others of them.
	Sent, Received int64
}

// A Recorder takes measurements. Record is called by any number of users at once, never waits for the network and
// keeps nothing of the request.
type Recorder interface {
	Record(Request)
}

// An EventRecorder takes the events of streams, too: those that carry data. First is the stream's first one; after is the time since
// the stream's request began, of the others since the event before.
type EventRecorder interface {
	RecordEvent(name string, first bool, after time.Duration)
}
