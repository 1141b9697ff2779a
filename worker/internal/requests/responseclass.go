package requests

import (
	"strconv"

	"gregaria/worker/internal/python"
)

// An Embedder is a state that a Response is part of.
type Embedder interface{ Base() *Response }

// Base returns the response itself, so that whatever embeds one is an [Embedder].
func (r *Response) Base() *Response { return r }

// responseOf returns the state of a Response, nil if v is none.
func responseOf(v value) *Response {
	if i, ok := v.(*python.Instance); ok {
		if e, ok := i.Data.(Embedder); ok {
			return e.Base()
		}
	}
	return nil
}

// Prepare makes a zero Response one that waits for its answer. p is where its request goes.
func (r *Response) Prepare(c *Classes, p *Prepared) {
	r.classes, r.request = c, p
}

// Fail makes r what Locust has for a request without an answer: a response to p with the status 0.
func (r *Response) Fail(c *Classes, p *Prepared) {
	*r = Response{classes: c, request: p, object: r.object, Embedder: r.Embedder}
	r.failed = true
}

// Bind makes v the object of the response.
func (r *Response) Bind(v *python.Instance) { r.object = v }

// show shows a response to Python code.
func (c *Classes) show(r *Response) value {
	if r.object == nil {
		r.object = python.NewInstance(c.Response, r)
	}
	return r.object
}

// property is an attribute that is made when somebody looks, and then kept.
func property(slot func(s *shown) *value, show func(t *thread, r *Response) (value, error)) value {
	return python.MutableProperty(
		func(t *thread, self value) (value, error) {
			r := responseOf(self)
			if r.shown != nil {
				if v := *slot(r.shown); v != nil {
					return v, nil
				}
			}
			v, err := show(t, r)
			if err != nil {
				return nil, err
			}
			*slot(r.look()) = v
			return v, nil
		},
		func(_ *thread, self, v value) error {
			r := responseOf(self)
			*slot(r.look()) = v
			return nil
		})
}

// newResponseClass makes the class Response.
func (c *Classes) newResponseClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "Response", Module: "requests.models",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			r := &Response{classes: c}
			r.object = python.NewInstance(cls, r)
			return r.object, nil
		},
		Attrs:   c.responseAttrs(),
		Methods: append(c.responseMethods(), c.readingMethods()...),
	})
}

func (c *Classes) responseAttrs() map[string]value { //nolint:funlen // a table of short functions
	return map[string]value{
		"status_code": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return responseOf(self).statusValue(), nil },
			func(_ *thread, self, v value) error {
				r := responseOf(self)
				n, ok := python.AsInt(v)
				if r.status = int(n); !ok {
					r.look().status = v
				}
				return nil
			}),
		"headers": property(func(s *shown) *value { return &s.headers }, func(_ *thread, r *Response) (value, error) {
			return python.NewInstance(c.CaseInsensitiveDict, r.headers()), nil
		}),
		"url": property(func(s *shown) *value { return &s.url }, func(_ *thread, r *Response) (value, error) {
			if !r.answered {
				return python.None, nil
			}
			return python.NewStr(r.request.to.url()), nil
		}),
		"encoding": python.MutableProperty(
			func(t *thread, self value) (value, error) { return responseOf(self).encoding(t) },
			func(_ *thread, self, v value) error {
				s := responseOf(self).look()
				s.encoding, s.text = v, nil
				return nil
			}),
		"reason": property(func(s *shown) *value { return &s.reason }, func(_ *thread, r *Response) (value, error) {
			if !r.answered {
				return python.None, nil
			}
			return python.NewStr(r.reason()), nil
		}),
		"cookies": property(func(s *shown) *value { return &s.cookies }, func(_ *thread, r *Response) (value, error) {
			j := &Jar{}
			if r.answered {
				r.extractTo(j)
			}
			return python.NewInstance(c.RequestsCookieJar, j), nil
		}),
		"history": property(func(s *shown) *value { return &s.history }, func(_ *thread, r *Response) (value, error) {
			l := python.NewList()
			for _, h := range r.history {
				l.Append(c.show(h))
			}
			return l, nil
		}),
		"elapsed": property(func(s *shown) *value { return &s.elapsed }, func(t *thread, r *Response) (value, error) {
			return c.Elapsed(t, r.elapsed)
		}),
		"request": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				r := responseOf(self)
				if r.shown != nil && r.shown.request != nil {
					return r.shown.request, nil
				}
				return c.Show(r.request), nil
			},
			func(_ *thread, self, v value) error {
				r := responseOf(self)
				if r.look().request = v; preparedOf(v) != nil {
					r.request = preparedOf(v)
				}
				return nil
			}),
		"raw": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				r := responseOf(self)
				if r.look().raw == nil {
					if r.shown.raw = python.None; r.answered {
						r.shown.raw = python.NewInstance(c.HTTPResponse, r)
					}
				}
				return r.shown.raw, nil
			},
			func(_ *thread, self, v value) error { responseOf(self).setRaw(v); return nil }),
		"connection": property(func(s *shown) *value { return &s.connection }, func(t *thread, r *Response) (value, error) { return r.adapter(t) }),
		"_content": python.MutableProperty(
			func(t *thread, self value) (value, error) { return responseOf(self).contentValue(t) },
			func(_ *thread, self, v value) error { return responseOf(self).setContent(v) }),
		"_content_consumed": python.Property(func(_ *thread, self value) (value, error) { return python.NewBool(responseOf(self).consumed), nil }),
		"content":           c.contentProperty,
		"text":              c.textProperty,
		"apparent_encoding": python.Property(func(t *thread, self value) (value, error) {
			if err := responseOf(self).load(t); err != nil {
				return nil, err
			}
			if responseOf(self).nothing() {
				return nil, python.Errorf(python.TypeError, "Expected object of type bytes or bytearray, got: <class 'NoneType'>")
			}
			return textOrNone(detect(responseOf(self).content)), nil
		}),
		"ok":                    python.Property(okay),
		"is_redirect":           python.Property(func(_ *thread, self value) (value, error) { return redirectsTo(self, 301, 302, 303, 307, 308), nil }),
		"is_permanent_redirect": python.Property(func(_ *thread, self value) (value, error) { return redirectsTo(self, 301, 308), nil }),
		"links":                 python.Property(links),
		"next":                  python.Property(func(t *thread, self value) (value, error) { return t.GetAttr(self, "_next") }),
		"_next":                 property(func(s *shown) *value { return &s.next }, func(t *thread, r *Response) (value, error) { return r.following(t) }),
	}
}

