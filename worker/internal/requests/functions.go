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
		python.Func("exchange(pool, method, path, headers, body, chunked, timeout, patience)", func(t *thread, a []value) (value, error) {
			x, err := c.newExchange(t, a[0], a[1], a[2], a[6])
			if err != nil {
				return nil, err
			}
			return x.do(t, a[3], a[4], a[5], a[7])
		}),
		python.Func("before_proxy()", func(*thread, []value) (value, error) { return python.NewBool(c.beforeProxy), nil }),
		python.Func("watch(*classes)", func(_ *thread, a []value) (value, error) {
			for _, v := range a[0].(*python.Tuple).Items() {
				c.Watch(v.(*python.Type))
			}
			return python.None, nil
		}),
		python.Func("watch_module(names)", func(_ *thread, a []value) (value, error) {
			c.watchModule(a[0].(*python.Dict))
			return python.None, nil
		}),
		python.Func("parse_url(url)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return parseURL(s), nil
		}),
		python.Func("http_date(text)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			if at, ok := cookieTime(s); ok {
				return python.NewInt(at), nil
			}
			return python.None, nil
		}),
		python.Func("rewind(request)", c.rewind),
		python.Func("place(url)", func(t *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return urlPlace(t, s)
		}),
		python.Func("cookie_header(jar, request)", func(t *thread, a []value) (value, error) {
			line, err := c.cookieHeader(t, a[0], a[1])
			return textOrNone(line), err
		}),
		python.Func("form_data(fields)", func(t *thread, a []value) (value, error) {
			form := multipart{boundary: boundary(), quote: quoteParam}
			if err := form.files(t, a[0]); err != nil {
				return nil, err
			}
			return python.NewTuple(python.NewBytes(form.end()), python.NewStr("multipart/form-data; boundary="+form.boundary)), nil
		}),
		python.Func("detect(content)", func(_ *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return textOrNone(detect([]byte(s))), nil
		}),
	}
}
