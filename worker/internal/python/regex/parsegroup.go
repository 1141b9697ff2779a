package regex

import (
	"fmt"
	"unicode"
)

// group reads what follows a parenthesis. It returns nil for what matches nothing by itself, and says if that was (?flags).
func (p *parser) group(verbose, first bool) (n *node, isFlags bool) {
	start := p.tell() - 1
	if !p.match('?') {
		return p.capture("", verbose, start), false
	}
	t := p.get()
	if !t.ok {
		p.fail(0, "unexpected end of pattern")
	}
	switch {
	case t.is('P'):
		return p.named(verbose, start), false
	case t.is(':'):
		return p.scope(0, 0, verbose, start), false
	case t.is('#'):
		for !p.match(')') {
			if !p.next.ok {
				p.fail(p.tell()-start, "missing ), unterminated comment")
			}
			p.get()
		}
		return nil, false
	case t.in("=!<"):
		return p.look(t, verbose, start), false
	case t.is('('):
		return p.condition(verbose, start), false
	case t.is('>'):
		n := p.scope(0, 0, verbose, start)
		return &node{op: opAtomic, subs: n.subs}, false
	}
	if _, ok := flagOf(t.c); (ok && !t.escaped) || t.is('-') {
		return p.inlineFlags(t, verbose, first, start)
	}
	p.fail(t.width()+1, "unknown extension ?"+t.text())
	return nil, false
}

// inlineFlags reads (?flags) and (?flags-flags:...).
func (p *parser) inlineFlags(t token, verbose, first bool, start int) (n *node, isFlags bool) {
	add, del, global := p.readFlags(t)
	if global {
		if !first {
			p.fail(p.tell()-start, "global flags not at the start of the expression")
		}
		return nil, true
	}
	return p.scope(add, del, verbose, start), false
}

func (p *parser) close(start int) {
	if !p.match(')') {
		p.fail(p.tell()-start, "missing ), unterminated subpattern")
	}
}

// scope reads the content of a group without a number.
func (p *parser) scope(add, del Flags, verbose bool, start int) *node {
	verbose = (verbose || add&Verbose != 0) && del&Verbose == 0
	n := p.alternatives(verbose, false)
	p.close(start)
	return &node{op: opScope, add: add, del: del, subs: []*node{n}}
}

// capture reads the content of a group with a number.
func (p *parser) capture(name string, verbose bool, start int) *node {
	p.groups++
	g := p.groups
	if name != "" {
		if old, ok := p.names[name]; ok {
			p.fail(len(decode(name))+1, fmt.Sprintf("redefinition of group name %s as group %d; was group %d", quoted(name), g, old))
		}
		p.names[name] = g
		p.order = append(p.order, name)
	}
	n := p.alternatives(verbose, false)
	p.close(start)
	lo, hi := n.size(p.sizes)
	p.sizes[g] = [2]int{lo, hi}
	return &node{op: opGroup, group: g, subs: []*node{n}}
}

// named reads (?P<name>...) and (?P=name).
func (p *parser) named(verbose bool, start int) *node {
	switch {
	case p.match('<'):
		name := p.until('>', "group name")
		p.groupName(name)
		return p.capture(name, verbose, start)
	case p.match('='):
		name := p.until(')', "group name")
		p.groupName(name)
		g, ok := p.names[name]
		if !ok {
			p.fail(len(decode(name))+1, "unknown group name "+quoted(name))
		}
		return p.reference(g, len(decode(name))+1)
	}
	t := p.get()
	if !t.ok {
		p.fail(0, "unexpected end of pattern")
	}
	p.fail(t.width()+2, "unknown extension ?P"+t.text())
	return nil
}

// groupName checks a name that has been read with its end.
func (p *parser) groupName(name string) {
	p.checkName(name, 1)
	if p.isBytes && toASCII(name) != name {
		p.warnf("DeprecationWarning", "bad character in group name %s at position %d", toASCII(quoted(name)), p.tell()-len(decode(name))-1)
	}
}

// reference makes a reference to a group; back is how far back it began.
func (p *parser) reference(g, back int) *node {
	if _, closed := p.sizes[g]; !closed {
		p.fail(back, "cannot refer to an open group")
	}
	p.checkLookbehind(g)
	return &node{op: opReference, group: g}
}

func (p *parser) checkLookbehind(g int) {
	if p.lookbehind == 0 {
		return
	}
	if _, closed := p.sizes[g]; !closed {
		p.fail(0, "cannot refer to an open group")
	}
	if g >= p.lookbehind {
		p.fail(0, "cannot refer to group defined in the same lookbehind subpattern")
	}
}

