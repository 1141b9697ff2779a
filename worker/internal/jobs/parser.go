package jobs

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/jsonpath"
)

// A parser reads a text from its beginning; at is how far it has come.
type parser struct {
	text string
	at   int
}

func (p *parser) left() string { return p.text[p.at:] }

func (p *parser) skip() { p.at = len(p.text) - len(strings.TrimLeft(p.left(), spaces)) }

// wrong is an error about what comes next.
func (p *parser) wrong(format string, args ...any) error {
	where := "at the end"
	if left := strings.TrimRight(p.left(), spaces); left != "" {
		const most = 30
		if len(left) > most {
			left = strings.ToValidUTF8(left[:most], "") + "..."
		}
		where = fmt.Sprintf("at %q (column %d)", left, utf8.RuneCountInString(p.text[:p.at])+1)
	}
	return fmt.Errorf("%s: %s; a job is written like %s", where, fmt.Sprintf(format, args...), Example)
}

// word takes a word, if it comes next.
func (p *parser) word(word string) bool {
	left, ok := strings.CutPrefix(p.left(), word)
	if !ok || left != "" && !strings.ContainsAny(left[:1], spaces+"(") {
		return false
	}
	p.at += len(word)
	return true
}

// pattern takes a type, a name and the word that ends it.
func (p *parser) pattern(end, what string) (q Pattern, err error) {
	p.skip()
	if q.Type, err = p.typ(what); err != nil {
		return q, err
	}
	p.skip()
	if quoted(p.left()) {
		q.Literal = true
		if q.Name, err = p.quotation(); err != nil {
			return q, err
		}
		if p.skip(); !p.word(end) {
			return q, p.wrong("expected %s after %s", end, what)
		}
		return q.settle(), nil
	}
	at := endOf(" "+p.left(), end) - 1
	if at < 0 {
		return q, p.wrong("expected the name of %s, and then %s between spaces", what, end)
	}
	q.Name = strings.TrimRight(p.left()[:at], spaces)
	if q.Name == "" {
		return q, p.wrong("expected the name of %s, as in Locust's statistics", what)
	}
	p.at += at + len(end)
	return q, nil
}

// settle leaves Literal to names that are no others without it.
func (q Pattern) settle() Pattern {
	q.Literal = strings.Contains(q.Name, "*")
	return q
}

func (p *parser) typ(what string) (string, error) {
	if quoted(p.left()) {
		return p.quotation()
	}
	typ := p.left()
	if at := strings.IndexAny(typ, spaces); at >= 0 {
		typ = typ[:at]
	}
	if typ == "" || typ == arrow || typ == until {
		return "", p.wrong("expected the type and the name of %s, such as GET /status", what)
	}
	p.at += len(typ)
	return typ, nil
}

// quotation takes a quoted text. A backslash stands before a quote or a backslash that is part of it.
func (p *parser) quotation() (string, error) {
	var b strings.Builder
	left := p.left()
	for i := 1; i < len(left); i++ {
		switch c := left[i]; {
		case c == left[0]:
			p.at += i + 1
			return b.String(), nil
		case c == '\\' && i+1 < len(left):
			i++
			b.WriteByte(left[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", p.wrong("no %c closes this", left[0])
}

func (p *parser) path() (jsonpath.Path, error) {
	p.skip()
	path, rest, err := jsonpath.Cut(p.left())
	if err != nil {
		return path, p.wrong("expected a path into the answer's JSON, such as $.status, or the word status, which is that of HTTP")
	}
	p.at = len(p.text) - len(rest)
	return path, nil
}
