package requests

import (
	"bytes"
	"io"
	"slices"

	"gregaria/worker/internal/python"
)

// newRawClass makes the class of Response.raw.
func (c *Classes) newRawClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "HTTPResponse", Module: "urllib3.response",
		Attrs:   c.rawAttrs(),
		Methods: slices.Concat(rawReaders(), c.rawHeaderMethods()),
	})
}

func (c *Classes) rawAttrs() map[string]value {
	fixed := func(get func(r *Response) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return get(responseOf(self)), nil })
	}
	return map[string]value{
		"status": fixed(func(r *Response) value { return python.NewInt(int64(r.status)) }),
		"reason": fixed(func(r *Response) value { return python.NewStr(r.reason()) }),
		"headers": fixed(func(r *Response) value {
			if r.look().rawHeaders == nil {
				r.shown.rawHeaders = python.NewInstance(c.CaseInsensitiveDict, r.headers())
			}
			return r.shown.rawHeaders
		}),
		"_original_response": python.Property(func(_ *thread, self value) (value, error) { return self, nil }),
		"closed":             fixed(func(r *Response) value { return python.NewBool(!r.streaming) }),
		"version":            python.NewInt(11),
		"decode_content":     python.False,
		"data": python.Property(func(t *thread, self value) (value, error) {
			r := responseOf(self)
			if r.look().data == nil {
				v, err := r.rawRead(t, nil, python.True)
				if err != nil {
					return nil, err
				}
				r.shown.data = v
			}
			return r.shown.data, nil
		}),
	}
}

// rawReaders are the methods of raw that read it, or end that.
func rawReaders() []*python.Native {
	return []*python.Native{
		python.Func("read(self, amt=None, decode_content=None, cache_content=False)", func(t *thread, a []value) (value, error) {
			return responseOf(a[0]).rawRead(t, a[1], a[2])
		}),
		python.Func("stream(self, amt=65536, decode_content=None)", func(t *thread, a []value) (value, error) {
			size, err := chunkSize(t, a[1], 64<<10)
			if err != nil {
				return nil, err
			}
			next, err := responseOf(a[0]).chunks(t, size, false)
			return python.NewGenerator("stream", next, responseOf(a[0]).leave), err
		}),
		python.Func("__iter__(self)", func(_ *thread, a []value) (value, error) {
			l := &lines{r: responseOf(a[0]), size: 64 << 10}
			return python.NewGenerator("__iter__", l.next, l.r.leave), nil
		}),
		python.Func("json(self)", func(t *thread, a []value) (value, error) {
			m, err := t.Import("json")
			if err != nil {
				return nil, err
			}
			data, err := t.GetAttr(a[0], "data")
			if err != nil {
				return nil, err
			}
			return t.Call(m.Attrs().GetStr("loads"), data)
		}),
		python.Func("close(self)", func(_ *thread, a []value) (value, error) { responseOf(a[0]).Close(); return python.None, nil }),
		python.Func("release_conn(self)", none),
		python.Func("drain_conn(self)", func(t *thread, a []value) (value, error) {
			_, _ = responseOf(a[0]).rawRead(t, nil, python.False) // what is wrong with it is nobody's concern
			return python.None, nil
		}),
	}
}

func (c *Classes) rawHeaderMethods() []*python.Native {
	return []*python.Native{
		python.Func("get_redirect_location(self)", func(_ *thread, a []value) (value, error) {
			r := responseOf(a[0])
			switch r.status {
			case 301, 302, 303, 307, 308:
				return or(r.headers().Get("location"), python.None), nil
			}
			return python.False, nil
		}),
		python.Func("getheader(self, name, default=None)", func(_ *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[1])
			return or(responseOf(a[0]).headers().Get(name), a[2]), nil
		}),
		python.Func("getheaders(self)", func(_ *thread, a []value) (value, error) {
			return python.NewInstance(c.CaseInsensitiveDict, responseOf(a[0]).headers()), nil
		}),
	}
}

// rawRead is raw.read: as it came, unless decoding is asked for.
func (r *Response) rawRead(t *thread, size, decode value) (value, error) {
	decoded, err := truthy(t, decode)
	if err != nil {
		return nil, err
	}
	if !r.streaming {
		return python.NewBytes(nil), nil
	}
	r.unread = true
	n, limited := python.AsInt(or(size, python.None))
	var all bytes.Buffer
	buf := make([]byte, 10<<10)
	for !limited || int64(all.Len()) < n {
		p := buf
		if limited {
			p = buf[:min(int64(len(buf)), n-int64(all.Len()))]
		}
		m, err := r.more(t, p, decoded)
		all.Write(p[:m])
		if err == io.EOF { //nolint:errorlint // more's own
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return python.NewBytes(all.Bytes()), nil
}
