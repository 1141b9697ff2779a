package regex

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// A writer writes a pattern in the words of an engine.
type writer struct {
	strings.Builder
	net       bool // for regexp2, else for RE2
	asciiText bool // for texts of ASCII
	lowered   bool // for texts in small letters: a reference compares them as they are
	groups    sizes
}

// maxProgram is how long a program for regexp2 may become, in bytes.
const maxProgram = 1 << 18

// anything matches each character in both engines.
const anything = `(?s:.)`

func (w *writer) node(n *node) {
	switch n.op {
	case opLiteral:
		w.literal(n)
	case opAny:
		if n.flags&DotAll != 0 {
			w.WriteString(anything)
		} else {
			w.WriteString(`[^\n]`)
		}
	case opClass:
		w.class(n)
	case opSequence:
		for _, s := range n.subs {
			w.node(s)
		}
	case opBranch:
		w.group(`(?:`, n.subs...)
	case opGroup:
		// By its number, since regexp2 may get a loop's body twice.
		w.group(pick(w.net, `(?<`+strconv.Itoa(n.group)+`>`, `(`), n.subs[0])
	case opScope:
		w.group(`(?:`, n.subs[0])
	case opAtomic:
		w.group(`(?>`, n.subs[0])
	case opRepeat:
		w.repeat(n)
	case opLook:
		w.look(n)
	case opReference:
		w.reference(n)
	case opCondition:
		w.condition(n)
	default:
		w.position(n)
	}
}

// group writes alternatives between a beginning and a parenthesis.
func (w *writer) group(open string, subs ...*node) {
	w.WriteString(open)
	for i, s := range subs {
		if i > 0 {
			w.WriteByte('|')
		}
		w.node(s)
	}
	w.WriteByte(')')
}

func (w *writer) literal(n *node) {
	if n.flags&IgnoreCase != 0 {
		if same := sameAs(n.r, n.flags&Unicode != 0); len(same) > 1 {
			w.WriteByte('[')
			for _, r := range same {
				w.char(r, true)
			}
			w.WriteByte(']')
			return
		}
	}
	w.char(n.r, false)
}

// char writes one character. What RE2 cannot have in a text, a lone surrogate, is written so that it matches nothing.
func (w *writer) char(r rune, inSet bool) {
	const special, inSets = `\.+*?()|[]{}^$`, `\[]^-`
	switch {
	case !inSet && r < 0x80 && strings.ContainsRune(special, r):
		w.WriteByte('\\')
		w.WriteRune(r)
	case inSet && r < 0x80 && strings.ContainsRune(inSets, r), // by number: to regexp2 \- ends no range
		r < ' ' || r >= 0x7f && r < 0x10000 && (isSurrogate(r) || !unicode.IsPrint(r)):
		if w.net {
			fmt.Fprintf(w, `\u%04x`, r)
		} else {
			fmt.Fprintf(w, `\x{%x}`, r)
		}
	default:
		w.WriteRune(r)
	}
}

func (w *writer) class(n *node) {
	c, a := n.class, alphabetOf(n.flags, w.asciiText)
	if len(c.items) == 1 && c.items[0].category != 0 && c.items[0].category < 'a' { // \W is [^\w]
		c = &class{!c.negated, []item{{category: c.items[0].category - 'A' + 'a'}}}
	}
	set, named := c.resolved(n.flags, a)
	w.WriteByte('[')
	if c.negated {
		w.WriteByte('^')
	}
	for i := 0; i < len(set); i += 2 {
		w.char(set[i], true)
		if set[i+1] > set[i] {
			w.WriteByte('-')
			w.char(set[i+1], true)
		}
	}
	for _, b := range named {
		w.WriteString(w.category(b, a))
	}
	w.WriteByte(']')
}

// category writes a category as it stands in a set.
func (w *writer) category(b byte, a alphabet) string {
	switch {
	case b == 'w' && a == ofUnicode:
		return `\p{L}\p{N}_`
	case b == 'w':
		return `0-9A-Za-z_`
	case b == 'd' && a == ofUnicode:
		return `\p{Nd}`
	case b == 'd':
		return `0-9`
	}
	var s writer
	s.net = w.net
	for set, i := a.category('s'), 0; i < len(set); i += 2 {
		s.char(set[i], true)
		s.WriteByte('-')
		s.char(set[i+1], true)
	}
	return s.String()
}

