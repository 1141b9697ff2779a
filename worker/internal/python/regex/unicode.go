package regex

import (
	"unicode/utf8"
)

// decode returns the code points of a str as the interpreter keeps it: UTF-8, lone surrogates as three bytes.
func decode(s string) []rune {
	out := make([]rune, 0, len(s))
	for len(s) > 0 {
		r, n := next(s)
		out = append(out, r)
		s = s[n:]
	}
	return out
}

// next decodes one code point.
func next(s string) (rune, int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == 0xed {
		return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return r, n
}

func isSurrogate(r rune) bool { return r >= 0xd800 && r < 0xe000 }

// encode is the reverse of decode for one code point.
func encode(r rune) string {
	if isSurrogate(r) {
		return string([]byte{0xe0 | byte(r>>12), 0x80 | byte(r>>6)&0x3f, 0x80 | byte(r)&0x3f})
	}
	return string(r)
}

// widen makes one character of each byte.
func widen(s string) []rune {
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return out
}
