package syntax

import (
	"fmt"
	"slices"
	"strings"
)

// A complaint says what is wrong with a source that the grammar cannot read, in CPython's words.
type complaint struct {
	line, col int // from 1
	text      string
}

// A scan goes through a source by its letters, to find the mistakes that people make most: brackets and strings that are
// not closed, a header without its colon, print as a statement.
type scan struct {
	src   string
	at    int
	line  int
	start int // where the line begins

	open  []complaint // brackets that are not closed; text is the bracket
	head  string      // the first word of the logical line
	empty bool        // nothing of the logical line has been read
	colon bool        // outside of brackets
	odd   bool        // a colon stands where none can, before CPython sees that a bracket is open
}

// complain finds the first mistake, nil if there is none of those that it knows.
func complain(src string) *complaint {
	s := &scan{src: src, line: 1, empty: true}
	for s.at < len(s.src) {
		if c := s.step(); c != nil {
			return c
		}
	}
	if len(s.open) > 0 && !s.odd {
		c := s.open[len(s.open)-1]
		c.text = fmt.Sprintf("'%s' was never closed", c.text)
		return &c
	}
	return nil
}

func (s *scan) here(format string, args ...any) *complaint {
	return &complaint{s.line, s.at - s.start + 1, fmt.Sprintf(format, args...)}
}

func (s *scan) newline() {
	s.at++
	s.line++
	s.start = s.at
}

// step reads one letter, or a whole word, string or comment.
func (s *scan) step() *complaint {
	switch c := s.src[s.at]; {
	case c == '\n':
		return s.end()
	case c == '#':
		s.at += max(strings.IndexByte(s.src[s.at:], '\n'), 1)
		return nil
	case c == '\\' && s.at+1 < len(s.src) && s.src[s.at+1] == '\n':
		s.at++
		s.newline()
		return nil
	case c == '"' || c == '\'':
		s.empty = false
		return s.str()
	case c == ' ' || c == '\t':
		s.at++
		return nil
	case letter(c):
		return s.word()
	default:
		s.empty = false
		return s.sign(c)
	}
}

// end is the end of a line, and of a statement unless a bracket is open.
func (s *scan) end() *complaint {
	if len(s.open) > 0 {
		s.newline()
		return nil
	}
	if !s.empty && !s.colon && slices.Contains(headers(), s.head) {
		return s.here("expected ':'")
	}
	s.newline()
	s.empty, s.colon, s.head = true, false, ""
	return nil
}

func headers() []string {
	return []string{"def", "class", "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "async"}
}

func letter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

func (s *scan) word() *complaint {
	from := s.at
	for s.at < len(s.src) && letter(s.src[s.at]) {
		s.at++
	}
	word := s.src[from:s.at]
	if s.empty {
		s.head, s.empty = word, false
		rest := strings.TrimLeft(s.src[s.at:], " ")
		if word == "print" && rest != s.src[s.at:] && (rest[0] == '"' || rest[0] == '\'' || letter(rest[0])) {
			s.at = from
			return s.here("Missing parentheses in call to 'print'. Did you mean print(...)?")
		}
	}
	return nil
}

func (s *scan) sign(c byte) *complaint {
	const opening, closing = "([{", ")]}"
	switch {
	case strings.IndexByte(opening, c) >= 0:
		s.open = append(s.open, *s.here("%c", c))
	case strings.IndexByte(closing, c) >= 0:
		if len(s.open) == 0 {
			return s.here("unmatched '%c'", c)
		}
		last := s.open[len(s.open)-1]
		if want := closing[strings.Index(opening, last.text)]; want != c {
			if last.line != s.line {
				return s.here("closing parenthesis '%c' does not match opening parenthesis '%s' on line %d", c, last.text, last.line)
			}
			return s.here("closing parenthesis '%c' does not match opening parenthesis '%s'", c, last.text)
		}
		s.open = s.open[:len(s.open)-1]
	case c == ':' && len(s.open) == 0:
		s.colon = true
	case c == ':' && s.open[len(s.open)-1].text == "(":
		s.odd = s.odd || s.head != "def" && s.head != "async" || !letter(s.src[s.at-1])
	}
	s.at++
	return nil
}

// str reads a string to its end.
func (s *scan) str() *complaint {
	begin := s.here("unterminated string literal (detected at line %d)", s.line)
	quote := s.src[s.at : s.at+1]
	if long := strings.Repeat(quote, 3); strings.HasPrefix(s.src[s.at:], long) {
		quote = long
	}
	for s.at += len(quote); s.at < len(s.src); {
		switch {
		case strings.HasPrefix(s.src[s.at:], quote):
			s.at += len(quote)
			return nil
		case s.src[s.at] == '\\' && s.at+1 < len(s.src):
			if s.at++; s.src[s.at] == '\n' {
				s.newline()
			} else {
				s.at++
			}
		case s.src[s.at] == '\n':
			if len(quote) == 1 {
				return begin
			}
			s.newline()
		default:
			s.at++
		}
	}
	begin.text = fmt.Sprintf("unterminated triple-quoted string literal (detected at line %d)", s.line-1)
	return begin
}
