package session

import (
	"cmp"
	"math"
	"runtime"
	"time"
	"weak"

	"gregaria/worker/internal/events"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
	"gregaria/worker/user"
)

// An Environ is the state of an event that knows whose requests it takes.
type Environ interface {
	// Environ is the environment of the user that the thread runs, or of those who are no users; nil if nobody counts what is reported.
	Environ(t *python.Thread) *user.Env
}

// environ is where what is reported to an event counts.
func environ(t *thread, event value) *user.Env {
	if i, ok := event.(*python.Instance); ok {
		if e, ok := i.Data.(Environ); ok {
			return e.Environ(t)
		}
	}
	return nil
}

// A watch measures a stream for timings. It must not keep the response: one that the file forgets is closed.
type watch struct {
	*events.Watch
	name func() string // what the file may still change, "" if it is gone; nil is nothing
}

var _ requests.Watch = (*watch)(nil)

// Ready implements requests.Watch.
func (w *watch) Ready() {
	if w.name == nil {
		return
	}
	if name := w.name(); name != "" {
		w.Rename(name)
	}
}

// shows is the watch of a response, whose name the file may still change where it catches the response.
func shows[R any](w *events.Watch, x *R, catch bool, meta func(*R) *Request) *watch {
	shown := &watch{Watch: w}
	if of := weak.Make(x); catch {
		runtime.AddCleanup(x, (*events.Watch).Leave, w) // nobody has judged it, and nobody will
		shown.name = func() string {
			if x := of.Value(); x != nil {
				return meta(x).finalName()
			}
			return ""
		}
	}
	return shown
}

// watch measures what the file reads of a stream; an answer that says that the request failed is none.
func (x *response) watch(t *thread, began time.Time) {
	if x.Status() >= 400 || began.IsZero() {
		return
	}
	w := events.Stream{
		Type: x.meta.finalType(), Name: x.meta.finalName(), URL: &x.meta, ContentType: x.ContentType(), Began: began, Held: x.catch,
	}.Watch(environ(t, x.session.event))
	if w == nil {
		return
	}
	x.Watch(shows(w, x, x.catch, func(x *response) *Request { return &x.meta }))
}

// judged says that the file has judged the request, and renames it no more.
func (x *response) judged() {
	if x == nil {
		return
	}
	if w, ok := x.Watched().(*watch); ok {
		w.Release(x.meta.finalName())
	}
}

// watch measures what the file reads of a stream. What has come with its head has come.
func (x *fastResponse) watch(t *thread, event value, a asked, began time.Time) {
	if !x.answered || x.status >= 400 {
		return
	}
	if x.meta.Meta != nil {
		a = asked{x.meta.finalType(), x.meta.finalName(), cmp.Or(x.meta.String(), a.url)}
	}
	w := events.Stream{
		Type: a.kind, Name: a.name, URL: a, ContentType: wire.Latin1(x.head.Value("Content-Type")), Began: began, Held: x.catch,
	}.Watch(environ(t, event))
	if w == nil {
		return
	}
	shown := shows(w, x, x.catch, func(x *fastResponse) *Request { return &x.meta })
	x.shown().watch = shown
	if x.call != nil {
		x.call.Watch = shown
		return
	}
	if !x.head.Encoded {
		w.Saw(x.buffer)
	}
	w.Ended(x.bodyErr == nil, x.bodyErr)
}

// ready says that the file is about to read.
func (x *fastResponse) ready() {
	if x.more != nil && x.more.watch != nil {
		x.more.watch.Ready()
	}
}

// String is the URL.
func (a asked) String() string { return a.url }

// judged says that the file has judged the request, and renames it no more.
func (x *fastResponse) judged() {
	if x.more != nil && x.more.watch != nil {
		x.more.watch.Release(x.meta.finalName())
	}
}

// finalType is the type, likewise.
func (r *Request) finalType() string {
	if r.Meta != nil {
		if kind, ok := python.AsStr(or(r.Meta.GetStr("request_type"), python.None)); ok {
			return kind
		}
	}
	return r.Type
}

// finalName is the name that the request counts under, as far as the file has said.
func (r *Request) finalName() string {
	if r.Meta != nil {
		if name, ok := python.AsStr(or(r.Meta.GetStr("name"), python.None)); ok {
			return name
		}
	}
	return r.Name
}

// unixTime is a time that Python has in seconds since 1970; zero if it is none.
func unixTime(v value) time.Time {
	f, ok := v.(python.Float)
	if !ok {
		return time.Time{}
	}
	seconds, part := math.Modf(float64(f))
	return time.Unix(int64(seconds), int64(part*1e9))
}
