package requests

import (
	"io"

	"gregaria/worker/internal/python"
)

// setRaw is Response.raw = v. What urllib3 answered becomes the response's own; a file, or anything else that can be read, is
// what an adapter of the file's own has for a content.
func (r *Response) setRaw(v value) {
	r.look().raw = v
	o := responseOf(v)
	if o == nil || o == r {
		r.shown.foreign = nil
		if given(v) && o == nil {
			r.shown.foreign, r.answered = v, true
		}
		return
	}
	r.head, r.content, r.call, r.bodyErr = o.head, o.content, o.call, o.bodyErr
	r.streaming, r.consumed, r.unread, r.setsCookies, r.answered = o.streaming, o.consumed, o.unread, o.setsCookies, o.answered
	r.ended, r.classes = o.ended, o.classes
	if r.request == nil {
		r.request = o.request
	}
	if r.shown.cookies == nil { // whoever sets raw extracts them
		r.shown.cookies = python.NewInstance(r.classes.RequestsCookieJar, &Jar{})
	}
	if o.shown != nil {
		r.shown.rawHeaders = o.shown.rawHeaders
	}
	r.shown.origin, r.shown.foreign = o, nil
	v.(*python.Instance).Data = r // raw shows the same content from now on
	if r.status == 0 {
		r.status = o.status
	}
}

// ResponseOf returns the state of a Response, nil if v is none.
func ResponseOf(v python.Value) *Response { return responseOf(v) }

// Become makes a zero Response the same as another, whose object is shown for it from now on.
func (r *Response) Become(o *Response, object *python.Instance) {
	*r = *o
	r.object = object
	if r.shown == nil {
		r.shown = &shown{}
	}
	if raw, ok := r.shown.raw.(*python.Instance); ok && raw.Data == any(o) {
		raw.Data = r
	}
	r.shown.origin = o
}

// unreadRaw is a foreign raw whose content has not been read; nil is none.
func (r *Response) unreadRaw() value {
	if r.shown == nil || r.shown.foreign == nil || r.consumed || r.shown.content != nil {
		return nil
	}
	return r.shown.foreign
}

// piecesOf reads a foreign raw piece by piece, as a stream of urllib3 or as a file.
func (r *Response) piecesOf(t *thread, raw value, size int) (func(t *thread) ([]byte, error), error) {
	text := func(v value) ([]byte, error) {
		s, ok := isText(v)
		if !ok {
			return nil, python.Errorf(python.TypeError, "sequence item 0: expected a bytes-like object, %s found", python.TypeOf(v).Name())
		}
		return []byte(s), nil
	}
	stream, err := t.HasAttr(raw, "stream")
	if err != nil {
		return nil, err
	}
	if stream != nil {
		v, err := t.CallKw(stream, python.Args{
			Pos: []value{python.NewInt(int64(size))}, Names: []*python.Str{python.NewStr("decode_content")}, Values: []value{python.True},
		})
		if err != nil {
			return nil, err
		}
		next, err := t.Iter(v)
		if err != nil {
			return nil, err
		}
		return func(t *thread) ([]byte, error) {
			v, err := t.Next(next)
			if err != nil {
				return nil, err
			}
			if v == nil {
				return nil, io.EOF
			}
			return text(v)
		}, nil
	}
	read, err := t.GetAttr(raw, "read")
	if err != nil {
		return nil, err
	}
	return func(t *thread) ([]byte, error) {
		v, err := t.Call(read, python.NewInt(int64(size)))
		if err != nil {
			return nil, err
		}
		b, err := text(v)
		if err == nil && len(b) == 0 {
			err = io.EOF
		}
		return b, err
	}, nil
}

// loadFrom reads all of a foreign raw.
func (r *Response) loadFrom(t *thread, raw value) error {
	if r.unread {
		return python.Errorf(python.RuntimeError, "The content for this response was already consumed")
	}
	pieces, err := r.piecesOf(t, raw, 10<<10)
	if err != nil {
		return err
	}
	for {
		b, err := pieces(t)
		r.content = append(r.content, b...)
		if err == io.EOF { //nolint:errorlint // pieces' own
			r.consumed = true
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// chunksOf is chunks of a foreign raw.
func (r *Response) chunksOf(t *thread, raw value, size int, unicode bool) (func(t *thread) (value, error), error) {
	pieces, err := r.piecesOf(t, raw, max(size, 1))
	if err != nil {
		return nil, err
	}
	e, err := r.encoding(t)
	if err != nil {
		return nil, err
	}
	if s, ok := python.AsStr(e); ok && unicode {
		return decodedPieces(s, pieces), nil
	}
	return func(t *thread) (value, error) {
		b, err := pieces(t)
		if err != nil {
			return ended(err)
		}
		return python.NewBytes(b), nil
	}, nil
}

// following is what Response.next shows.
func (r *Response) following(*thread) (value, error) {
	if r.shown == nil || r.shown.following == nil {
		return python.None, nil
	}
	return r.classes.object(r.shown.following), nil
}
