package requests

import (
	"strings"
	"time"
	"unicode/utf8"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// What follows is for a client that is not requests but shares its parts: Locust's FastHttpSession.

// SplitURL takes a URL apart as Python's urlsplit does.
func SplitURL(s string) (scheme, netloc, path, query, fragment string) {
	u := splitURL(s)
	return u.scheme, u.netloc, u.path, u.query, u.fragment
}

// JoinURL is the reverse of SplitURL.
func JoinURL(scheme, netloc, path, query, fragment string) string {
	return split{scheme, netloc, path, query, fragment}.String()
}

// Hostname is the host of a netloc in small letters, Port its port, "" if it has none.
func Hostname(netloc string) string { return hostname(netloc) }

// Port is the port of a netloc, "" if it has none.
func Port(netloc string) string { return portOf(netloc) }

// Requote encodes what a URL must not have, once.
func Requote(s string) string { return requote(s) }

// Plain says that a path and query need no encoding.
func Plain(path string) bool { return plain(path) }

// EncodeParams makes a query of a mapping or of pairs.
func EncodeParams(t *python.Thread, v python.Value) (string, error) { return encodeParams(t, v) }

// URLEncode is urllib.parse.urlencode of a dict: one value for each key.
func URLEncode(t *python.Thread, v python.Value) (string, error) {
	var b []byte
	err := pairs(t, v, func(k, v value) (err error) {
		if len(b) > 0 {
			b = append(b, '&')
		}
		if b, err = appendPlus(t, b, k); err != nil {
			return err
		}
		b, err = appendPlus(t, append(b, '='), v)
		return err
	})
	return string(b), err
}

// Pairs calls f for every key and value of a mapping or of a sequence of pairs.
func Pairs(t *python.Thread, v python.Value, f func(k, v python.Value) error) error {
	return pairs(t, v, f)
}

// Multipart makes the body of a form with files as quote writes names, and its boundary.
func Multipart(t *python.Thread, data, files python.Value, quote func(string) string) (body []byte, bound string, err error) {
	form := multipart{boundary: boundary(), quote: quote}
	if given(data) {
		if err := form.fields(t, data); err != nil {
			return nil, "", err
		}
	}
	if err := form.files(t, files); err != nil {
		return nil, "", err
	}
	return form.end(), form.boundary, nil
}

// Basic is the value of an Authorization header.
func Basic(t *python.Thread, user, password python.Value) (string, error) {
	return basic(t, user, password)
}

// CharsetOf is what a Content-Type says of the encoding, "" if nothing.
func CharsetOf(contentType string) string { return charsetOf(contentType) }

// Detect guesses an encoding.
func Detect(b []byte) string { return detect(b) }

// Empty says whether there is no cookie.
func (j *Jar) Empty() bool { return len(j.cookies) == 0 }

// Line is the Cookie header for a request, "" if there is none.
func (j *Jar) Line(url, hostHeader string) string {
	if j.Empty() {
		return ""
	}
	return j.line(placeOf(url, hostHeader))
}

// Extract takes the cookies that an answer from a URL sets.
func (j *Jar) Extract(h *wire.Head, url, hostHeader string) {
	if !h.Cookies {
		return
	}
	p, now := placeOf(url, hostHeader), time.Now().Unix()
	for n, v := range h.Fields {
		if wire.Fold(n, "set-cookie") {
			j.extract(wire.Latin1(v), p, now)
		}
	}
}

// NewJar returns a jar that keeps the quotes of values, as http.cookiejar's own does.
func NewJar() *Jar { return &Jar{quoted: true} }

// DecodeStrictly is str(b, encoding, errors="replace"); an encoding that is none is a LookupError.
func DecodeStrictly(b, encoding string) (string, error) {
	if e := strings.ToLower(encoding); (e == "utf-8" || e == "utf8") && utf8.ValidString(b) {
		return b, nil
	}
	return python.Decode(b, encoding, "replace")
}
