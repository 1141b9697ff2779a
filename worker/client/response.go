package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"gregaria/worker/internal/wire"
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
	answer  wire.Answer
	earlier []user.Exchange // before the last
	asked   string          // the first URL, if answers redirected the request
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
	return r.answer.Head.Status
}

// OK says whether there is an answer with a status below 400.
func (r *Response) OK() bool { return r.Status() > 0 && r.Status() < 400 }

// StatusError returns a *StatusError if the status is one of a failed request, as requests' raise_for_status does.
func (r *Response) StatusError() error {
	if status := r.Status(); status >= 400 && status < 600 {
		return &StatusError{status, wire.Latin1(r.answer.Head.Reason), r.name}
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

// A place is a response's, as the URL that was asked first.
type place Response

func (p *place) String() string {
	if p.asked != "" {
		return p.asked
	}
	return p.hop.to.url().String()
}

// Bytes is the decoded content. It is not the caller's to keep: see Response. With Request.Stream it is empty.
func (r *Response) Bytes() []byte { return r.answer.Content }

// Text is the decoded content as text.
func (r *Response) Text() string { return string(r.answer.Content) }

// JSON decodes the content into v.
func (r *Response) JSON(v any) error {
	if r.Err != nil {
		return r.Err
	}
	return json.Unmarshal(r.answer.Content, v)
}

// Header returns the first value of a header, "" if there is none. Case does not matter.
func (r *Response) Header(name string) string {
	if r.Status() == 0 {
		return ""
	}
	return string(r.answer.Head.Value(name))
}

// Headers returns all headers.
func (r *Response) Headers() http.Header {
	all := http.Header{}
	if r.Status() != 0 {
		for name, value := range r.answer.Head.Fields {
			all.Add(string(name), string(value))
		}
	}
	return all
}

// Cookies returns the cookies that this answer sets.
func (r *Response) Cookies() []*http.Cookie {
	if r.Status() == 0 || !r.answer.Head.Cookies {
		return nil
	}
	return setCookies(&r.answer.Head)
}

func setCookies(h *wire.Head) []*http.Cookie {
	var set []*http.Cookie
	for name, value := range h.Fields {
		if wire.Fold(name, "set-cookie") {
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
		return max(r.answer.Head.Length, 0)
	}
	return int64(len(r.answer.Content))
}

// verdict says why a request that has an answer failed, "" if it did not.
func (r *Response) verdict(q *Request) string {
	switch {
	case q.Check != nil:
		return judged(q.Check(r))
	case r.answer.Head.Status < 400:
		return ""
	default:
		return judged(r.StatusError())
	}
}

// open makes the response one whose content is still coming.
func (r *Response) open() {
	r.stream = &stream{in: &r.answer.Body}
	if r.answer.Head.Encoded {
		r.stream.in = wire.Decoder(string(r.answer.Head.Value("Content-Encoding")), r.stream.in)
	}
}

// free ends the response. Whoever still reads it gets an error, not another user's answer.
func (r *Response) free() {
	r.Close()
	r.answer.GiveBack()
	if r.Err == nil {
		r.Err = errNoResponse
	}
}
