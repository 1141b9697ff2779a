package client

import (
	"time"

	"gregaria/worker/user"
)

// catch keeps what would be recorded until the response is closed.
func (r *Response) catch(m user.Request) {
	if r.uncertain = m.Incomplete; r.uncertain {
		r.session.env.Record(m)
		return
	}
	m.End = time.Time{} // when it is recorded, as in Locust
	r.caught = &m
}

// Success records the request as a success, whatever its status (Request.Catch). The last word counts.
func (r *Response) Success() { r.judge("") }

// Failure records the request as failed with err (Request.Catch). The last word counts.
func (r *Response) Failure(err error) { r.judge(judged(err)) }

func (r *Response) judge(failure string) {
	if r.caught != nil {
		r.caught.Failure = failure
	} else if !r.uncertain {
		panic("client: Success and Failure need a request with Catch, and a response that is not closed")
	}
}

// Close ends the response before the session's next request: a request with Catch is recorded, and a stream that is not
// read to its end closes its connection. It may be called more than once.
func (r *Response) Close() {
	if r.stream != nil && r.stream.err == nil {
		if w := r.stream.watch; w != nil {
			w.Ended(r.answer.Body.Ended(), nil)
		}
		r.end(errNoResponse, false)
	}
	if r.caught != nil {
		r.session.env.Record(*r.caught)
		r.caught = nil
	}
}
