package session

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/requests"
)

// newFastClasses makes the classes of locust.contrib.fasthttp.
func (c *Classes) newFastClasses(t *thread) error {
	m, err := t.Import("_locust_fast")
	if err != nil {
		return err
	}
	c.fast = m
	c.connectionError = m.Attrs().GetStr("ConnectionError").(*python.Type)
	c.badStatus = m.Attrs().GetStr("LocustBadStatusCode").(*python.Type)
	c.FastRequest = c.newFastRequestClass()
	c.FastResponse = python.NewClass(python.ClassSpec{
		Name: "FastResponse", Module: "locust.contrib.fasthttp", Attrs: c.fastResponseAttrs(), Methods: c.fastResponseMethods(),
	})
	c.ErrorResponse = python.NewClass(python.ClassSpec{Name: "ErrorResponse", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastResponse}})
	c.FastContext = c.newFastContextClass()
	c.FastRest = python.NewClass(python.ClassSpec{
		Name: "RestResponseContextManager", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastContext},
	})
	c.UserAgent = c.newUserAgentClass()
	c.FastSession = c.newFastSessionClass()
	return nil
}

// newFastSessionClass makes the class FastHttpSession.
func (c *Classes) newFastSessionClass() *python.Type {
	request := python.RawFunc("request", func(t *thread, args python.Args) (value, error) {
		return c.fastRequest(t, args, []string{"method", "url", "name", "data", "catch_response", "stream", "headers", "auth", "json", "allow_redirects", "context"}, nil)
	})
	methods := []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		request,
		python.RawFunc("iter_lines", func(t *thread, args python.Args) (value, error) { return c.fastLines(t, args) }),
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
		methods = append(methods, c.fastVerb(v.name, v.pos, request))
	}
	attrs := clientAttrs()
	attrs["client"] = python.Property(func(_ *thread, self value) (value, error) { return fastOf(self).userAgent(), nil })
	attrs["cookiejar"] = python.MutableProperty(
		func(_ *thread, self value) (value, error) { return fastOf(self).cookieJar(), nil },
		func(_ *thread, self, v value) error { return fastOf(self).setCookieJar(v) })
	attrs["auth_header"] = python.MutableProperty(
		func(_ *thread, self value) (value, error) { return textOrNone(fastOf(self).auth), nil },
		func(_ *thread, self, v value) error { fastOf(self).auth, _ = python.AsStr(v); return nil })
	return python.NewClass(python.ClassSpec{
		Name: "FastHttpSession", Module: "locust.contrib.fasthttp",
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			a, err := initArgs("FastHttpSession", args)
			if err != nil {
				return nil, err
			}
			set := func(name string) (value, error) {
				if name == "default_headers" {
					name = "headers"
				}
				return args.Kw(name), nil
			}
			return c.makeFast(t, cls, a[0], a[1], a[2], set)
		},
		Attrs:   attrs,
		Methods: append(methods, clientMethods()...),
	})
}

func textOrNone(s string) value {
	if s == "" {
		return python.None
	}
	return python.NewStr(s)
}

func (s *fastSession) cookieJar() value {
	if s.cookies == nil {
		if s.jar == nil {
			s.jar = requests.NewJar()
		}
		s.cookies = python.NewInstance(s.classes.requests.CookieJar, s.jar)
	}
	return s.cookies
}

func (s *fastSession) setCookieJar(v value) error {
	i, ok := v.(*python.Instance)
	if ok {
		s.jar, ok = i.Data.(*requests.Jar)
	}
	if !ok {
		return python.Errorf(python.TypeError, "cookiejar must be a CookieJar")
	}
	s.cookies = v
	return nil
}

// fastRequest takes the arguments and sends the request.
func (c *Classes) fastRequest(t *thread, args python.Args, names []string, method value) (value, error) {
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
	return fastOf(args.Pos[0]).request(t, &q)
}

