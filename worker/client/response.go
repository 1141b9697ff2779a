package client

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"gregaria/worker/user"
)

// A Response is the answer to a request, or the reason that there is none. It is valid until the session's next request
// or the user's next wait; keep what JSON, Text and Header return instead.
type Response struct {
	// Err says why there is no answer; Locust counts the request as failed with it.
	Err error
	// Elapsed is the response time that is recorded.
	Elapsed time.Duration

	session *Session
	name    string
	hop     hop // what is asked, and whom: after redirects the last
	head    head
	body    body    // its buffer holds the head, and the content if that came with it
	more    *buffer // the content otherwise
	content []byte
	stream  *stream
	caught  *user.Request // what is to be recorded when the response is closed
	// uncertain: it is recorded as incomplete, and what the task thinks of it does not count.
	uncertain bool
}

// Status is the HTTP status code, 0 if there is no answer.
func (r *Response) Status() int {
	if r.Err != nil {
		return 0
	}
	return r.head.status
}

// OK says whether there is an answer with a status below 400.
func (r *Response) OK() bool { return r.Status() > 0 && r.Status() < 400 }

// StatusError returns a *StatusError if the status is one of a failed request, as requests' raise_for_status does.
func (r *Response) StatusError() error {
	if status := r.Status(); status >= 400 && status < 600 {
		return &StatusError{status, latin1(r.head.reason), r.name}
	}
	return nil
}

// URL is where the answer came from, after redirects; "" if there is none.
func (r *Response) URL() string {
	if r.Status() == 0 {
		return ""
	}
	return r.hop.to.url().String()
}

// Bytes is the decoded content. It is not the caller's to keep: see Response. With Request.Stream it is empty.
func (r *Response) Bytes() []byte { return r.content }

// Text is the decoded content as text.
func (r *Response) Text() string { return string(r.content) }

// JSON decodes the content into v.
func (r *Response) JSON(v any) error {
	if r.Err != nil {
		return r.Err
	}
	return json.Unmarshal(r.content, v)
}

// Header returns the first value of a header, "" if there is none. Case does not matter.
func (r *Response) Header(name string) string {
	if r.Status() == 0 {
		return ""
	}
	return string(r.head.value(name))
}

// Headers returns all headers.
func (r *Response) Headers() http.Header {
	all := http.Header{}
	if r.Status() != 0 {
		for name, value := range r.head.fields {
			all.Add(string(name), string(value))
		}
	}
	return all
}

// Cookies returns the cookies that this answer sets.
func (r *Response) Cookies() []*http.Cookie {
	if r.Status() == 0 || !r.head.cookies {
		return nil
	}
	return r.head.setCookies()
}

func (h *head) setCookies() []*http.Cookie {
	var set []*http.Cookie
	for name, value := range h.fields {
		if fold(name, "set-cookie") {
			if cookie, err := http.ParseSetCookie(string(value)); err == nil {
				set = append(set, cookie)
			}
		}
	}
	return set
}

var errNoResponse = errors.New("the response has been given back: it is valid until the session's next request")

// length is the size of the content as Locust counts it.
func (r *Response) length() int64 {
	if r.stream != nil {
		return max(r.head.length, 0)
	}
	return int64(len(r.content))
}

// verdict says why a request that has an answer failed, "" if it did not.
func (r *Response) verdict(q *Request) string {
	switch {
	case q.Check != nil:
		return judged(q.Check(r))
	case r.head.status < 400:
		return ""
	default:
		return judged(r.StatusError())
	}
}

// open makes the response one whose content is still coming.
func (r *Response) open() {
	r.stream = &stream{in: &r.body}
	if r.head.encoded {
		r.stream.in = decoder(string(r.head.value("Content-Encoding")), r.stream.in)
	}
}

// read reads all of the body.
func (r *Response) read() error {
	b := &r.body
	if n := r.head.length; b.kind == sized && b.err == nil && int64(len(b.buf.b)-b.pos) >= n {
		r.content = b.buf.b[b.pos : b.pos+int(n)] // it came with the head
		b.pos += int(n)
		b.err = io.EOF
	} else if b.err == nil {
		r.more = small.borrow()
		if b.kind == sized {
			r.more.grow(int(min(n, largeBuffer)))
		}
		if err := r.more.readAll(b); err != nil {
			return err
		}
		r.content = r.more.b
	}
	return nil
}

// decode undoes the content's encoding. Locust counts the length of the decoded content.
func (r *Response) decode() error {
	if !r.head.encoded || len(r.content) == 0 {
		return nil
	}
	decoded, err := decode(string(r.head.value("Content-Encoding")), r.content)
	if r.more != nil {
		r.more.giveBack()
	}
	r.more, r.content = decoded, decoded.b
	return err
}

// giveBack returns the buffers.
func (r *Response) giveBack() {
	if r.body.buf != nil {
		r.body.buf.giveBack()
	}
	if r.more != nil {
		r.more.giveBack()
	}
	r.body, r.more, r.content, r.head = body{}, nil, nil, head{}
}

// free ends the response. Whoever still reads it gets an error, not another user's answer.
func (r *Response) free() {
	r.Close()
	r.giveBack()
	if r.Err == nil {
		r.Err = errNoResponse
	}
}
