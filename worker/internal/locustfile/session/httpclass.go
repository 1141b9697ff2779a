package session

import (
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// httpTwin is the general way of a method of HttpSession.
func httpTwin(name string) requests.Twin {
	return requests.Twin{Module: "_locust_http", Class: "HttpSession", Name: name}
}

// newHTTPClass makes the class HttpSession.
func (c *Classes) newHTTPClass() *python.Type {
	methods := []*python.Native{
		python.RawFunc("__init__", c.initHTTP),
		python.Func("_open(self, base_url, request_event, user)", func(t *thread, a []value) (value, error) {
			return python.None, httpOf(a[0]).open(t, a[1], a[2], a[3])
		}),
	}
	for _, v := range []struct {
		name string
		pos  []string
	}{
		{"request", []string{"method", "url", "name", "catch_response", "context"}},
		{"get", []string{"url"}},
		{"options", []string{"url"}},
		{"head", []string{"url"}},
		{"post", []string{"url", "data", "json"}},
		{"put", []string{"url", "data"}},
		{"patch", []string{"url", "data"}},
		{"delete", []string{"url"}},
	} {
		methods = append(methods, c.httpMethod(v.name, v.pos))
	}
	methods = append(methods, requests.Twins("_locust_http", "HttpSession", "_send_request_safe_mode", "prepare_request")...)
	class := python.NewClass(python.ClassSpec{
		Name: "HttpSession", Module: "locust.clients", Bases: []*python.Type{c.requests.Session},
		New: func(t *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, c.newHTTP(t)), nil
		},
		Attrs:   clientAttrs(),
		Methods: append(methods, clientMethods()...),
	})
	c.sessions = requests.NewFamily(class, []string{"request"}, append(requests.InnerNames(), "_build_url", "_send_request_safe_mode")).
		Then(class, c.requests.Session)
	return class
}

// initHTTP is HttpSession.__init__. A session whose class has no mount of its own makes its adapters when somebody looks.
func (c *Classes) initHTTP(t *thread, args python.Args) (value, error) {
	s := httpOf(args.Pos[0])
	plain := args.Pos[0].(*python.Instance).Class().Lookup("mount") == c.requests.Session.Lookup("mount")
	if pools := args.Kw("pool_manager"); !plain || given(pools) || len(args.Pos) > 4 {
		return httpTwin("__init__").Call(t, args)
	}
	a, err := initArgs("HttpSession", python.Args{Pos: args.Pos[1:], Names: args.Names, Values: args.Values})
	if err != nil {
		return nil, err
	}
	return python.None, s.open(t, a[0], a[1], a[2])
}

// initArgs are the base URL, the event and the user that a client is made for.
func initArgs(class string, args python.Args) (a [3]value, err error) {
	copy(a[:], args.Pos)
	for i, name := range []string{"base_url", "request_event", "user"} {
		if v := args.Kw(name); v != nil {
			a[i] = v
		}
		if a[i] == nil {
			return a, python.Errorf(python.TypeError, "%s.__init__() missing 1 required positional argument: '%s'", class, name)
		}
	}
	return a, nil
}

// httpMethod is request, or one of get, post and so on, which call it. names are the parameters that may be positional.
func (c *Classes) httpMethod(name string, names []string) *python.Native {
	var method value
	if name != "request" {
		method = python.NewStr(strings.ToUpper(name))
	}
	twin := httpTwin(name)
	return python.RawFunc(name, func(t *thread, args python.Args) (value, error) {
		if len(args.Pos) == 0 || len(args.Pos)-1 > len(names) {
			return twin.Call(t, args)
		}
		self, _ := args.Pos[0].(*python.Instance)
		s := httpOf(args.Pos[0])
		if s == nil {
			return twin.Call(t, args)
		}
		q := httpCall{method: method}
		if name == "head" {
			q.AllowRedirects = python.False
		}
		known := true
		for i, v := range args.Pos[1:] {
			known = q.take(names[i], v) && known
		}
		for i, n := range args.Names {
			known = q.take(n.String(), args.Values[i]) && known
		}
		if _, text := q.method.(*python.Str); !known || !text || q.url == nil || !c.ownContext() || !s.Stock(t, self, c.sessions, &q.Call, method == nil) {
			return s.generally(t, twin, args, &q)
		}
		return s.request(t, &q)
	})
}

