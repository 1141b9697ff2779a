package requests

import (
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// A Response is requests.Response: an answer as it came. What Python code sees of it is made when it looks.
type Response struct {
	// Embedder is the object that a Response is part of, nil if it stands alone.
	Embedder any

	classes *Classes
	request *Prepared
	session *Session // by whose adapter the answer came, where that was the short way
	status  int
	head    wire.Head // its own bytes, unlike content's those of a waiting answer
	content []byte
	history []*Response
	elapsed time.Duration
	ended   time.Time
	call    *wire.Call // while the content is still coming
	bodyErr error
	raising error // what read errors were, once raised
	object  *python.Instance
	shown   *shown // nil until Python code looks at what it holds
	flags
}

// flags are what is true of a response.
type flags struct {
	answered    bool // there is an answer
	failed      bool // there is none, and Locust has it as a failure
	streaming   bool // its content was left to be read
	consumed    bool // its content has been read, or begun to be
	cut         bool // the user's time was up
	setsCookies bool
	unread      bool // streamed to its end, or in part: there is no content to look at
	left        bool // streamed in part, and then no more
}

// shown is what Python code has looked at or set.
type shown struct {
	status, headers, url, encoding, reason, cookies, history, elapsed, request, raw, content, text, connection, next value
	rawHeaders, data                                                                                                 value     // of raw
	following                                                                                                        *Prepared // what next shows, where a redirect was not followed
	foreign                                                                                                          value     // raw, if that is not urllib3's
	origin                                                                                                           *Response // what the content came to first: it must not be collected before this is
	watch                                                                                                            Watch     // of a stream
}

func (r *Response) look() *shown {
	if r.shown == nil {
		r.shown = &shown{}
	}
	return r.shown
}

// take makes r the answer of a call, with bytes of its own. It says whether the call is still needed.
func (r *Response) take(c *Classes, q *wire.Call) (kept bool) {
	a := &q.Answer
	r.classes, r.answered = c, true
	r.status, r.bodyErr = a.Head.Status, q.BodyErr
	r.elapsed = q.Headed.Sub(q.Began)
	r.setsCookies = a.Head.Cookies
	r.head, r.content = a.Copy()
	if q.Streaming {
		r.streaming, r.call = true, q
		keepUntilCollected(r)
		return true
	}
	r.consumed = true
	a.GiveBack()
	return false
}

// Status is the status code, 0 if there is no answer.
func (r *Response) Status() int { return r.status }

// Length is the size of the content, which is read for that; without an answer there is none.
func (r *Response) Length() int64 {
	r.consumed = r.consumed || r.failed
	return int64(len(r.content))
}

// Content is what of the content has been read, decoded.
func (r *Response) Content() []byte { return r.content }

// nothing says that there has been no answer, so that the content is None.
func (r *Response) nothing() bool { return r.failed && !r.answered }

// DeclaredLength is what the header Content-Length says; ok is false if it says no number.
func (r *Response) DeclaredLength() (string, bool) {
	v := r.header("content-length")
	return v, v != ""
}

// Ended is when the last answer was there: whole, or its head if it is streamed.
func (r *Response) Ended() time.Time { return r.ended }

// Cut says that the user's time was up before the answer was there.
func (r *Response) Cut() bool { return r.cut }

// First is the first request: that before all redirects.
func (r *Response) First() *Prepared {
	if len(r.history) > 0 {
		return r.history[0].request
	}
	return r.request
}

// Header is the value of a header, as header has it.
func (r *Response) Header(name string) string { return r.header(name) }

// header returns the values of a header as they came, joined by commas.
func (r *Response) header(name string) string {
	if r.shown != nil && r.shown.headers != nil { // Python code may have changed them
		h := headersOf(r.shown.headers)
		if h == nil {
			return ""
		}
		return h.text(name)
	}
	var all []byte
	found := false
	for n, v := range r.head.Fields {
		if wire.Fold(n, name) {
			if found {
				all = append(all, ", "...)
			}
			all, found = append(all, v...), true
		}
	}
	return string(all)
}

// headers are those of the answer as a CaseInsensitiveDict; the values of one name are joined.
func (r *Response) headers() *Headers {
	h := &Headers{fields: make([]field, 0, 8)}
	for n, v := range r.head.Fields {
		name, text := wire.Latin1(n), wire.Latin1(v)
		if i := h.find(name); i >= 0 {
			before, _ := python.AsStr(h.fields[i].value)
			h.fields[i].value = python.NewStr(before + ", " + text)
			continue
		}
		h.fields = append(h.fields, field{name, python.NewStr(text)})
	}
	return h
}

// extractTo puts the cookies that the answer sets into a jar.
func (r *Response) extractTo(j *Jar) {
	if !r.setsCookies {
		return
	}
	host := ""
	if r.request.base != nil {
		host = r.request.base.text("Host")
	}
	p := placeOf(r.request.to.url(), host)
	now := time.Now().Unix()
	for n, v := range r.head.Fields {
		if wire.Fold(n, "set-cookie") {
			j.extract(wire.Latin1(v), p, now)
		}
	}
}

// broken raises why the content is not whole.
func (r *Response) broken(t *thread) error {
	if r.bodyErr == nil {
		return nil
	}
	err := r.classes.bodyFailure(t, r.bodyErr, r.request)
	r.bodyErr = nil
	return err
}

// reason is the text of the status line.
func (r *Response) reason() string { return strings.TrimSpace(wire.Latin1(r.head.Reason)) }
