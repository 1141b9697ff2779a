package session

import (
	"bytes"
	"io"

	"gregaria/worker/internal/python"
)

// socketBlock is how much geventhttpclient reads at a time.
const socketBlock = 4096

// socket is the response as geventhttpclient's HTTPSocketPoolResponse.
func (x *fastResponse) socket() *python.Instance {
	m := x.shown()
	if m.socket == nil {
		m.socket = python.NewInstance(x.session.classes.socketResponse, x)
	}
	return m.socket
}

// newSocketClass makes HTTPSocketPoolResponse.
func (c *Classes) newSocketClass() *python.Type {
	text := func(f func(x *fastResponse) string) value {
		return getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewStr(f(x)), nil })
	}
	flag := func(f func(x *fastResponse) bool) value {
		return getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(f(x)), nil })
	}
	whole := func(x *fastResponse) bool { return x.call == nil && x.bodyErr == nil }
	length := getter(func(_ *thread, x *fastResponse) (value, error) {
		if x.head.Length < 0 {
			return python.None, nil
		}
		return python.NewInt(x.head.Length), nil
	})
	return python.NewClass(python.ClassSpec{
		Name: "HTTPSocketPoolResponse", Module: "geventhttpclient.response",
		Attrs: map[string]value{
			"status_code":    getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewInt(int64(x.status)), nil }),
			"status_message": text(func(x *fastResponse) string { return latin1(x.head.Reason) }),
			"version":        text(func(*fastResponse) string { return "HTTP/1.1" }),
			"method":         text((*fastResponse).method),
			"_sent_request":  getter(func(t *thread, x *fastResponse) (value, error) { return x.sent(t) }),
			"length":         length, "content_length": length,
			"message_complete": flag(whole), "headers_complete": flag(func(*fastResponse) bool { return true }),
			"block_size":     python.NewInt(socketBlock),
			"_headers_index": getter(func(t *thread, x *fastResponse) (value, error) { return x.headers(t) }),
			"headers":        getter(func(t *thread, x *fastResponse) (value, error) { return x.items(t) }),
		},
		Methods: append(c.socketMethods(), readMethods(func(*fastResponse) error { return nil })...),
	})
}

func (c *Classes) socketMethods() []*python.Native {
	headers := func(name string) func(t *thread, a []value) (value, error) {
		return func(t *thread, a []value) (value, error) {
			h, err := fastResponseOf(a[0]).headers(t)
			if err != nil {
				return nil, err
			}
			args := make([]value, 0, len(a))
			for _, v := range a[1:] {
				if v != nil {
					args = append(args, v)
				}
			}
			return t.CallMethod(h, name, args...)
		}
	}
	return []*python.Native{
		python.Func("get_code(self)", func(_ *thread, a []value) (value, error) {
			return python.NewInt(int64(fastResponseOf(a[0]).status)), nil
		}),
		python.Func("get(self, key, default=None)", headers("get")),
		python.Func("__getitem__(self, key)", headers("__getitem__")),
		python.Func("__contains__(self, key)", headers("__contains__")),
		python.Func("items(self)", headers("items")),
		python.Func("info(self)", func(t *thread, a []value) (value, error) { return fastResponseOf(a[0]).headers(t) }),
		python.Func("should_close(self)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			return python.NewBool(x.call != nil || x.head.Closes), nil
		}),
		python.Func("release(self)", func(_ *thread, a []value) (value, error) { fastResponseOf(a[0]).release(); return python.None, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, *args)", func(_ *thread, a []value) (value, error) { fastResponseOf(a[0]).release(); return python.None, nil }),
		python.Func("__iter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__next__(self)", func(t *thread, a []value) (value, error) {
			b, err := fastResponseOf(a[0]).block(t, socketBlock)
			if err != nil {
				return nil, err
			}
			if len(b) == 0 {
				return nil, python.NewException(python.StopIteration)
			}
			return python.NewBytes(b), nil
		}),
		python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			d := python.NewDict()
			for n, v := range x.head.Fields {
				d.SetStr(latin1(n), python.NewStr(latin1(v)))
			}
			r, err := t.Repr(d)
			return python.NewStr("<HTTPSocketPoolResponse status=" + itoa(int(x.status)) + " headers=" + r + ">"), err
		}),
	}
}

// readMethods are read and readline, of answers and of responses. ready says whether there is an answer.
func readMethods(ready func(x *fastResponse) error) []*python.Native {
	return []*python.Native{
		python.Func("read(self, n=None)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if err := ready(x); err != nil {
				return nil, err
			}
			var b []byte
			var err error
			if n, ok := python.AsInt(or(a[1], python.None)); ok {
				b, err = x.block(t, int(max(n, 0)))
			} else {
				b, err = x.rest(t)
			}
			return python.NewBytes(b), err
		}),
		python.Func("readline(self, sep=None)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if err := ready(x); err != nil {
				return nil, err
			}
			sep, ok := python.AsBytes(or(a[1], python.None))
			if !ok {
				sep = "\r\n"
			}
			b, err := x.line(t, []byte(sep))
			return python.NewBytes(b), err
		}),
	}
}

// line takes the content up to a separator. At the content's end, what follows the last separator is no line.
func (x *fastResponse) line(t *thread, sep []byte) ([]byte, error) {
	for {
		if n := bytes.Index(x.buffer, sep); n >= 0 {
			n += len(sep)
			b := x.buffer[:n:n]
			x.buffer = x.buffer[n:]
			return b, nil
		}
		if x.call == nil {
			return nil, nil
		}
		p := make([]byte, socketBlock)
		n, err := x.receive(t, p)
		x.buffer = append(x.buffer, p[:n]...)
		if err != nil && err != io.EOF { //nolint:errorlint // receive's own
			return nil, err
		}
	}
}

// items are the header lines.
func (x *fastResponse) items(t *thread) (value, error) {
	h, err := x.headers(t)
	if err != nil {
		return nil, err
	}
	return t.CallMethod(h, "items")
}

// method is the method of the request that was answered.
func (x *fastResponse) method() string {
	if x.more != nil && x.more.method != "" {
		return x.more.method
	}
	return x.request.method
}

// sent is the head of the request that was answered.
func (x *fastResponse) sent(t *thread) (value, error) {
	if x.more != nil && x.more.sent != "" {
		return python.NewStr(x.more.sent), nil
	}
	q := *x.request
	b, err := q.appendHead(t, nil)
	return python.NewStr(latin1(b)), err
}
