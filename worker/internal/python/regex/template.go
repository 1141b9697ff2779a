package regex

import (
	"fmt"
	"strconv"
	"strings"
)

// maxTemplates is how many templates a pattern remembers.
const maxTemplates = 64

// A Template is the second argument of re.sub, taken apart.
type Template struct {
	// Parts follow each other.
	Parts []Part
}

// A Part is a text, in the form of a str even for bytes, or a group if it is not negative.
type Part struct {
	Text  string
	Group int
}

// Template takes a template apart; what is found once is remembered.
func (p *Pattern) Template(s string, isBytes bool, warn func(Warning)) (*Template, error) {
	key := strconv.FormatBool(isBytes) + s
	if t := p.templates[key]; t != nil {
		return t, nil
	}
	t, err := p.parseTemplate(s, isBytes, warn)
	if err != nil {
		return nil, err
	}
	if p.templates == nil || len(p.templates) >= maxTemplates {
		p.templates = map[string]*Template{}
	}
	p.templates[key] = t
	return t, nil
}

// templating reads a template.
type templating struct {
	*source
	p    *Pattern
	out  []Part
	text strings.Builder
	warn func(Warning)
}

func (p *Pattern) parseTemplate(s string, isBytes bool, warn func(Warning)) (_ *Template, err error) {
	defer caught(&err)
	t := &templating{source: newSource(s, isBytes), p: p, warn: warn}
	for t.next.ok {
		if c := t.get(); c.escaped {
			t.escape(c)
		} else {
			t.put(c.c)
		}
	}
	t.flush()
	return &Template{t.out}, nil
}

// put adds a character to the text.
func (t *templating) put(r rune) {
	if t.isBytes {
		t.text.WriteByte(byte(r))
	} else {
		t.text.WriteString(encode(r))
	}
}

func (t *templating) flush() {
	if t.text.Len() > 0 {
		t.out = append(t.out, Part{t.text.String(), -1})
		t.text.Reset()
	}
}

func (t *templating) group(g, back int) {
	if g > t.p.Groups {
		t.fail(back, fmt.Sprintf("invalid group reference %d", g))
	}
	t.flush()
	t.out = append(t.out, Part{"", g})
}

func (t *templating) escape(c token) {
	control, isControl := controlEscape(c.c)
	switch {
	case c.c == 'g':
		if !t.match('<') {
			t.fail(0, "missing <")
		}
		t.named(t.until('>', "group name"))
	case c.c == '0':
		n, _ := strconv.ParseInt("0"+t.while(2, octalDigits), 8, 32)
		t.put(rune(n & 0xff))
	case c.c >= '1' && c.c <= '9':
		text := string(c.c)
		if t.next.in(digits) {
			text += string(t.get().c)
			if isOctal(text) && t.next.in(octalDigits) {
				t.put(t.octal(text + string(t.get().c)))
				return
			}
		}
		g, _ := strconv.Atoi(text)
		t.group(g, len(text))
	case isControl:
		t.put(control)
	case c.c >= 'a' && c.c <= 'z' || c.c >= 'A' && c.c <= 'Z':
		t.fail(2, `bad escape \`+string(c.c))
	default:
		t.put('\\')
		t.put(c.c)
	}
}

// named is a group by name or number.
func (t *templating) named(name string) {
	back := len(decode(name)) + 1
	if isIdentifier(name) {
		if t.isBytes && toASCII(name) != name {
			t.warnf(toASCII(quoted(name)), back)
		}
		g, ok := t.p.Group(name)
		if !ok {
			panic(UnknownGroupError("unknown group name " + quoted(name)))
		}
		t.group(g, back)
		return
	}
	g, plain, ok := number(name)
	switch {
	case !ok:
		t.fail(back, "bad character in group name "+quoted(name))
	case g >= maxGroups:
		t.fail(back, "invalid group reference "+name)
	case !plain && t.isBytes:
		t.warnf(toASCII(quoted(name)), back)
	case !plain:
		t.warnf(quoted(name), back)
	}
	t.group(g, back)
}

func (t *templating) warnf(name string, back int) {
	if t.warn != nil {
		t.warn(Warning{"DeprecationWarning", fmt.Sprintf("bad character in group name %s at position %d", name, t.tell()-back)})
	}
}
