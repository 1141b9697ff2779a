package session

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// newResponseClasses makes CompatResponse, which is geventhttpclient's, and Locust's FastResponse and ErrorResponse.
func (c *Classes) newResponseClasses() {
	c.compatResponse = python.NewClass(python.ClassSpec{
		Name: "CompatResponse", Module: "geventhttpclient.useragent", New: c.newFastResponse,
		Attrs: c.compatAttrs(), Methods: append(c.compatMethods(), readMethods(connected)...),
	})
	c.FastResponse = python.NewClass(python.ClassSpec{
		Name: "FastResponse", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.compatResponse},
		Attrs: c.fastResponseAttrs(), Methods: c.fastResponseMethods(),
	})
	c.methods = map[string]value{}
	for _, name := range []string{"raise_for_status", "_content"} {
		c.methods[name] = c.FastResponse.Lookup(name)
	}
	c.ErrorResponse = python.NewClass(python.ClassSpec{
		Name: "ErrorResponse", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastResponse}, New: c.newErrorResponse,
		Methods: []*python.Native{python.Func("raise_for_status(self)", raiseForStatus)}, // what is put in FastResponse's place is not in its
	})
}

// newFastResponse is FastResponse(ghc_response, request, sent_request).
func (c *Classes) newFastResponse(_ *thread, cls *python.Type, args python.Args) (value, error) {
	var a [3]value
	copy(a[:], args.Pos)
	for i, name := range []string{"ghc_response", "request", "sent_request"} {
		if v := args.Kw(name); v != nil {
			a[i] = v
		}
	}
	if a[0] == nil {
		return nil, python.Errorf(python.TypeError, "%s.__init__() missing 1 required positional argument: 'ghc_response'", cls.Name())
	}
	x := fastResponseOf(a[0])
	if x == nil {
		return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute '_headers_index'", python.TypeOf(a[0]).Name())
	}
	x.shown().asked = or(a[1], python.None)
	x.object = python.NewInstance(cls, x)
	return x.object, nil
}

// newErrorResponse is ErrorResponse(request, error).
func (c *Classes) newErrorResponse(_ *thread, cls *python.Type, args python.Args) (value, error) {
	var a [2]value
	copy(a[:], args.Pos)
	for i, name := range []string{"request", "error"} {
		if v := args.Kw(name); v != nil {
			a[i] = v
		}
		if a[i] == nil {
			return nil, python.Errorf(python.TypeError, "ErrorResponse.__init__() missing 1 required positional argument: '%s'", name)
		}
	}
	x := &fastResponse{session: c.nobody, err: a[1], more: &fastShown{asked: a[0]}}
	x.request = &x.first
	x.object = python.NewInstance(cls, x)
	return x.object, nil
}

// getter is a read-only attribute of a response.
func getter(get func(t *thread, x *fastResponse) (value, error)) value {
	return python.Property(func(t *thread, self value) (value, error) { return get(t, fastResponseOf(self)) })
}

// connected is the error of a response without an answer.
func connected(x *fastResponse) error {
	if !x.answered {
		return python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'read'")
	}
	return nil
}

// asked is the request as Python code sees it.
func (x *fastResponse) asked(t *thread) (value, error) {
	if x.more != nil && x.more.asked != nil {
		return x.more.asked, nil
	}
	return x.session.classes.showRequest(t, x.request)
}

func (c *Classes) compatAttrs() map[string]value {
	raw := getter(func(_ *thread, x *fastResponse) (value, error) {
		if !x.answered {
			return python.None, nil
		}
		return x.socket(), nil
	})
	asked := getter(func(t *thread, x *fastResponse) (value, error) { return x.asked(t) })
	return map[string]value{
		"status_code": getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewInt(int64(x.status)), nil }),
		"status":      getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewStr(itoa(int(x.status))), nil }),
		"headers":     getter(func(t *thread, x *fastResponse) (value, error) { return x.headers(t) }),
		"content":     python.Property(c.content), "data": python.Property(c.content),
		"stream": raw, "_response": raw, "_request": asked,
		"_sent_request": getter(func(t *thread, x *fastResponse) (value, error) { return x.sent(t) }),
		"history":       python.Property(c.history), "_history": python.Property(c.history),
		"elapsed": getter(func(t *thread, x *fastResponse) (value, error) {
			if !x.answered {
				return python.None, nil
			}
			return c.requests.Elapsed(t, x.elapsed)
		}),
		"text": getter(func(t *thread, x *fastResponse) (value, error) { return x.compatText(t) }),
	}
}

// content is the attribute content. A class in the file may have its own _content.
func (c *Classes) content(t *thread, self value) (value, error) {
	x := fastResponseOf(self)
	if i := self.(*python.Instance); x.contentShown == nil && i.Class() != c.FastContext && i.Class() != c.FastResponse {
		if own := i.Class().Lookup("_content"); own != nil && own != c.methods["_content"] {
			if v, ok := i.Attrs().GetStr("_cached_content").(*python.Bytes); ok {
				return v, nil
			}
			v, err := t.CallMethod(self, "_content")
			if err == nil {
				i.Attrs().SetStr("_cached_content", v)
			}
			return v, err
		}
	}
	return x.contentValue(t)
}

