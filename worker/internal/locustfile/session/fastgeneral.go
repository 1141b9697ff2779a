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
			_, name := s.calledGenerally(call)
			x.watch(t, s.event, name, began)
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
	r.Type, r.Name = s.calledGenerally(call)
	if err2 := r.fire(t, s.event); err2 != nil {
		return err2
	}
	return err
}

// calledGenerally is the type and the name of a request as FastHttpSession.request is called for it.
func (s *fastSession) calledGenerally(call python.Args) (kind, name string) {
	if len(call.Pos) > 1 {
		kind, _ = python.AsStr(call.Pos[1])
	}
	if len(call.Pos) > 2 {
		name, _ = python.AsStr(call.Pos[2])
	}
	if own, ok := python.AsStr(or(call.Kw("name"), python.None)); ok && own != "" {
		name = own
	} else if s.name != "" {
		name = s.name
	}
	return kind, name
}
