package session

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// A fastAgent is the attribute client of a session as the worker has made it: a LocustUserAgent, whose attributes are the
// session's settings from then on.
type fastAgent struct {
	object, pool *python.Instance
	shape, own   uint32 // of the agent's attributes and of the pool's
	maxRedirects int
	maxRetries   int
}

// userAgent is the attribute client.
func (s *fastSession) userAgent(t *thread, self value) (value, error) {
	if s.agent != nil {
		return s.agent, nil
	}
	maker, err := s.classes.generally(t, "make_agent")
	if err != nil {
		return nil, err
	}
	s.cookieJar()
	call := python.Args{Pos: []value{self}}
	for _, g := range s.settings.given {
		call.Names, call.Values = append(call.Names, python.NewStr(g.name)), append(call.Values, g.v)
	}
	agent, err := t.CallKw(maker, call)
	if err != nil {
		return nil, err
	}
	s.agent = agent
	return agent, s.adopt(t, agent)
}

// adopt has the agent's pool use the session's connections, unless the file has given another pool.
func (s *fastSession) adopt(t *thread, agent value) error {
	i, ok := agent.(*python.Instance)
	if !ok {
		return nil
	}
	pool, ok := i.Attrs().GetStr("clientpool").(*python.Instance)
	if !ok || pool.Class() != s.classes.fastPoolClass || s.settings.pooled() {
		return nil
	}
	args, err := t.GetAttr(pool, "client_args")
	if err != nil {
		return err
	}
	if d, ok := args.(*python.Dict); ok {
		d.SetStr("_link", python.NewInstance(s.classes.linkClass, &fastLink{&s.link}))
	}
	s.made = &fastAgent{object: i, pool: pool, shape: i.Shape(), own: pool.Shape()}
	return nil
}

// pooled says whether the session has been given a pool.
func (f *fastSettings) pooled() bool {
	for _, g := range f.given {
		if g.name == "client_pool" {
			return g.v != python.None
		}
	}
	return false
}

// sync takes over what the file has set on the agent; false is a setting that only the general way obeys.
func (s *fastSession) sync() bool {
	m := s.made
	if m == nil || s.agent != value(m.object) || m.object.Class() != s.classes.UserAgent || m.object.Shape() != m.shape || m.pool.Shape() != m.own {
		return false
	}
	attrs := m.object.Attrs()
	if !wholeNumber(or(attrs.GetStr("max_redirects"), python.None), &m.maxRedirects) ||
		!wholeNumber(or(attrs.GetStr("max_retries"), python.None), &m.maxRetries) || attrs.GetStr("clientpool") != value(m.pool) {
		return false
	}
	if delay, ok := python.AsFloat(or(attrs.GetStr("retry_delay"), python.None)); !ok || delay != 0 {
		return false
	}
	jar, ok := attrs.GetStr("cookiejar").(*python.Instance)
	if !ok || jar.Class() != s.classes.requests.CookieJar {
		return false
	}
	if s.jar, ok = jar.Data.(*requests.Jar); !ok {
		return false
	}
	s.defaults, ok = attrs.GetStr("default_headers").(*python.Instance)
	return ok
}

// redirects and retries are how many are allowed.
func (s *fastSession) redirects() int {
	if s.made != nil {
		return s.made.maxRedirects
	}
	return s.settings.maxRedirects
}

func (s *fastSession) retries() int {
	if s.made != nil {
		return s.made.maxRetries
	}
	return s.settings.maxRetries
}

// showRequest is a request as Python code sees it.
func (c *Classes) showRequest(t *thread, q *fastRequest) (value, error) {
	if q.object != nil {
		return q.object, nil
	}
	q.settle()
	var headers value
	if q.lost {
		headers = q.ownFields()
	} else {
		lines := python.NewList()
		for _, f := range q.fields {
			lines.Append(python.NewTuple(python.NewStr(f.name), f.value))
		}
		var err error
		if headers, err = t.Call(c.fast.Attrs().GetStr("Headers"), lines); err != nil {
			return nil, err
		}
	}
	payload := q.shownPayload(headers)
	call := python.Args{Pos: []value{python.NewStr(q.to.full), python.NewStr(q.method), headers, payload}}
	if q.params != "" {
		call.Names, call.Values = []*python.Str{python.NewStr("params")}, []value{python.NewStr(q.params)}
	}
	var err error
	q.object, err = t.CallKw(c.FastRequest, call)
	return q.object, err
}

// shownPayload is the payload as Python code sees it. That of a request without an answer is described anew, in headers.
func (q *fastRequest) shownPayload(headers value) value {
	if q.payload == nil {
		return or(q.source, python.None)
	}
	_, text := q.source.(*python.Str)
	d, ok := headers.(*python.Dict)
	if !ok || !q.lost || d.GetStr("content-type") != nil || q.source != nil && !text {
		return or(q.source, python.NewStr(string(q.payload)))
	}
	d.SetStr("content-type", python.NewStr("text/plain; charset=utf-8"))
	d.SetStr("content-length", python.NewStr(itoa(len(q.payload))))
	return python.NewBytes(q.payload)
}

// ownFields are the headers of a request without an answer, which Locust makes anew of what it was called with: a dict,
// without those that the client adds.
func (q *fastRequest) ownFields() value {
	d := python.NewDict()
	for _, f := range q.fields {
		if f.name != "User-Agent" && f.name != "Cookie" {
			d.SetStr(f.name, f.value)
		}
	}
	return d
}
