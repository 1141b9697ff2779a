package client

import (
	"context"
	"net/http"
)

// Get requests url. A url that does not begin with http:// or https:// is relative to the user's host.
func (s *Session) Get(ctx context.Context, url string) *Response {
	return s.Do(ctx, &Request{Method: http.MethodGet, URL: url})
}

// Head requests the headers of url.
func (s *Session) Head(ctx context.Context, url string) *Response {
	return s.Do(ctx, &Request{Method: http.MethodHead, URL: url})
}

// Options asks what can be done with url.
func (s *Session) Options(ctx context.Context, url string) *Response {
	return s.Do(ctx, &Request{Method: http.MethodOptions, URL: url})
}

// Post sends body to url.
func (s *Session) Post(ctx context.Context, url string, body Body) *Response {
	return s.Do(ctx, &Request{Method: http.MethodPost, URL: url, Body: body})
}

// Put puts body at url.
func (s *Session) Put(ctx context.Context, url string, body Body) *Response {
	return s.Do(ctx, &Request{Method: http.MethodPut, URL: url, Body: body})
}

// Patch changes url by body.
func (s *Session) Patch(ctx context.Context, url string, body Body) *Response {
	return s.Do(ctx, &Request{Method: http.MethodPatch, URL: url, Body: body})
}

// Delete deletes url.
func (s *Session) Delete(ctx context.Context, url string) *Response {
	return s.Do(ctx, &Request{Method: http.MethodDelete, URL: url})
}
