package regex

// set reads [...].
func (p *parser) set() *node {
	here := p.tell() - 1
	if p.next.is('[') {
		p.warnf("FutureWarning", "Possible nested set at position %d", p.tell())
	}
	c := &class{negated: p.match('^')}
	for {
		t := p.get()
		if !t.ok {
			p.fail(p.tell()-here, "unterminated character set")
		}
		if t.is(']') && len(c.items) > 0 {
			break
		}
		if !t.escaped && len(c.items) > 0 {
			p.warnOfSets(t)
		}
		lo := p.member(t)
		if !p.match('-') {
			c.items = append(c.items, lo)
			continue
		}
		u := p.get()
		if !u.ok {
			p.fail(p.tell()-here, "unterminated character set")
		}
		if u.is(']') {
			c.items = append(c.items, lo, item{lo: '-', hi: '-'})
			break
		}
		if u.is('-') {
			p.warnf("FutureWarning", "Possible set difference at position %d", p.tell()-2)
		}
		hi := p.member(u)
		if lo.category != 0 || hi.category != 0 || hi.lo < lo.lo {
			p.fail(t.width()+1+u.width(), "bad character range "+t.text()+"-"+u.text())
		}
		c.items = append(c.items, item{lo: lo.lo, hi: hi.lo})
	}
	if len(c.items) == 1 && c.items[0].category == 0 && c.items[0].lo == c.items[0].hi && !c.negated {
		return &node{op: opLiteral, r: c.items[0].lo}
	}
	return &node{op: opClass, class: c}
}

func (p *parser) member(t token) item {
	if t.escaped {
		return p.classEscape(t)
	}
	return item{lo: t.c, hi: t.c}
}

// warnOfSets warns of what may become operators on sets one day.
func (p *parser) warnOfSets(t token) {
	names := map[rune]string{'-': "difference", '&': "intersection", '~': "symmetric difference", '|': "union"}
	if name, ok := names[t.c]; ok && p.next.is(t.c) {
		p.warnf("FutureWarning", "Possible set %s at position %d", name, p.tell()-1)
	}
}
