package client

import (
	"bytes"
	"io"
	"iter"
	"time"

	"gregaria/worker/internal/events"
	"gregaria/worker/internal/wire"
)

// A stream is a content that is still coming.
type stream struct {
	in     io.Reader // the body, decoded
	err    error
	unbind func() bool // from the task's own context, or nil
	watch  *events.Watch
}

// watch measures what is read of a stream; an answer that says that the request failed is none.
func (r *Response) watch(method string, began time.Time) {
	if r.stream != nil && r.answer.Head.Status < 400 {
		r.stream.watch = events.Stream{
			Type: method, Name: r.name, URL: (*place)(r), ContentType: string(r.answer.Head.Value("Content-Type")), Began: began,
		}.Watch(r.session.env)
	}
}

// saw tells of n bytes of the content, and of its end.
func (r *Response) saw(p []byte, err error) {
	w, body := r.stream.watch, &r.answer.Body
	if w == nil {
		return
	}
	if len(p) > 0 {
		w.Saw(p)
	}
	whole := err == io.EOF || r.stream.in == io.Reader(body) && body.Ended() //nolint:errorlint // a reader's own
	if whole || err != nil {
		w.Ended(whole, err)
	}
}

// end says that the stream is over, and gives its connection back if that is usable.
func (r *Response) end(err error, usable bool) {
	r.stream.err = err
	if r.stream.unbind != nil && !r.stream.unbind() {
		usable = false
	}
	r.session.pool.Settle(r.answer.Conn(), usable)
}

// Read implements io.Reader: the decoded content, as it comes with Request.Stream.
func (r *Response) Read(p []byte) (int, error) {
	switch {
	case r.Err != nil:
		return 0, r.Err
	case r.stream == nil:
		n := copy(p, r.answer.Content)
		r.answer.Content = r.answer.Content[n:]
		if n == 0 && len(p) > 0 {
			return 0, io.EOF
		}
		return n, nil
	case r.stream.err != nil:
		return 0, r.stream.err
	}
	n, err := r.stream.in.Read(p)
	r.saw(p[:n], err)
	if err != nil {
		r.end(err, r.answer.Reusable())
	}
	return n, err
}

// Lines returns the lines of the content as they come, without their ends, as requests' iter_lines does. A line is the
// caller's until the next one. If the content breaks off, the last pair has the error. Whoever leaves the loop early
// closes the connection with the response.
func (r *Response) Lines() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		buf := wire.Small()
		defer func() { buf.GiveBack() }()
		for from := 0; ; {
			n := bytes.IndexByte(buf.B[from:], '\n')
			if n >= 0 {
				line := bytes.TrimSuffix(buf.B[from:from+n], []byte{'\r'})
				from += n + 1
				if !yield(line, nil) {
					return
				}
				continue
			}
			buf.B = append(buf.B[:0], buf.B[from:]...)
			from = 0
			buf.Grow(512)
			n, err := r.Read(buf.B[len(buf.B):cap(buf.B)])
			buf.B = buf.B[:len(buf.B)+n]
			if err == nil || n > 0 {
				continue
			}
			if len(buf.B) > 0 && !yield(bytes.TrimSuffix(buf.B, []byte{'\r'}), nil) {
				return
			}
			if err != io.EOF { //nolint:errorlint // Read's own
				yield(nil, err)
			}
			return
		}
	}
}
