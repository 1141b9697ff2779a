package regex

import (
	"strings"
	"unicode/utf8"
)

// A Text is what a pattern is tried on. It belongs to one goroutine at a time. Offsets into it are bytes of its own form:
// UTF-8, in which a byte of a bytes object is the character of that number.
type Text struct {
	s       string
	bytes   string // what a bytes object holds, if s is not the same
	isBytes bool
	ascii   bool
	valid   bool
	odd     int8 // whether it has characters that fold in their own way: 0 is not known, 1 no, 2 yes
	runes   []rune
	// where a byte and a character were last found to be the same place
	byteAt, charAt int
}

// NewText makes a text of the content of a str or of bytes.
func NewText(s string, isBytes bool) *Text {
	t := &Text{s: s, isBytes: isBytes, ascii: isASCII(s)}
	if t.valid = t.ascii; t.ascii {
		return t
	}
	if isBytes {
		t.bytes, t.s, t.valid = s, string(widen(s)), true
	} else {
		t.valid = utf8.ValidString(s)
	}
	return t
}

func isASCII(s string) bool {
	const high = 0x8080808080808080
	for ; len(s) >= 8; s = s[8:] {
		eight := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		if eight&high != 0 {
			return false
		}
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// End is the offset of the end.
func (t *Text) End() int { return len(t.s) }

// Char is the number of characters before an offset; -1 stays -1.
func (t *Text) Char(offset int) int {
	if t.ascii || offset < 0 {
		return offset
	}
	if offset < t.byteAt/2 {
		t.byteAt, t.charAt = 0, 0
	}
	for t.byteAt < offset {
		t.byteAt += t.width(t.byteAt)
		t.charAt++
	}
	for t.byteAt > offset {
		t.back()
	}
	return t.charAt
}

// Offset is where a character begins; beyond the last one it is the end.
func (t *Text) Offset(char int) int {
	if t.ascii {
		return min(char, len(t.s))
	}
	if char < t.charAt/2 {
		t.byteAt, t.charAt = 0, 0
	}
	for t.charAt < char && t.byteAt < len(t.s) {
		t.byteAt += t.width(t.byteAt)
		t.charAt++
	}
	for t.charAt > char {
		t.back()
	}
	return t.byteAt
}

func (t *Text) width(at int) int {
	if t.s[at] < utf8.RuneSelf {
		return 1
	}
	_, n := next(t.s[at:])
	return n
}

func (t *Text) back() {
	for t.byteAt--; t.s[t.byteAt]&0xc0 == 0x80; t.byteAt-- { //nolint:revive // the loop is the body
	}
	t.charAt--
}

// Slice is the text between two offsets, as the object had it.
func (t *Text) Slice(from, to int) string {
	if t.isBytes && !t.ascii {
		return t.bytes[t.Char(from):t.Char(to)]
	}
	return t.s[from:to]
}

// chars is the text as code points.
func (t *Text) chars() []rune {
	if t.runes != nil {
		return t.runes
	}
	if t.ascii {
		t.runes = widen(t.s)
	} else {
		t.runes = decode(t.s)
	}
	return t.runes
}

// hasOddFolds says whether a case-insensitive reference could go wrong in the text.
func (t *Text) hasOddFolds() bool {
	if t.odd == 0 {
		if t.odd = 1; !t.ascii && strings.ContainsAny(t.s, foldings().odd) {
			t.odd = 2
		}
	}
	return t.odd == 2
}
