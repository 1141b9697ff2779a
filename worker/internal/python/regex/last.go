package regex

// A span is where a group stands in the pattern.
type span struct {
	group  int
	inside []int   // the groups around it
	loops  []*node // the loops around it
}

// spans lists the groups in their order.
func (n *node) spans(inside []int, loops []*node) []span {
	var out []span
	switch n.op {
	case opGroup:
		out = append(out, span{n.group, inside, loops})
		inside = append(inside[:len(inside):len(inside)], n.group)
	case opRepeat:
		if n.max > 1 {
			loops = append(loops[:len(loops):len(loops)], n)
		}
	}
	for _, s := range n.subs {
		out = append(out, s.spans(inside, loops)...)
	}
	return out
}

// Last is the group that closed last in a match, 0 if there is none. The engines do not tell; of two groups the outer one
// closes later, then the one that ends later if both are in one loop, then the one that comes later.
func (p *Pattern) Last(loc []int) int {
	last := -1
	for i, s := range p.order {
		if loc[2*s.group] >= 0 && (last < 0 || p.closesLater(loc, p.order[last], s)) {
			last = i
		}
	}
	if last < 0 {
		return 0
	}
	return p.order[last].group
}

// closesLater says whether b, which opens later in the pattern, closes after a.
func (p *Pattern) closesLater(loc []int, a, b span) bool {
	for _, g := range b.inside {
		if g == a.group {
			return false
		}
	}
	if len(a.loops) > 0 && len(b.loops) > 0 && a.loops[0] == b.loops[0] {
		return loc[2*b.group+1] >= loc[2*a.group+1]
	}
	return true
}
