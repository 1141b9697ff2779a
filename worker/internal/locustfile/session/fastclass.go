package session

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// newFastClasses makes the classes of locust.contrib.fasthttp that are in Go.
func (c *Classes) newFastClasses(t *thread) error {
	c.newPoolClasses()
	c.socketResponse = c.newSocketClass()
	c.newResponseClasses()
	c.FastContext = c.newFastContextClass()
	c.FastRest = python.NewClass(python.ClassSpec{
		Name: "RestResponseContextManager", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastContext},
	})
	c.FastSession = c.newFastSessionClass()
	c.nobody = &fastSession{client: client{classes: c, event: python.None, user: python.None}}
	return c.fillFastGo(t)
}

// newFastSessionClass makes the class FastHttpSession.
func (c *Classes) newFastSessionClass() *python.Type {
	request := python.RawFunc("request", func(t *thread, args python.Args) (value, error) {
		return c.fastRequest(t, args, []string{"method", "url", "name", "data", "catch_response", "stream", "headers", "auth", "json", "allow_redirects", "context"}, nil)
	})
	methods := []*python.Native{
		python.RawFunc("__init__", c.initFast),
		request,
		python.RawFunc("iter_lines", func(t *thread, args python.Args) (value, error) { return c.fastLines(t, args) }),
		python.RawFunc("_send_request_safe_mode", func(t *thread, args python.Args) (value, error) {
			send, err := c.generally(t, "send_safely")
			if err != nil {
				return nil, err
			}
			return t.CallKw(send, args)
		}),
	}
	for _, v := range []struct {
		name string
		pos  []string
	}{
		{"get", nil},
		{"options", nil},
		{"head", nil},
		{"delete", nil},
		{"post", []string{"data", "json"}},
		{"put", []string{"data"}},
		{"patch", []string{"data"}},
	} {
		methods = append(methods, c.fastVerb(v.name, v.pos))
	}
	for _, m := range clientMethods() {
		if m.Name() == "_build_url" {
			m = python.Func("_build_url(self, path)", func(t *thread, a []value) (value, error) {
				build, err := c.generally(t, "build_url")
				if err != nil {
					return nil, err
				}
				return t.Call(build, a[0], a[1])
			})
		}
		methods = append(methods, m)
	}
	return python.NewClass(python.ClassSpec{
		Name: "FastHttpSession", Module: "locust.contrib.fasthttp",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, &fastSession{client: client{classes: c, event: python.None, user: python.None, baseValue: python.None}, settings: c.unset}), nil
		},
		Attrs:   c.fastSessionAttrs(),
		Methods: methods,
	})
}

func (c *Classes) fastSessionAttrs() map[string]value {
	attrs := clientAttrs()
	attrs["client"] = python.MutableProperty(
		func(t *thread, self value) (value, error) { return fastOf(self).userAgent(t, self) },
		func(_ *thread, self, v value) error { fastOf(self).agent = v; return nil })
	attrs["cookiejar"] = python.MutableProperty(
		func(_ *thread, self value) (value, error) { return fastOf(self).cookieJar(), nil },
		func(_ *thread, self, v value) error { fastOf(self).setCookieJar(v); return nil })
	attrs["auth_header"] = python.MutableProperty(
		func(_ *thread, self value) (value, error) { return textOrNone(fastOf(self).auth), nil },
		func(_ *thread, self, v value) error {
			s := fastOf(self)
			text, ok := python.AsStr(v)
			s.auth, s.strange = text, !ok && v != python.None
			return nil
		})
	return attrs
}

func textOrNone(s string) value {
	if s == "" {
		return python.None
	}
	return python.NewStr(s)
}

// cookieJar is the attribute cookiejar: the jar of the client, unless the file has put another one there, which has no
// effect on requests.
func (s *fastSession) cookieJar() value {
	if s.cookies == nil {
		if s.jar == nil {
			s.jar = requests.NewJar()
		}
		s.cookies = python.NewInstance(s.classes.requests.CookieJar, s.jar)
	}
	return s.cookies
}

func (s *fastSession) setCookieJar(v value) { s.cookies = v }

// fastRequest takes the arguments and sends the request: the worker's own way, or the general way where a part of it is
// not Locust's, or an argument is one that only that way knows.
func (c *Classes) fastRequest(t *thread, args python.Args, names []string, method value) (value, error) {
	s := fastOf(args.Pos[0])
	if !s.isStock(args.Pos[0].(*python.Instance)) {
		return s.requestGenerally(t, args, names, method)
	}
	var q fastCall
	q.method = method
	if len(args.Pos)-1 > len(names) {
		return nil, python.Errorf(python.TypeError, "FastHttpSession.request() takes from 3 to 12 positional arguments but %d were given", len(args.Pos))
	}
	for i, v := range args.Pos[1:] {
		*q.slot(names[i]) = v
	}
	for i, n := range args.Names {
		if slot := q.slot(n.String()); slot != nil {
			*slot = args.Values[i]
		} else {
			q.rest = append(q.rest, n, args.Values[i])
		}
	}
	how, err := s.saysHow(t, &q)
	if err != nil {
		return nil, err
	}
	if how || q.rare() {
		return s.requestGenerally(t, args, names, method)
	}
	return s.request(t, &q)
}

// fastVerb is one of get, post and so on. Where the method request is not Locust's, it is asked.
func (c *Classes) fastVerb(name string, pos []string) *python.Native {
	method := python.NewStr(strings.ToUpper(name))
	names := append([]string{"url"}, pos...)
	return python.RawFunc(name, func(t *thread, args python.Args) (value, error) {
		if len(args.Pos) > 2+len(pos) {
			return nil, tooMany("FastHttpSession."+name, len(pos), len(args.Pos))
		}
		if len(args.Pos) < 2 && args.Kw("url") == nil {
			return nil, python.Errorf(python.TypeError, "FastHttpSession.%s() missing 1 required positional argument: 'url'", name)
		}
		self, s := args.Pos[0].(*python.Instance), fastOf(args.Pos[0])
		if !s.isStock(self) && s.replaced(self, "request") {
			return fastVia(t, self, method, args, pos)
		}
		return c.fastRequest(t, args, names, method)
	})
}

// fastVia calls the method request of an object, as the verbs do: those that have a body hand on their arguments for it even
// where none was given.
func fastVia(t *thread, self, method value, args python.Args, pos []string) (value, error) {
	fn, err := t.GetAttr(self, "request")
	if err != nil {
		return nil, err
	}
	call := python.Args{Pos: append([]value{method}, args.Pos[1:min(2, len(args.Pos))]...)}
	for i, name := range pos {
		v := args.Kw(name)
		if i+2 < len(args.Pos) {
			v = args.Pos[i+2]
		}
		call.Names, call.Values = append(call.Names, python.NewStr(name)), append(call.Values, or(v, python.None))
	}
	for i, n := range args.Names {
		if name := n.String(); !slices.Contains(pos, name) && (name != "url" || len(args.Pos) > 1) {
			call.Names, call.Values = append(call.Names, n), append(call.Values, args.Values[i])
		} else if name == "url" {
			call.Pos = append(call.Pos, args.Values[i])
		}
	}
	return t.CallKw(fn, call)
}