// setContent is what a file sets as _content.
func (r *Response) setContent(v value) error {
	s, ok := python.AsBytes(v)
	r.content, r.consumed, r.streaming, r.unread = []byte(s), true, false, false
	r.answered = r.answered || ok
	r.look().content, r.shown.text = v, nil
	return nil
}

func (r *Response) statusValue() value {
	if r.shown != nil && r.shown.status != nil {
		return r.shown.status
	}
	if !r.answered && !r.failed && r.request == nil && r.status == 0 {
		return python.None
	}
	return python.NewInt(int64(r.status))
}

func redirectsTo(self value, statuses ...int) value {
	r := responseOf(self)
	for _, s := range statuses {
		if r.status == s {
			return python.NewBool(r.header("location") != "")
		}
	}
	return python.False
}

// okay is Response.ok: whether raise_for_status raises no HTTPError. Other exceptions leave it.
func okay(t *thread, self value) (value, error) {
	r := responseOf(self)
	if r.Embedder == nil && r.object != nil && r.object.Class() == r.classes.Response && r.classes.pristine(r.classes.Response) {
		return python.NewBool(r.status < 400 || r.status >= 600), nil
	}
	_, err := t.CallMethod(self, "raise_for_status")
	if err == nil {
		return python.True, nil
	}
	class, err2 := r.classes.exception(t, "HTTPError")
	if err2 != nil {
		return nil, err2
	}
	if python.AsException(err).IsA(class) {
		return python.False, nil
	}
	return nil, err
}

func (c *Classes) responseMethods() []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
			s, err := t.Str(responseOf(a[0]).statusValue())
			return python.NewStr("<Response [" + s + "]>"), err
		}),
		python.Func("__bool__(self)", func(t *thread, a []value) (value, error) { return t.GetAttr(a[0], "ok") }),
		python.Func("__iter__(self)", func(t *thread, a []value) (value, error) {
			return t.CallMethod(a[0], "iter_content", python.NewInt(128))
		}),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", func(t *thread, a []value) (value, error) { return t.CallMethod(a[0], "close") }),
		python.Func("raise_for_status(self)", func(t *thread, a []value) (value, error) {
			return python.None, c.StatusError(t, a[0], "")
		}),
		python.Func("json(self, **kwargs)", func(t *thread, a []value) (value, error) { return c.json(t, a[0], a[1]) }),
		python.Func("close(self)", func(_ *thread, a []value) (value, error) {
			r := responseOf(a[0])
			if r.nothing() && !r.consumed {
				return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'close'")
			}
			r.Close()
			return python.None, nil
		}),
	}
}

// StatusError raises HTTPError for a status of a failed request. It says name as the URL, unless that is "".
func (c *Classes) StatusError(t *thread, self value, name string) error {
	r := responseOf(self)
	if r.status < 400 || r.status >= 600 {
		return nil
	}
	kind := "Client"
	if r.status >= 500 {
		kind = "Server"
	}
	reason, err := c.attrText(t, self, "reason")
	if err != nil {
		return err
	}
	if name == "" {
		if name, err = c.attrText(t, self, "url"); err != nil {
			return err
		}
	}
	text := strconv.Itoa(r.status) + " " + kind + " Error: " + reason + " for url: " + name
	return c.fail(t, "status_error", python.NewStr(text), self)
}

func (c *Classes) attrText(t *thread, self value, name string) (string, error) {
	v, err := t.GetAttr(self, name)
	if err != nil {
		return "", err
	}
	if b, ok := python.AsBytes(v); ok {
		if s, err := python.Decode(b, "utf-8", "strict"); err == nil {
			return s, nil
		}
		return python.Decode(b, "iso-8859-1", "strict")
	}
	return t.Str(v)
}
