package requests

import (
	"gregaria/worker/internal/python"
)

// preparedOf returns the state of a PreparedRequest, nil if v is none.
func preparedOf(v value) *Prepared {
	if i, ok := v.(*python.Instance); ok {
		p, _ := i.Data.(*Prepared)
		return p
	}
	return nil
}

// object shows a request to Python code.
func (c *Classes) object(p *Prepared) *python.Instance {
	if p.object == nil {
		p.object = python.NewInstance(c.PreparedRequest, p)
		if p.name != "" {
			p.object.Attrs().SetStr("_explicit_name", python.NewStr(p.name))
		}
	}
	return p.object
}

// Show shows a request to Python code.
func (c *Classes) Show(p *Prepared) value {
	if p == nil {
		return python.None
	}
	return c.object(p)
}

// Path is path_url: the path and the query of the request.
func (p *Prepared) Path() string { return p.to.path }

// URL is the URL in full.
func (p *Prepared) URL() string { return p.to.url() }

// SetName notes the name that Locust counts the request under.
func (p *Prepared) SetName(name string) { p.name = name }

// newPreparedClass makes the class PreparedRequest.
func (c *Classes) newPreparedClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "PreparedRequest", Module: "requests.models",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			p := &Prepared{late: late{length: -1}}
			p.object = python.NewInstance(cls, p)
			return p.object, nil
		},
		Attrs: map[string]value{
			"method": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return textOrNone(preparedOf(self).method), nil },
				func(_ *thread, self, v value) error { preparedOf(self).method, _ = python.AsStr(v); return nil }),
			"url": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return textOrNone(preparedOf(self).to.url()), nil },
				func(_ *thread, self, v value) error {
					s, _ := isText(v)
					preparedOf(self).to = prepared(s)
					return nil
				}),
			"path_url": python.Property(func(_ *thread, self value) (value, error) { return python.NewStr(preparedOf(self).to.path), nil }),
			"headers": python.MutableProperty(
				func(_ *thread, self value) (value, error) {
					return python.NewInstance(c.CaseInsensitiveDict, preparedOf(self).settled()), nil
				},
				func(t *thread, self, v value) error {
					p := preparedOf(self)
					p.late, p.base, p.own = late{length: -1}, &Headers{}, true
					return p.base.update(t, v)
				}),
			"body": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return preparedOf(self).content(), nil },
				func(_ *thread, self, v value) error { preparedOf(self).setContent(v); return nil }),
			"hooks":    python.MutableProperty(getHooks, func(_ *thread, self, v value) error { preparedOf(self).hooks = v; return nil }),
			"_cookies": python.Property(func(_ *thread, self value) (value, error) { return c.requestCookies(preparedOf(self)), nil }),
		},
		Methods: c.preparedMethods(),
	})
}

func textOrNone(s string) value {
	if s == "" {
		return python.None
	}
	return python.NewStr(s)
}

// content is the body as Python code sees it.
func (p *Prepared) content() value {
	switch {
	case p.source != nil:
		return p.source
	case p.body == nil:
		return python.None
	}
	return python.NewBytes(p.body)
}

func (p *Prepared) setContent(v value) {
	p.source, p.body = v, nil
	if s, ok := isText(v); ok {
		p.body = []byte(s)
	}
}

func getHooks(_ *thread, self value) (value, error) {
	p := preparedOf(self)
	if p.hooks == nil {
		d := python.NewDict()
		d.SetStr("response", python.NewList())
		p.hooks = d
	}
	return p.hooks, nil
}

// requestCookies are the cookies of a request as a jar.
func (c *Classes) requestCookies(p *Prepared) value {
	if p.jar == nil {
		p.jar = &Jar{}
	}
	return python.NewInstance(c.RequestsCookieJar, p.jar)
}

