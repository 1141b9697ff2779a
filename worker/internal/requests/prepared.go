package requests

import (
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// UserAgent is that of requests, as it names itself.
const UserAgent = "python-requests/2.34.2"

// acceptEncoding is what requests asks for where Locust is installed, which brings brotli.
const acceptEncoding = "gzip, deflate, br"

// standard are the headers of a session that nobody has touched, as they are sent.
const standard = "User-Agent: " + UserAgent + "\r\nAccept-Encoding: " + acceptEncoding + "\r\nAccept: */*\r\nConnection: keep-alive\r\n"

// standardHeaders are the same for Python to see.
func standardHeaders() *Headers {
	return &Headers{fields: []field{
		{"User-Agent", python.NewStr(UserAgent)},
		{"Accept-Encoding", python.NewStr(acceptEncoding)},
		{"Accept", python.NewStr("*/*")},
		{"Connection", python.NewStr("keep-alive")},
	}}
}

// A Prepared is a PreparedRequest: what is sent. Of most there is never a Python object.
type Prepared struct {
	method string
	to     target
	// base are the headers so far; nil are the standard ones. own says that no one else has them. What follows them is in
	// late until Python code looks.
	base   *Headers
	own    bool
	parsed bool // to is that of a URL that has been taken apart
	late
	// body is the content; source is what Python code shows as it, if that is not bytes.
	body   []byte
	source value
	// jar are the cookies that a redirect takes along; nil are none.
	jar    *Jar
	object *python.Instance
	shows  *seen  // nil until Python code looks
	name   string // Locust's explicit name
}

// seen is what only Python code sees of a request, or sets.
type seen struct {
	// hooks are a dict with a list for "response", cookies shows jar, if it was made there; nil are none.
	hooks, cookies value
	// position is where a file was when it became the body; nil is that there is none.
	position value
}

func (p *Prepared) seen() *seen {
	if p.shows == nil {
		p.shows = &seen{}
	}
	return p.shows
}

// late are the headers that follow the others.
type late struct {
	cookie, contentType, authorization string
	length                             int // of the body; below 0 is none to be said
}

// settled are the headers as a CaseInsensitiveDict's entries, all of them.
func (p *Prepared) settled() *Headers {
	if !p.own {
		if p.base == nil {
			p.base = standardHeaders()
		} else {
			p.base = p.base.copy()
		}
		p.own = true
	}
	l := p.late
	p.late = late{length: -1}
	set := func(name, v string) {
		if v != "" {
			p.base.Set(name, python.NewStr(v))
		}
	}
	set("Cookie", l.cookie)
	if l.length >= 0 {
		set("Content-Length", strconv.Itoa(l.length))
	}
	set("Content-Type", l.contentType)
	set("Authorization", l.authorization)
	return p.base
}

// has says whether a header is there.
func (p *Prepared) has(name string) bool { return p.base != nil && p.base.find(name) >= 0 }

// setLength says how long the body is; where a header says it already, there.
func (p *Prepared) setLength(n int) {
	if p.has("Content-Length") {
		p.settled().Set("Content-Length", python.NewStr(strconv.Itoa(n)))
		return
	}
	p.length = n
}

// setType says what the body is, unless a header says so.
func (p *Prepared) setType(s string) {
	if !p.has("Content-Type") {
		p.contentType = s
	}
}

// appendHead appends the head of the message (http.client.HTTPConnection.putrequest, urllib3.connection.request).
func (p *Prepared) appendHead(b []byte) ([]byte, error) {
	b = append(b, p.method...)
	b = append(b, ' ')
	b = append(b, onWire(p.to.path)...)
	b = append(b, " HTTP/1.1\r\n"...)
	var err error
	if p.base == nil {
		b = appendLine(b, "Host", p.to.Host)
		if p.expectsBody() {
			b = appendLine(b, "Content-Length", "0")
		}
		b = append(b, standard...)
	} else if b, err = p.appendFields(b); err != nil {
		return b, err
	}
	if p.cookie != "" {
		if b, err = appendField(b, "Cookie", python.NewStr(p.cookie)); err != nil {
			return b, err
		}
	}
	if p.length >= 0 {
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, int64(p.length), 10)
		b = append(b, "\r\n"...)
	}
	if p.chunked() && !p.has("Transfer-Encoding") {
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
	}
	if p.contentType != "" {
		b = appendLine(b, "Content-Type", p.contentType)
	}
	if p.authorization != "" {
		b = appendLine(b, "Authorization", p.authorization)
	}
	return append(b, "\r\n"...), nil
}

// chunked says whether the body is sent in chunks: one of which no header says how long it is.
func (p *Prepared) chunked() bool { return p.body != nil && p.length < 0 && !p.has("Content-Length") }

// expectsBody says whether urllib3 itself says that there is no body: where a redirect has taken it.
func (p *Prepared) expectsBody() bool {
	if p.length >= 0 || p.body != nil {
		return false
	}
	switch p.method {
	case "GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "CONNECT":
		return false
	}
	return !p.has("Content-Length") && !p.has("Transfer-Encoding")
}

