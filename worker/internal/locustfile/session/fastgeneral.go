package session

import (
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// requestGenerally sends a request the general way, which is in Python and takes every step by the method that may have been
// replaced. names are those of the positional arguments.
func (s *fastSession) requestGenerally(t *thread, args python.Args, names []string, method value) (value, error) {
	request, err := s.classes.generally(t, "request")
	if err != nil {
		return nil, err
	}
	call := python.Args{Pos: append([]value(nil), args.Pos...)}
	if method != nil { // what else is positional, request has at other places
		call.Pos = append([]value{args.Pos[0], method}, args.Pos[1:min(2, len(args.Pos))]...)
		for i := 2; i < len(args.Pos); i++ {
			call.Names, call.Values = append(call.Names, python.NewStr(names[i-1])), append(call.Values, args.Pos[i])
		}
	}
	call.Names, call.Values = append(call.Names, args.Names...), append(call.Values, args.Values...)
	outer := requests.BeginTrail(t)
	defer requests.EndTrail(t, outer)
	began := time.Now()
	v, err := t.CallKw(request, call)
	if err != nil {
		return nil, s.cutGenerally(t, call, began, err)
	}
	if x := fastResponseOf(v); x != nil {
		if x.catch {
			x.meta.keep(t)
		}
		if streamed, err := truthy(t, call.Kw("stream")); err == nil && streamed && x.err == nil {
			x.watch(t, s.event, s.calledGenerally(call), began)
		}
	}
	return v, nil
}

// cutGenerally records a request whose user's time was up; other errors it only passes on.
func (s *fastSession) cutGenerally(t *thread, call python.Args, began time.Time, err error) error {
	owner, _ := t.Local.(requests.Owner)
	if e := python.AsException(err); owner == nil || owner.Context().Err() == nil || e.IsA(python.ExceptionType) || !began.Before(time.Now()) {
		return err
	}
	r := Request{ResponseTime: milliseconds(time.Since(began)), StartTime: unixSeconds(began), Incomplete: true}
	asked := s.calledGenerally(call)
	r.Type, r.Name = asked.kind, asked.name
	if err2 := r.fire(t, s.event); err2 != nil {
		return err2
	}
	return err
}

// An asked is what a request is called with: its type, its name, and its URL, which may be but a path.
type asked struct{ kind, name, url string }

// calledGenerally is what FastHttpSession.request is called with.
func (s *fastSession) calledGenerally(call python.Args) (a asked) {
	if len(call.Pos) > 1 {
		a.kind, _ = python.AsStr(call.Pos[1])
	}
	if len(call.Pos) > 2 {
		a.url, _ = python.AsStr(call.Pos[2])
	}
	a.name = a.url
	if own, ok := python.AsStr(or(call.Kw("name"), python.None)); ok && own != "" {
		a.name = own
	} else if s.name != "" {
		a.name = s.name
	}
	return a
}
