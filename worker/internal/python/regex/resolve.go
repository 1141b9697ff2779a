package regex

import (
	"math"
	"slices"
	"unicode/utf8"
)

// resolve tells each node the flags in force, as the compiler of sre does after parsing, and measures look-behinds.
func (n *node) resolve(f Flags, groups sizes) error {
	if n.op == opScope {
		f = f.with(n.add, n.del)
	}
	n.flags = f
	for _, s := range n.subs {
		if err := s.resolve(f, groups); err != nil {
			return err
		}
	}
	if n.op != opLook || !n.behind {
		return nil
	}
	lo, hi := n.subs[0].size(groups)
	if lo != hi {
		return &Error{"look-behind requires fixed-width pattern", -1}
	}
	if lo > math.MaxUint32 {
		return &Error{"looks too much behind", -1}
	}
	n.width = lo
	return nil
}

// needs says what of a pattern RE2 cannot do, and what texts it must not see.
type needs struct {
	backtracking bool // always
	unicodeWord  bool // \b by the letters of Unicode: RE2's knows ASCII
	dollar       bool // $ before a last newline
	notBoundary  bool // \B, which Python never finds in an empty text
	context      bool // looks at what stands before: a search must not begin with a cut text
	utf8         bool // counts characters that RE2 would take a lone surrogate for several of
	alphabet     bool // categories that hold more than ASCII
	fold         bool // a reference without regard to case
	foldASCII    bool // such a reference knows the case of the letters of ASCII only
	lowers       bool // all of it finds the same in a text in small letters
	end          bool // $, \Z or a loop: fails beyond the end
}

// needs walks the pattern.
func (n *node) needs(groups sizes) needs {
	out := needs{utf8: !n.passesSurrogates(false)}
	n.walk(func(n *node) {
		switch n.op {
		case opLook, opReference, opCondition, opAtomic:
			out.backtracking = true
			if n.op == opReference && n.flags&IgnoreCase != 0 {
				out.fold, out.foldASCII = true, out.foldASCII || n.flags&Unicode == 0
			}
		case opRepeat:
			out.end = true
			// What a loop does that matched nothing differs: see decision 9.
			if lo, _ := n.subs[0].size(groups); n.greed == possessive || lo == 0 && n.max > 1 {
				out.backtracking = true
			}
		case opClass:
			for _, it := range n.class.items {
				out.alphabet = out.alphabet || it.category != 0 && n.flags&Unicode != 0
			}
		case opBoundary:
			out.context = true
			out.unicodeWord = out.unicodeWord || n.flags&Unicode != 0
			out.notBoundary = out.notBoundary || n.negated
		case opStart, opCaret:
			out.context = true
		case opEnd:
			out.end = true
		case opDollar:
			out.end = true
			out.dollar = out.dollar || n.flags&Multiline == 0
		}
	})
	out.lowers = out.fold && n.lowers()
	return out
}

// lowers says whether no part of a pattern regards the case, and all know that of the same letters.
func (n *node) lowers() bool {
	never, ascii, unicode := true, false, false
	n.walk(func(n *node) {
		if n.hasCase() {
			never = never && n.flags&IgnoreCase != 0
			ascii, unicode = ascii || n.flags&Unicode == 0, unicode || n.flags&Unicode != 0
		}
	})
	return never && ascii != unicode
}

// hasCase says whether a node could find something else in a text in small letters if it regards the case.
func (n *node) hasCase() bool {
	switch n.op {
	case opReference:
		return true
	case opLiteral:
		return len(sameAs(n.r, true)) > 1
	case opClass:
		return slices.ContainsFunc(n.class.items, func(it item) bool { return it.category == 0 && len(otherCases(it, true)) > 0 })
	}
	return false
}

// emptyLast says that a match of nothing is the last thing the pattern tries, so that where it matches nothing, it has
// nothing else to match.
func (n *node) emptyLast(groups sizes) bool {
	if lo, _ := n.size(groups); lo > 0 {
		return true
	}
	switch n.op {
	case opBranch:
		for _, s := range n.subs[:len(n.subs)-1] {
			if lo, _ := s.size(groups); lo == 0 {
				return false
			}
		}
		return n.subs[len(n.subs)-1].emptyLast(groups)
	case opRepeat:
		return n.greed == greedy && n.subs[0].emptyLast(groups)
	case opLook, opAtomic, opReference, opCondition:
		return false
	}
	for _, s := range n.subs {
		if !s.emptyLast(groups) {
			return false
		}
	}
	return true
}

// passesSurrogates says that RE2, to which a lone surrogate is three unknown characters, still finds what Python finds, as long as
// none lies within the match: what could match one is in a loop that takes any number. looped says that n is.
func (n *node) passesSurrogates(looped bool) bool {
	switch n.op {
	case opAny:
		return looped
	case opLiteral:
		return !isSurrogate(n.r) && n.r != utf8.RuneError
	case opClass:
		wide := n.class.negated
		for _, it := range n.class.items {
			if it.category == 0 && it.hi >= 0xd800 && it.lo <= utf8.RuneError {
				return false
			}
			wide = wide || it.category != 0
		}
		return looped || !wide
	case opRepeat:
		return n.subs[0].passesSurrogates(n.max == maxRepeat && n.min < 2)
	}
	for _, s := range n.subs {
		if !s.passesSurrogates(false) {
			return false
		}
	}
	return true
}
