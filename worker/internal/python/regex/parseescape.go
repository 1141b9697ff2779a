package regex

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"gregaria/worker/internal/python/charname"
)

// escape reads what a backslash begins outside of a set.
func (p *parser) escape(t token) *node {
	switch t.c {
	case 'A':
		return &node{op: opStart}
	case 'Z':
		return &node{op: opEnd}
	case 'b', 'B':
		return &node{op: opBoundary, negated: t.c == 'B'}
	case 'd', 'D', 's', 'S', 'w', 'W':
		return &node{op: opClass, class: &class{items: []item{{category: byte(t.c)}}}}
	}
	if t.c >= '1' && t.c <= '9' {
		return p.digitEscape(t)
	}
	if t.c == '0' {
		n, _ := strconv.ParseInt("0"+p.while(2, octalDigits), 8, 32)
		return &node{op: opLiteral, r: rune(n)}
	}
	return &node{op: opLiteral, r: p.charEscape(t)}
}

// digitEscape reads a reference, or a character by its octal number.
func (p *parser) digitEscape(t token) *node {
	text := string(t.c)
	if p.next.in(digits) {
		text += string(p.get().c)
		if isOctal(text) && p.next.in(octalDigits) {
			text += string(p.get().c)
			return &node{op: opLiteral, r: p.octal(text)}
		}
	}
	g, _ := strconv.Atoi(text)
	if g <= p.groups {
		return p.reference(g, len(text)+1)
	}
	p.fail(len(text), fmt.Sprintf("invalid group reference %d", g))
	return nil
}

func isOctal(s string) bool { return strings.Trim(s, octalDigits) == "" }

// octal is a character of three octal digits that have been read.
func (s *source) octal(text string) rune {
	n, _ := strconv.ParseInt(text, 8, 32)
	if n > 0o377 {
		s.fail(len(text)+1, `octal escape value \`+text+` outside of range 0-0o377`)
	}
	return rune(n)
}

// classEscape reads what a backslash begins in a set.
func (p *parser) classEscape(t token) item {
	switch t.c {
	case 'd', 'D', 's', 'S', 'w', 'W':
		return item{category: byte(t.c)}
	case 'b':
		return item{lo: '\b', hi: '\b'}
	}
	var r rune
	switch {
	case t.c >= '0' && t.c <= '7':
		r = p.octal(string(t.c) + p.while(2, octalDigits))
	case t.c == '8' || t.c == '9':
		p.fail(2, `bad escape \`+string(t.c))
	default:
		r = p.charEscape(t)
	}
	return item{lo: r, hi: r}
}

// charEscape reads the escapes that are the same everywhere.
func (p *parser) charEscape(t token) rune {
	if r, ok := controlEscape(t.c); ok {
		return r
	}
	switch {
	case t.c == 'x':
		return p.hex(t, 2)
	case t.c == 'u' && !p.isBytes:
		return p.hex(t, 4)
	case t.c == 'U' && !p.isBytes:
		return p.hex(t, 8)
	case t.c == 'N' && !p.isBytes:
		return p.character()
	case t.c < 0x80 && unicode.IsLetter(t.c):
		p.fail(2, `bad escape \`+string(t.c))
	}
	return t.c
}

// controlEscape knows the letters that stand for control characters.
func controlEscape(c rune) (rune, bool) {
	if i := strings.IndexRune("abfnrtv", c); i >= 0 {
		return rune("\a\b\f\n\r\t\v"[i]), true
	}
	return c, c == '\\'
}

func (p *parser) hex(t token, size int) rune {
	text := p.while(size, hexDigits)
	if len(text) < size {
		p.fail(len(text)+2, `incomplete escape \`+string(t.c)+text)
	}
	n, _ := strconv.ParseInt(text, 16, 64)
	if n > unicode.MaxRune {
		p.fail(len(text)+2, `bad escape \`+string(t.c)+text)
	}
	return rune(n)
}

// character reads the name of a character, after its \N.
func (p *parser) character() rune {
	if !p.match('{') {
		p.fail(0, "missing {")
	}
	name := p.until('}', "character name")
	r, ok := charname.Lookup(name)
	if !ok {
		p.fail(len(decode(name))+len(`\N{}`), "undefined character name "+quoted(name))
	}
	return r
}
