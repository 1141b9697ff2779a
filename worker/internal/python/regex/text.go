package regex

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// A Text is what a pattern is tried on. It belongs to one goroutine at a time. Offsets into it are bytes of its own form:
// UTF-8, in which a byte of a bytes object is the character of that number. What is asked of a text is found out once.
type Text struct {
	s       string
	isBytes bool
	ascii   answer
	valid   answer // no lone surrogates
	odd     answer // has characters that fold in their own way
	more    *textMore
}

// textMore is what few texts need.
type textMore struct {
	bytes string // what a bytes object holds, if the text is not the same
	runes []rune
	// where a byte and a character were last found to be the same place
	byteAt, charAt int
}

type answer uint8

const (
	unknown answer = iota
	yes
	no
)

func (a *answer) or(ask func() bool) bool {
	if *a == unknown {
		if *a = no; ask() {
			*a = yes
		}
	}
	return *a == yes
}

// NewText makes a text of the content of a str or of bytes.
func NewText(s string, isBytes bool) *Text {
	t := &Text{s: s, isBytes: isBytes}
	if isBytes && !t.isASCII() {
		t.extra().bytes, t.s, t.valid = s, string(widen(s)), yes
	}
	return t
}

func (t *Text) extra() *textMore {
	if t.more == nil {
		t.more = &textMore{}
	}
	return t.more
}

func (t *Text) isASCII() bool { return t.ascii.or(func() bool { return isASCII(t.s) }) }

// isValid says that RE2 sees the characters that Python sees.
func (t *Text) isValid() bool { return t.valid.or(func() bool { return isValid(t.s) }) }

// isValid says that a text has no lone surrogate, which UTF-8 does not have.
func isValid(s string) bool {
	for {
		i := strings.IndexByte(s, 0xed)
		if i < 0 || i+1 >= len(s) {
			return true
		}
		if s[i+1] >= 0xa0 {
			return false
		}
		s = s[i+1:]
	}
}

// hasOddFolds says whether a case-insensitive reference could go wrong in the text; ascii says that it knows the case of the
// letters of ASCII only.
func (t *Text) hasOddFolds(ascii bool) bool {
	if ascii && !t.isASCII() {
		return true
	}
	return t.odd.or(func() bool { return !t.isASCII() && strings.ContainsAny(t.s, foldings().odd) })
}

func isASCII(s string) bool {
	const high = 0x8080808080808080
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	for ; len(b) >= 32; b = b[32:] {
		if (binary.LittleEndian.Uint64(b)|binary.LittleEndian.Uint64(b[8:])|binary.LittleEndian.Uint64(b[16:])|binary.LittleEndian.Uint64(b[24:]))&high != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// End is the offset of the end.
func (t *Text) End() int { return len(t.s) }

// Char is the number of characters before an offset; -1 stays -1.
func (t *Text) Char(offset int) int {
	if offset <= 0 || t.isASCII() {
		return offset
	}
	m := t.extra()
	if offset < m.byteAt/2 {
		m.byteAt, m.charAt = 0, 0
	}
	for m.byteAt < offset {
		m.byteAt += t.width(m.byteAt)
		m.charAt++
	}
	for m.byteAt > offset {
		t.back(m)
	}
	return m.charAt
}

// Offset is where a character begins; beyond the last one it is the end.
func (t *Text) Offset(char int) int {
	if char <= 0 {
		return 0
	}
	if t.isASCII() {
		return min(char, len(t.s))
	}
	m := t.extra()
	if char < m.charAt/2 {
		m.byteAt, m.charAt = 0, 0
	}
	for m.charAt < char && m.byteAt < len(t.s) {
		m.byteAt += t.width(m.byteAt)
		m.charAt++
	}
	for m.charAt > char {
		t.back(m)
	}
	return m.byteAt
}

func (t *Text) width(at int) int {
	if t.s[at] < utf8.RuneSelf {
		return 1
	}
	_, n := next(t.s[at:])
	return n
}

func (t *Text) back(m *textMore) {
	m.byteAt = t.before(m.byteAt)
	m.charAt--
}

// backBy is the offset so many characters before another; without so many it is the beginning of the text.
func (t *Text) backBy(offset, chars int) (at int, enough bool) {
	for ; chars > 0; chars-- {
		if offset == 0 {
			return 0, false
		}
		offset = t.before(offset)
	}
	return offset, true
}

// before is where the character before an offset begins.
func (t *Text) before(offset int) int {
	offset--
	for t.s[offset]&0xc0 == 0x80 {
		offset--
	}
	return offset
}

// Slice is the text between two offsets, as the object had it.
func (t *Text) Slice(from, to int) string {
	if t.isBytes && !t.isASCII() {
		return t.more.bytes[t.Char(from):t.Char(to)]
	}
	return t.s[from:to]
}

// chars is the text as code points.
func (t *Text) chars() []rune {
	m := t.extra()
	switch {
	case m.runes != nil:
	case t.isASCII():
		m.runes = widen(t.s)
	default:
		m.runes = decode(t.s)
	}
	return m.runes
}
