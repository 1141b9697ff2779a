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
		Name: "Session", Module: "requests.sessions",
		New: func(t *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, c.NewSession(t)), nil
		},
		Attrs:   c.sessionAttrs(),
		Methods: append(c.sessionMethods(), c.verbs()...),
	})
}

// setting is an attribute of a session that is None, or dflt, until it is set.
func setting(slot func(s *settings) *value, dflt func() value) value {
	return python.MutableProperty(
		func(_ *thread, self value) (value, error) {
			s := sessionOf(self)
			if s.set != nil && *slot(s.set) != nil {
				return *slot(s.set), nil
			}
			v := dflt()
			switch v.(type) {
			case *python.Dict: // it may be changed
				*slot(s.settings()) = v
			}
			return v, nil
		},
		func(_ *thread, self, v value) error {
			*slot(sessionOf(self).settings()) = v
			return nil
		})
}

func (s *Session) settings() *settings {
	if s.set == nil {
		s.set = &settings{}
	}
	return s.set
}

func always(v value) func() value { return func() value { return v } }

func emptyDict() value { return python.NewDict() }

func emptyHooks() value {
	d := python.NewDict()
	d.SetStr("response", python.NewList())
	return d
}

// sessionHeaders are the headers of a session for Python to change.
func (s *Session) sessionHeaders() *python.Instance {
	if s.headers == nil {
		s.headers = python.NewInstance(s.classes.CaseInsensitiveDict, standardHeaders())
	}
	return s.headers
}

func (c *Classes) sessionAttrs() map[string]value {
	return map[string]value{
		"headers": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return sessionOf(self).sessionHeaders(), nil },
			func(t *thread, self, v value) error {
				s := sessionOf(self)
				if headersOf(v) != nil {
					s.headers = v.(*python.Instance)
					return nil
				}
				h := &Headers{}
				s.headers = python.NewInstance(c.CaseInsensitiveDict, h)
				if !given(v) {
					return nil
				}
				return h.update(t, v)
			}),
		"cookies": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				s := sessionOf(self)
				if s.cookies == nil {
					if s.jar == nil {
						s.jar = &Jar{}
					}
					s.cookies = python.NewInstance(c.RequestsCookieJar, s.jar)
				}
				return s.cookies, nil
			},
			func(t *thread, self, v value) error {
				s := sessionOf(self)
				if jarOf(v) != nil {
					s.cookies, s.jar = v, jarOf(v)
					return nil
				}
				s.jar = &Jar{}
				s.cookies = python.NewInstance(c.RequestsCookieJar, s.jar)
				if !given(v) {
					return nil
				}
				return s.jar.fromDict(t, v, true)
			}),
		"auth":          setting(func(s *settings) *value { return &s.auth }, always(python.None)),
		"params":        setting(func(s *settings) *value { return &s.params }, emptyDict),
		"proxies":       setting(func(s *settings) *value { return &s.proxies }, emptyDict),
		"hooks":         setting(func(s *settings) *value { return &s.hooks }, emptyHooks),
		"verify":        setting(func(s *settings) *value { return &s.verify }, always(python.True)),
		"cert":          setting(func(s *settings) *value { return &s.cert }, always(python.None)),
		"stream":        setting(func(s *settings) *value { return &s.stream }, always(python.False)),
		"trust_env":     setting(func(s *settings) *value { return &s.trustEnv }, always(python.True)),
		"max_redirects": setting(func(s *settings) *value { return &s.maxRedirects }, always(python.NewInt(30))),
		"adapters": python.MutableProperty(
			func(t *thread, self value) (value, error) { return sessionOf(self).mounted(t) },
			func(_ *thread, self, v value) error { sessionOf(self).settings().adapters = v; return nil }),
	}
}

// mounted are the adapters of a session, those that a new one has unless others are mounted.
func (s *Session) mounted(t *thread) (value, error) {
	if s.set != nil && s.set.adapters != nil {
		return s.set.adapters, nil
	}
	m, err := t.Import("requests.adapters")
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	for _, prefix := range []string{"https://", "http://"} {
		a, err := t.Call(m.Attrs().GetStr("HTTPAdapter"))
		if err != nil {
			return nil, err
		}
		d.SetStr(prefix, a)
	}
	s.settings().adapters = d
	return d, nil
}

// mount registers an adapter; longer prefixes come first (Session.mount).
func (s *Session) mount(t *thread, prefix, adapter value) error {
	v, err := s.mounted(t)
	if err != nil {
		return err
	}
	d, ok := python.Unwrap(v).(*python.Dict)
	if !ok {
		return t.SetItem(v, prefix, adapter)
	}
	if err := d.Set(t, prefix, adapter); err != nil {
		return err
	}
	name, _ := python.AsStr(prefix)
	var shorter []value
	d.All(func(k, _ value) bool {
		if s, _ := python.AsStr(k); len(s) < len(name) {
			shorter = append(shorter, k)
		}
		return true
	})
	for _, k := range shorter {
		v, err := d.Delete(t, k)
		if err != nil {
			return err
		}
		if err := d.Set(t, k, v); err != nil {
			return err
		}
	}
	return nil
}