func (c *Classes) preparedMethods() []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("__init__(self)", none),
		python.Func("__repr__(self)", func(_ *thread, a []value) (value, error) {
			return python.NewStr("<PreparedRequest [" + orNone(preparedOf(a[0]).method) + "]>"), nil
		}),
		python.Func("copy(self)", func(_ *thread, a []value) (value, error) {
			p := *preparedOf(a[0])
			if p.base != nil {
				p.base = p.base.copy()
			}
			p.object = nil
			return c.object(&p), nil
		}),
		python.Func("prepare_cookies(self, cookies)", func(t *thread, a []value) (value, error) {
			p := preparedOf(a[0])
			jar := jarOf(a[1])
			if jar == nil {
				jar = &Jar{}
				if given(a[1]) {
					if err := jar.fromDict(t, a[1], true); err != nil {
						return nil, err
					}
				}
			}
			p.jar = jar
			p.cookies(jar)
			return python.None, nil
		}),
		python.Func("prepare_url(self, url, params)", func(t *thread, a []value) (value, error) {
			var q Call
			if err := q.SetURL(t, a[1]); err != nil {
				return nil, err
			}
			return python.None, c.prepareURL(t, preparedOf(a[0]), q.URL, a[2], nil)
		}),
		python.Func("prepare_headers(self, headers)", func(t *thread, a []value) (value, error) {
			return python.None, preparedOf(a[0]).prepareHeaders(t, c, &Headers{}, a[1])
		}),
		python.Func("prepare_body(self, data, files, json=None)", func(t *thread, a []value) (value, error) {
			return python.None, c.prepareBody(t, preparedOf(a[0]), &Call{Data: a[1], Files: a[2], JSON: a[3]})
		}),
		python.Func("prepare_content_length(self, body)", func(_ *thread, a []value) (value, error) {
			p := preparedOf(a[0])
			if s, ok := isText(a[1]); ok && s != "" {
				p.setLength(len(s))
			}
			return python.None, nil
		}),
		python.Func("prepare_auth(self, auth, url='')", func(t *thread, a []value) (value, error) {
			return python.None, c.prepareAuth(t, preparedOf(a[0]), a[1])
		}),
		python.Func("register_hook(self, event, hook)", func(t *thread, a []value) (value, error) {
			hooks, _ := getHooks(t, a[0])
			return python.None, addHook(t, hooks, a[1], a[2])
		}),
		python.Func("deregister_hook(self, event, hook)", func(t *thread, a []value) (value, error) {
			hooks, _ := getHooks(t, a[0])
			list, err := t.GetItem(hooks, a[1])
			if err != nil {
				return nil, err
			}
			_, err = t.CallMethod(list, "remove", a[2])
			return python.NewBool(err == nil), nil
		}),
	}
}

func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}

// requestArgs are the attributes of a Request, with what they are if nobody says.
func requestDefaults() map[string]value {
	return map[string]value{
		"data": python.NewList(), "files": python.NewList(), "headers": python.NewDict(), "params": python.NewDict(),
	}
}

// newRequestClass makes the class Request: arguments that wait to be prepared.
func (c *Classes) newRequestClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "Request", Module: "requests.models",
		Methods: []*python.Native{
			python.Func("__init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None, hooks=None, json=None)",
				func(t *thread, a []value) (value, error) {
					dflt := requestDefaults()
					for i, name := range []string{"method", "url", "headers", "files", "data", "params", "auth", "cookies", "hooks", "json"} {
						v := a[i+1]
						if !given(v) {
							v = or(dflt[name], python.None)
						}
						if name == "hooks" {
							d := python.NewDict()
							d.SetStr("response", python.NewList())
							if given(a[i+1]) {
								if err := pairs(t, a[i+1], func(k, h value) error { return addHook(t, d, k, h) }); err != nil {
									return nil, err
								}
							}
							v = d
						}
						if err := t.SetAttr(a[0], name, v); err != nil {
							return nil, err
						}
					}
					return python.None, nil
				}),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
				m, err := t.GetAttr(a[0], "method")
				if err != nil {
					return nil, err
				}
				s, err := t.Str(m)
				return python.NewStr("<Request [" + s + "]>"), err
			}),
			python.Func("prepare(self)", func(t *thread, a []value) (value, error) {
				return c.prepareRequest(t, &Session{classes: c, headers: python.NewInstance(c.CaseInsensitiveDict, &Headers{})}, a[0])
			}),
			python.Func("register_hook(self, event, hook)", func(t *thread, a []value) (value, error) {
				hooks, err := t.GetAttr(a[0], "hooks")
				if err != nil {
					return nil, err
				}
				return python.None, addHook(t, hooks, a[1], a[2])
			}),
		},
	})
}

// prepareRequest is Session.prepare_request.
func (c *Classes) prepareRequest(t *thread, s *Session, request value) (value, error) {
	var q Call
	for _, name := range []string{"method", "url", "headers", "files", "data", "params", "auth", "cookies", "hooks", "json"} {
		v, err := t.GetAttr(request, name)
		if err != nil {
			return nil, err
		}
		switch name {
		case "method":
			if q.Method, _ = python.AsStr(v); v == python.None {
				return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'upper'")
			}
		case "url":
			if err := q.SetURL(t, v); err != nil {
				return nil, err
			}
		default:
			*q.Slot(name) = v
		}
	}
	p := &Prepared{}
	if err := s.prepare(t, &q, p); err != nil {
		return nil, err
	}
	return c.object(p), nil
}
