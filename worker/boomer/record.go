package boomer

import (
	"math"
	"time"

	"gregaria/worker/user"
)

// noReason is the error of a failure that was recorded without one.
const noReason = "no reason given"

// RecordSuccess records a request that took responseTime milliseconds and was answered by responseLength bytes. It waits for
// nothing, and may be called by any goroutine.
func (b *Boomer) RecordSuccess(requestType, name string, responseTime int64, responseLength int64) {
	b.RecordSuccessDuration(requestType, name, milliseconds(responseTime), responseLength)
}

// RecordFailure records a request that failed. Requests that fail with one exception are one row in Locust's failures, so
// it should name no id or address.
func (b *Boomer) RecordFailure(requestType, name string, responseTime int64, exception string) {
	b.RecordFailureDuration(requestType, name, milliseconds(responseTime), 0, exception)
}

// RecordSuccessDuration is RecordSuccess for times that are not whole milliseconds. boomer does not have it.
func (b *Boomer) RecordSuccessDuration(requestType, name string, responseTime time.Duration, responseLength int64) {
	b.record(user.Request{Type: requestType, Name: name, ResponseTime: responseTime, Length: responseLength})
}

// RecordFailureDuration is RecordFailure for times that are not whole milliseconds, and for answers that have a length all
// the same. boomer does not have it.
func (b *Boomer) RecordFailureDuration(requestType, name string, responseTime time.Duration, responseLength int64, exception string) {
	if exception == "" {
		exception = noReason
	}
	b.record(user.Request{
		Type: requestType, Name: name, ResponseTime: responseTime, Length: responseLength, Failure: exception,
	})
}

// record counts a request. Before Run there is nobody to tell.
func (b *Boomer) record(q user.Request) {
	r := b.run.Load()
	if r == nil {
		return
	}
	q.ResponseTime = max(q.ResponseTime, 0) // a clock that was set back
	r.actors.record(q)
}

func milliseconds(n int64) time.Duration {
	const most = math.MaxInt64 / int64(time.Millisecond)
	return time.Duration(min(n, most)) * time.Millisecond
}