func (c *Classes) sessionMethods() []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", func(t *thread, a []value) (value, error) {
			_, err := t.CallMethod(a[0], "close")
			return python.None, err
		}),
		python.Func("close(self)", func(_ *thread, a []value) (value, error) {
			sessionOf(a[0]).link.Pool.Close()
			return python.None, nil
		}),
		python.Func("mount(self, prefix, adapter)", func(t *thread, a []value) (value, error) {
			return python.None, sessionOf(a[0]).mount(t, a[1], a[2])
		}),
		python.Func("get_adapter(self, url)", func(t *thread, a []value) (value, error) {
			s := sessionOf(a[0])
			mounted, err := s.mounted(t)
			if err != nil {
				return nil, err
			}
			url, _ := python.AsStr(a[1])
			var found value
			err = pairs(t, mounted, func(k, v value) error {
				if p, _ := python.AsStr(k); found == nil && strings.HasPrefix(strings.ToLower(url), strings.ToLower(p)) {
					found = v
				}
				return nil
			})
			if found == nil && err == nil {
				err = s.noAdapter(t, url)
			}
			return found, err
		}),
		python.Func("prepare_request(self, request)", func(t *thread, a []value) (value, error) {
			return c.prepareRequest(t, sessionOf(a[0]), a[1])
		}),
		python.RawFunc("request", func(t *thread, args python.Args) (value, error) { return c.request(t, args) }),
		python.Func("send(self, request, **kwargs)", c.sendPrepared),
	}
}

// requestNames are the parameters of Session.request, in order.
func requestNames() []string {
	return []string{
		"method", "url", "params", "data", "headers", "cookies", "files", "auth", "timeout", "allow_redirects", "proxies", "hooks",
		"stream", "verify", "cert", "json",
	}
}

// request is Session.request with its arguments: the session, the method, the URL and the rest.
func (c *Classes) request(t *thread, args python.Args) (value, error) {
	s := sessionOf(args.Pos[0])
	var q Call
	var method, url value
	take := func(name string, v value) error {
		switch slot := q.Slot(name); {
		case name == "method":
			method = v
		case name == "url":
			url = v
		case slot == nil:
			return python.Errorf(python.TypeError, "Session.request() got an unexpected keyword argument '%s'", name)
		default:
			*slot = v
		}
		return nil
	}
	names := requestNames()
	if len(args.Pos)-1 > len(names) {
		return nil, python.Errorf(python.TypeError, "Session.request() takes from 3 to 17 positional arguments but %d were given", len(args.Pos))
	}
	for i, v := range args.Pos[1:] {
		_ = take(names[i], v)
	}
	for i, n := range args.Names {
		if err := take(n.String(), args.Values[i]); err != nil {
			return nil, err
		}
	}
	if method == nil || url == nil {
		return nil, python.Errorf(python.TypeError, "Session.request() missing 1 required positional argument: 'url'")
	}
	if err := q.setMethod(t, method); err != nil {
		return nil, err
	}
	if err := q.SetURL(t, url); err != nil {
		return nil, err
	}
	r := &Response{}
	r.Prepare(c, &Prepared{})
	if err := s.Do(t, &q, r); err != nil {
		return nil, err
	}
	return c.show(r), nil
}

func (q *Call) setMethod(t *thread, v value) error {
	s, ok := isText(v)
	if !ok {
		_, err := t.GetAttr(v, "upper")
		return err
	}
	q.Method = s
	return nil
}

// sendPrepared is Session.send.
func (c *Classes) sendPrepared(t *thread, a []value) (value, error) {
	s, p := sessionOf(a[0]), preparedOf(a[1])
	if p == nil {
		return nil, python.Errorf(python.ValueError, "You can only send PreparedRequests.")
	}
	var q Call
	err := pairs(t, a[2], func(k, v value) error {
		name, _ := python.AsStr(k)
		if slot := q.Slot(name); slot != nil {
			*slot = v
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var o options
	if err := s.options(t, &q, &o); err != nil {
		return nil, err
	}
	r := &Response{}
	r.Prepare(c, p)
	if err := s.send(t, &o, r); err != nil {
		return nil, err
	}
	return c.show(r), nil
}

// verbs are the methods get, post and so on. They call request as the class of the object has it.
func (c *Classes) verbs() []*python.Native {
	var all []*python.Native
	for _, v := range []struct {
		name string
		pos  []string // parameters that may be positional, after the URL
	}{
		{"get", []string{"params"}},
		{"options", nil},
		{"head", nil},
		{"post", []string{"data", "json"}},
		{"put", []string{"data"}},
		{"patch", []string{"data"}},
		{"delete", nil},
	} {
		all = append(all, c.verb(v.name, v.pos))
	}
	return all
}

func (c *Classes) verb(name string, pos []string) *python.Native {
	method := python.NewStr(strings.ToUpper(name))
	return python.RawFunc(name, func(t *thread, args python.Args) (value, error) {
		if len(args.Pos) > 2+len(pos) {
			return nil, python.Errorf(python.TypeError, "Session.%s() takes 2 positional arguments but %d were given", name, len(args.Pos))
		}
		call := python.Args{Pos: []value{args.Pos[0], method}}
		if len(args.Pos) > 1 {
			call.Pos = append(call.Pos, args.Pos[1])
		} else if args.Kw("url") == nil {
			return nil, python.Errorf(python.TypeError, "Session.%s() missing 1 required positional argument: 'url'", name)
		}
		for i := 2; i < len(args.Pos); i++ {
			call.Names, call.Values = append(call.Names, python.NewStr(pos[i-2])), append(call.Values, args.Pos[i])
		}
		call.Names, call.Values = append(call.Names, args.Names...), append(call.Values, args.Values...)
		if name == "head" && args.Kw("allow_redirects") == nil {
			call.Names, call.Values = append(call.Names, python.NewStr("allow_redirects")), append(call.Values, python.False)
		}
		if args.Pos[0].(*python.Instance).Class() == c.Session {
			return c.request(t, call)
		}
		fn, err := t.GetAttr(args.Pos[0], "request")
		if err != nil {
			return nil, err
		}
		call.Pos = call.Pos[1:]
		return t.CallKw(fn, call)
	})
}
