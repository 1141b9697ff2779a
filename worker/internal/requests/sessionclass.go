package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// A SessionEmbedder is a state that a Session is part of.
type SessionEmbedder interface{ Core() *Session }

// Core returns the session itself, so that whatever embeds one is a [SessionEmbedder].
func (s *Session) Core() *Session { return s }

// sessionOf returns the state of a Session, nil if v is none.
func sessionOf(v value) *Session {
	if i, ok := v.(*python.Instance); ok {
		if e, ok := i.Data.(SessionEmbedder); ok {
			return e.Core()
		}
	}
	return nil
}

// newSessionClass makes the class Session.
func (c *Classes) newSessionClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "Session", Module: "requests.sessions", Bases: []*python.Type{c.redirects},
		New: func(t *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, c.NewSession(t)), nil
		},
		Attrs:   c.sessionAttrs(),
		Methods: append(c.sessionMethods(), c.verbs()...),
	})
}

// mounted are the adapters of a session, those that a new one has unless others are mounted. Their connections are the
// session's.
func (s *Session) mounted(t *thread) (value, error) {
	if s.set != nil && s.set.adapters != nil {
		return s.set.adapters, nil
	}
	d := python.NewDict()
	for _, prefix := range []string{"https://", "http://"} {
		a, err := s.adapter(t)
		if err != nil {
			return nil, err
		}
		d.SetStr(prefix, a)
	}
	s.settings().adapters = d
	return d, nil
}

// adapter makes an adapter of the session's own.
func (s *Session) adapter(t *thread) (value, error) {
	if s.NewAdapter != nil {
		return s.NewAdapter(t)
	}
	m, err := t.Import("requests.adapters")
	if err != nil {
		return nil, err
	}
	a, err := t.Call(m.Attrs().GetStr("HTTPAdapter"))
	if err != nil {
		return nil, err
	}
	return a, s.Adopt(t, a)
}

// Adopt makes the connections of an adapter those of the session.
func (s *Session) Adopt(t *thread, adapter value) error {
	if p := resting(adapter); p != nil {
		p.shared = &s.link
		return nil
	}
	manager, err := t.GetAttr(adapter, "poolmanager")
	if err != nil {
		return err
	}
	v, err := t.GetAttr(manager, "_connections")
	if p := connectionsOf(v); p != nil {
		p.shared = &s.link
	}
	return err
}

// InnerNames are the methods that the short way of a request passes by.
func InnerNames() []string {
	return append([]string{"prepare_request", "merge_environment_settings", "send", "get_adapter"}, redirectNames()...)
}

func redirectNames() []string {
	return []string{
		"get_redirect_target", "should_strip_auth", "resolve_redirects", "rebuild_auth", "rebuild_proxies", "rebuild_method", "_follow_url",
	}
}

func (c *Classes) sessionMethods() []*python.Native {
	return append([]*python.Native{
		python.RawFunc("__init__", func(t *thread, args python.Args) (value, error) {
			if args.Pos[0].(*python.Instance).Class().Lookup("mount") == c.Session.Dict().GetStr("mount") {
				return python.None, nil // its adapters are made when somebody looks at them
			}
			return Twin{"requests.sessions", "Session", "__init__"}.Call(t, args)
		}),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", func(t *thread, a []value) (value, error) {
			_, err := t.CallMethod(a[0], "close")
			return python.None, err
		}),
		python.RawFunc("close", func(t *thread, args python.Args) (value, error) {
			s := sessionOf(args.Pos[0])
			s.link.Pool.Retire()
			if s.set == nil || s.set.adapters == nil {
				return python.None, nil
			}
			return Twin{"requests.sessions", "Session", "close"}.Call(t, args)
		}),
		python.RawFunc("request", c.request),
	}, Twins("requests.sessions", "Session", "prepare_request", "merge_environment_settings", "send", "get_adapter", "mount")...)
}

