package regex

import (
	"regexp"
	"strings"
)

// A Finder looks for a pattern in a text, match by match.
type Finder struct {
	p        *Pattern
	t        *Text
	slow     Slow
	from, to int
	// mustAdvance says that the next match may not be empty where the search begins, since the last one was.
	mustAdvance bool
	ended       bool
	chars       []rune  // up to the end, once regexp2 is asked
	ahead       [][]int // found at one go
	fetched     bool
	limit       int
}

// Finder begins a search between two offsets: what is before from can be looked at but not matched, to is the end of the text
// as the pattern sees it. No more than limit matches will be asked for, unless it is negative.
func (p *Pattern) Finder(slow Slow, t *Text, from, to, limit int) Finder {
	return Finder{p: p, t: t, slow: slow, from: from, to: to, limit: limit}
}

// Next returns the offsets of the next match and of its groups, -1 for those that took no part; nil is none.
func (f *Finder) Next(m Mode) ([]int, error) {
	if f.from > f.to {
		// CPython looks for the end only where it needs it, so that a pattern of nothing matches beyond it.
		if m != Match || f.ended || f.p.needs.end {
			return nil, nil
		}
		f.to, f.chars = f.from, nil
	}
	loc, err := f.next(m)
	switch {
	case err != nil:
		return nil, err
	case loc == nil:
		f.from, f.ended = f.to+1, true
		return nil, nil
	}
	f.mustAdvance = loc[1] == loc[0]
	f.from = loc[1]
	return loc, nil
}

func (f *Finder) next(m Mode) ([]int, error) {
	p, t := f.p, f.t
	if !p.suits(t, f.to) || m == Full && p.after != nil {
		return f.backtrack(m)
	}
	if f.mustAdvance && !p.emptyLast {
		return f.backtrack(m)
	}
	if p.needs.context && (f.from > 0 || f.fetched || f.mustAdvance) {
		return f.fetch(m)
	}
	from := f.from
	if f.mustAdvance { // what can be empty would be empty again
		if m != Search || from == f.to {
			return nil, nil
		}
		from += t.width(from)
	}
	if p.needs.context && m == Search && f.limit != 1 && p.min > 0 {
		return f.fetch(m)
	}
	re := p.linearFor(m, t)
	if re == nil {
		return f.backtrack(m)
	}
	if p.width > 0 {
		behind, enough := t.backBy(from, p.width)
		if !enough && m != Search {
			return nil, nil
		}
		from = behind
	}
	return f.linear(re, m, from)
}

// linear lets RE2 look for the match from an offset on.
func (f *Finder) linear(re *regexp.Regexp, m Mode, from int) ([]int, error) {
	p, t := f.p, f.t
	loc := re.FindStringSubmatchIndex(t.s[from:f.to])
	if loc != nil && !isValid(t.s[from+loc[0]:min(from+loc[1]+2, len(t.s))]) { // it may end within a character
		return f.backtrack(m)
	}
	if loc != nil && p.hasEdges() {
		loc = loc[2:]
	}
	for i := range loc {
		if loc[i] >= 0 {
			loc[i] += from
		}
	}
	return loc, nil
}

// suits says whether RE2 finds in the text what Python finds.
func (p *Pattern) suits(t *Text, to int) bool {
	n := &p.needs
	switch {
	case n.backtracking || n.utf8 && !t.isValid():
		return false
	case n.unicodeWord && !t.isASCII(), n.notBoundary && to == 0:
		return false
	case n.dollar && strings.HasSuffix(t.s[:to], "\n"):
		return false
	}
	return true
}

// fetch lets RE2 find all matches from the beginning of the text at one go, since it looks at what stands before them.
func (f *Finder) fetch(m Mode) ([]int, error) {
	if !f.fetched {
		re := f.p.linearFor(m, f.t)
		if re == nil || f.from > 0 || m != Search || f.p.min == 0 || !f.t.isValid() {
			return f.backtrack(m)
		}
		f.ahead, f.fetched = re.FindAllStringSubmatchIndex(f.t.s[:f.to], f.limit), true
	}
	if len(f.ahead) == 0 {
		return nil, nil
	}
	loc := f.ahead[0]
	f.ahead = f.ahead[1:]
	return loc, nil
}

func (f *Finder) backtrack(m Mode) ([]int, error) {
	p, t := f.p, f.t
	lowered := p.needs.fold && !t.isASCII() && p.needs.lowers
	if p.needs.fold && !lowered && t.hasOddFolds(p.needs.foldASCII) {
		return nil, UnsupportedError("a reference without regard to case, in a pattern of which other parts regard it, is not supported in a text with letters such as ſ or ı")
	}
	b, err := p.netFor(m, f.mustAdvance, lowered)
	if err != nil {
		return nil, err
	}
	if f.chars == nil { // to find the end once is enough: it moves the text's mark away from where the search is
		f.chars = t.chars()[:t.Char(f.to)]
		if lowered {
			f.chars = lower(f.chars, p.needs.foldASCII)
		}
	}
	loc, err := b.find(f.slow, f.chars, t.Char(f.from), p.Groups)
	if !t.isASCII() {
		for i := range loc {
			if loc[i] >= 0 {
				loc[i] = t.Offset(loc[i])
			}
		}
	}
	return loc, err
}

// In says how matches that take long run from now on: another thread may have come to ask.
func (f *Finder) In(slow Slow) *Finder {
	f.slow = slow
	return f
}
