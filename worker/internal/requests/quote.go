package requests

import (
	"strings"
)

// percent is c percent-encoded.
func percent(b []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, '%', digits[c>>4], digits[c&15])
}

// quote percent-encodes all but letters, digits and what is safe.
func quote(s, safe string) string {
	b := make([]byte, 0, len(s)+16)
	for i := range len(s) {
		if c := s[i]; alnum(c) || c < 0x80 && strings.IndexByte(safe, c) >= 0 {
			b = append(b, c)
		} else {
			b = percent(b, c)
		}
	}
	return string(b)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// unquoteUnreserved undoes the encoding of what needs none; ok is false if an escape is none.
func unquoteUnreserved(s string) (_ string, ok bool) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || !alnum(s[i+1]) || !alnum(s[i+2]) {
			b = append(b, s[i])
			continue
		}
		hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
		if hi < 0 || lo < 0 {
			return s, false
		}
		if c := byte(hi<<4 | lo); alnum(c) || c < 0x80 && strings.IndexByte(unreserved, c) >= 0 {
			b = append(b, c)
			i += 2
		} else {
			b = append(b, '%')
		}
	}
	return string(b), true
}

// requote encodes what a URL must not have, once (requests.utils.requote_uri).
func requote(s string) string {
	if u, ok := unquoteUnreserved(s); ok {
		return quote(u, requoted)
	}
	return quote(s, requotedPercent)
}

// encodeInvalid encodes what a part must not have, but for what is encoded already (urllib3.util.url._encode_invalid_chars).
func encodeInvalid(s, allowed string) string {
	b := []byte(s)
	escapes := 0
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && hexDigit(b[i+1]) >= 0 && hexDigit(b[i+2]) >= 0 {
			escapes++
			copy(b[i:], strings.ToUpper(string(b[i:i+3])))
			i += 2
		}
	}
	encoded := escapes == strings.Count(s, "%")
	out := make([]byte, 0, len(b)+16)
	for _, c := range b {
		if encoded && c == '%' || alnum(c) || c < 0x80 && strings.IndexByte(allowed, c) >= 0 {
			out = append(out, c)
		} else {
			out = percent(out, c)
		}
	}
	return string(out)
}

// removeDots takes the segments . and .. out of a path (urllib3.util.url._remove_path_dot_segments).
func removeDots(path string) string {
	var out []string
	for _, s := range strings.Split(path, "/") {
		switch {
		case s == ".":
		case s != "..":
			out = append(out, s)
		case len(out) > 0:
			out = out[:len(out)-1]
		}
	}
	if strings.HasPrefix(path, "/") && (len(out) == 0 || out[0] != "") {
		out = append([]string{""}, out...)
	}
	if strings.HasSuffix(path, "/.") || strings.HasSuffix(path, "/..") {
		out = append(out, "")
	}
	return strings.Join(out, "/")
}
