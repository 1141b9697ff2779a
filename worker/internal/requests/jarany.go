package requests

import (
	"time"

	"gregaria/worker/internal/python"
)

// anyJarExchange is CookieJar.add_cookie_header, for whatever has the methods of urllib.request.Request.
func anyJarExchange() *python.Native {
	return python.Func("add_cookie_header(self, request)", func(t *thread, a []value) (value, error) {
		j := jarOf(a[0])
		if j.Empty() {
			return python.None, nil
		}
		has, err := t.CallMethod(a[1], "has_header", python.NewStr("Cookie"))
		if err != nil {
			return nil, err
		}
		if yes, err := t.Truth(has); err != nil || yes {
			return python.None, err
		}
		at, err := fullURL(t, a[1])
		if err != nil {
			return nil, err
		}
		if line := j.Line(at, ""); line != "" {
			return t.CallMethod(a[1], "add_unredirected_header", python.NewStr("Cookie"), python.NewStr(line))
		}
		return python.None, nil
	})
}

func fullURL(t *thread, request value) (string, error) {
	v, err := t.CallMethod(request, "get_full_url")
	if err != nil {
		return "", err
	}
	s, _ := python.AsStr(v)
	return s, nil
}

// takeFrom takes the cookies of an answer that is not requests': it has the methods of http.client's.
func (j *Jar) takeFrom(t *thread, response, request value) error {
	info, err := t.CallMethod(response, "info")
	if err != nil {
		return err
	}
	lines, err := t.CallMethod(info, "get_all", python.NewStr("Set-Cookie"), python.NewList())
	if err != nil {
		return err
	}
	at, err := fullURL(t, request)
	if err != nil {
		return err
	}
	p, now := placeOf(at, ""), time.Now().Unix()
	return t.Each(lines, func(v value) error {
		if line, ok := python.AsStr(v); ok {
			j.extract(line, p, now)
		}
		return nil
	})
}
