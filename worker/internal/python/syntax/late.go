package syntax

import (
	"regexp"
	"strings"
	"sync"
)

// Late is the body of a function that is read when somebody asks for it: most functions of the modules that come with the
// worker are never called, and reading them would be most of its start and of its memory.
type Late struct {
	once sync.Once
	file string
	// text is the function from its def on, whose first line is line (from 1).
	text  string
	line  int
	class string // whose private names are mangled
	body  []Stmt
	err   error
}

// Body reads the body, once for all who share the tree. The error is an *Error.
func (l *Late) Body() ([]Stmt, error) {
	l.once.Do(func() {
		pad := strings.Repeat("\n", l.line-1)
		if l.text[0] == ' ' {
			pad = pad[1:] + "if 1:\n"
		}
		m, err := parse(&parser{file: l.file, src: []byte(pad + l.text), className: l.class})
		l.text = ""
		if err != nil {
			l.err = err
			return
		}
		at := m.Body[0]
		if block, ok := at.(*If); ok {
			at = block.Body[0]
		}
		l.body = at.(*Func).Body
	})
	return l.body, l.err
}

// Block is the whole body, of a late one too.
func (f *Func) Block() ([]Stmt, error) {
	if f.Late == nil {
		return f.Body, nil
	}
	return f.Late.Body()
}

// ParseLate is [Parse] for source that is known to be right: the bodies of its functions are read when they are asked for. A body
// that says something of the scopes around it (a yield, super, a nonlocal name) is read at once, as is one of a single line beside
// its docstring.
func ParseLate(file string, source []byte) (*Module, error) {
	text, err := clean(file, source)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	p := &parser{file: file, late: map[uint]*Late{}}
	all := logicalLines(text)
	for i := 0; i < len(all); {
		def := all[i]
		end := i + 1
		for end < len(all) && all[end].indent > def.indent {
			end++
		}
		if !def.defines(lines) {
			i++
			continue
		}
		first := i + 1
		i = end
		if l := cut(text, lines, def, all[first:end]); l != nil {
			l.file = file
			p.late[uint(def.start)] = l
		}
	}
	p.src = []byte(strings.Join(lines, "\n"))
	m, err := parse(p)
	if m != nil {
		m.text = text
	}
	return m, err
}

//nolint:gochecknoglobals // constants
var (
	ofScopesAround = regexp.MustCompile(`\b(yield|super|__class__|nonlocal|await|async)\b`)
	otherText      = regexp.MustCompile(`^([A-Za-z]+"|[A-Za-z]*')`) // may be a docstring too
)

// cut takes a body out of the lines, all but its docstring, and keeps their number. Nil leaves it where it is.
func cut(text string, lines []string, def logicalLine, body []logicalLine) *Late {
	if len(body) == 0 {
		return nil
	}
	end := body[len(body)-1].end
	text = text[def.from:body[len(body)-1].to]
	kept := body[0]
	start := lines[kept.start][kept.indent:]
	documented := start[0] == '"'
	if documented {
		body = body[1:]
	}
	if len(body) < 2 || otherText.MatchString(start) || ofScopesAround.MatchString(text) {
		return nil
	}
	from := kept.start
	if documented {
		from = kept.end
	} else {
		lines[from] = strings.Repeat(" ", kept.indent) + "pass"
		from++
	}
	for i := from; i < end; i++ {
		lines[i] = ""
	}
	return &Late{text: text, line: def.start + 1}
}

// logicalLine is one statement's lines, or those of its head (Python's reference, 2.1.5).
type logicalLine struct {
	from, to   int // in bytes
	start, end int // physical lines from 0, end not included
	indent     int
	last       byte // what it ends with, white space and comments apart
}

func (l logicalLine) defines(lines []string) bool {
	return l.last == ':' && strings.HasPrefix(strings.TrimPrefix(lines[l.start][l.indent:], "async "), "def ")
}

// logicalLines splits source; empty lines and comments belong to none.
func logicalLines(text string) []logicalLine {
	var out []logicalLine
	s := scanner{text: text}
	for s.i < len(text) {
		l := logicalLine{from: s.i, start: s.line}
		for s.i < len(text) && text[s.i] == ' ' {
			s.i++
		}
		l.indent = s.i - l.from
		l.last = s.toEnd()
		l.to, l.end = s.i, s.line
		if l.last != 0 {
			out = append(out, l)
		}
	}
	return out
}

type scanner struct {
	text    string
	i, line int
}

// toEnd goes to the line behind the logical line and returns the last byte that says something, 0 if none does.
func (s *scanner) toEnd() (last byte) {
	for depth := 0; s.i < len(s.text); {
		c := s.text[s.i]
		s.i++
		switch c {
		case '\n':
			s.line++
			if depth == 0 {
				return last
			}
			continue
		case ' ':
			continue
		case '#':
			s.i += strings.IndexByte(s.text[s.i:], '\n')
			continue
		case '\\':
			s.i++
			s.line++
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '"', '\'':
			s.quoted(c)
		}
		last = c
	}
	return last
}

// quoted goes behind a string whose first quote has been read.
func (s *scanner) quoted(quote byte) {
	end := string(quote)
	if triple := strings.Repeat(end, 3); strings.HasPrefix(s.text[s.i-1:], triple) {
		end = triple
		s.i += 2
	}
	for !strings.HasPrefix(s.text[s.i:], end) {
		if s.text[s.i] == '\\' {
			s.i++
		}
		if s.text[s.i] == '\n' {
			s.line++
		}
		s.i++
	}
	s.i += len(end)
}
