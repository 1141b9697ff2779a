package requests

import (
	"net"
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// A target is a URL taken apart for its request.
type target struct {
	wire.Origin
	// path is path_url: the path and the query.
	path string
	// before is the URL up to the path as it is written, fragment what follows the query; full is all of it, where that is
	// not the same put together.
	before, fragment, full string
}

// url is the URL in full, as PreparedRequest.url shows it.
func (t *target) url() string {
	if t.full != "" {
		return t.full
	}
	return t.before + t.path + t.fragment
}

// The sets of characters that a part of a URL may have as they are (urllib3.util.url).
const (
	unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~"
	subDelims  = "!$&'()*+,;="
	userinfo   = unreserved + subDelims + ":"
	pathChars  = userinfo + "@/"
	queryChars = pathChars + "?"
	// requoted are those that requests.utils.requote_uri leaves alone.
	requoted        = "!#$%&'()*+,/:;=?@[]~" + "_.-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	requotedPercent = "!#$&'()*+,/:;=?@[]~" + "_.-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// plain says that a path and query need no encoding whatever: it can be put behind a host as it is.
func plain(path string) bool {
	if path == "" || path[0] != '/' || path[len(path)-1] == '?' {
		return false
	}
	for i := range len(path) {
		c := path[i]
		if alnum(c) {
			continue
		}
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"#<>[\\]^`{|}%", c) >= 0 || c == '/' && i+1 < len(path) && path[i+1] == '.' {
			return false
		}
	}
	return true
}

// A split is a URL in its parts, as Python's urlsplit has them.
type split struct{ scheme, netloc, path, query, fragment string }

// splitURL takes a URL apart (urllib.parse.urlsplit).
func splitURL(s string) (u split) {
	if i := strings.IndexByte(s, ':'); i > 0 && validScheme(s[:i]) {
		u.scheme, s = strings.ToLower(s[:i]), s[i+1:]
	}
	if strings.HasPrefix(s, "//") {
		end := strings.IndexAny(s[2:], "/?#")
		if end < 0 {
			end = len(s) - 2
		}
		u.netloc, s = s[2:2+end], s[2+end:]
	}
	s, u.fragment, _ = strings.Cut(s, "#")
	u.path, u.query, _ = strings.Cut(s, "?")
	return u
}

func validScheme(s string) bool {
	for i := range len(s) {
		if c := s[i]; !alnum(c) && (i == 0 || c != '+' && c != '-' && c != '.') || i == 0 && c >= '0' && c <= '9' {
			return false
		}
	}
	return s != ""
}

// hostname is the host of a netloc without user and port, in small letters.
func hostname(netloc string) string {
	host := netloc[strings.LastIndexByte(netloc, '@')+1:]
	if i := strings.IndexByte(host, ']'); strings.HasPrefix(host, "[") && i > 0 {
		return strings.ToLower(host[1:i])
	}
	host, _, _ = strings.Cut(host, ":")
	return strings.ToLower(host)
}

// portOf is the port that a netloc has, "" if none.
func portOf(netloc string) string {
	host := netloc[strings.LastIndexByte(netloc, '@')+1:]
	if i := strings.LastIndexByte(host, ':'); i >= 0 && i > strings.IndexByte(host, ']') {
		return host[i+1:]
	}
	return ""
}

// String puts the parts together again (urllib.parse.urlunsplit).
func (u split) String() string {
	s := u.path
	if u.netloc != "" || u.scheme != "" && strings.HasPrefix(s, "//") {
		if s != "" && s[0] != '/' {
			s = "/" + s
		}
		s = "//" + u.netloc + s
	}
	if u.scheme != "" {
		s = u.scheme + ":" + s
	}
	if u.query != "" {
		s += "?" + u.query
	}
	if u.fragment != "" {
		s += "#" + u.fragment
	}
	return s
}

// invalidURL is the exception of a URL that cannot be asked.
func (c *Classes) invalidURL(t *python.Thread, class, text string) error {
	return c.raise(t, class, []python.Value{python.NewStr(text)})
}

// parse makes a URL one that can be asked, with encoded parameters added to its query (PreparedRequest.prepare_url).
func (c *Classes) parse(t *python.Thread, raw, params string) (target, error) {
	text := strings.TrimLeft(raw, " \t\n\r\v\f\x1c\x1d\x1e\x1f\u0085\u00a0")
	if strings.Contains(text, ":") && !strings.HasPrefix(strings.ToLower(text), "http") {
		return target{before: text}, nil
	}
	scheme, rest := splitScheme(text)
	if scheme == "" && !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "/") {
		return target{}, c.missingSchema(t, text)
	}
	auth, host, port, path, query, fragment, err := c.parts(t, text, rest)
	if err != nil {
		return target{}, err
	}
	if scheme == "http" || scheme == "https" {
		path, query, fragment = normal(path, query, fragment)
	}
	if params != "" {
		if query != "" {
			query += "&"
		}
		query += params
	}
	if path == "" {
		path = "/"
	}
	netloc := host
	if auth != "" {
		netloc = auth + "@" + host
	}
	if port != "" {
		netloc += ":" + port
	}
	return prepared(requote(split{scheme, netloc, path, query, fragment}.String())), nil
}