// fastVerb is one of get, post and so on.
func (c *Classes) fastVerb(name string, pos []string, request *python.Native) *python.Native {
	method := python.NewStr(strings.ToUpper(name))
	names := append([]string{"url"}, pos...)
	return python.RawFunc(name, func(t *thread, args python.Args) (value, error) {
		if len(args.Pos) > 2+len(pos) {
			return nil, tooMany("FastHttpSession."+name, len(pos), len(args.Pos))
		}
		if len(args.Pos) < 2 && args.Kw("url") == nil {
			return nil, python.Errorf(python.TypeError, "FastHttpSession.%s() missing 1 required positional argument: 'url'", name)
		}
		self := args.Pos[0].(*python.Instance)
		if cls := self.Class(); cls != c.FastSession && cls.Lookup("request") != python.Value(request) {
			return c.viaRequest(t, self, method, args, pos)
		}
		return c.fastRequest(t, args, names, method)
	})
}

// getter is a read-only attribute of a response.
func getter(get func(t *thread, x *fastResponse) (value, error)) value {
	return python.Property(func(t *thread, self value) (value, error) { return get(t, fastResponseOf(self)) })
}

func (c *Classes) fastResponseAttrs() map[string]value {
	return map[string]value{
		"status_code": getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewInt(int64(x.status)), nil }),
		"status":      getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewStr(itoa(x.status)), nil }),
		"ok":          getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(x.status < 400), nil }),
		"headers":     getter(func(t *thread, x *fastResponse) (value, error) { return x.headers(t) }),
		"content":     getter(func(t *thread, x *fastResponse) (value, error) { return x.contentValue(t) }),
		"data":        getter(func(t *thread, x *fastResponse) (value, error) { return x.contentValue(t) }),
		"text":        getter(func(t *thread, x *fastResponse) (value, error) { return x.textValue(t) }),
		"url":         getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewStr(x.request.to.full), nil }),
		"request":     getter(func(_ *thread, x *fastResponse) (value, error) { return c.showRequest(x.request), nil }),
		"stream":      getter(func(_ *thread, x *fastResponse) (value, error) { return x.object, nil }),
		"history": python.Property(func(_ *thread, self value) (value, error) {
			x := fastResponseOf(self)
			if !x.answered {
				return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'history'", python.TypeOf(self).Name())
			}
			l := python.NewList()
			for _, h := range x.history {
				l.Append(h.show())
			}
			return l, nil
		}),
		"elapsed": getter(func(t *thread, x *fastResponse) (value, error) {
			if !x.answered {
				return python.None, nil
			}
			return c.requests.Elapsed(t, x.elapsed)
		}),
		"error": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				if x := fastResponseOf(self); x.err != nil {
					return x.err, nil
				}
				return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'error'", python.TypeOf(self).Name())
			},
			func(_ *thread, self, v value) error { fastResponseOf(self).err = v; return nil }),
		"encoding": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return or(fastResponseOf(self).encoding, python.None), nil },
			func(_ *thread, self, v value) error {
				x := fastResponseOf(self)
				x.encoding, x.text = v, nil
				return nil
			}),
	}
}

func (x *fastResponse) contentValue(t *thread) (value, error) {
	ok, err := x.body(t)
	if err != nil || !ok {
		return python.None, err
	}
	if x.contentShown == nil {
		x.contentShown = python.NewBytes(x.content)
	}
	return x.contentShown, nil
}

func (x *fastResponse) headers(t *thread) (value, error) {
	if !x.answered {
		return python.None, nil
	}
	l := python.NewList()
	for n, v := range x.head.Fields {
		l.Append(python.NewTuple(python.NewStr(latin1(n)), python.NewStr(latin1(v))))
	}
	return t.Call(x.session.classes.fast.Attrs().GetStr("Headers"), l)
}

