package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// follow sends the requests that the answer r redirects to, one after another, and makes r the last answer
// (SessionRedirectMixin.resolve_redirects).
func (s *Session) follow(t *thread, o *options, r *Response) error {
	fragment := strings.TrimPrefix(r.request.to.fragment, "#")
	for n := 0; ; n++ {
		location, ok := r.redirectTarget()
		if !ok {
			return nil
		}
		r.bodyErr = nil // of a content that is not looked at
		if n >= o.max {
			return s.tooMany(t, o, r)
		}
		next := s.next(r, location, &fragment)
		before := *r
		*r = Response{Embedder: r.Embedder, object: r.object, classes: r.classes, request: next, history: append(before.history, &before)}
		before.history, before.Embedder, before.object = nil, nil, nil
		for i, h := range r.history { // each knows those before it
			h.history = r.history[:i:i]
		}
		if err := s.hop(t, o, r); err != nil {
			return err
		}
	}
}

// stay keeps the request that a redirect which is not followed leads to, for Response.next.
func (s *Session) stay(t *thread, o *options, r *Response) error {
	location, ok := r.redirectTarget()
	if !ok {
		return nil
	}
	if o.max <= 0 {
		return s.tooMany(t, o, r)
	}
	fragment := strings.TrimPrefix(r.request.to.fragment, "#")
	r.look().following = s.next(r, location, &fragment)
	return nil
}

// hop is one of the requests that a redirect leads to.
func (s *Session) hop(t *thread, o *options, r *Response) error {
	if err := s.transmit(t, o, r); err != nil {
		return err
	}
	s.extract(r)
	if !o.stream {
		if _, again := r.redirectTarget(); !again {
			return r.broken(t)
		}
	}
	return nil
}

func (s *Session) tooMany(t *thread, o *options, r *Response) error {
	last := *r
	return s.classes.fail(t, "too_many_redirects", python.NewInt(int64(o.max)), s.classes.show(&last), s.classes.object(r.request))
}

// redirectTarget is where the answer leads to, as UTF-8.
func (r *Response) redirectTarget() (string, bool) {
	switch r.status {
	case 301, 302, 303, 307, 308:
		v := r.header("location")
		return v, v != ""
	}
	return "", false
}

// next is the request that a redirect asks for.
func (s *Session) next(r *Response, location string, fragment *string) *Prepared {
	old := r.request
	p := &Prepared{method: old.method, base: old.base, late: old.late, body: old.body, source: old.source, jar: old.jar}
	if old.own {
		p.base, p.own = old.base.copy(), true
	}
	p.to = resolve(&old.to, location, fragment)
	p.rebuildMethod(r.status)
	if r.status != 307 && r.status != 308 {
		p.length, p.contentType, p.body, p.source = -1, "", nil, nil
		if p.base != nil {
			for _, name := range []string{"Content-Length", "Content-Type", "Transfer-Encoding"} {
				p.drop(name)
			}
		}
	}
	if p.cookie = ""; p.length >= 0 || p.contentType != "" {
		p.settled() // what describes the body stays before a new cookie
	}
	p.drop("Cookie")
	jar := s.cookieJar()
	if p.jar != nil {
		r.extractTo(p.jar)
		if jar != nil {
			p.jar.merge(jar)
		}
		jar = p.jar
	}
	p.cookies(jar)
	p.drop("Proxy-Authorization")
	if stripsAuth(splitURL(old.to.url()), splitURL(p.to.url())) {
		p.authorization = ""
		p.drop("Authorization")
	}
	return p
}

// drop takes a header out.
func (p *Prepared) drop(name string) {
	if p.has(name) {
		p.settled().Remove(name)
	}
}

// rebuildMethod is what browsers do, whatever the standards.
func (p *Prepared) rebuildMethod(status int) {
	if (status == 303 || status == 302) && p.method != "HEAD" || status == 301 && p.method == "POST" {
		p.method = "GET"
	}
}

// resolve is the URL that a Location leads to from a URL. fragment is that of the URLs so far, and goes along.
func resolve(from *target, location string, fragment *string) target {
	base := splitURL(from.url())
	if strings.HasPrefix(location, "//") {
		location = base.scheme + ":" + location
	}
	u := splitURL(location)
	if u.fragment == "" {
		u.fragment = *fragment
	} else {
		*fragment = u.fragment
	}
	url := requote(u.String())
	if u.netloc == "" {
		url = join(base, splitURL(url)).String()
	}
	return prepared(url)
}

// join is urllib.parse.urljoin of URLs in parts.
func join(base, u split) split {
	if u.scheme != "" && u.scheme != base.scheme {
		return u
	}
	u.scheme = base.scheme
	if u.netloc != "" {
		return u
	}
	u.netloc = base.netloc
	if u.path == "" {
		u.path = base.path
		if u.query == "" {
			u.query = base.query
		}
		return u
	}
	parts := strings.Split(base.path, "/")
	if last := len(parts) - 1; parts[last] != "" {
		parts = parts[:last]
	}
	segments := strings.Split(u.path, "/")
	if u.path[0] != '/' {
		segments = append(parts, segments...)
		// all but the first and the last segment count only if they are not empty
		kept := segments[:1:1]
		for _, s := range segments[1 : len(segments)-1] {
			if s != "" {
				kept = append(kept, s)
			}
		}
		segments = append(kept, segments[len(segments)-1])
	}
	var out []string
	for _, s := range segments {
		switch s {
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		case ".":
		default:
			out = append(out, s)
		}
	}
	if last := segments[len(segments)-1]; last == "." || last == ".." {
		out = append(out, "")
	}
	if u.path = strings.Join(out, "/"); u.path == "" {
		u.path = "/"
	}
	return u
}

// stripsAuth says whether credentials stay behind on the way from one URL to another (should_strip_auth).
func stripsAuth(from, to split) bool {
	if hostname(from.netloc) != hostname(to.netloc) {
		return true
	}
	port := func(u split) string {
		p := portOf(u.netloc)
		if p == "80" && u.scheme == "http" || p == "443" && u.scheme == "https" {
			return ""
		}
		return p
	}
	if from.scheme == "http" && port(from) == "" && to.scheme == "https" && port(to) == "" {
		return false
	}
	return from.scheme != to.scheme || port(from) != port(to)
}