// generally sends a request the general way. One that was cut off because its user's time was up is recorded as such.
func (s *httpSession) generally(t *thread, twin requests.Twin, args python.Args, q *httpCall) (value, error) {
	outer := requests.BeginTrail(t)
	defer requests.EndTrail(t, outer)
	began := time.Now()
	v, err := twin.Call(t, args)
	if x := responseOf(v); x != nil && x.catch {
		x.meta.keep(t)
	}
	if err == nil || !s.classes.requests.TakeCut(t) {
		return v, err
	}
	method, _ := python.AsStr(or(q.method, python.None))
	named, err2 := s.named(t, q.name)
	if err2 != nil {
		return nil, err2
	}
	if named == "" {
		named, _ = python.AsStr(or(q.url, python.None))
	}
	r := Request{Type: method, Name: named, ResponseTime: milliseconds(time.Since(began)), StartTime: unixSeconds(began), Incomplete: true}
	if err2 := r.fire(t, s.event); err2 != nil {
		return nil, err2
	}
	return nil, err
}

func tooMany(name string, optional, got int) error {
	if optional > 0 {
		return python.Errorf(python.TypeError, "%s() takes from 2 to %d positional arguments but %d were given", name, 2+optional, got)
	}
	return python.Errorf(python.TypeError, "%s() takes 2 positional arguments but %d were given", name, got)
}

// clientAttrs are the attributes that both sessions have.
func clientAttrs() map[string]value {
	return map[string]value{
		"base_url": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return clientOf(self).baseValue, nil },
			func(_ *thread, self, v value) error { clientOf(self).setBase(v); return nil }),
		"request_event": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return clientOf(self).event, nil },
			func(_ *thread, self, v value) error { clientOf(self).event = v; return nil }),
		"user": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return clientOf(self).user, nil },
			func(_ *thread, self, v value) error { clientOf(self).user = v; return nil }),
		"request_name": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				if name := clientOf(self).name; name != "" {
					return python.NewStr(name), nil
				}
				return python.None, nil
			},
			func(_ *thread, self, v value) error { clientOf(self).name, _ = python.AsStr(v); return nil }),
	}
}

// clientMethods are the methods that both sessions have.
func clientMethods() []*python.Native {
	renaming := python.NewClass(python.ClassSpec{
		Name: "_GeneratorContextManager", Module: "contextlib",
		Methods: []*python.Native{
			python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) {
				r := a[0].(*python.Instance).Data.(*renamed)
				r.client.name = r.name
				return python.None, nil
			}),
			python.Func("__exit__(self, typ, value, traceback)", func(_ *thread, a []value) (value, error) {
				a[0].(*python.Instance).Data.(*renamed).client.name = ""
				return python.False, nil
			}),
		},
	})
	return []*python.Native{
		python.Func("rename_request(self, name)", func(t *thread, a []value) (value, error) {
			name, err := t.Str(a[1])
			return python.NewInstance(renaming, &renamed{clientOf(a[0]), name}), err
		}),
		python.Func("_build_url(self, path)", func(_ *thread, a []value) (value, error) {
			path, _ := python.AsStr(a[1])
			if requests.Absolute(path) {
				return a[1], nil
			}
			return python.NewStr(clientOf(a[0]).base.Text() + path), nil
		}),
	}
}

// renamed is a stay in rename_request.
type renamed struct {
	client *client
	name   string
}

// ownContext says whether the name ResponseContextManager of locust.clients is Locust's class.
func (c *Classes) ownContext() bool {
	if c.clients == nil {
		if c.clients = c.iso.Loaded("locust.clients"); c.clients == nil {
			return true
		}
	}
	now := c.clients.Attrs().GetStr("ResponseContextManager")
	return now == nil || now == value(c.ResponseContextManager)
}
