package requests

import (
	"slices"
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

// A Cookie is what http.cookiejar.Cookie holds.
type Cookie struct {
	Name, Domain, Path             string
	Value                          value // a str or None
	domainSpecified, pathSpecified bool
	secure, expiring               bool
	expires                        int64 // seconds since 1970, if expiring
	rest                           []field
	version                        int64
}

// A Jar is an http.cookiejar.CookieJar with the default policy: its cookies are in the order of their domains, then paths.
type Jar struct {
	cookies []*Cookie
	// version changes with every change.
	version int
	// quoted keeps the quotes of values, as http.cookiejar's own class does.
	quoted bool
	// policy is what Python code has set as the policy; nil is the default one.
	policy value
	// last is the line that was made last, before what the URL had before its path, host the place of that: most are the
	// same again.
	last   string
	before string
	host   place
}

// put adds a cookie, instead of that of the same domain, path and name.
func (j *Jar) put(c *Cookie) {
	j.version++
	if s, ok := python.AsStr(c.Value); ok && !j.quoted && len(s) > 0 && s[0] == '"' && s[len(s)-1] == '"' {
		c.Value = python.NewStr(strings.ReplaceAll(s, `\"`, ""))
	}
	at := len(j.cookies)
	near := 0
	for i, o := range j.cookies {
		switch {
		case o.Domain == c.Domain && o.Path == c.Path && o.Name == c.Name:
			j.cookies[i] = c
			return
		case o.Domain == c.Domain && o.Path == c.Path:
			at, near = i+1, 2
		case o.Domain == c.Domain && near < 2:
			at, near = i+1, 1
		}
	}
	j.cookies = slices.Insert(j.cookies, at, c)
}

// remove takes out the cookies for which drop is true, and says whether there were any.
func (j *Jar) remove(drop func(*Cookie) bool) bool {
	n := len(j.cookies)
	j.cookies = slices.DeleteFunc(j.cookies, drop)
	j.version++
	return len(j.cookies) < n
}

// merge adds copies of all cookies of another jar.
func (j *Jar) merge(o *Jar) {
	for _, c := range o.cookies {
		same := *c
		j.put(&same)
	}
}

// A place is what a cookie is set from and sent to.
type place struct {
	host, effective string // the request's host, and that with .local if it has no dot
	path            string
	secure          bool
}

func placeOf(rawURL, hostHeader string) place {
	u := splitURL(rawURL)
	netloc := u.netloc
	if hostHeader != "" {
		netloc = hostHeader
	}
	host := strings.ToLower(netloc)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && strings.Trim(host[i+1:], "0123456789") == "" {
		host = host[:i]
	}
	p := place{host: host, effective: host, secure: u.scheme == "https" || u.scheme == "wss"}
	if !strings.Contains(host, ".") {
		p.effective += ".local"
	}
	if p.path = escapePath(u.path); !strings.HasPrefix(p.path, "/") {
		p.path = "/" + p.path
	}
	return p
}

// place is placeOf the URL and a Host header. Of a path that needs no encoding it is put together without the URL.
func (j *Jar) place(t *target, hostHeader string) place {
	if t.full != "" || hostHeader != "" || t.path == "" {
		return placeOf(t.url(), hostHeader)
	}
	if t.before != j.before {
		j.before, j.host = t.before, placeOf(t.before, "")
	}
	p := j.host
	p.path, _, _ = strings.Cut(t.path, "?")
	return p
}

// escapePath is http.cookiejar.escape_path.
func escapePath(path string) string {
	if plain(path) && strings.IndexByte(path, '?') < 0 {
		return path
	}
	q := quote(path, "%/;:@&=+$,!~*'()"+unreserved)
	b := []byte(q)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && hexDigit(b[i+1]) >= 0 && hexDigit(b[i+2]) >= 0 {
			copy(b[i:], strings.ToUpper(string(b[i:i+3])))
		}
	}
	return string(b)
}

// line is the Cookie header for a request, "" if there is none (CookieJar.add_cookie_header).
func (j *Jar) line(p place) string {
	var few [8]*Cookie
	var room [256]byte
	fit, b := few[:0], room[:0]
	for _, c := range j.cookies {
		if c.goesTo(p) {
			fit = append(fit, c)
		}
	}
	slices.SortStableFunc(fit, func(a, b *Cookie) int { return len(b.Path) - len(a.Path) })
	for _, c := range fit {
		if len(b) > 0 {
			b = append(b, "; "...)
		}
		b = append(b, c.Name...)
		if v, ok := python.AsStr(c.Value); ok {
			b = append(append(b, '='), v...)
		}
	}
	if string(b) != j.last {
		j.last = string(b)
	}
	return j.last
}

// goesTo says whether a cookie is sent to a place now.
func (c *Cookie) goesTo(p place) bool {
	return within(p.effective, c.Domain) &&
		(p.path == c.Path || strings.HasPrefix(p.path, c.Path) && (strings.HasSuffix(c.Path, "/") || p.path[len(c.Path)] == '/')) &&
		(!c.secure || p.secure) && (!c.expiring || c.expires > time.Now().Unix())
}

// within says whether a host is a domain, with or without its leading dot, or below it. All are within "".
func within(host, domain string) bool {
	if domain == "" {
		return true
	}
	domain = strings.TrimPrefix(domain, ".")
	above := len(host) - len(domain)
	return strings.HasSuffix(host, domain) && (above == 0 || host[above-1] == '.')
}

// extract takes a Set-Cookie header from a place (CookieJar.extract_cookies).
func (j *Jar) extract(header string, p place, now int64) {
	c, alive := parseCookie(header, p, now)
	switch {
	case c == nil:
	case !alive:
		j.remove(func(o *Cookie) bool { return o.Domain == c.Domain && o.Path == c.Path && o.Name == c.Name })
	case c.welcome(p):
		j.put(c)
	}
}

// welcome says whether a place may set a cookie for its domain.
func (c *Cookie) welcome(p place) bool {
	if !c.domainSpecified {
		return true
	}
	bare := strings.TrimPrefix(c.Domain, ".")
	if !strings.Contains(bare, ".") && !strings.HasSuffix(p.effective, ".local") {
		return false
	}
	return strings.HasSuffix("."+p.effective, c.Domain) || strings.HasSuffix(p.effective, bare+".local") ||
		strings.HasPrefix(p.effective, ".")
}