func (p *Prepared) appendFields(b []byte) ([]byte, error) {
	if !p.has("Host") {
		b = appendLine(b, "Host", p.to.Host)
	}
	empty := p.expectsBody()
	if p.base.final && !empty {
		s, err := p.base.lines()
		return append(b, s...), err
	}
	return p.base.appendTo(b, empty)
}

// appendTo appends the headers, with what urllib3 adds to them; empty says that there is no body.
func (h *Headers) appendTo(b []byte, empty bool) (_ []byte, err error) {
	if h.find("Accept-Encoding") < 0 {
		b = appendLine(b, "Accept-Encoding", "identity")
	}
	if empty {
		b = appendLine(b, "Content-Length", "0")
	}
	if h.find("User-Agent") < 0 {
		b = appendLine(b, "User-Agent", "python-urllib3/2.8.0")
	}
	for _, f := range h.fields {
		if b, err = appendField(b, f.name, f.value); err != nil {
			return b, err
		}
	}
	return b, nil
}

// appendField appends a header whose value is Python's, in Latin-1 as http.client sends it.
func appendField(b []byte, name string, v value) ([]byte, error) {
	s, ok := python.AsStr(v)
	if ok {
		if !ascii(s) {
			encoded, err := python.EncodeStr(s, "latin-1")
			if err != nil {
				return b, err
			}
			s = encoded
		}
	} else if s, ok = python.AsBytes(v); !ok {
		return b, python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", python.TypeOf(v).Name())
	}
	return appendLine(b, name, s), nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func appendLine(b []byte, name, v string) []byte {
	b = append(b, name...)
	b = append(b, ": "...)
	b = append(b, v...)
	return append(b, "\r\n"...)
}

// message puts the request into a buffer; the content comes with it if it is small, else it is the rest.
func (p *Prepared) message(buf *wire.Buffer) (rest []byte, err error) {
	if err = p.checkMethod(); err != nil {
		return nil, err
	}
	if buf.B, err = p.appendHead(buf.B); err != nil {
		return nil, err
	}
	if p.chunked() {
		m := message{content: p.body, chunked: true}
		m.frame()
		buf.B = append(buf.B, m.content...)
		return nil, nil
	}
	if len(p.body) <= wire.DirectBody {
		buf.B = append(buf.B, p.body...)
		return nil, nil
	}
	return p.body, nil
}

// checkMethod raises what http.client does for a method that is no word.
func (p *Prepared) checkMethod() error {
	if strings.ContainsAny(p.method, " \r\n\x00") {
		return python.Errorf(python.ValueError, "method can't contain control characters. %s (found at least one of them)", p.method)
	}
	return nil
}

// checkHeader raises InvalidHeader for what is no header (requests.utils.check_header_validity).
func (c *Classes) checkHeader(t *thread, name, v value) error {
	for i, part := range []value{name, v} {
		s, ok := isText(part)
		if !ok {
			return c.fail(t, "not_text", name, v, part)
		}
		if s != "" && (strings.ContainsRune(" \t\r\n\v\f", rune(s[0])) || strings.ContainsAny(s, "\r\n")) ||
			i == 0 && (s == "" || strings.Contains(s, ":")) {
			return c.fail(t, "not_header", part, python.NewBool(i == 0))
		}
	}
	return nil
}

// prepareHeaders makes the headers of those of the session and those of a request, v (merge_setting, prepare_headers).
func (s *Session) prepareHeaders(t *thread, p *Prepared, v value) error {
	var h *Headers
	if s.headers != nil {
		h = headersOf(s.headers)
	}
	if made := s.made.find(h, v); made != nil {
		p.base, p.own = made, false
		return nil
	}
	if err := p.prepareHeaders(t, s.classes, h, v); err != nil || !p.own {
		return err
	}
	if s.made = newHeaderMemo(h, v, p.base); s.made != nil {
		p.own = false
	}
	return nil
}

func (p *Prepared) prepareHeaders(t *thread, c *Classes, h *Headers, v value) error {
	p.base, p.own = h, false
	if given(v) {
		if n, err := t.Truth(v); err != nil {
			return err
		} else if !n {
			v = nil
		}
	}
	if !given(v) && h == nil {
		return nil
	}
	merged := p.settled()
	if given(v) {
		if _, mapping := python.Unwrap(v).(*python.Dict); !mapping {
			if _, err := t.GetAttr(v, "items"); err != nil {
				return err
			}
		}
		if err := merged.update(t, v); err != nil {
			return err
		}
	}
	kept := merged.fields[:0]
	for _, f := range merged.fields {
		if f.value != python.None {
			if err := c.checkHeader(t, python.NewStr(f.name), f.value); err != nil {
				return err
			}
			kept = append(kept, f)
		}
	}
	merged.fields = kept
	return nil
}
