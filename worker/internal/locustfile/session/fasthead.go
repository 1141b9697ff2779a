package session

import (
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
)

// appendHead appends the head of the message (HTTPClient._build_request).
func (q *fastRequest) appendHead(t *thread, b []byte) ([]byte, error) {
	if strings.HasPrefix(q.to.uri, "//") {
		return b, python.Errorf(python.ValueError, "invalid request URI '%s': protocol-relative targets are not origin-form", q.to.uri)
	}
	b = append(b, q.method...)
	b = append(b, ' ')
	if q.to.Proxy != nil && !q.to.TLS {
		b = append(append(b, "http://"...), q.to.Address...)
	}
	if !strings.HasPrefix(q.to.uri, "/") {
		b = append(b, '/')
	}
	b = append(b, q.to.uri...)
	b = append(b, " HTTP/1.1\r\n"...)
	hasHost, hasLength := false, false
	if k := q.kept; k != nil {
		hasHost = k.host
		b = append(b, k.lines...)
		if q.cookie != "" {
			b = append(append(append(b, "Cookie: "...), q.cookie...), "\r\n"...)
		}
	} else {
		q.settle()
		for _, f := range q.fields {
			hasHost = hasHost || strings.EqualFold(f.name, "host")
			hasLength = hasLength || strings.EqualFold(f.name, "content-length")
			var err error
			if b, err = appendFastField(t, b, f); err != nil {
				return b, err
			}
		}
	}
	if !hasHost {
		b = append(append(append(b, "Host: "...), q.to.Host...), "\r\n"...)
	}
	if !hasLength && (len(q.payload) > 0 || q.method == "POST" || q.method == "PUT" || q.method == "PATCH") {
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, int64(len(q.payload)), 10)
		b = append(b, "\r\n"...)
	}
	return append(b, "\r\n"...), nil
}

// appendFastField appends a header; a list has a line for each of its items.
func appendFastField(t *thread, b []byte, f fastField) ([]byte, error) {
	switch v := f.value.(type) {
	case *python.List:
		return appendFastItems(t, b, f.name, v.Items())
	case *python.Tuple:
		return appendFastItems(t, b, f.name, v.Items())
	}
	if !isToken(f.name) {
		r, err := t.Repr(python.NewStr(f.name))
		if err != nil {
			return b, err
		}
		return b, python.Errorf(python.ValueError, "invalid header field name %s", r)
	}
	text, ok := python.AsStr(f.value)
	if !ok {
		var err error
		if text, err = t.Str(f.value); err != nil {
			return b, err
		}
	}
	b = append(append(b, f.name...), ": "...)
	for _, r := range text {
		if ok && (r < ' ' && r != '\t' || r == 0x7f || r > 0xff) {
			name, err := t.Repr(python.NewStr(f.name))
			if err != nil {
				return b, err
			}
			shown, err := t.Repr(f.value)
			if err != nil {
				return b, err
			}
			return b, python.Errorf(python.ValueError, "invalid value for header field %s: %s", name, shown)
		}
		b = append(b, byte(r))
	}
	return append(b, "\r\n"...), nil
}

func appendFastItems(t *thread, b []byte, name string, items []value) (_ []byte, err error) {
	for _, v := range items {
		if b, err = appendFastField(t, b, fastField{name, v}); err != nil {
			return b, err
		}
	}
	return b, nil
}

// isToken says whether s is the name of a header as RFC 9110 has it.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
