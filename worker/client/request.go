package client

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"time"
)

// A Request is what a Session sends.
type Request struct {
	// Method is the HTTP method, in capitals.
	Method string
	// URL is absolute, or relative to the user's host.
	URL string
	// Query is added to what the URL has of one.
	Query url.Values
	// Name is the request's row in Locust's statistics; "" means the URL's path and query. A URL with an id in it needs
	// a name, or each id is a row.
	Name string
	// Header is sent as it is, after and instead of the session's own headers; a header without a value sends none.
	Header http.Header
	// Body is sent with its content type, unless Header names one. Without a body there is a Content-Length of 0, for GET and
	// HEAD none, as in requests.
	Body Body
	// Timeout bounds how long the connection may take to be made, and how long the server may let the user wait for the
	// next bytes of the answer, as in requests; 0 means no limit. To bound all of an exchange, give Do a context with a
	// deadline.
	Timeout time.Duration
	// ConnectTimeout is Timeout for making the connection, if that is to be another.
	ConnectTimeout time.Duration
	// NoRedirect returns an answer that redirects instead of following it. HEAD never follows, as in requests.
	NoRedirect bool
	// Stream returns as soon as the headers are there: that is the response time then, and the length is what the header
	// Content-Length says, as with Locust's stream=True. Read the content with Response.Lines or Response.Read.
	Stream bool
	// Check judges the answer, if there is one, instead of its status code: nil makes the request a success, an error a failure
	// with the error's text. Return Response.StatusError to let the status decide as well.
	Check func(*Response) error
	// Catch lets the task judge, with Response.Success and Response.Failure (Locust's catch_response): the request is
	// recorded when the response is closed, at the latest with the session's next request or the user's next wait.
	Catch bool
}

// Basic returns the value of an Authorization header for HTTP's basic authentication. A user and password in the user's
// host or in a request's URL do the same.
func Basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}
