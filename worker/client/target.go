package client

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"gregaria/worker/internal/wire"
)

// A target is an origin and what to ask it for.
type target struct {
	wire.Origin
	// path is the path and query, encoded.
	path string
	// authorization is the header that a user:password in the URL asks for, or "".
	authorization string
}

// A base is the user's host: what relative URLs are appended to.
type base struct {
	target
	text string
}

// parseBase reads a host such as http://localhost:8000 or https://user:secret@example.org/api.
func parseBase(host string) (base, error) {
	if host == "" {
		return base{}, fmt.Errorf("no host: start the master with --host, enter one in the web UI, or give the class a Host")
	}
	t, err := parse(host)
	if err != nil {
		return base{}, err
	}
	t.path = strings.TrimSuffix(t.path, "/")
	return base{t, host}, nil
}

// target resolves a URL: an absolute one stands for itself, any other is appended to the host (HttpSession._build_url).
func (s *Session) target(ref string, query url.Values) (target, error) {
	t, err := s.resolve(ref)
	if err == nil && len(query) > 0 {
		mark := "?"
		if strings.Contains(t.path, "?") {
			mark = "&"
		}
		t.path += mark + query.Encode()
	}
	return t, err
}

func (s *Session) resolve(ref string) (target, error) {
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") {
		return parse(ref)
	}
	if s.err != nil {
		return target{}, s.err
	}
	if plain(ref) {
		t := s.base.target
		t.path += ref
		return t, nil
	}
	return parse(s.base.text + ref)
}

// plain says that a path needs no encoding and has no fragment.
func plain(path string) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for i := range len(path) {
		c := path[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"#<>\^`+"`{|}%", c) >= 0 {
			return false
		}
	}
	return true
}

func parse(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return target{}, fmt.Errorf("parse URL: %w", err)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return target{}, fmt.Errorf("%q is not a URL: it needs http:// or https:// and a host", text)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	t := target{Origin: wire.Origin{TLS: u.Scheme == "https", Address: net.JoinHostPort(u.Hostname(), port), Host: u.Host}, path: u.RequestURI()}
	if u.User != nil {
		password, _ := u.User.Password()
		t.authorization = Basic(u.User.Username(), password)
	}
	return t, nil
}

// url is the target in full, for the cookie jar and for relative redirects.
func (t target) url() *url.URL {
	u, err := url.ParseRequestURI(t.path)
	if err != nil {
		u = &url.URL{Path: t.path}
	}
	u.Scheme, u.Host = "http", t.Host
	if t.TLS {
		u.Scheme = "https"
	}
	return u
}

// A hop is one request on the way of redirects.
type hop struct {
	method string
	body   Body
	to     target
	// foreign says that a redirect led to another host, to which credentials do not go; bodiless that it took the body.
	foreign, bodiless bool
}

// next makes the hop the one that an answer redirects to, if it does (requests.sessions.SessionRedirectMixin:
// rebuild_method, resolve_redirects). Credentials do not go to another host.
func (h *hop) next(status int, location string) (more bool, err error) {
	if location == "" {
		return false, nil
	}
	u, err := h.to.url().Parse(location)
	if err != nil { // an exception in Python, too
		return false, &badRequestError{"redirect: " + err.Error()}
	}
	to, err := parse(u.String())
	if err != nil {
		return false, &badRequestError{"redirect: " + err.Error()}
	}
	if to.Origin != h.to.Origin {
		h.foreign = true
	} else if to.authorization == "" {
		to.authorization = h.to.authorization
	}
	h.to = to
	if status == http.StatusTemporaryRedirect || status == http.StatusPermanentRedirect {
		return true, nil
	}
	if h.method != http.MethodHead && (status == http.StatusSeeOther || status == http.StatusFound) ||
		status == http.StatusMovedPermanently && h.method == http.MethodPost {
		h.method = http.MethodGet
	}
	h.body, h.bodiless = Body{}, true
	return true, nil
}

func redirects(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}
