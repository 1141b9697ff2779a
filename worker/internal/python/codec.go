package python

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// privateBytes is the text as which the methods of str work on bytes: what is not ASCII becomes a code point for private
// use, which has no case and is no letter, digit or space.
func privateBytes(b string) *Str {
	out := make([]byte, 0, len(b))
	for i := range len(b) {
		if b[i] < utf8.RuneSelf {
			out = append(out, b[i])
		} else {
			out = utf8.AppendRune(out, private+rune(b[i]))
		}
	}
	return NewStr(string(out))
}

const private = 0xf700

// publicBytes is the inverse of privateBytes.
func publicBytes(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r)) // of a private one the low byte
	}
	return out
}

// encodeStr is str.encode.
func encodeStr(s *Str, encoding, errors string) (string, error) {
	limit := rune(0x110000)
	name := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(encoding))
	switch name {
	case "utf-8", "utf8", "u8":
		if utf8.ValidString(s.s) {
			return s.s, nil
		}
		name = "utf-8"
	case "ascii", "us-ascii":
		limit, name = 128, "ascii"
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1":
		limit, name = 256, "latin-1"
	case "utf-16", "utf-16-le", "utf-16-be", "utf-16le", "utf-16be":
		return encode16(s.s, name), nil
	default:
		return "", Errorf(LookupError, "unknown encoding: %s", encoding)
	}
	var b []byte
	for i, r := range runesOf(s.s) {
		bad := r >= limit || (name == "utf-8" && r >= 0xd800 && r < 0xe000)
		switch {
		case !bad && limit <= 256:
			b = append(b, byte(r))
		case !bad:
			b = utf8.AppendRune(b, r)
		case errors == "ignore":
		case errors == "replace":
			b = append(b, '?')
		case errors == "backslashreplace":
			b = append(b, asciiOnly(string(appendRune(nil, r)))...)
		case errors == "xmlcharrefreplace":
			b = fmt.Appendf(b, "&#%d;", r)
		case errors == "surrogatepass":
			b = appendRune(b, r)
		default:
			why := fmt.Sprintf("ordinal not in range(%d)", limit)
			if name == "utf-8" {
				why = "surrogates not allowed"
			}
			return "", codecError(UnicodeEncodeError, name, s, i, i+1, why)
		}
	}
	return string(b), nil
}

func encode16(s, name string) string {
	var b []byte
	big := strings.HasSuffix(name, "be")
	if name == "utf-16" {
		b = append(b, 0xff, 0xfe)
	}
	unit := func(u uint16) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	for _, r := range runesOf(s) {
		if r >= 0x10000 {
			r -= 0x10000
			unit(0xd800 + uint16(r>>10))
			unit(0xdc00 + uint16(r&0x3ff))
			continue
		}
		unit(uint16(r))
	}
	return string(b)
}

// Decode is bytes.decode.
func Decode(b, encoding, errors string) (string, error) {
	switch strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(encoding)) {
	case "utf-8", "utf8", "u8":
		return decodeUTF8(b, errors)
	case "utf-8-sig":
		return decodeUTF8(strings.TrimPrefix(b, "\ufeff"), errors)
	case "ascii", "us-ascii":
		for i := range len(b) {
			if b[i] >= 128 && errors == "strict" {
				return "", codecError(UnicodeDecodeError, "ascii", &Bytes{b}, i, i+1, "ordinal not in range(128)")
			}
		}
		return decodeUTF8(b, errors)
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1", "cp1252":
		out := make([]byte, 0, len(b))
		for i := range len(b) {
			out = utf8.AppendRune(out, rune(b[i]))
		}
		return string(out), nil
	case "utf-16", "utf-16-le", "utf-16le":
		b = strings.TrimPrefix(b, "\xff\xfe")
		return decode16(b), nil
	}
	return "", Errorf(LookupError, "unknown encoding: %s", encoding)
}

func decode16(b string) string {
	var out []byte
	for i := 0; i+1 < len(b); i += 2 {
		u := rune(b[i]) | rune(b[i+1])<<8
		if u >= 0xd800 && u < 0xdc00 && i+3 < len(b) {
			v := rune(b[i+2]) | rune(b[i+3])<<8
			u = 0x10000 + (u-0xd800)<<10 + (v - 0xdc00)
			i += 2
		}
		out = appendRune(out, u)
	}
	return string(out)
}

func decodeUTF8(b, errors string) (string, error) {
	if utf8.ValidString(b) {
		return b, nil
	}
	var out []byte
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRuneInString(b[i:])
		if r != utf8.RuneError || n > 1 {
			out = append(out, b[i:i+n]...)
			i += n
			continue
		}
		n, why := badUTF8(b[i:])
		switch errors {
		case "ignore":
		case "replace":
			out = append(out, "\ufffd"...)
		case "backslashreplace":
			for k := range n {
				out = fmt.Appendf(out, `\x%02x`, b[i+k])
			}
		case "surrogateescape":
			for k := range n {
				out = appendRune(out, 0xdc00+rune(b[i+k]))
			}
		default:
			return "", codecError(UnicodeDecodeError, "utf-8", &Bytes{b}, i, i+n, why)
		}
		i += n
	}
	return string(out), nil
}

// badUTF8 says how many bytes belong to a broken sequence, and CPython's reason.
func badUTF8(b string) (int, string) {
	var need int
	switch c := b[0]; {
	case c >= 0xc2 && c < 0xe0:
		need = 1
	case c >= 0xe0 && c < 0xf0:
		need = 2
	case c >= 0xf0 && c < 0xf5:
		need = 3
	default:
		return 1, "invalid start byte"
	}
	for n := 1; n <= need; n++ {
		if n >= len(b) {
			return n, "unexpected end of data"
		}
		lo, hi := byte(0x80), byte(0xbf)
		if n == 1 {
			switch b[0] {
			case 0xe0:
				lo = 0xa0
			case 0xed:
				hi = 0x9f
			case 0xf0:
				lo = 0x90
			case 0xf4:
				hi = 0x8f
			}
		}
		if b[n] < lo || b[n] > hi {
			return n, "invalid continuation byte"
		}
	}
	return 1, "invalid start byte"
}
