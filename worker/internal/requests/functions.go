package requests

import (
	"gregaria/worker/internal/python"
)

// functions are what the modules in Python take from Go.
func (c *Classes) functions() []*python.Native {
	text := func(name string, f func(string) string) *python.Native {
		return python.Func(name+"(text)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return python.NewStr(f(s)), nil
		})
	}
	return []*python.Native{
		text("requote_uri", requote),
		text("unquote", unquote),
		text("escape_path", escapePath),
		python.Func("encode_params(data)", func(t *thread, a []value) (value, error) {
			s, err := encodeParams(t, a[0])
			return python.NewStr(s), err
		}),
		python.Func("basic(user, password)", func(t *thread, a []value) (value, error) {
			s, err := basic(t, a[0], a[1])
			return python.NewStr(s), err
		}),
		python.RawFunc("create_cookie", func(t *thread, args python.Args) (value, error) {
			k, err := newCookie(t, args)
			return python.NewInstance(c.Cookie, k), err
		}),
		python.Func("fill_jar(jar, cookies, overwrite)", func(t *thread, a []value) (value, error) {
			if o := jarOf(a[1]); o != nil {
				jarOf(a[0]).merge(o)
				return a[0], nil
			}
			overwrite, err := truthy(t, a[2])
			if err != nil {
				return nil, err
			}
			return a[0], jarOf(a[0]).fromDict(t, a[1], overwrite)
		}),
		python.Func("charset(content_type)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return textOrNone(charsetOf(s)), nil
		}),
		python.Func("default_headers()", func(*thread, []value) (value, error) {
			return python.NewInstance(c.CaseInsensitiveDict, standardHeaders()), nil
		}),
		python.Func("transmit(session, request, stream, timeout, verify, cert, proxies)", func(t *thread, a []value) (value, error) {
			var o options
			s := sessionOf(a[0])
			if err := s.options(t, &Call{Stream: a[2], Timeout: a[3], Verify: a[4], Cert: a[5], Proxies: a[6]}, &o); err != nil {
				return nil, err
			}
			r := &Response{}
			o.follow = !o.stream
			r.Prepare(c, preparedOf(a[1]))
			if err := s.transmit(t, &o, r); err != nil {
				return nil, err
			}
			return c.show(r), nil
		}),
		python.Func("detect(content)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return textOrNone(detect([]byte(s))), nil
		}),
	}
}
