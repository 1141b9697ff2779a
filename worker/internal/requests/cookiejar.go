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
			of.extractTo(jarOf(a[0]))
			return python.None, nil
		}),
	}
}
