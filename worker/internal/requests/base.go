package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// A Base is a URL that paths are put behind.
type Base struct {
	text  string
	to    target
	plain bool // a plain path behind it needs no encoding
}

// NewBase takes a base apart, once for all requests.
func NewBase(text string) Base {
	b := Base{text: text}
	scheme, rest := splitScheme(text)
	if scheme != "http" && scheme != "https" || !strings.HasPrefix(rest, "//") || strings.ContainsAny(text, "?#@\\[% ") {
		return b
	}
	to := prepared(scheme + ":" + strings.ToLower(rest) + "/")
	if host, port, ok := hostPort(splitURL(text).netloc); !ok || host == "" || !ascii(host) || strings.ContainsAny(host, "*_") ||
		strings.HasSuffix(text[:len(text)-len(rest)], "::") || port == "" && strings.HasSuffix(splitURL(text).netloc, ":") {
		return b
	}
	to.path = splitURL(text).path + "/"
	if !plain(to.path) {
		return b
	}
	to.before = scheme + "://" + strings.ToLower(splitURL(text).netloc)
	to.path, to.full = to.path[:len(to.path)-1], ""
	return Base{text: text, to: to, plain: true}
}

// Absolute says whether a URL stands for itself.
func Absolute(url string) bool {
	n := strings.Index(url, "://")
	return (n == 4 || n == 5) && (strings.EqualFold(url[:n], "http") || strings.EqualFold(url[:n], "https"))
}

// Aim makes the call one to url behind the base, or to url alone if that is absolute. What needs no encoding is not taken
// apart.
func (b *Base) Aim(q *Call, p *Prepared, url string) {
	if Absolute(url) {
		q.URL = url
		return
	}
	if b.plain && q.Params == nil && plain(url) {
		p.to = b.to
		if p.to.path != "" {
			url = p.to.path + url
		}
		p.to.path = url
		p.parsed = true
		return
	}
	q.URL = b.text + url
}

// Text is the base as it was given.
func (b *Base) Text() string { return b.text }

// PreparedBy returns the request that an exception of requests holds, nil if none.
func PreparedBy(e *python.Exception) *Prepared {
	return preparedOf(or(e.Attrs().GetStr("request"), python.None))
}

// SetAuth makes a session send credentials.
func (s *Session) SetAuth(auth value) { s.settings().auth = auth }

// IsA says whether an exception is of one of the classes of requests.exceptions.
func (c *Classes) IsA(t *thread, e *python.Exception, classes ...string) (bool, error) {
	for _, name := range classes {
		cls, err := c.exception(t, name)
		if err != nil {
			return false, err
		}
		if e.IsA(cls) {
			return true, nil
		}
	}
	return false, nil
}