func (c *Classes) history(_ *thread, self value) (value, error) {
	x := fastResponseOf(self)
	if !x.answered {
		return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'history'", python.TypeOf(self).Name())
	}
	m := x.shown()
	if m.history == nil {
		m.history = python.NewList()
		if x.history != nil {
			for _, h := range *x.history {
				m.history.Append(h.show())
			}
		}
	}
	return m.history, nil
}

func (c *Classes) fastResponseAttrs() map[string]value {
	return map[string]value{
		"ok":   getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(x.status < 400), nil }),
		"text": getter(func(t *thread, x *fastResponse) (value, error) { return x.textValue(t) }),
		"url": getter(func(t *thread, x *fastResponse) (value, error) {
			if x.more == nil || x.more.asked == nil {
				return python.NewStr(x.request.to.full), nil
			}
			if x.more.asked == python.None {
				return python.None, nil
			}
			return t.GetAttr(x.more.asked, "url")
		}),
		"request": python.MutableProperty(
			func(t *thread, self value) (value, error) { return fastResponseOf(self).asked(t) },
			func(_ *thread, self, v value) error { fastResponseOf(self).shown().asked = v; return nil }),
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

// headers are the headers of the answer, always the same object.
func (x *fastResponse) headers(t *thread) (value, error) {
	if !x.answered {
		return python.None, nil
	}
	if x.more != nil && x.more.headers != nil {
		return x.more.headers, nil
	}
	l := python.NewList()
	for n, v := range x.head.Fields {
		l.Append(python.NewTuple(python.NewStr(latin1(n)), python.NewStr(latin1(v))))
	}
	h, err := t.Call(x.session.classes.fast.Attrs().GetStr("Headers"), l)
	if err != nil {
		return nil, err
	}
	x.shown().headers, _ = h.(*python.Instance)
	return h, nil
}

func (c *Classes) compatMethods() []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", release),
		python.Func("__iter__(self)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.answered {
				return nil, python.Errorf(python.TypeError, "'NoneType' object is not iterable")
			}
			return x.socket(), nil
		}),
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
			b, err := fastResponseOf(a[0]).rest(t)
			if err != nil {
				return nil, err
			}
			return stdlib.Loads(t, string(b))
		}),
		python.Func("_content(self)", func(t *thread, a []value) (value, error) { return fastResponseOf(a[0]).contentValue(t) }),
		python.Func("info(self)", func(t *thread, a []value) (value, error) { return fastResponseOf(a[0]).headers(t) }),
		python.Func("release(self)", release),
		python.Func("isclosed(self)", func(_ *thread, a []value) (value, error) {
			return python.NewBool(fastResponseOf(a[0]).call == nil), nil
		}),
	}
}

func raiseForStatus(_ *thread, a []value) (value, error) {
	return python.None, fastResponseOf(a[0]).raiseForStatus()
}

// fastText is the attribute text, which a class in the file may have its own of.
func fastText(t *thread, c *Classes, self value) (value, error) {
	if cls := self.(*python.Instance).Class(); (cls == c.FastContext || cls == c.FastResponse) && (c.noted == nil || !c.patched(responseClass)) {
		return fastResponseOf(self).textValue(t)
	}
	return t.GetAttr(self, "text")
}

func (c *Classes) fastResponseMethods() []*python.Native {
	refuse := func(*thread, []value) (value, error) { return nil, c.complain(needsCatch) }
	return []*python.Native{
		python.Func("_content(self)", func(t *thread, a []value) (value, error) { return fastResponseOf(a[0]).contentValue(t) }),
		python.Func("json(self)", func(t *thread, a []value) (value, error) {
			text, err := fastText(t, c, a[0])
			if err != nil {
				return nil, err
			}
			s, ok := python.AsStr(text)
			if !ok {
				return nil, python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not NoneType")
			}
			return stdlib.Loads(t, s)
		}),
		python.Func("raise_for_status(self)", raiseForStatus),
		python.Func("iter_content(self, chunk_size=1024, decode_content=True)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
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
			chunk := x.chunks(int(min(size, 16<<20)), decode)
			return python.NewIterator("generator", func(t *thread) (value, error) {
				if !x.answered {
					return nil, c.complain("Cannot iterate content on a response without _response attribute")
				}
				return chunk(t)
			}), nil
		}),
		python.Func("success(self)", refuse),
		python.Func("failure(self, *args, **kwargs)", refuse),
	}
}

// release is FastResponse.release: a stream that has not been read is closed.
func release(_ *thread, a []value) (value, error) {
	x := fastResponseOf(a[0])
	if !x.answered {
		return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'release'")
	}
	x.release()
	return python.None, nil
}

// compatText is CompatResponse.text: text if the headers say that it is, else bytes.
func (x *fastResponse) compatText(t *thread) (value, error) {
	v, err := x.contentValue(t)
	if err != nil || len(x.content) == 0 {
		return python.NewStr(""), err
	}
	kind := latin1(x.head.Value("Content-Type"))
	if kind != "" && !hasTextType(kind) {
		return v, nil
	}
	s, err := python.Decode(string(x.content), charsetIn(kind), "strict")
	return python.NewStr(s), err
}
