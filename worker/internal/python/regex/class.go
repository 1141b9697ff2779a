package regex

import (
	"slices"
	"sync"
	"unicode"
)

// A class is a set of characters as it is written.
type class struct {
	negated bool
	items   []item
}

// An item is a range of characters, or a category by its letter: d, D, s, S, w, W.
type item struct {
	lo, hi   rune
	category byte
}

// ranges are sorted ranges of characters, first and last of each, that do not touch.
type ranges []rune

// alphabet says which characters the categories hold.
type alphabet uint8

const (
	// ofUnicode is what str patterns mean.
	ofUnicode alphabet = iota
	// ofASCII is what re.ASCII and bytes patterns mean.
	ofASCII
	// ofASCIIText is ofUnicode as far as it matters where the text is ASCII.
	ofASCIIText
)

func alphabetOf(f Flags, asciiText bool) alphabet {
	switch {
	case f&Unicode == 0:
		return ofASCII
	case asciiText:
		return ofASCIIText
	}
	return ofUnicode
}

// has says whether a character is in a category, given as a small letter.
func (a alphabet) has(category byte, r rune) bool {
	switch {
	case category == 's' && a == ofASCII:
		return r == ' ' || r >= '\t' && r <= '\r'
	case category == 's':
		return isSpace(r)
	case a == ofUnicode && category == 'd':
		return unicode.Is(unicode.Nd, r)
	case a == ofUnicode:
		return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
	case category == 'd':
		return r >= '0' && r <= '9'
	}
	return r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// isSpace is str.isspace of one character.
func isSpace(r rune) bool {
	return r >= '\t' && r <= '\r' || r >= 0x1c && r <= ' ' || r == 0x85 || r >= 0x80 && unicode.IsSpace(r)
}

// category returns the characters of a category, as ranges.
func (a alphabet) category(c byte) ranges { return categories()[a][c] }

//nolint:gochecknoglobals // a table that never changes
var categories = sync.OnceValue(func() map[alphabet]map[byte]ranges {
	all := map[alphabet]map[byte]ranges{}
	for _, a := range []alphabet{ofUnicode, ofASCII, ofASCIIText} {
		all[a] = map[byte]ranges{}
		for _, c := range []byte("dsw") {
			set := a.tabulate(c)
			all[a][c], all[a][c-'a'+'A'] = set, set.complement()
		}
	}
	return all
})

func (a alphabet) tabulate(category byte) ranges {
	var out ranges
	for _, r := range ranges(candidates(category)) {
		if a.has(category, r) {
			out = out.add(r, r)
		}
	}
	return out
}

// candidates are all characters that a category could hold.
func candidates(category byte) []rune {
	tables := map[byte][]*unicode.RangeTable{
		'd': {unicode.Nd}, 's': {unicode.White_Space}, 'w': {unicode.L, unicode.N},
	}
	var out []rune
	for r := range rune(0x80) {
		out = append(out, r)
	}
	for _, t := range tables[category] {
		for _, x := range t.R16 {
			for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
				out = append(out, r)
			}
		}
		for _, x := range t.R32 {
			for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// add appends a range that begins no earlier than the last one.
func (s ranges) add(lo, hi rune) ranges {
	if n := len(s); n > 0 && lo <= s[n-1]+1 {
		s[n-1] = max(s[n-1], hi)
		return s
	}
	return append(s, lo, hi)
}

func (s ranges) complement() ranges {
	var out ranges
	from := rune(0)
	for i := 0; i < len(s); i += 2 {
		if s[i] > from {
			out = append(out, from, s[i]-1)
		}
		from = s[i+1] + 1
	}
	if from <= unicode.MaxRune {
		out = append(out, from, unicode.MaxRune)
	}
	return out
}

// merged sorts pairs of any order.
func merged(pairs []item) ranges {
	slices.SortFunc(pairs, func(a, b item) int { return int(a.lo) - int(b.lo) })
	var out ranges
	for _, p := range pairs {
		out = out.add(p.lo, p.hi)
	}
	return out
}

// resolved is a class under its flags: ranges and categories that are still to be named. A set of several items with a
// negated category among them has only ranges.
func (c *class) resolved(f Flags, a alphabet) (set ranges, named []byte) {
	var pairs []item
	for _, it := range c.items {
		switch {
		case it.category >= 'a':
			named = append(named, it.category)
		case it.category != 0:
			s := a.category(it.category)
			for i := 0; i < len(s); i += 2 {
				pairs = append(pairs, item{lo: s[i], hi: s[i+1]})
			}
		default:
			pairs = append(pairs, it)
			if f&IgnoreCase != 0 {
				pairs = append(pairs, otherCases(it, f&Unicode != 0)...)
			}
		}
	}
	return merged(pairs), named
}
