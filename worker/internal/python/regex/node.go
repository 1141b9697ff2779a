package regex

import "math"

// The kinds of nodes.
type op uint8

const (
	opLiteral   op = iota // r
	opAny                 // .
	opClass               // class
	opSequence            // subs
	opBranch              // subs
	opGroup               // group, subs[0]
	opScope               // (?add-del:subs[0])
	opRepeat              // subs[0]{min,max}
	opAtomic              // (?>subs[0])
	opLook                // look-around of subs[0]
	opReference           // \group
	opCondition           // (?(group)subs[0]|subs[1])
	opStart               // \A
	opEnd                 // \Z
	opCaret               // ^
	opDollar              // $
	opBoundary            // \b, or \B if negated
)

type greed uint8

const (
	greedy greed = iota
	lazy
	possessive
)

const (
	// maxRepeat is the count that stands for no limit.
	maxRepeat = math.MaxUint32
	maxGroups = math.MaxInt32 / 2
	// maxWidth stands for all larger widths.
	maxWidth = 1 << 40
)

// A node is a part of a pattern.
type node struct {
	op       op
	r        rune
	class    *class
	subs     []*node
	min, max int
	greed    greed
	group    int
	add, del Flags
	negated  bool
	behind   bool
	width    int   // of what a look-behind looks at
	flags    Flags // in force here; resolve sets them
}

func (n *node) isPosition() bool { return n.op >= opStart }

// walk calls f for a node and all below it.
func (n *node) walk(f func(*node)) {
	f(n)
	for _, s := range n.subs {
		s.walk(f)
	}
}

// sizes are the smallest and the largest number of characters that a group takes, by its number.
type sizes map[int][2]int

// size is the smallest and the largest number of characters that a node takes, as sre counts them.
func (n *node) size(groups sizes) (lo, hi int) {
	switch n.op {
	case opLiteral, opAny, opClass:
		return 1, 1
	case opSequence:
		for _, s := range n.subs {
			l, h := s.size(groups)
			lo, hi = lo+l, hi+h
		}
	case opBranch:
		lo = maxWidth
		for _, s := range n.subs {
			l, h := s.size(groups)
			lo, hi = min(lo, l), max(hi, h)
		}
	case opGroup, opScope, opAtomic:
		return n.subs[0].size(groups)
	case opRepeat:
		l, h := n.subs[0].size(groups)
		lo = times(l, n.min)
		if hi = times(h, n.max); n.max == maxRepeat && h > 0 {
			hi = maxWidth
		}
	case opReference:
		s := groups[n.group]
		return s[0], s[1]
	case opCondition:
		lo, hi = n.subs[0].size(groups)
		if len(n.subs) < 2 {
			return 0, hi
		}
		l, h := n.subs[1].size(groups)
		lo, hi = min(lo, l), max(hi, h)
	}
	return min(lo, maxWidth), min(hi, maxWidth)
}

func times(a, b int) int {
	if a != 0 && b > maxWidth/a {
		return maxWidth
	}
	return a * b
}