func (c *Classes) fastResponseMethods() []*python.Native { //nolint:funlen // a table of short functions
	refuse := func(*thread, []value) (value, error) { return nil, c.complain(needsCatch) }
	return []*python.Native{
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", release),
		python.Func("__len__(self)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.answered {
				return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'length'")
			}
			if x.head.Length < 0 {
				return nil, python.Errorf(python.TypeError, "'NoneType' object cannot be interpreted as an integer")
			}
			return python.NewInt(x.head.Length), nil
		}),
		python.Func("json(self)", func(t *thread, a []value) (value, error) {
			text, err := fastResponseOf(a[0]).textValue(t)
			if err != nil {
				return nil, err
			}
			s, ok := python.AsStr(text)
			if !ok {
				return nil, python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not NoneType")
			}
			return stdlib.Loads(t, s)
		}),
		python.Func("raise_for_status(self)", func(_ *thread, a []value) (value, error) { return python.None, fastResponseOf(a[0]).raiseForStatus() }),
		python.Func("iter_content(self, chunk_size=1024, decode_content=True)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.answered {
				return nil, c.complain("Cannot iterate content on a response without _response attribute")
			}
			decode := true
			if a[2] != nil {
				var err error
				if decode, err = t.Truth(a[2]); err != nil {
					return nil, err
				}
			}
			size, ok := python.AsInt(or(a[1], python.NewInt(1024)))
			if !ok || size <= 0 {
				size = 1024
			}
			return python.NewIterator("generator", x.chunks(int(min(size, 16<<20)), decode)), nil
		}),
		python.Func("read(self, n=None)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			n, ok := python.AsInt(or(a[1], python.None))
			if !ok {
				if err := x.load(t); err != nil {
					return nil, err
				}
				n = int64(len(x.content))
			}
			v, err := x.chunks(int(max(n, 1)), false)(t)
			return or(v, python.NewBytes(nil)), err
		}),
		python.Func("info(self)", func(t *thread, a []value) (value, error) { return fastResponseOf(a[0]).headers(t) }),
		python.Func("release(self)", release),
		python.Func("isclosed(self)", func(_ *thread, a []value) (value, error) {
			return python.NewBool(fastResponseOf(a[0]).call == nil), nil
		}),
		python.Func("success(self)", refuse),
		python.Func("failure(self, *args, **kwargs)", refuse),
	}
}

// release is FastResponse.release. The worker looks after connections itself; a request without an answer has none to give back.
func release(_ *thread, a []value) (value, error) {
	if !fastResponseOf(a[0]).answered {
		return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'release'")
	}
	return python.None, nil
}

// newFastContextClass makes FastHttpSession's ResponseContextManager.
func (c *Classes) newFastContextClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "ResponseContextManager", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastResponse},
		Attrs: map[string]value{
			"request_meta": python.MutableProperty(
				func(t *thread, self value) (value, error) { return fastResponseOf(self).meta.Dict(t), nil },
				func(_ *thread, self, v value) error {
					d, ok := python.Unwrap(v).(*python.Dict)
					if !ok {
						return python.Errorf(python.TypeError, "request_meta must be a dict")
					}
					fastResponseOf(self).meta.Meta = d
					return nil
				}),
			"_manual_result": getter(func(_ *thread, x *fastResponse) (value, error) { return or(x.manual, python.None), nil }),
			"_entered":       getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(x.entered), nil }),
		},
		Methods: []*python.Native{
			python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) {
				fastResponseOf(a[0]).entered = true
				return a[0], nil
			}),
			python.Func("__exit__(self, exc, value, traceback)", func(t *thread, a []value) (value, error) {
				handled, err := fastResponseOf(a[0]).exit(t, a[1], a[2])
				return python.NewBool(handled), err
			}),
			python.Func("_report_request(self)", func(t *thread, a []value) (value, error) {
				x := fastResponseOf(a[0])
				return python.None, x.meta.fire(t, x.session.event)
			}),
			python.Func("success(self)", func(_ *thread, a []value) (value, error) {
				x := fastResponseOf(a[0])
				if !x.entered {
					return nil, c.complain(tooEarly + "success()")
				}
				x.manual = python.True
				return python.None, nil
			}),
			python.Func("failure(self, exc)", func(_ *thread, a []value) (value, error) {
				x := fastResponseOf(a[0])
				if !x.entered {
					return nil, c.complain(tooEarly + "failure(...)")
				}
				x.manual = c.failure(a[1])
				return python.None, nil
			}),
		},
	})
}
