package python

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// codecError is a UnicodeDecodeError or UnicodeEncodeError: object[start:end] has no meaning in the encoding.
func codecError(cls *Type, encoding string, object Value, start, end int, reason string) *Exception {
	return NewException(cls, NewStr(encoding), object, NewInt(int64(start)), NewInt(int64(end)), NewStr(reason))
}

// codecFields are the attributes that the arguments of a codec error become.
var codecFields = [...]string{"encoding", "object", "start", "end", "reason"}

func (e *Exception) codecSpecial(name string) Value {
	if !e.isCodecError() {
		return nil
	}
	for i, f := range codecFields {
		if f == name {
			return e.args.items[i]
		}
	}
	return nil
}

func (e *Exception) isCodecError() bool {
	return (e.cls.Is(UnicodeDecodeError) || e.cls.Is(UnicodeEncodeError)) && len(e.args.items) == len(codecFields)
}

// codecText is str(e) of a codec error (Objects/exceptions.c).
func codecText(e *Exception) string {
	encoding, reason := str0(e.args.items[0]), str0(e.args.items[4])
	start, _ := AsInt(e.args.items[2])
	end, _ := AsInt(e.args.items[3])
	verb, what, one := "decode", "byte", ""
	switch x := unwrap(e.args.items[1]).(type) {
	case *Bytes:
		if start >= 0 && start < int64(len(x.s)) {
			one = fmt.Sprintf("0x%02x", x.s[start])
		}
	case *Str:
		verb, what = "encode", "character"
		if start >= 0 && start < int64(x.length()) {
			one = "'" + asciiOnly(x.sub(int(start), int(start)+1).s) + "'"
		}
	}
	if end == start+1 && one != "" {
		return fmt.Sprintf("'%s' codec can't %s %s %s in position %d: %s", encoding, verb, what, one, start, reason)
	}
	return fmt.Sprintf("'%s' codec can't %s %ss in position %d-%d: %s", encoding, verb, what, start, end-1, reason)
}

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

// bigger are the letters whose upper case is more than one letter (Unicode's SpecialCasing).
var bigger = strings.NewReplacer("ß", "SS", "ŉ", "ʼN", "ǰ", "J̌", "ΐ", "Ϊ́", "ΰ", "Ϋ́", "և", "ԵՒ", "ẖ", "H̱", "ẗ", "T̈", "ẘ", "W̊", "ẙ", "Y̊", "ẚ", "Aʾ",
	"ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST")

// upper is str.upper.
func upper(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return strings.ToUpper(bigger.Replace(s))
}

// lower is str.lower: a sigma at the end of a word has a form of its own.
func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	rs := runesOf(strings.ReplaceAll(s, "İ", "i̇"))
	for i, r := range rs {
		if r == 'Σ' && i > 0 && unicode.IsLetter(rs[i-1]) && (i+1 == len(rs) || !unicode.IsLetter(rs[i+1])) {
			rs[i] = 'ς'
		}
	}
	return strings.ToLower(fromRunes(rs).s)
}

// fold is str.casefold, as far as common text needs it.
func fold(s string) string {
	return strings.NewReplacer("ß", "ss", "ς", "σ", "ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "ŉ", "ʼn").Replace(
		strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(s, "ẞ", "ss"), "İ", "i̇")))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
