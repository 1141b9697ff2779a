// Package jsonpath finds values in JSON by a path, in a document that may come in pieces and is never held as a whole.
package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxSteps is how long a path may be: a Scanner has room for that many open containers, and no more.
const maxSteps = 16

// A Path names values in a JSON document: $ is the document, .name and ['name'] a member of an object, [0] an element of an array, counted
// from 0, and [*] all members or elements. The zero value is $.
type Path struct{ steps []step }

// A step goes from a value to those in it.
type step struct {
	kind  stepKind
	name  string
	index int64
}

type stepKind int

const (
	member stepKind = iota
	element
	all
)

// enters says whether the step leads into a container that opens with c.
func (s *step) enters(c byte) bool {
	return s.kind == all || (s.kind == member) == (c == '{')
}

// Parse returns the path that text is.
func Parse(text string) (Path, error) {
	p, rest, err := Cut(text)
	if err == nil && rest != "" {
		err = fmt.Errorf("the path %q: unexpected %q", text, rest)
	}
	if err != nil {
		return Path{}, err
	}
	return p, nil
}

// ParseList returns the paths that text is, one or more with commas between them.
func ParseList(text string) ([]Path, error) {
	var paths []Path
	for rest := text; ; {
		p, after, err := Cut(strings.TrimSpace(rest))
		if err != nil {
			return nil, err
		}
		paths = append(paths, p)
		after = strings.TrimSpace(after)
		if after == "" {
			return paths, nil
		}
		var more bool
		if rest, more = strings.CutPrefix(after, ","); !more {
			return nil, fmt.Errorf("the path %q: unexpected %q", text, after)
		}
	}
}

// Cut returns the path that text begins with, and what follows it.
func Cut(text string) (p Path, rest string, err error) {
	rest, ok := strings.CutPrefix(text, "$")
	if !ok {
		return Path{}, text, fmt.Errorf("the path %q does not begin with $", text)
	}
	for rest != "" && (rest[0] == '.' || rest[0] == '[') {
		if len(p.steps) == maxSteps {
			return Path{}, text, fmt.Errorf("the path %q has more than %d steps", text, maxSteps)
		}
		var s step
		if rest[0] == '.' {
			s, rest, err = cutName(rest[1:])
		} else {
			s, rest, err = cutBrackets(rest[1:])
		}
		if err != nil {
			return Path{}, text, fmt.Errorf("the path %q: %w", text, err)
		}
		p.steps = append(p.steps, s)
	}
	return p, rest, nil
}

// cutName reads a name after a dot: letters, digits, _, - and what is not ASCII. [*] may stand there without brackets.
func cutName(text string) (step, string, error) {
	if rest, ok := strings.CutPrefix(text, "*"); ok {
		return step{kind: all}, rest, nil
	}
	n := nameLength(text)
	if n == 0 {
		return step{}, "", fmt.Errorf("no name after the dot, before %q: a name of other characters is written ['like this']", text)
	}
	return step{name: text[:n]}, text[n:], nil
}

// nameLength is how much of text is a name that needs no quotes.
func nameLength(text string) int {
	n := strings.IndexFunc(text, func(r rune) bool {
		plain := r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		return !plain && r < utf8.RuneSelf
	})
	if n < 0 {
		return len(text)
	}
	return n
}

// cutBrackets reads what stands in brackets.
func cutBrackets(text string) (s step, rest string, err error) {
	switch {
	case strings.HasPrefix(text, "*"):
		s.kind, rest = all, text[1:]
	case strings.HasPrefix(text, "'") || strings.HasPrefix(text, `"`):
		if s.name, rest, err = cutQuoted(text[1:], text[0]); err != nil {
			return step{}, "", err
		}
	default:
		digits, _, _ := strings.Cut(text, "]")
		if s.index, err = strconv.ParseInt(digits, 10, 64); err != nil || s.index < 0 || digits[0] == '+' {
			return step{}, "", fmt.Errorf("[%s] is neither the number of an element, counted from 0, nor [*] or ['a name']", digits)
		}
		s.kind, rest = element, text[len(digits):]
	}
	rest, ok := strings.CutPrefix(rest, "]")
	if !ok {
		return step{}, "", fmt.Errorf("no ] before %q", rest)
	}
	return s, rest, nil
}

// cutQuoted reads to the closing quote. A backslash stands before a quote or a backslash that is part of the name.
func cutQuoted(text string, quote byte) (name, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return b.String(), text[i+1:], nil
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", fmt.Errorf("no %c closes %q", quote, text)
}

// String is the path as Parse reads it.
func (p Path) String() string {
	var b strings.Builder
	b.WriteByte('$')
	for _, s := range p.steps {
		switch {
		case s.kind == all:
			b.WriteString("[*]")
		case s.kind == element:
			fmt.Fprintf(&b, "[%d]", s.index)
		case s.name != "" && nameLength(s.name) == len(s.name):
			b.WriteString("." + s.name)
		default:
			b.WriteString("['" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s.name) + "']")
		}
	}
	return b.String()
}
