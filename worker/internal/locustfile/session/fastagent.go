package session

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// newFastRequestClass makes FastRequest.
func (c *Classes) newFastRequestClass() *python.Type {
	get := func(f func(t *thread, q *fastRequest) (value, error)) value {
		return python.Property(func(t *thread, self value) (value, error) { return f(t, self.(*python.Instance).Data.(*fastRequest)) })
	}
	payload := func(_ *thread, q *fastRequest) (value, error) {
		switch {
		case q.source != nil:
		case q.payload != nil:
			q.source = python.NewStr(string(q.payload))
		default:
			return python.None, nil
		}
		return q.source, nil
	}
	return python.NewClass(python.ClassSpec{
		Name: "FastRequest", Module: "locust.contrib.fasthttp",
		Attrs: map[string]value{
			"url":      get(func(_ *thread, q *fastRequest) (value, error) { return python.NewStr(q.to.full), nil }),
			"full_url": get(func(_ *thread, q *fastRequest) (value, error) { return python.NewStr(q.to.full), nil }),
			"method":   get(func(_ *thread, q *fastRequest) (value, error) { return python.NewStr(q.method), nil }),
			"selector": get(func(_ *thread, q *fastRequest) (value, error) { return python.NewStr(q.to.uri), nil }),
			"host": get(func(_ *thread, q *fastRequest) (value, error) {
				_, netloc, _, _, _ := requests.SplitURL(q.to.full)
				return python.NewStr(netloc), nil
			}),
			"body": get(payload), "payload": get(payload), "data": get(payload),
			"headers": get(func(t *thread, q *fastRequest) (value, error) {
				q.settle()
				l := python.NewList()
				for _, f := range q.fields {
					l.Append(python.NewTuple(python.NewStr(f.name), f.value))
				}
				return t.Call(c.fast.Attrs().GetStr("Headers"), l)
			}),
		},
	})
}

func (c *Classes) showRequest(q *fastRequest) value {
	if q.object == nil {
		q.object = python.NewInstance(c.FastRequest, q)
	}
	return q.object
}

// newUserAgentClass makes LocustUserAgent, the attribute client of a FastHttpSession.
func (c *Classes) newUserAgentClass() *python.Type {
	of := func(self value) *fastSession { return self.(*python.Instance).Data.(*fastSession) }
	number := func(slot func(s *fastSession) *int) value {
		return python.MutableProperty(
			func(_ *thread, self value) (value, error) { return python.NewInt(int64(*slot(of(self)))), nil },
			func(t *thread, self, v value) error { return takeInt(t, v, slot(of(self))) })
	}
	return python.NewClass(python.ClassSpec{
		Name: "LocustUserAgent", Module: "locust.contrib.fasthttp",
		Attrs: map[string]value{
			"max_redirects": number(func(s *fastSession) *int { return &s.settings.maxRedirects }),
			"max_retries":   number(func(s *fastSession) *int { return &s.settings.maxRetries }),
			"cookiejar":     python.Property(func(_ *thread, self value) (value, error) { return of(self).cookieJar(), nil }),
			"default_headers": python.MutableProperty(
				func(t *thread, self value) (value, error) { return of(self).defaultHeaders(t) },
				func(_ *thread, self, v value) error { of(self).defaults, _ = v.(*python.Instance); return nil }),
		},
		Methods: []*python.Native{
			python.Func("close(self)", func(_ *thread, a []value) (value, error) { of(a[0]).link.Pool.Close(); return python.None, nil }),
		},
	})
}

func (s *fastSession) userAgent() value {
	if s.agent == nil {
		s.agent = python.NewInstance(s.classes.UserAgent, s)
	}
	return s.agent
}

// defaultHeaders are the headers of the client for Python code to change.
func (s *fastSession) defaultHeaders(t *thread) (value, error) {
	if s.defaults != nil {
		return s.defaults, nil
	}
	l := python.NewList(python.NewTuple(python.NewStr("User-Agent"), python.NewStr(fastAgent)))
	v, err := t.Call(s.classes.fast.Attrs().GetStr("Headers"), l)
	if err != nil {
		return nil, err
	}
	if given(s.settings.headers) {
		if _, err := t.CallMethod(v, "update", s.settings.headers); err != nil {
			return nil, err
		}
	}
	s.defaults, _ = v.(*python.Instance)
	return v, nil
}
