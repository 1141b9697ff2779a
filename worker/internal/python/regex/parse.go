package regex

import (
	"fmt"
)

const (
	digits      = "0123456789"
	octalDigits = "01234567"
	hexDigits   = "0123456789abcdefABCDEF"
	blanks      = " \t\n\r\v\f"

	// maxDepth is how deep groups may nest: CPython gets somewhat less far before its recursion ends.
	maxDepth = 500
)

// A parser reads a pattern as Lib/re/_parser.py does, with the same messages at the same positions.
type parser struct {
	*source
	flags      Flags
	names      map[string]int
	order      []string // the names as they come
	groups     int      // opened so far
	sizes      sizes    // of those that are closed
	lookbehind int      // groups opened before the outermost look-behind, plus one; 0 is outside
	conditions []condition
	depth      int
	warn       func(Warning)
}

// A condition is a group that may be opened later than it is asked for.
type condition struct{ group, pos int }

func (p *parser) warnf(category, format string, args ...any) {
	if p.warn != nil {
		p.warn(Warning{category, fmt.Sprintf(format, args...)})
	}
}

// parse reads the whole pattern.
func (p *parser) parse() *node {
	n := p.alternatives(p.flags&Verbose != 0, true)
	var err error
	if p.flags, err = p.flags.fixed(p.isBytes); err != nil {
		panic(err)
	}
	if p.next.ok {
		p.fail(0, "unbalanced parenthesis")
	}
	for _, c := range p.conditions {
		if c.group > p.groups {
			panic(&Error{fmt.Sprintf("invalid group reference %d", c.group), c.pos})
		}
	}
	return n
}

// alternatives reads a|b|c.
func (p *parser) alternatives(verbose, top bool) *node {
	if p.depth++; p.depth > maxDepth {
		panic(RecursionError("maximum recursion depth exceeded"))
	}
	defer func() { p.depth-- }()
	var items []*node
	for {
		items = append(items, p.sequence(verbose, top && len(items) == 0))
		if !p.match('|') {
			break
		}
		if top {
			verbose = p.flags&Verbose != 0
		}
	}
	if len(items) == 1 {
		return items[0]
	}
	return &node{op: opBranch, subs: items}
}

// sequence reads up to the next | or ). first says that global flags may stand here.
func (p *parser) sequence(verbose, first bool) *node {
	seq := &node{op: opSequence}
	add := func(n *node) {
		if n != nil {
			seq.subs = append(seq.subs, n)
		}
	}
	for p.next.ok && !p.next.in("|)") {
		t := p.get()
		switch {
		case verbose && t.in(blanks):
		case verbose && t.is('#'):
			p.comment()
		case t.escaped:
			add(p.escape(t))
		case t.is('['):
			add(p.set())
		case t.in("*+?{"):
			p.quantifier(seq, t)
		case t.is('.'):
			add(&node{op: opAny})
		case t.is('^'):
			add(&node{op: opCaret})
		case t.is('$'):
			add(&node{op: opDollar})
		case t.is('('):
			n, isFlags := p.group(verbose, first && len(seq.subs) == 0)
			if isFlags {
				verbose = p.flags&Verbose != 0
			}
			add(n)
		default:
			add(&node{op: opLiteral, r: t.c})
		}
	}
	return seq
}

// comment skips the rest of a line.
func (p *parser) comment() {
	for {
		if t := p.get(); !t.ok || t.is('\n') {
			return
		}
	}
}

// quantifier reads *, +, ?, {m,n} and what may follow.
func (p *parser) quantifier(seq *node, t token) {
	here := p.tell()
	lo, hi := 0, maxRepeat
	switch t.c {
	case '?':
		hi = 1
	case '+':
		lo = 1
	case '{':
		var ok bool
		if lo, hi, ok = p.counts(here); !ok {
			seq.subs = append(seq.subs, &node{op: opLiteral, r: '{'})
			return
		}
	}
	if len(seq.subs) == 0 || seq.subs[len(seq.subs)-1].isPosition() {
		p.fail(p.tell()-here+1, "nothing to repeat")
	}
	last := &seq.subs[len(seq.subs)-1]
	if (*last).op == opRepeat {
		p.fail(p.tell()-here+1, "multiple repeat")
	}
	n := &node{op: opRepeat, min: lo, max: hi, subs: []*node{*last}}
	switch {
	case p.match('?'):
		n.greed = lazy
	case p.match('+'):
		n.greed = possessive
	}
	*last = n
}

// counts reads what follows a brace; without ok it is a brace like any other.
func (p *parser) counts(here int) (lo, hi int, ok bool) {
	if p.next.is('}') {
		return 0, 0, false
	}
	lo, hi = 0, maxRepeat
	first := p.while(maxGroups, digits)
	second := first
	if p.match(',') {
		second = p.while(maxGroups, digits)
	}
	if !p.match('}') {
		p.seek(here)
		return 0, 0, false
	}
	if first != "" {
		lo = count(first)
	}
	if second != "" {
		if hi = count(second); hi < lo {
			p.fail(p.tell()-here, "min repeat greater than max repeat")
		}
	}
	return lo, hi, true
}

func count(s string) int {
	n := 0
	for _, c := range s {
		if n = n*10 + int(c-'0'); n >= maxRepeat {
			panic(OverflowError("the repetition number is too large"))
		}
	}
	return n
}
