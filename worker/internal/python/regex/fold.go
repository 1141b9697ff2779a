package regex

import (
	"maps"
	"slices"
	"sort"
	"sync"
	"unicode"
)

// Python compares without case by lower(), plus a few characters that share an upper case. No engine folds like that, so
// both get sets in which each character stands with those that are the same to Python.

// folding knows the characters that have a case.
type folding struct {
	cased []rune // sorted
	same  map[rune][]rune
	// odd are the characters that regexp2 takes for others in a reference without regard to case, where Python, which
	// compares by lower() alone, does not; or the other way round.
	odd string
}

//nolint:gochecknoglobals // a table that never changes
var foldings = sync.OnceValue(func() *folding {
	f := &folding{same: map[rune][]rune{}}
	byLower := lowered()
	relatives := relatives(byLower)
	for low, all := range byLower {
		var same []rune
		for _, l := range append([]rune{low}, relatives[low]...) {
			same = append(same, byLower[l]...)
		}
		slices.Sort(same)
		same = slices.Compact(same)
		for _, r := range all {
			f.same[r] = same
		}
		f.cased = append(f.cased, all...)
	}
	slices.Sort(f.cased)
	for _, r := range f.cased {
		if isOdd(r) {
			f.odd += string(r)
		}
	}
	return f
})

// upperPairs share only an upper case of several characters.
func upperPairs() [][]rune {
	return [][]rune{{0x390, 0x1fd3}, {0x3b0, 0x1fe3}, {0xfb05, 0xfb06}}
}

// lowered groups the characters that have a case by their lower case.
func lowered() map[rune][]rune {
	out := map[rune][]rune{}
	for _, x := range unicode.CaseRanges {
		for r := rune(x.Lo); r <= rune(x.Hi); r++ {
			if low := unicode.ToLower(r); low != r || unicode.ToUpper(r) != r {
				out[low] = append(out[low], r)
			}
		}
	}
	for low, all := range out {
		if !slices.Contains(all, low) { // such as the ß of ẞ
			out[low] = append(all, low)
		}
	}
	for _, pair := range upperPairs() {
		for _, r := range pair {
			if out[r] == nil {
				out[r] = []rune{r}
			}
		}
	}
	return out
}

// relatives are the lower cases that share an upper case.
func relatives(byLower map[rune][]rune) map[rune][]rune {
	byUpper := map[rune][]rune{}
	for low := range byLower {
		up := unicode.ToUpper(low)
		byUpper[up] = append(byUpper[up], low)
	}
	out := map[rune][]rune{}
	for _, group := range append(slices.Collect(maps.Values(byUpper)), upperPairs()...) {
		for _, low := range group {
			out[low] = append(out[low], group...)
		}
	}
	return out
}

// isOdd says whether lower() of a character is not what its simple folding goes by.
func isOdd(r rune) bool {
	low := unicode.ToLower(r)
	if r == 0x130 {
		return true
	}
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		if unicode.ToLower(x) != low && unicode.ToUpper(low) != low && unicode.ToLower(unicode.ToUpper(low)) != low {
			return true
		}
	}
	return false
}

// sameAs returns all characters that a literal matches without regard to case, itself included.
func sameAs(r rune, inUnicode bool) []rune {
	switch {
	case inUnicode:
		if same := foldings().same[r]; same != nil {
			return same
		}
	case r >= 'a' && r <= 'z':
		return []rune{r - 'a' + 'A', r}
	case r >= 'A' && r <= 'Z':
		return []rune{r, r - 'A' + 'a'}
	}
	return []rune{r}
}

// otherCases are what a range matches beside itself.
func otherCases(it item, inUnicode bool) []item {
	if !inUnicode {
		var out []item
		if lo, hi := max(it.lo, 'a'), min(it.hi, 'z'); lo <= hi {
			out = append(out, item{lo: lo - 'a' + 'A', hi: hi - 'a' + 'A'})
		}
		if lo, hi := max(it.lo, 'A'), min(it.hi, 'Z'); lo <= hi {
			out = append(out, item{lo: lo - 'A' + 'a', hi: hi - 'A' + 'a'})
		}
		return out
	}
	f := foldings()
	var out []item
	for i := sort.Search(len(f.cased), func(i int) bool { return f.cased[i] >= it.lo }); i < len(f.cased) && f.cased[i] <= it.hi; i++ {
		for _, r := range f.same[f.cased[i]] {
			if r < it.lo || r > it.hi {
				out = append(out, item{lo: r, hi: r})
			}
		}
	}
	return out
}

// lower is a text in small letters, character by character. Where nothing in a pattern regards the case, Python looks at nothing
// but these: what it finds in one text it finds in the other, and a reference compares what stands there.
func lower(text []rune, ascii bool) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		if out[i] = r; !ascii {
			out[i] = unicode.ToLower(r)
		} else if r >= 'A' && r <= 'Z' {
			out[i] = r - 'A' + 'a'
		}
	}
	return out
}
