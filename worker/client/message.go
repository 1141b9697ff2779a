package client

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gregaria/internal/build"
)

// standard are the headers of every request, as they are sent.
const standard = "User-Agent: gregaria/" + build.Version + "\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\n" +
	"Connection: keep-alive\r\n"

// A badRequestError is a request that cannot be sent: a mistake of the scenario, which is an exception and not a failure.
type badRequestError struct{ why string }

func (e *badRequestError) Error() string { return e.why }

// defaults are the headers that a session sends with every request, as lines; nil means the standard ones.
type defaults []string

// SetHeader makes the session send a header with every request; "" sends it no more. It replaces the standard one, such
// as User-Agent, of the same name.
func (s *Session) SetHeader(name, value string) {
	if s.defaults == nil {
		s.defaults = strings.SplitAfter(standard, "\r\n")[:strings.Count(standard, "\r\n")]
	}
	s.defaults = slices.DeleteFunc(s.defaults, func(line string) bool { return named(line, name) })
	if value != "" {
		s.defaults = append(s.defaults, name+": "+value+"\r\n")
	}
}

// named says whether a header line is of the given name.
func named(line, name string) bool {
	return len(line) > len(name) && line[len(name)] == ':' && strings.EqualFold(line[:len(name)], name)
}

// has returns the values of a header, whatever its case, and whether it is there.
func has(header http.Header, name string) bool {
	if len(header) == 0 {
		return false
	}
	for key := range header {
		if strings.EqualFold(key, name) {
			return true
		}
	}
	return false
}

// appendHead appends the head of one hop's request: the common one here, the rest with what it takes in appendSpecial,
// so that this needs little stack.
func (s *Session) appendHead(b []byte, q *Request, h *hop, now time.Time) ([]byte, error) {
	b = append(b, h.method...)
	b = append(b, ' ')
	b = append(b, h.to.path...)
	b = append(b, " HTTP/1.1\r\n"...)
	cookies := s.cookies.line(&h.to, now)
	if h.method != http.MethodGet || len(q.Header) > 0 || s.defaults != nil || h.to.authorization != "" || len(h.body.Bytes) > 0 || h.body.ContentType != "" {
		return s.appendSpecial(b, q, h, cookies)
	}
	b = append(b, "Host: "...)
	b = append(b, h.to.Host...)
	b = append(b, "\r\n"+standard...)
	if cookies != "" {
		b = appendLine(b, "Cookie", cookies)
	}
	return append(b, "\r\n"...), nil
}

// appendSpecial appends what follows the request line.
func (s *Session) appendSpecial(b []byte, q *Request, h *hop, cookies string) (_ []byte, err error) {
	if !token(h.method) {
		return b, &badRequestError{fmt.Sprintf("%q is not an HTTP method", h.method)}
	}
	if !has(q.Header, "Host") {
		b = appendLine(b, "Host", h.to.Host)
	}
	b = s.appendDefaults(b, q, h)
	if len(q.Header) > 0 {
		if b, err = appendOwn(b, q, h); err != nil {
			return b, err
		}
	}
	if cookies != "" && !has(q.Header, "Cookie") {
		b = appendLine(b, "Cookie", cookies)
	}
	if h.to.authorization != "" && !has(q.Header, "Authorization") {
		b = appendLine(b, "Authorization", h.to.authorization)
	}
	return appendBodyLines(b, q, h)
}

// appendDefaults appends the session's own headers.
func (s *Session) appendDefaults(b []byte, q *Request, h *hop) []byte {
	if s.defaults == nil && len(q.Header) == 0 {
		return append(b, standard...)
	}
	lines := s.defaults
	if lines == nil {
		lines = strings.SplitAfter(standard, "\r\n")[:strings.Count(standard, "\r\n")]
	}
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		if has(q.Header, name) || h.foreign && strings.EqualFold(name, "Authorization") {
			continue
		}
		b = append(b, line...)
	}
	return b
}

// appendOwn appends the request's headers. What describes the body goes where the body goes, and credentials stay with
// the host they are for.
func appendOwn(b []byte, q *Request, h *hop) ([]byte, error) {
	for _, name := range slices.Sorted(maps.Keys(q.Header)) {
		if !token(name) {
			return b, &badRequestError{fmt.Sprintf("%q is not the name of a header", name)}
		}
		if h.foreign && strings.EqualFold(name, "Authorization") || h.bodiless && describesBody(name) {
			continue
		}
		for _, value := range q.Header[name] {
			if strings.ContainsAny(value, "\r\n\x00") {
				return b, &badRequestError{fmt.Sprintf("the header %s has a line break in its value", name)}
			}
			b = appendLine(b, name, value)
		}
	}
	return b, nil
}

func describesBody(name string) bool {
	return strings.EqualFold(name, "Content-Type") || strings.EqualFold(name, "Content-Length") ||
		strings.EqualFold(name, "Transfer-Encoding")
}

// appendBodyLines ends the head with what it says of the body. A request that could have one and has none says so.
func appendBodyLines(b []byte, q *Request, h *hop) ([]byte, error) {
	if h.body.ContentType != "" && !has(q.Header, "Content-Type") {
		if strings.ContainsAny(h.body.ContentType, "\r\n\x00") {
			return b, &badRequestError{"the body's content type has a line break in it"}
		}
		b = appendLine(b, "Content-Type", h.body.ContentType)
	}
	if (len(h.body.Bytes) > 0 || h.method != http.MethodGet && h.method != http.MethodHead) && !has(q.Header, "Content-Length") {
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, int64(len(h.body.Bytes)), 10)
		b = append(b, "\r\n"...)
	}
	return append(b, "\r\n"...), nil
}

func appendLine(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ": "...)
	b = append(b, value...)
	return append(b, "\r\n"...)
}

// token says whether s is one word as HTTP has it: a method or the name of a header.
func token(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || c < '0' && strings.IndexByte("!#$%&'*+-.", c) < 0 || c > '9' && strings.IndexByte(`:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
