package jsonpath

import (
	"unicode/utf16"
	"unicode/utf8"
)

// plain reads what of a string stands for itself, and says how much that was.
func (m *machine) plain(p []byte) int {
	n := 0
	for n < len(p) && p[n] != '"' && p[n] != '\\' {
		n++
	}
	if n == 0 {
		return 0
	}
	m.lone()
	switch {
	case m.skip > 0 && !m.hit, !m.isKey && !m.hit: // nobody looks
	case m.hit && !m.capture:
		m.found = true
	case m.isKey:
		m.compare(p[:n])
	default:
		for _, c := range p[:n] {
			m.put(c)
		}
	}
	return n
}

// compare compares what comes of a name with that of the step.
func (m *machine) compare(p []byte) {
	name := m.steps[m.live-1].name
	if m.match >= 0 && len(name)-m.match >= len(p) && name[m.match:m.match+len(p)] == string(p) {
		m.match += len(p)
	} else {
		m.match = -1
	}
}

// inText reads the end of a string, or the beginning of an escape.
func (m *machine) inText(c byte) {
	if c == '\\' {
		m.state = escape
		if m.skip > 0 {
			m.keep(c) // of a container's text nothing is decoded
		}
		return
	}
	m.lone()
	switch {
	case m.skip > 0:
		m.state = skipping
		m.keep(c)
	case m.isKey:
		s := &m.steps[m.live-1]
		m.leads = s.kind == all || s.kind == member && m.match == len(s.name)
		m.state = colon
	default:
		m.end()
	}
}

// escaped reads what follows a backslash.
func (m *machine) escaped(c byte) {
	if m.skip > 0 {
		m.keep(c)
		m.state = text
		return
	}
	if c == 'u' {
		m.state, m.digits, m.code = hex, 0, 0
		return
	}
	m.lone()
	m.state = text
	switch c {
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	}
	m.put(c)
}

// hexDigit reads a digit of \u. It returns false at what is none.
func (m *machine) hexDigit(c byte) bool {
	var d rune
	switch {
	case '0' <= c && c <= '9':
		d = rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		d = rune(c|0x20-'a') + 10
	default:
		m.state = text
		m.lone()
		m.putRune(utf8.RuneError)
		return false
	}
	m.code = m.code<<4 | d
	if m.digits++; m.digits == 4 {
		m.state = text
		m.unit(m.code)
	}
	return true
}

// unit takes a unit of UTF-16.
func (m *machine) unit(r rune) {
	if m.high != 0 {
		if both := utf16.DecodeRune(m.high, r); both != utf8.RuneError {
			m.high = 0
			m.putRune(both)
			return
		}
		m.lone()
	}
	if r >= 0xd800 && r < 0xdc00 {
		m.high = r
		return
	}
	m.putRune(r) // half of a pair is U+FFFD there
}

// lone puts what stands for the first half of a pair that has no second.
func (m *machine) lone() {
	if m.high != 0 {
		m.high = 0
		m.putRune(utf8.RuneError)
	}
}
