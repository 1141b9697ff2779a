package wire

import (
	"bytes"
	"strconv"
	"strings"
)

// The limits of Python's http.client.
const (
	maxLine    = 65536
	maxHeaders = 100
)

// A Head is the status line and the headers of an answer, read as Python's http.client reads them.
type Head struct {
	lines  []byte // the headers, without the status line
	Status int
	Reason []byte
	// Length is that of the body, as sent; -1 if the headers do not say.
	Length int64
	Flags
}

// final says that no other head follows.
func (h *Head) final() bool { return h.Status >= 200 || h.Status == 101 }

// Flags are what the headers say of the body and the connection.
type Flags struct {
	Chunked, Closes, keeps, Encoded, Cookies bool
}

// headEnd returns the length of the head at the beginning of b, 0 if its end is not there yet. It goes on looking at
// from, where it stopped the last time.
func headEnd(b []byte, from int) int {
	for i := max(from-3, 0); ; {
		n := bytes.IndexByte(b[i:], '\n')
		if n < 0 {
			return 0
		}
		i += n + 1
		if rest := b[i:]; len(rest) > 0 && rest[0] == '\n' {
			return i + 1
		} else if len(rest) > 1 && rest[0] == '\r' && rest[1] == '\n' {
			return i + 2
		}
	}
}

// parse reads a head, its empty last line included.
func (h *Head) parse(b []byte) error {
	n := bytes.IndexByte(b, '\n') + 1
	*h = Head{lines: b[n:], Length: -1}
	old, err := h.parseStatus(b[:n])
	if err != nil {
		return err
	}
	count := 0
	for name, value := range h.Fields {
		if count++; count > maxHeaders {
			return &BadHeadError{"HTTPException", "got more than 100 headers"}
		}
		if len(name)+len(value) > maxLine {
			return lineTooLong("header line")
		}
		h.note(name, value)
	}
	if h.Chunked {
		h.Length = -1
	}
	h.Closes = h.Closes || old && !h.keeps
	return nil
}

// parseStatus reads a status line (http.client.HTTPResponse._read_status) and says whether it is of HTTP/1.0. It takes
// the common one apart by hand.
func (h *Head) parseStatus(line []byte) (old bool, err error) {
	if len(line) > maxLine {
		return false, lineTooLong("status line")
	}
	version := "HTTP/1.1"
	if len(line) > 14 && string(line[:8]) == version && line[8] == ' ' && line[12] == ' ' {
		h.Status = number(line[9:12])
		h.Reason = trim(line[13 : len(line)-1])
	} else {
		parts := bytes.Fields(line)
		if len(parts) < 2 || !bytes.HasPrefix(parts[0], []byte("HTTP/")) {
			return false, badStatusLine(line)
		}
		version, h.Status = string(parts[0]), number(parts[1])
		h.Reason = bytes.Join(parts[2:], []byte(" "))
	}
	if h.Status < 100 || h.Status > 999 {
		return false, badStatusLine(line)
	}
	if !strings.HasPrefix(version, "HTTP/1.") && version != "HTTP/0.9" {
		return false, &BadHeadError{"UnknownProtocol", version}
	}
	return version == "HTTP/1.0", nil
}

func badStatusLine(line []byte) error {
	return &BadHeadError{"BadStatusLine", Latin1(line)}
}

func lineTooLong(what string) error {
	return &BadHeadError{"LineTooLong", "got more than 65536 bytes when reading " + what}
}

// number reads digits, -1 if they are none.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1000 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// Fields calls yield for each header line, name and value as they are written. What is no header is left out.
func (h *Head) Fields(yield func(name, value []byte) bool) {
	rest := h.lines
	for len(rest) > 0 {
		line := rest
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			line, rest = rest[:n], rest[n+1:]
		} else {
			rest = nil
		}
		if colon := bytes.IndexByte(line, ':'); colon > 0 && !yield(line[:colon], trim(line[colon+1:])) {
			return
		}
	}
}

// trim takes spaces and the carriage return off a value.
func trim(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	for len(b) > 0 && (b[len(b)-1] == ' ' || b[len(b)-1] == '\t' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

// note takes up a header that says how to go on. The length of the name comes first: it rules most headers out.
func (h *Head) note(name, value []byte) {
	switch len(name) {
	case len("Connection"):
		if Fold(name, "connection") {
			h.Closes = h.Closes || Fold(value, "close") || len(value) > 5 && containsFold(value, "close")
			h.keeps = h.keeps || containsFold(value, "keep-alive")
		} else if Fold(name, "set-cookie") {
			h.Cookies = true
		}
	case len("Content-Length"):
		if Fold(name, "content-length") {
			if n, err := strconv.ParseInt(string(value), 10, 64); err == nil && n >= 0 {
				h.Length = n
			}
		}
	case len("Content-Encoding"):
		h.Encoded = h.Encoded || Fold(name, "content-encoding")
	case len("Transfer-Encoding"):
		if Fold(name, "transfer-encoding") {
			h.Chunked = Fold(value, "chunked")
		}
	}
}

// Value returns the first value of a header; nil if there is none.
func (h *Head) Value(name string) []byte {
	for n, v := range h.Fields {
		if Fold(n, name) {
			return v
		}
	}
	return nil
}

// Fold says whether b is s but for the case of ASCII letters.
func Fold(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i := range b {
		if x, y := b[i], s[i]; x != y && (x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z') {
			return false
		}
	}
	return true
}

func containsFold(b []byte, s string) bool {
	for i := 0; i+len(s) <= len(b); i++ {
		if Fold(b[i:i+len(s)], s) {
			return true
		}
	}
	return false
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// Latin1 reads bytes as Python reads a status line, ISO-8859-1.
func Latin1(b []byte) string {
	if ascii(b) {
		return string(b)
	}
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// Redirects says whether the answer leads to another place: a status that redirects, and a header Location.
func (h *Head) Redirects() bool {
	switch h.Status {
	case 301, 302, 303, 307, 308:
		return h.Value("Location") != nil
	}
	return false
}
