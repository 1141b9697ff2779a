package session

import (
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/user"
)

// A Request is what an event of Locust says of a finished request, its request_meta.
type Request struct {
	Type, Name string
	// ResponseTime is in milliseconds.
	ResponseTime float64
	// Length is the size of the content in bytes.
	Length int64
	// Response is the response, Exception why the request failed; nil is that it did not.
	Response, Exception python.Value
	// StartTime is in seconds since 1970.
	StartTime float64
	URL       string
	// Meta is not nil once the file has seen the dict request_meta: what it holds then counts, not the fields.
	Meta *python.Dict
	// Incomplete says that the user's time was up before there was an answer.
	Incomplete bool

	kept    *exchanges   // of one that is reported later
	ended   bool         // it was finished when its response was, and not when it is reported
	fast    bool         // Response is a FastHttpSession's
	context python.Value // nil is empty
}

// A Firer is the state of an event that takes requests without a dict being made of each.
type Firer interface {
	FireRequest(t *python.Thread, r *Request) error
}

// exchanges are those of user.Request.
type exchanges struct {
	last    user.Exchange
	earlier []user.Exchange
}

// keep keeps the exchanges of the thread's request for when it is reported. One of a method that called another has none: that has
// kept them.
func (r *Request) keep(t *thread) {
	if last, earlier := requests.Exchanges(t); last != (user.Exchange{}) {
		r.kept = &exchanges{last, earlier}
	}
}

// Exchanges are the last request on the wire and those before it (user.Request).
func (r *Request) Exchanges(t *python.Thread) (last user.Exchange, earlier []user.Exchange) {
	if r.kept != nil {
		return r.kept.last, r.kept.earlier
	}
	return requests.Exchanges(t)
}

// End is when it was finished; zero is now.
func (r *Request) End() time.Time {
	if !r.ended {
		return time.Time{}
	}
	if x := responseOf(r.Response); x != nil {
		return x.Ended()
	}
	return fastResponseOf(r.Response).ended
}

// RequestOf is what is known of the request of a response, nil if that is none of the clients'.
func RequestOf(response python.Value) *Request {
	if x := responseOf(response); x != nil {
		return &x.meta
	}
	if x := fastResponseOf(response); x != nil {
		return &x.meta
	}
	return nil
}

// String is the URL.
func (r *Request) String() string {
	if r.Meta != nil { // on the general way it is there alone
		if url, ok := python.AsStr(or(r.Meta.GetStr("url"), python.None)); ok {
			return url
		}
	}
	if x := responseOf(r.Response); x != nil {
		x.complete()
	}
	return r.URL
}

// Answer is the content that has come, decoded; nil if it is read as a stream or nobody has read it.
func (r *Request) Answer() []byte { return AnswerOf(r.Response) }

// AnswerOf is Answer of the request of a response: on the general way the request does not know that.
func AnswerOf(response python.Value) []byte {
	if x := responseOf(response); x != nil {
		return x.Content()
	}
	if x := fastResponseOf(response); x != nil {
		return x.content
	}
	return nil
}

// Head is the headers that have come; nil is none.
func (r *Request) Head() user.Head { return HeadOf(r.Response) }

// HeadOf is Head of the request of a response, see AnswerOf.
func HeadOf(response python.Value) user.Head {
	if x := responseOf(response); x != nil {
		return x
	}
	if x := fastResponseOf(response); x != nil {
		return x
	}
	return nil
}

// Context is what the user and the caller say of the request beside.
func (r *Request) Context() python.Value {
	if r.context == nil {
		r.context = python.NewDict()
	}
	return r.context
}

// Dict is the request as request_meta.
func (r *Request) Dict(*python.Thread) *python.Dict {
	if r.Meta != nil {
		return r.Meta
	}
	d := python.NewDict()
	d.SetStr("request_type", python.NewStr(r.Type))
	if r.fast {
		r.describeFast(d)
		return d
	}
	d.SetStr("response_time", python.Float(r.ResponseTime))
	d.SetStr("name", python.NewStr(r.Name))
	d.SetStr("context", r.Context())
	d.SetStr("response", or(r.Response, python.None))
	d.SetStr("exception", or(r.Exception, python.None))
	d.SetStr("start_time", python.Float(r.StartTime))
	d.SetStr("url", python.NewStr(r.URL))
	d.SetStr("response_length", python.NewInt(r.Length))
	r.Meta = d
	return d
}

// describeFast is the rest of request_meta, in FastHttpSession's order.
func (r *Request) describeFast(d *python.Dict) {
	d.SetStr("name", python.NewStr(r.Name))
	d.SetStr("context", r.Context())
	d.SetStr("response", fastResponseOf(r.Response).inner())
	d.SetStr("exception", or(r.Exception, python.None))
	d.SetStr("start_time", python.Float(r.StartTime))
	d.SetStr("url", python.NewStr(r.URL))
	d.SetStr("response_length", python.NewInt(r.Length))
	d.SetStr("response_time", python.Float(r.ResponseTime))
	r.Meta = d
}

// fail notes why the request failed; nil is that it did not.
func (r *Request) fail(e python.Value) {
	if r.Exception = e; r.Meta != nil {
		r.Meta.SetStr("exception", or(e, python.None))
	}
}

// fire reports the request to an event: to its state, or to its method fire.
func (r *Request) fire(t *thread, event value) error {
	if i, ok := event.(*python.Instance); ok {
		if f, ok := i.Data.(Firer); ok {
			return f.FireRequest(t, r)
		}
	}
	if r.Incomplete { // an event of the file's own knows of no such thing
		return nil
	}
	fire, err := t.GetAttr(event, "fire")
	if err != nil {
		return err
	}
	kw := python.Args{}
	r.Dict(t).All(func(k, v value) bool {
		kw.Names, kw.Values = append(kw.Names, k.(*python.Str)), append(kw.Values, v)
		return true
	})
	_, err = t.CallKw(fire, kw)
	return err
}

// contextOf is {**user.context(), **context}: nil if both say nothing. A user who has only the method of its base class
// is not asked.
func contextOf(t *thread, user, own value) (value, error) {
	var d *python.Dict
	if given(user) {
		if hasContext(user) {
			v, err := t.CallMethod(user, "context")
			if err != nil {
				return nil, err
			}
			if d, err = merged(t, d, v); err != nil {
				return nil, err
			}
		}
	}
	if given(own) {
		var err error
		if d, err = merged(t, d, own); err != nil {
			return nil, err
		}
	}
	if d == nil {
		return nil, nil //nolint:nilnil // nothing
	}
	return d, nil
}

// hasContext says whether a user, or its class, has a method context other than that of Locust's User.
func hasContext(user value) bool {
	if i, ok := user.(*python.Instance); ok && i.HasOwn("context") {
		return true
	}
	fn := python.TypeOf(user).Lookup("context")
	_, plain := fn.(*python.Native)
	return fn != nil && !plain
}

func merged(t *thread, d *python.Dict, v value) (*python.Dict, error) {
	if d == nil {
		d = python.NewDict()
	}
	_, err := t.CallMethod(d, "update", v)
	return d, err
}
