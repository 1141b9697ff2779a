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

func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}
