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
			"hooks": python.MutableProperty(getHooks, func(_ *thread, self, v value) error { preparedOf(self).seen().hooks = v; return nil }),
			"_cookies": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return c.requestCookies(preparedOf(self)), nil },
				func(_ *thread, self, v value) error { preparedOf(self).keepCookies(v); return nil }),
			"_body_position": python.MutableProperty(
				func(_ *thread, self value) (value, error) {
					return or(preparedOf(self).seen().position, python.None), nil
				},
				func(_ *thread, self, v value) error {
					if preparedOf(self).seen().position = v; v == python.None {
						preparedOf(self).seen().position = nil
					}
					return nil
				}),
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
	if p.source, p.body = v, nil; v == python.None {
		p.source = nil
	}
	if s, ok := isText(v); ok {
		p.body = []byte(s)
	}
}

func getHooks(_ *thread, self value) (value, error) {
	p := preparedOf(self)
	if p.seen().hooks == nil {
		d := python.NewDict()
		d.SetStr("response", python.NewList())
		p.seen().hooks = d
	}
	return p.seen().hooks, nil
}

// requestCookies are the cookies of a request as a jar.
func (c *Classes) requestCookies(p *Prepared) value {
	if p.shows != nil && p.shows.cookies != nil {
		return p.shows.cookies
	}
	if p.jar == nil {
		p.jar = &Jar{}
	}
	return python.NewInstance(c.RequestsCookieJar, p.jar)
}

// keepCookies makes a jar that of the request.
func (p *Prepared) keepCookies(v value) { p.seen().cookies, p.jar = v, jarOf(v) }

func (c *Classes) preparedMethods() []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("__init__(self)", none),
		python.Func("__repr__(self)", func(_ *thread, a []value) (value, error) {
			return python.NewStr("<PreparedRequest [" + orNone(preparedOf(a[0]).method) + "]>"), nil
		}),
		python.Func("copy(self)", func(t *thread, a []value) (value, error) {
			p := *preparedOf(a[0])
			if p.base != nil {
				p.base = p.base.copy()
			}
			if p.object = nil; p.shows != nil {
				shows := *p.shows
				p.shows = &shows
			}
			if p.jar != nil || p.shows != nil && p.shows.cookies != nil {
				jar, err := t.CallMethod(c.requestCookies(preparedOf(a[0])), "copy")
				if err != nil {
					return nil, err
				}
				p.keepCookies(jar)
			}
			return c.object(&p), nil
		}),
		python.Func("prepare_cookies(self, cookies)", func(t *thread, a []value) (value, error) {
			jar := a[1]
			if jarOf(jar) == nil {
				j := &Jar{}
				if given(a[1]) {
					if err := j.fromDict(t, a[1], true); err != nil {
						return nil, err
					}
				}
				jar = python.NewInstance(c.RequestsCookieJar, j)
			}
			p := preparedOf(a[0])
			p.keepCookies(jar)
			line, err := c.cookieHeader(t, jar, a[0])
			if err == nil && line != "" {
				p.settled().Set("Cookie", python.NewStr(line))
			}
			return python.None, err
		}),
		python.Func("prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None, hooks=None, json=None)", prepareAll),
		python.Func("prepare_method(self, method)", func(t *thread, a []value) (value, error) {
			if !given(a[1]) {
				return python.None, nil
			}
			v, err := t.CallMethod(a[1], "upper")
			if err != nil {
				return nil, err
			}
			preparedOf(a[0]).method, _ = isText(v)
			return python.None, nil
		}),
		python.Func("prepare_hooks(self, hooks)", func(t *thread, a []value) (value, error) {
			if yes, err := truthy(t, a[1]); err != nil || !yes {
				return python.None, err
			}
			return python.None, t.Each(a[1], func(event value) error {
				hook, err := t.GetItem(a[1], event)
				if err == nil {
					_, err = t.CallMethod(a[0], "register_hook", event, hook)
				}
				return err
			})
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

// prepareAll is PreparedRequest.prepare: each part by the method that is its own.
func prepareAll(t *thread, a []value) (value, error) {
	arg := func(i int) value { return or(a[i], python.None) }
	for _, part := range []struct {
		method string
		args   []value
	}{
		{"prepare_method", []value{arg(1)}},
		{"prepare_url", []value{arg(2), arg(6)}},
		{"prepare_headers", []value{arg(3)}},
		{"prepare_cookies", []value{arg(8)}},
		{"prepare_body", []value{arg(5), arg(4), arg(10)}},
		{"prepare_auth", []value{arg(7), arg(2)}},
		{"prepare_hooks", []value{arg(9)}},
	} {
		if _, err := t.CallMethod(a[0], part.method, part.args...); err != nil {
			return nil, err
		}
	}
	return python.None, nil
}

// rewind puts the file that is a request's body back to where it was (requests.utils.rewind_body).
func (c *Classes) rewind(t *thread, a []value) (value, error) {
	p := preparedOf(a[0])
	seek, err := t.HasAttr(p.content(), "seek")
	if err != nil {
		return nil, err
	}
	if _, ok := python.AsInt(p.seen().position); !ok || seek == nil {
		return nil, c.raise(t, "UnrewindableBodyError", []value{python.NewStr("Unable to rewind request body for redirect.")})
	}
	return t.Call(seek, p.seen().position)
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
				p, err := t.Call(c.PreparedRequest)
				if err != nil {
					return nil, err
				}
				call := python.Args{}
				for _, name := range []string{"method", "url", "headers", "files", "data", "params", "auth", "cookies", "hooks", "json"} {
					v, err := t.GetAttr(a[0], name)
					if err != nil {
						return nil, err
					}
					call.Names, call.Values = append(call.Names, python.NewStr(name)), append(call.Values, v)
				}
				prepare, err := t.GetAttr(p, "prepare")
				if err == nil {
					_, err = t.CallKw(prepare, call)
				}
				return p, err
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
