package python

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gregaria/worker/internal/python/charname"
)

// bigger are the letters whose upper case is more than one letter (Unicode's SpecialCasing).
var bigger = strings.NewReplacer("ß", "SS", "ŉ", "ʼN", "ǰ", "J̌", "ΐ", "\u0399\u0308\u0301", "ΰ", "\u03a5\u0308\u0301", "և", "ԵՒ", "ẖ", "H̱", "ẗ", "T̈", "ẘ", "W̊", "ẙ", "Y̊", "ẚ", "Aʾ",
	"ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST")

// mapRunes is strings.Map that keeps lone surrogates.
func mapRunes(f func(rune) rune, s string) string {
	if utf8.ValidString(s) {
		return strings.Map(f, s)
	}
	rs := runesOf(s)
	for i, r := range rs {
		rs[i] = f(r)
	}
	return fromRunes(rs).s
}

// upper is str.upper.
func upper(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return mapRunes(unicode.ToUpper, bigger.Replace(s))
}

// lower is str.lower: a sigma at the end of a word has a form of its own.
func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return eachRune(s, appendLower)
}

// appendLower appends the small form of a letter of a text.
func appendLower(out, rs []rune, i int) []rune {
	switch {
	case rs[i] == 'İ':
		return append(out, 'i', '\u0307')
	case rs[i] == 'Σ' && i > 0 && unicode.IsLetter(rs[i-1]) && (i+1 == len(rs) || !unicode.IsLetter(rs[i+1])):
		return append(out, 'ς')
	}
	return append(out, unicode.ToLower(rs[i]))
}

// appendUpper appends the capital form of a letter.
func appendUpper(out []rune, r rune) []rune {
	for _, c := range bigger.Replace(string(appendRune(nil, r))) {
		if c == utf8.RuneError { // a lone surrogate
			return append(out, r)
		}
		out = append(out, unicode.ToUpper(c))
	}
	return out
}

// appendTitle appends the form of a letter at the beginning of a word: of several letters only the first is a capital.
func appendTitle(out []rune, r rune) []rune {
	full := appendUpper(nil, r)
	if len(full) == 1 {
		return append(out, unicode.ToTitle(r))
	}
	for i := range full {
		if i > 0 && unicode.IsUpper(full[0]) {
			full[i] = unicode.ToLower(full[i])
		}
	}
	return append(out, full...)
}

// eachRune makes a text of what f appends for each character.
func eachRune(s string, f func(out, rs []rune, i int) []rune) string {
	rs := runesOf(s)
	out := make([]rune, 0, len(rs))
	for i := range rs {
		out = f(out, rs, i)
	}
	return fromRunes(out).s
}

// fold is str.casefold, as far as common text needs it.
func fold(s string) string {
	return strings.NewReplacer("ß", "ss", "ς", "σ", "ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "ŉ", "ʼn").Replace(
		mapRunes(unicode.ToLower, strings.ReplaceAll(strings.ReplaceAll(s, "ẞ", "ss"), "İ", "i̇")))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isLetter(r rune) bool { return unicode.IsLetter(r) && !charname.Newer(r) }

func isSmall(r rune) bool { return unicode.In(r, unicode.Lower, unicode.Other_Lowercase) }

func isCapital(r rune) bool { return unicode.In(r, unicode.Upper, unicode.Other_Uppercase) }

func title(s string) string {
	return eachRune(s, func(out, rs []rune, i int) []rune {
		if i > 0 && (isSmall(rs[i-1]) || isCapital(rs[i-1]) || unicode.IsTitle(rs[i-1])) {
			return appendLower(out, rs, i)
		}
		return appendTitle(out, rs[i])
	})
}

// isTitle is str.istitle: a capital begins each word, and only it.
func isTitle(s string) bool {
	within, found := false, false
	for _, r := range runesOf(s) {
		capital := isCapital(r) || unicode.IsTitle(r)
		if within == capital && (capital || isSmall(r)) {
			return false
		}
		within = capital || isSmall(r)
		found = found || within
	}
	return found
}

func capitalize(s string) string {
	return eachRune(s, func(out, rs []rune, i int) []rune {
		if i == 0 {
			return appendTitle(out, rs[i])
		}
		return appendLower(out, rs, i)
	})
}

func swapCase(s string) string {
	return eachRune(s, func(out, rs []rune, i int) []rune {
		switch {
		case isCapital(rs[i]):
			return appendLower(out, rs, i)
		case isSmall(rs[i]):
			return appendUpper(out, rs[i])
		}
		return append(out, rs[i])
	})
}
