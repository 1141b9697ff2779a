package requests

import (
	"gregaria/worker/internal/python"
)

// cookieHeader is the header Cookie that a jar has for a request, "" if it has none or the request has one
// (requests.cookies.get_cookie_header).
func (c *Classes) cookieHeader(_ *thread, jar, request value) (string, error) {
	j, p := jarOf(jar), preparedOf(request)
	if j == nil || p == nil {
		return "", python.Errorf(python.AttributeError, "'%s' object has no attribute 'add_cookie_header'", python.TypeOf(jar).Name())
	}
	if len(j.cookies) == 0 || p.has("Cookie") {
		return "", nil
	}
	return j.line(j.place(&p.to, p.hostHeader())), nil
}

// hostHeader is the header Host that a request has of its own.
func (p *Prepared) hostHeader() string {
	if p.base == nil {
		return ""
	}
	return p.base.text("Host")
}

// jarExchange are the methods by which a jar takes the cookies of an answer and gives its own to a request.
func jarExchange() []*python.Native {
	return []*python.Native{
		anyJarExchange(),
		python.Func("extract_cookies(self, response, request)", func(t *thread, a []value) (value, error) {
			r, p := responseOf(a[1]), preparedOf(a[2])
			if r == nil || p == nil {
				return python.None, jarOf(a[0]).takeFrom(t, a[1], a[2])
			}
			if !r.setsCookies {
				return python.None, nil
			}
			of := *r
			of.request = p
			return python.None, of.extractBy(t, a[0], a[2])
		}),
		python.Func("set_policy(self, policy)", func(_ *thread, a []value) (value, error) {
			jarOf(a[0]).policy = a[1]
			return python.None, nil
		}),
		python.Func("get_policy(self)", func(t *thread, a []value) (value, error) { return t.GetAttr(a[0], "_policy") }),
	}
}

// extractBy puts the cookies that the answer sets into a jar, but for those that its policy does not want.
func (r *Response) extractBy(t *thread, jar, request value) error {
	j := jarOf(jar)
	if j.policy == nil {
		r.extractTo(j)
		return nil
	}
	var come Jar
	r.extractTo(&come)
	for _, k := range come.cookies {
		ok, err := t.CallMethod(j.policy, "set_ok", python.NewInstance(r.classes.Cookie, k), request)
		if err != nil {
			return err
		}
		if welcome, err := t.Truth(ok); err != nil {
			return err
		} else if welcome {
			j.put(k)
		}
	}
	return nil
}

// policyOf is the policy of a jar, the default one if none has been set.
func policyOf(t *thread, jar value) (value, error) {
	if j := jarOf(jar); j.policy != nil {
		return j.policy, nil
	}
	m, err := t.Import("http.cookiejar")
	if err != nil {
		return nil, err
	}
	return t.Call(m.Attrs().GetStr("DefaultCookiePolicy"))
}