// look reads a look-around.
func (p *parser) look(t token, verbose bool, start int) *node {
	n := &node{op: opLook}
	outer := p.lookbehind
	if t.is('<') {
		n.behind = true
		t = p.get()
		if !t.ok {
			p.fail(0, "unexpected end of pattern")
		}
		if !t.in("=!") {
			p.fail(t.width()+2, "unknown extension ?<"+t.text())
		}
		if outer == 0 {
			p.lookbehind = p.groups + 1
		}
	}
	n.negated = t.is('!')
	n.subs = []*node{p.alternatives(verbose, false)}
	p.lookbehind = outer
	p.close(start)
	return n
}

// condition reads (?(group)yes|no).
func (p *parser) condition(verbose bool, start int) *node {
	name := p.until(')', "group name")
	back := len(decode(name)) + 1
	n := &node{op: opCondition}
	if isIdentifier(name) {
		p.groupName(name)
		g, ok := p.names[name]
		if !ok {
			p.fail(back, "unknown group name "+quoted(name))
		}
		n.group = g
	} else {
		n.group = p.groupNumber(name)
		p.conditions = append(p.conditions, condition{n.group, p.tell() - back})
	}
	p.checkLookbehind(n.group)
	n.subs = []*node{p.sequence(verbose, false)}
	if p.match('|') {
		n.subs = append(n.subs, p.sequence(verbose, false))
		if p.next.is('|') {
			p.fail(0, "conditional backref with more than two branches")
		}
	}
	p.close(start)
	return n
}

// groupNumber makes a number of a name that has been read with its end.
func (p *parser) groupNumber(name string) int {
	back := len(decode(name)) + 1
	g, plain, ok := number(name)
	switch {
	case !ok:
		p.fail(back, "bad character in group name "+quoted(name))
	case g == 0:
		p.fail(back, "bad group number")
	case g >= maxGroups:
		p.fail(back, "invalid group reference "+name)
	case !plain:
		shown := quoted(name)
		if p.isBytes {
			shown = toASCII(shown)
		}
		p.warnf("DeprecationWarning", "bad character in group name %s at position %d", shown, p.tell()-back)
	}
	return g
}

// readFlags reads inline flags up to their end; global says that it was a parenthesis.
func (p *parser) readFlags(t token) (add, del Flags, global bool) {
	if !t.is('-') {
		if add, t = p.readAdded(t); t.is(')') {
			p.flags |= add
			return add, 0, true
		}
		if add&globalFlags != 0 {
			p.fail(1, "bad inline flags: cannot turn on global flag")
		}
	}
	if t.is('-') {
		del = p.readRemoved()
	}
	if del&globalFlags != 0 {
		p.fail(1, "bad inline flags: cannot turn off global flag")
	}
	if add&del != 0 {
		p.fail(1, "bad inline flags: flag turned on and off")
	}
	return add, del, false
}

func (p *parser) readAdded(t token) (Flags, token) {
	var add Flags
	for {
		f, _ := flagOf(t.c)
		switch {
		case !p.isBytes && f == Locale:
			p.fail(0, "bad inline flags: cannot use 'L' flag with a str pattern")
		case p.isBytes && f == Unicode:
			p.fail(0, "bad inline flags: cannot use 'u' flag with a bytes pattern")
		}
		add |= f
		if f&typeFlags != 0 && add&typeFlags != f {
			p.fail(0, "bad inline flags: flags 'a', 'u' and 'L' are incompatible")
		}
		t = p.get()
		if t.in(")-:") {
			return add, t
		}
		p.expectFlag(t, "missing -, : or )")
	}
}

func (p *parser) readRemoved() Flags {
	var del Flags
	t := p.get()
	p.expectFlag(t, "missing flag")
	for {
		f, _ := flagOf(t.c)
		if f&typeFlags != 0 {
			p.fail(0, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
		}
		del |= f
		if t = p.get(); t.is(':') {
			return del
		}
		p.expectFlag(t, "missing :")
	}
}

// expectFlag refuses what is no flag.
func (p *parser) expectFlag(t token, missing string) {
	if !t.ok {
		p.fail(0, missing)
	}
	if _, ok := flagOf(t.c); ok && !t.escaped {
		return
	}
	if !t.escaped && unicode.IsLetter(t.c) {
		missing = "unknown flag"
	}
	p.fail(t.width(), missing)
}
