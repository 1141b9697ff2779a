package requests

import "gregaria/worker/internal/python"

func (c *Classes) preparedMethods() []*python.Native {
	return []*python.Native{
		python.Func("__init__(self)", none),
		python.Func("__repr__(self)", func(_ *thread, a []value) (value, error) {
			return python.NewStr("<PreparedRequest [" + orNone(preparedOf(a[0]).method) + "]>"), nil
		}),
		python.Func("copy(self)", c.copyPrepared),
		python.Func("prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None, hooks=None, json=None)", prepareAll),
		python.Func("prepare_method(self, method)", prepareMethod),
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
		python.Func("prepare_cookies(self, cookies)", c.prepareJar),
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
		python.Func("prepare_hooks(self, hooks)", prepareHooks),
		python.Func("register_hook(self, event, hook)", func(t *thread, a []value) (value, error) {
			hooks, _ := getHooks(t, a[0])
			return python.None, addHook(t, hooks, a[1], a[2])
		}),
		python.Func("deregister_hook(self, event, hook)", removeHook),
	}
}

// copyPrepared is PreparedRequest.copy: the headers and the cookies are the copy's own.
func (c *Classes) copyPrepared(t *thread, a []value) (value, error) {
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
}

// prepareJar is PreparedRequest.prepare_cookies.
func (c *Classes) prepareJar(t *thread, a []value) (value, error) {
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
}

func prepareMethod(t *thread, a []value) (value, error) {
	if !given(a[1]) {
		return python.None, nil
	}
	v, err := t.CallMethod(a[1], "upper")
	if err != nil {
		return nil, err
	}
	preparedOf(a[0]).method, _ = isText(v)
	return python.None, nil
}

func prepareHooks(t *thread, a []value) (value, error) {
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
}

// removeHook is PreparedRequest.deregister_hook.
func removeHook(t *thread, a []value) (value, error) {
	hooks, _ := getHooks(t, a[0])
	list, err := t.GetItem(hooks, a[1])
	if err != nil {
		return nil, err
	}
	_, err = t.CallMethod(list, "remove", a[2])
	return python.NewBool(err == nil), nil
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
