package regex

// RE2 has no look-around, but a pattern that begins with (?<=X) or ends with (?=Y) needs none: X(pattern)Y finds the same
// places, as X has one width and neither has groups. It is how people cut a token out of a page.

// cut takes X and Y off the ends of a pattern.
func (p *Pattern) cut() {
	p.body = p.root
	if p.root.op != opSequence {
		return
	}
	body := p.root.subs
	if n := len(body); n > 0 && body[0].isEdge(true) {
		p.before, p.width, body = body[0].subs[0], body[0].width, body[1:]
	}
	if n := len(body); n > 0 && body[n-1].isEdge(false) {
		p.after, body = body[n-1].subs[0], body[:n-1]
	}
	if p.before != nil || p.after != nil {
		p.body = &node{op: opSequence, flags: p.root.flags, subs: body}
	}
}

func (n *node) isEdge(behind bool) bool {
	return n.op == opLook && n.behind == behind && !n.negated && n.subs[0].isPlain()
}

// isPlain says that a node only says which characters follow each other.
func (n *node) isPlain() bool {
	plain := true
	n.walk(func(n *node) {
		switch n.op {
		case opLiteral, opAny, opClass, opSequence, opBranch, opScope:
		case opRepeat:
			plain = plain && n.greed != possessive
		default:
			plain = false
		}
	})
	return plain
}

// hasEdges says that the linear program finds a group of its own around the match.
func (p *Pattern) hasEdges() bool { return p.before != nil || p.after != nil }

// edges writes the pattern between its edges.
func (w *writer) edges(p *Pattern) {
	if !p.hasEdges() {
		w.group(`(?:`, p.body)
		return
	}
	if p.before != nil {
		w.group(`(?:`, p.before)
	}
	w.group(`(`, p.body)
	if p.after != nil {
		w.group(`(?:`, p.after)
	}
}
