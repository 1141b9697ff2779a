package requests

import (
	"slices"

	"gregaria/worker/internal/python"
)

// functions are what the modules in Python take from Go.
func (c *Classes) functions() []*python.Native {
	return slices.Concat([]*python.Native{python.Func("packed(address)", packedAddress)}, urlFunctions(), bodyFunctions(), c.headerFunctions(), c.cookieFunctions(), c.sendFunctions())
}

// textFunction makes a function of a text.
func textFunction(signature string, f func(string) value) *python.Native {
	return python.Func(signature, func(_ *thread, a []value) (value, error) {
		s, _ := isText(a[0])
		return f(s), nil
	})
}

func urlFunctions() []*python.Native {
	return []*python.Native{
		textFunction("requote_uri(text)", func(s string) value { return python.NewStr(requote(s)) }),
		textFunction("unquote(text)", func(s string) value { return python.NewStr(unquote(s)) }),
		textFunction("escape_path(text)", func(s string) value { return python.NewStr(escapePath(s)) }),
		textFunction("parse_url(url)", parseURL),
		python.Func("place(url)", func(t *thread, a []value) (value, error) {
			s, _ := isText(a[0])
			return urlPlace(t, s)
		}),
	}
}

func bodyFunctions() []*python.Native {
	return []*python.Native{
		python.Func("encode_params(data)", func(t *thread, a []value) (value, error) {
			s, err := encodeParams(t, a[0])
			return python.NewStr(s), err
		}),
		python.Func("form_data(fields)", func(t *thread, a []value) (value, error) {
			form := multipart{boundary: boundary(), quote: quoteParam}
			if err := form.files(t, a[0]); err != nil {
				return nil, err
			}
			return python.NewTuple(python.NewBytes(form.end()), python.NewStr("multipart/form-data; boundary="+form.boundary)), nil
		}),
		textFunction("charset(content_type)", func(s string) value { return textOrNone(charsetOf(s)) }),
		textFunction("detect(content)", func(s string) value { return textOrNone(detect([]byte(s))) }),
	}
}

func (c *Classes) headerFunctions() []*python.Native {
	return []*python.Native{
		python.Func("default_headers()", func(*thread, []value) (value, error) {
			return python.NewInstance(c.CaseInsensitiveDict, standardHeaders()), nil
		}),
		python.Func("basic(user, password)", func(t *thread, a []value) (value, error) {
			s, err := basic(t, a[0], a[1])
			return python.NewStr(s), err
		}),
		textFunction("http_date(text)", func(s string) value {
			if at, ok := cookieTime(s); ok {
				return python.NewInt(at)
			}
			return python.None
		}),
	}
}

func (c *Classes) cookieFunctions() []*python.Native {
	return []*python.Native{
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
		python.Func("cookie_header(jar, request)", func(t *thread, a []value) (value, error) {
			line, err := c.cookieHeader(t, a[0], a[1])
			return textOrNone(line), err
		}),
	}
}

// sendFunctions are what sends, and what says whether the short way may.
func (c *Classes) sendFunctions() []*python.Native {
	return []*python.Native{
		python.Func("exchange(pool, method, path, headers, body, chunked, timeout, patience)", func(t *thread, a []value) (value, error) {
			x, err := c.newExchange(t, a[0], a[1], a[2], a[6])
			if err != nil {
				return nil, err
			}
			return x.do(t, a[3], a[4], a[5], a[7])
		}),
		python.Func("is_stock(adapter)", func(_ *thread, a []value) (value, error) { return python.NewBool(c.isStock(a[0])), nil }),
		python.Func("rest(adapter, hosts, most)", c.rest),
		python.Func("rewind(request)", c.rewind),
		python.Func("before_proxy()", func(*thread, []value) (value, error) { return python.NewBool(c.beforeProxy), nil }),
		python.Func("watch(*classes)", func(_ *thread, a []value) (value, error) {
			for _, v := range a[0].(*python.Tuple).Items() {
				c.Watch(v.(*python.Type))
			}
			return python.None, nil
		}),
		python.Func("watch_module(names)", func(t *thread, a []value) (value, error) {
			c.watchModule(t, a[0].(*python.Dict))
			return python.None, nil
		}),
	}
}
