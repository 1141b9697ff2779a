package client

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/valyala/fasthttp"

	"gregaria/internal/build"
)

// A Request is what a Session sends.
type Request struct {
	// Method is the HTTP method, in capitals.
	Method string
	// URL is absolute, or relative to the user's host.
	URL string
	// Name is the request's row in Locust's statistics; "" means the URL's path and query. A URL with an id in it needs
	// a name, or each id is a row.
	Name string
	// Header is sent as it is, after and instead of the session's own headers.
	Header http.Header
	// Body is sent with its content type, unless Header names one.
	Body Body
	// Timeout bounds the whole exchange; 0 means no limit, as in Locust.
	Timeout time.Duration
	// NoRedirect returns an answer that redirects instead of following it.
	NoRedirect bool
	// Check judges the answer instead of its status code (Locust's catch_response): nil makes the request a success, an
	// error a failure with the error's text. Return Response.StatusError to let the status decide as well.
	Check func(*Response) error
}

// A Body is what a request carries.
type Body struct {
	// ContentType is the body's MIME type; "" sends none.
	ContentType string
	// Bytes is the content. The session does not change or keep it.
	Bytes []byte
}

// JSON returns v as a body. It panics if v has no JSON form, which is a bug of the scenario: the task that does it
// shows up in the Exceptions tab.
func JSON(v any) Body {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return Body{"application/json", b}
}

// userAgent is what the session's requests say they come from.
const userAgent = "gregaria/" + build.Version

// fill makes the message of one hop of a request.
func (s *Session) fill(req *fasthttp.Request, q *Request, h hop) {
	req.Header.DisableNormalizing()
	req.Header.SetMethod(h.method)
	req.Header.SetRequestURI(h.to.path)
	req.Header.SetHost(h.to.host)
	req.Header.SetUserAgent(userAgent)
	req.Header.Set("Accept-Encoding", "gzip, deflate")
	req.Header.Set("Accept", "*/*")
	s.cookies.add(req, h.to, time.Now())
	for name, values := range q.Header {
		req.Header.Del(name)
		for _, v := range values {
			req.Header.Add(name, v)
		}
	}
	if h.body.ContentType != "" && len(req.Header.ContentType()) == 0 {
		req.Header.SetContentType(h.body.ContentType)
	}
	if len(h.body.Bytes) > 0 {
		req.SetBodyRaw(h.body.Bytes)
	}
	if auth := h.to.authorization; auth != "" && len(req.Header.Peek("Authorization")) == 0 {
		req.Header.Set("Authorization", auth)
	}
}