// requestNames are the parameters of Session.request, in order.
func requestNames() []string {
	return []string{
		"method", "url", "params", "data", "headers", "cookies", "files", "auth", "timeout", "allow_redirects", "proxies", "hooks",
		"stream", "verify", "cert", "json",
	}
}

// request is Session.request.
func (c *Classes) request(t *thread, args python.Args) (value, error) {
	return c.shortly(t, args, requestNames(), nil, true, Twin{"requests.sessions", "Session", "request"})
}

// shortly sends a request the short way if that may be; names are those of the positional arguments. What is wrong with the
// arguments the general way says.
func (c *Classes) shortly(t *thread, args python.Args, names []string, method value, direct bool, twin Twin) (value, error) {
	if len(args.Pos) == 0 {
		return twin.Call(t, args)
	}
	pos := args.Pos[1:]
	self, _ := args.Pos[0].(*python.Instance)
	s := sessionOf(args.Pos[0])
	if s == nil || len(pos) > len(names) {
		return twin.Call(t, args)
	}
	var q Call
	var url value
	take := func(name string, v value) bool {
		switch name {
		case "method":
			method = v
		case "url":
			url = v
		default:
			slot := q.Slot(name)
			if slot == nil || *slot != nil {
				return false
			}
			*slot = v
		}
		return true
	}
	ok := true
	for i, v := range pos {
		ok = take(names[i], v) && ok
	}
	for i, n := range args.Names {
		ok = take(n.String(), args.Values[i]) && ok
	}
	var err error
	if q.Bypasses, err = s.bypasses(t, url); err != nil {
		return nil, err
	}
	m, isStr := python.AsStr(or(method, python.None))
	if !ok || !isStr || url == nil || !s.Stock(t, self, c.sessions, &q, direct) {
		return twin.Call(t, args)
	}
	q.Method = m
	if err := q.SetURL(t, url); err != nil {
		return nil, err
	}
	if twin.Name == "head" && q.AllowRedirects == nil {
		q.AllowRedirects = python.False
	}
	r := &Response{}
	r.Prepare(c, &Prepared{})
	if q.Bypasses {
		return s.doBypassing(t, self, &q, r)
	}
	if err := s.Do(t, &q, r); err != nil {
		return nil, err
	}
	return c.show(r), nil
}

// doBypassing sends a call to a place that no proxy counts for. What it is redirected to may have one: the general way goes on.
func (s *Session) doBypassing(t *thread, self *python.Instance, q *Call, r *Response) (value, error) {
	follow := true
	if q.AllowRedirects != nil {
		var err error
		if follow, err = t.Truth(q.AllowRedirects); err != nil {
			return nil, err
		}
	}
	q.AllowRedirects = python.False
	if err := s.Do(t, q, r); err != nil {
		return nil, err
	}
	first := s.classes.show(r)
	if _, ok := r.redirectTarget(); !ok || !follow {
		return first, nil
	}
	r.look().following = nil
	m, err := t.Import("requests.sessions")
	if err != nil {
		return nil, err
	}
	return t.Call(m.Attrs().GetStr("_followed"), self, first, or(q.Timeout, python.None), or(q.Stream, python.None), or(q.Verify, python.None), or(q.Cert, python.None))
}

// verbs are the methods get, post and so on.
func (c *Classes) verbs() []*python.Native {
	var all []*python.Native
	for _, v := range []struct {
		name string
		pos  []string // parameters that may be positional
	}{
		{"get", []string{"url", "params"}},
		{"options", []string{"url"}},
		{"head", []string{"url"}},
		{"post", []string{"url", "data", "json"}},
		{"put", []string{"url", "data"}},
		{"patch", []string{"url", "data"}},
		{"delete", []string{"url"}},
	} {
		method, twin := python.NewStr(strings.ToUpper(v.name)), Twin{"requests.sessions", "Session", v.name}
		all = append(all, python.RawFunc(v.name, func(t *thread, args python.Args) (value, error) {
			return c.shortly(t, args, v.pos, method, false, twin)
		}))
	}
	return all
}
