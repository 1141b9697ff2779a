package user

import (
	"context"
	"errors"
	"time"
)

// Record takes a request that the user has made by other means than the HTTP client.
func (e *Env) Record(q Request) { e.Recorder.Record(q) }

// A Timer is a request that is being measured.
type Timer struct {
	env   *Env
	typ   string
	name  string
	began time.Time
}

// Begin begins to measure a request of any kind, such as ("grpc", "Greet") or ("TTFT", "/v1/chat").
func (e *Env) Begin(typ, name string) Timer { return Timer{e, typ, name, time.Now()} }

// End records the request: its response time is the time since Begin, its length is the content's size in bytes, and
// it failed if err is not nil. What fails because the user's time is up is incomplete. A timer that is not ended records
// nothing; one that is ended twice records two requests, such as the first and the last token of one answer.
func (t Timer) End(length int64, err error) {
	q := Request{Type: t.typ, Name: t.name, ResponseTime: time.Since(t.began), Length: length}
	if err != nil {
		q.Failure = err.Error()
		q.Incomplete = t.env.Done.Err() != nil || errors.Is(err, context.Canceled) && t.env.Stopped()
	}
	t.env.Recorder.Record(q)
}
