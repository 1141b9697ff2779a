package client

import (
	"encoding/json"
	"errors"

	"github.com/valyala/fasthttp"
)

// A Response is the answer to a request, or the reason that there is none. It is valid until the session's next request
// or the user's next wait; keep what JSON, Text and Header return instead.
type Response struct {
	// Err says why there is no answer; Locust counts the request as failed with it.
	Err error

	raw  *fasthttp.Response
	body []byte
	name string
}

// Status is the HTTP status code, 0 if there is no answer.
func (r *Response) Status() int {
	if r.Err != nil || r.raw == nil {
		return 0
	}
	return r.raw.StatusCode()
}

// OK says whether there is an answer with a status below 400.
func (r *Response) OK() bool { return r.Status() > 0 && r.Status() < 400 }

// StatusError returns a *StatusError if the status is one of a failed request, as requests' raise_for_status does.
func (r *Response) StatusError() error {
	if status := r.Status(); status >= 400 && status < 600 {
		return &StatusError{status, string(r.raw.Header.StatusMessage()), r.name}
	}
	return nil
}

// Bytes is the decoded content. It is not the caller's to keep: see Response.
func (r *Response) Bytes() []byte { return r.body }

// Text is the decoded content as text.
func (r *Response) Text() string { return string(r.body) }

// JSON decodes the content into v.
func (r *Response) JSON(v any) error {
	if r.Err != nil {
		return r.Err
	}
	return json.Unmarshal(r.body, v)
}

// Header returns the first value of a header, "" if there is none. Case does not matter.
func (r *Response) Header(name string) string {
	if r.raw == nil {
		return ""
	}
	return string(r.raw.Header.Peek(name))
}

var errNoResponse = errors.New("the response has been given back: it is valid until the session's next request")

func (r *Response) reset(skipBody bool) {
	r.raw.Reset()
	r.raw.SkipBody = skipBody
	r.body = nil
}

// decode undoes the content's encoding. Locust counts the length of the decoded content.
func (r *Response) decode() error {
	if len(r.raw.Header.ContentEncoding()) == 0 {
		r.body = r.raw.Body()
		return nil
	}
	body, err := r.raw.BodyUncompressed()
	r.body = body
	return err
}

// free gives the buffers back. Whoever still reads the response gets an error, not another user's answer.
func (r *Response) free() {
	fasthttp.ReleaseResponse(r.raw)
	r.raw, r.body = nil, nil
	if r.Err == nil {
		r.Err = errNoResponse
	}
}
