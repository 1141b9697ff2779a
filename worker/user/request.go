package user

import "time"

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
}

// A Recorder takes measurements. Record is called by any number of users at once, never waits for the network and
// keeps nothing of the request.
type Recorder interface {
	Record(Request)
}