func (w *writer) repeat(n *node) {
	if n.greed == possessive {
		w.WriteString(`(?>`)
		defer w.WriteByte(')')
	}
	if w.net && n.min > 0 && n.max > n.min {
		if lo, _ := n.subs[0].size(w.groups); lo == 0 && !w.full() {
			// A turn that matched nothing ends a loop of regexp2; Python still tries those beyond the least number.
			w.times(n, n.min, n.min)
			if n.max != maxRepeat {
				w.times(n, 0, n.max-n.min)
				return
			}
			w.times(n, 0, n.max)
			return
		}
	}
	w.times(n, n.min, n.max)
}

// full says that the program has become too long, as loops in loops can make it that are written twice.
func (w *writer) full() bool { return w.Len() > maxProgram }

// times writes a loop with these counts.
func (w *writer) times(n *node, lo, hi int) {
	if sub := n.subs[0]; sub.op == opClass || sub.op == opLiteral || sub.op == opGroup || sub.op == opAny {
		w.node(sub)
	} else {
		w.group(`(?:`, sub)
	}
	switch {
	case lo == 0 && hi == maxRepeat:
		w.WriteByte('*')
	case lo == 1 && hi == maxRepeat:
		w.WriteByte('+')
	case lo == 0 && hi == 1:
		w.WriteByte('?')
	case hi == maxRepeat:
		fmt.Fprintf(w, "{%d,}", lo)
	case lo == hi:
		fmt.Fprintf(w, "{%d}", lo)
	default:
		fmt.Fprintf(w, "{%d,%d}", lo, hi)
	}
	if n.greed == lazy {
		w.WriteByte('?')
	}
}

// look writes a look-around. regexp2 reads a look-behind from right to left, which its groups can tell; so it goes back by
// the width and looks ahead from there.
func (w *writer) look(n *node) {
	open := `(?=`
	if n.negated {
		open = `(?!`
	}
	if !n.behind || n.width == 0 {
		w.group(open, n.subs[0])
		return
	}
	open = strings.Replace(open, `?`, `?<`, 1)
	if n.subs[0].isPlain() {
		w.group(open, n.subs[0])
		return
	}
	w.WriteString(open)
	w.group(`(?=`, n.subs[0])
	w.WriteString(anything + `{` + strconv.Itoa(n.width) + `})`)
}

func (w *writer) reference(n *node) {
	if n.flags&IgnoreCase != 0 && !w.lowered {
		fmt.Fprintf(w, `(?i:\%d)`, n.group)
		return
	}
	fmt.Fprintf(w, `(?:\%d)`, n.group)
}

func (w *writer) condition(n *node) {
	fmt.Fprintf(w, `(?(%d)`, n.group)
	w.group(`(?:`, n.subs[0])
	if len(n.subs) > 1 {
		w.group(`|(?:`, n.subs[1])
	}
	w.WriteByte(')')
}

func (w *writer) position(n *node) {
	switch n.op {
	case opStart:
		w.WriteString(`\A`)
	case opEnd:
		w.WriteString(`\z`)
	case opCaret:
		w.WriteString(pick(n.flags&Multiline != 0, `(?m:^)`, `\A`))
	case opDollar:
		// RE2 gets only texts that do not end with a newline.
		w.WriteString(pick(n.flags&Multiline != 0, `(?m:$)`, pick(w.net, `\Z`, `\z`)))
	default:
		w.boundary(n)
	}
}

func pick(cond bool, a, b string) string {
	if cond {
		return a
	}
	return b
}

// boundary writes \b and \B.
func (w *writer) boundary(n *node) {
	if !w.net {
		w.WriteString(pick(n.negated, `\B`, `\b`))
		return
	}
	word := `[` + w.category('w', alphabetOf(n.flags, w.asciiText)) + `]`
	if n.negated {
		w.WriteString(`(?:(?<=` + word + `)(?=` + word + `)|(?<!` + word + `)(?!` + word + `)(?:(?=` + anything + `)|(?<=` + anything + `)))`)
		return
	}
	w.WriteString(`(?:(?<=` + word + `)(?!` + word + `)|(?<!` + word + `)(?=` + word + `))`)
}
