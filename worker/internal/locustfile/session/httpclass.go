package session

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// newHTTPClass makes the class HttpSession.
func (c *Classes) newHTTPClass() *python.Type {
	request := python.RawFunc("request", func(t *thread, args python.Args) (value, error) {
		var q httpCall
		names := []string{"method", "url", "name", "catch_response", "context"}
		if len(args.Pos)-1 > len(names) {
			return nil, python.Errorf(python.TypeError, "HttpSession.request() takes from 3 to 6 positional arguments but %d were given", len(args.Pos))
		}
		for i, v := range args.Pos[1:] {
			_ = q.take(names[i], v)
		}
		return httpOf(args.Pos[0]).call(t, &q, args)
	})
	methods := []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		request,
	}
	for _, v := range []struct {
		name string
		pos  []string
	}{
		{"get", nil},
		{"options", nil},
		{"head", nil},
		{"post", []string{"data", "json"}},
		{"put", []string{"data"}},
		{"patch", []string{"data"}},
		{"delete", nil},
	} {
		methods = append(methods, c.httpVerb(v.name, v.pos, request))
	}
	return python.NewClass(python.ClassSpec{
		Name: "HttpSession", Module: "locust.clients", Bases: []*python.Type{c.requests.Session},
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			a, err := initArgs("HttpSession", args)
			if err != nil {
				return nil, err
			}
			return c.makeHTTP(t, cls, a[0], a[1], a[2])
		},
		Attrs:   clientAttrs(),
		Methods: append(methods, clientMethods()...),
	})
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

// call takes the keyword arguments and sends the request.
func (s *httpSession) call(t *thread, q *httpCall, args python.Args) (value, error) {
	for i, n := range args.Names {
		if err := q.take(n.String(), args.Values[i]); err != nil {
			return nil, err
		}
	}
	return s.request(t, q)
}

// httpVerb is one of get, post and so on. A class in the file that has a request of its own is asked by that.
func (c *Classes) httpVerb(name string, pos []string, request *python.Native) *python.Native {
	method := python.NewStr(strings.ToUpper(name))
	return python.RawFunc(name, func(t *thread, args python.Args) (value, error) {
		if len(args.Pos) > 2+len(pos) {
			return nil, tooMany("HttpSession."+name, len(pos), len(args.Pos))
		}
		var q httpCall
		q.method = method
		if name == "head" {
			q.AllowRedirects = python.False
		}
		if len(args.Pos) > 1 {
			q.url = args.Pos[1]
		} else if args.Kw("url") == nil {
			return nil, python.Errorf(python.TypeError, "HttpSession.%s() missing 1 required positional argument: 'url'", name)
		}
		for i := 2; i < len(args.Pos); i++ {
			_ = q.take(pos[i-2], args.Pos[i])
		}
		self := args.Pos[0].(*python.Instance)
		if cls := self.Class(); cls != c.HTTPSession && cls.Lookup("request") != python.Value(request) {
			return c.viaRequest(t, self, method, args, pos)
		}
		return httpOf(self).call(t, &q, args)
	})
}

// viaRequest calls the method request of an object of a class in the file.
func (c *Classes) viaRequest(t *thread, self, method value, args python.Args, pos []string) (value, error) {
	fn, err := t.GetAttr(self, "request")
	if err != nil {
		return nil, err
	}
	call := python.Args{Pos: append([]value{method}, args.Pos[1:min(2, len(args.Pos))]...)}
	for i := 2; i < len(args.Pos); i++ {
		call.Names, call.Values = append(call.Names, python.NewStr(pos[i-2])), append(call.Values, args.Pos[i])
	}
	call.Names, call.Values = append(call.Names, args.Names...), append(call.Values, args.Values...)
	return t.CallKw(fn, call)
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
