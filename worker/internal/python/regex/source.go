package regex

import (
	"strings"
	"unicode"
)

// A token is one character of a pattern, or a backslash and one character; the zero one is the end.
type token struct {
	c       rune
	escaped bool
	ok      bool
}

func (t token) is(c rune) bool { return t.ok && !t.escaped && t.c == c }

func (t token) in(set string) bool { return t.ok && !t.escaped && strings.ContainsRune(set, t.c) }

func (t token) width() int {
	switch {
	case !t.ok:
		return 0
	case t.escaped:
		return 2
	}
	return 1
}

func (t token) text() string {
	if t.escaped {
		return `\` + encode(t.c)
	}
	return encode(t.c)
}

// source reads a pattern or a template. Its methods panic with an error that [caught] returns.
type source struct {
	chars   []rune
	isBytes bool
	index   int
	next    token
}

func newSource(s string, isBytes bool) *source {
	src := &source{isBytes: isBytes}
	if isBytes {
		src.chars = widen(s)
	} else {
		src.chars = decode(s)
	}
	src.advance()
	return src
}

func (s *source) advance() {
	if s.index >= len(s.chars) {
		s.next = token{}
		return
	}
	s.next = token{c: s.chars[s.index], ok: true}
	s.index++
	if s.next.c != '\\' {
		return
	}
	if s.index >= len(s.chars) {
		panic(&Error{"bad escape (end of pattern)", len(s.chars) - 1})
	}
	s.next = token{s.chars[s.index], true, true}
	s.index++
}

func (s *source) get() token {
	t := s.next
	s.advance()
	return t
}

func (s *source) match(c rune) bool {
	if !s.next.is(c) {
		return false
	}
	s.advance()
	return true
}

func (s *source) while(most int, set string) string {
	var sb strings.Builder
	for ; most > 0 && s.next.in(set); most-- {
		sb.WriteRune(s.get().c)
	}
	return sb.String()
}

// until reads a name.
func (s *source) until(end rune, name string) string {
	var sb strings.Builder
	n := 0
	for {
		t := s.get()
		switch {
		case !t.ok && n == 0:
			s.fail(0, "missing "+name)
		case !t.ok:
			s.fail(n, "missing "+string(end)+", unterminated name")
		case t.is(end) && n == 0:
			s.fail(1, "missing "+name)
		case t.is(end):
			return sb.String()
		}
		sb.WriteString(t.text())
		n += t.width()
	}
}

func (s *source) tell() int { return s.index - s.next.width() }

func (s *source) seek(i int) {
	s.index = i
	s.advance()
}

// fail ends the parsing with an error so many characters back.
func (s *source) fail(back int, msg string) {
	if s.isBytes {
		msg = toASCII(msg)
	}
	panic(&Error{msg, s.tell() - back})
}

// checkName refuses what is no identifier.
func (s *source) checkName(name string, back int) {
	if !isIdentifier(name) {
		s.fail(len(decode(name))+back, "bad character in group name "+quoted(name))
	}
}

// caught makes an error of what parsing panics with.
func caught(err *error) {
	switch r := recover().(type) {
	case nil:
	case *Error:
		*err = r
	case ValueError:
		*err = r
	case OverflowError:
		*err = r
	case UnknownGroupError:
		*err = r
	case RecursionError:
		*err = r
	case UnsupportedError:
		*err = r
	default:
		panic(r)
	}
}

func isIdentifier(s string) bool {
	for i, r := range decode(s) {
		first := r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r)
		if !first && (i == 0 || !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc)) {
			return false
		}
	}
	return s != ""
}

// number is int(s) of a name that is no identifier; plain says that it consists of ASCII digits.
func number(s string) (n int, plain, ok bool) {
	plain = s != "" && strings.Trim(s, digits) == ""
	s = strings.TrimFunc(s, isSpace)
	sign := 1
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	digit := false
	for _, r := range s {
		switch {
		case r == '_' && digit:
			digit = false
			continue
		case !unicode.Is(unicode.Nd, r):
			return 0, false, false
		}
		digit = true
		n = min(n*10+digitValue(r), maxGroups)
	}
	return sign * n, plain, digit && (sign > 0 || n == 0)
}

// digitValue is the value of a decimal digit: they come in runs of ten.
func digitValue(r rune) int {
	for _, x := range unicode.Nd.R16 {
		if uint32(r) >= uint32(x.Lo) && uint32(r) <= uint32(x.Hi) {
			return int(r-rune(x.Lo)) % 10
		}
	}
	for _, x := range unicode.Nd.R32 {
		if uint32(r) >= x.Lo && uint32(r) <= x.Hi {
			return int(r-rune(x.Lo)) % 10
		}
	}
	return 0
}