func (c *Classes) missingSchema(t *python.Thread, text string) error {
	r, err := t.Repr(python.NewStr(text))
	if err != nil {
		return err
	}
	return c.invalidURL(t, "MissingSchema", "Invalid URL "+r+": No scheme supplied. Perhaps you meant https://"+text+"?")
}

func splitScheme(s string) (scheme, rest string) {
	i := strings.IndexByte(s, ':')
	if i > 0 && validScheme(s[:i]) {
		return strings.ToLower(s[:i]), s[i+1:]
	}
	return "", s
}

func normal(path, query, fragment string) (p, q, f string) {
	if path != "" {
		path = encodeInvalid(removeDots(path), pathChars)
	}
	return path, encodeInvalid(query, queryChars), encodeInvalid(fragment, queryChars)
}

// parts takes what follows the scheme apart (urllib3.util.parse_url).
func (c *Classes) parts(t *python.Thread, text, s string) (auth, host, port, path, query, fragment string, err error) {
	r, err := t.Repr(python.NewStr(text))
	if err != nil {
		return "", "", "", "", "", "", err
	}
	noHost := func() error { return c.invalidURL(t, "InvalidURL", "Invalid URL "+r+": No host supplied") }
	if !strings.HasPrefix(s, "//") {
		return "", "", "", "", "", "", noHost()
	}
	s = s[2:]
	end := strings.IndexAny(s, `\/?#`)
	if end < 0 {
		end = len(s)
	}
	authority, s := s[:end], s[end:]
	s, fragment, _ = strings.Cut(s, "#")
	path, query, _ = strings.Cut(s, "?")
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		auth, authority = encodeInvalid(authority[:i], userinfo), authority[i+1:]
	}
	host, port, ok := hostPort(authority)
	switch {
	case !ok:
		return "", "", "", "", "", "", c.unparsed(t, text, authority, host, port)
	case host == "":
		return "", "", "", "", "", "", noHost()
	case strings.HasPrefix(host, "*") || strings.HasPrefix(host, "."):
		return "", "", "", "", "", "", c.invalidURL(t, "InvalidURL", "URL has an invalid label.")
	}
	return auth, host, port, path, query, fragment, nil
}

// unparsed is the exception for an authority that is none, as urllib3 words it.
func (c *Classes) unparsed(t *python.Thread, text, authority, host, port string) error {
	why := text
	if port == "" {
		r, err := t.Repr(python.NewStr(authority))
		if err != nil {
			return err
		}
		why = r + " is not a valid host or port"
		if i := strings.IndexFunc(host, func(r rune) bool { return r <= ' ' || r == 0x7f }); i >= 0 {
			bad, err := t.Repr(python.NewStr(host[i : i+1]))
			if err != nil {
				return err
			}
			why = "Host " + r + " contains invalid character " + bad
		}
	}
	return c.fail(t, "not_parsed", python.NewStr(why))
}

// hostPort takes an authority apart; a port is a number up to 65535 without leading zeros.
func hostPort(authority string) (host, port string, ok bool) {
	host = authority
	if strings.HasPrefix(authority, "[") && !strings.Contains(authority, "]") {
		return host, "", false
	}
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && i > strings.IndexByte(authority, ']') {
		host, port = authority[:i], authority[i+1:]
		for len(port) > 1 && port[0] == '0' {
			port = port[1:]
		}
		if n, err := strconv.ParseUint(port, 10, 32); port != "" && (err != nil || n > 99999) {
			return host, "", false
		} else if n > 65535 {
			return host, port, false
		}
	}
	if strings.HasPrefix(host, "[") {
		inner := strings.TrimSuffix(host[1:], "]")
		inner, _, _ = strings.Cut(inner, "%")
		return strings.ToLower(host), port, net.ParseIP(inner) != nil
	}
	if strings.ContainsAny(host, "[]:") || strings.ContainsFunc(host, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return host, "", false
	}
	return strings.ToLower(host), port, true
}

// prepared takes a URL that is ready apart again.
func prepared(url string) target {
	u := splitURL(url)
	t := target{path: u.path, full: url}
	if i := strings.Index(url, "//"); i >= 0 {
		t.before = url[:i+2+len(u.netloc)]
	}
	if t.path == "" {
		t.path = "/"
	}
	if u.query != "" {
		t.path += "?" + u.query
	}
	if i := strings.IndexByte(url, '#'); i >= 0 {
		t.fragment = url[i:]
	}
	t.Origin = originOf(u)
	return t
}

func originOf(u split) wire.Origin {
	secure := u.scheme == "https"
	if !secure && u.scheme != "http" {
		return wire.Origin{} // no adapter has it
	}
	port := portOf(u.netloc)
	host := u.netloc[strings.LastIndexByte(u.netloc, '@')+1:]
	if port == "" {
		host = strings.TrimSuffix(host, ":")
		port = "80"
		if secure {
			port = "443"
		}
	} else if secure && port == "443" || !secure && port == "80" {
		host = host[:len(host)-len(port)-1] // http.client leaves its default port out
	}
	return wire.Origin{TLS: secure, Address: net.JoinHostPort(hostname(u.netloc), port), Host: host}
}

// onWire is the request target that is sent (urllib3.util.url._encode_target).
func onWire(path string) string {
	if plain(path) {
		return path
	}
	p, q, has := strings.Cut(path, "?")
	p = encodeInvalid(p, pathChars)
	if has {
		p += "?" + encodeInvalid(q, queryChars)
	}
	return p
}
