// Package charname knows characters and their names as CPython 3.11 does, whose Unicode is 14.0: for unicodedata, and for \N{...} in
// texts and regular expressions.
package charname

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/runenames"
)

// Of returns the name of a character, "" if it has none.
func Of(r rune) string {
	if Newer(r) {
		return ""
	}
	name := runenames.Name(r)
	if !strings.HasPrefix(name, "<") {
		return name
	}
	switch {
	case r >= hangulFirst && r <= hangulLast:
		return "HANGUL SYLLABLE " + hangul(r-hangulFirst)
	case strings.HasPrefix(name, "<CJK Ideograph"):
		return ideograph + strings.ToUpper(strconv.FormatInt(int64(r), 16))
	}
	return ""
}

const (
	hangulFirst, hangulLast = 0xac00, 0xd7a3
	ideograph               = "CJK UNIFIED IDEOGRAPH-"
)

// Lookup finds a character by its name or an alias of it, in capitals or not. Ideographs and syllables, whose names are
// made by rule, are found in capitals only, as in CPython.
func Lookup(name string) (r rune, ok bool) {
	if strings.HasPrefix(name, ideograph) || strings.HasPrefix(name, "HANGUL SYLLABLE ") {
		return ruled(name)
	}
	name = strings.ToUpper(name)
	if number, found := strings.CutPrefix(name, "VS"); found {
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 256 && strconv.Itoa(n) == number {
			return selector(n), true
		}
	}
	r, ok = named()[name]
	return r, ok
}

// selector is the nth variation selector.
func selector(n int) rune {
	if n <= 16 {
		return 0xfe00 + rune(n-1)
	}
	return 0xe0100 + rune(n-17)
}

// ruled finds a character whose name is made by rule.
func ruled(name string) (rune, bool) {
	if number, ok := strings.CutPrefix(name, ideograph); ok {
		n, err := strconv.ParseInt(number, 16, 32)
		if err != nil || len(number) < 4 || len(number) > 5 || strings.ToUpper(number) != number {
			return 0, false
		}
		return rune(n), strings.HasPrefix(Of(rune(n)), ideograph)
	}
	for r := rune(hangulFirst); r <= hangulLast; r++ {
		if Of(r) == name {
			return r, true
		}
	}
	return 0, false
}

// aliases are other names: a number in hexadecimal and a name a line, as unicodedata.lookup knows them.
//
//go:embed aliases.txt
var aliases string

// named are the characters by their names, for the first who asks: few files do.
var named = sync.OnceValue(func() map[string]rune { //nolint:gochecknoglobals // a table that never changes
	m := make(map[string]rune, 1<<15)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if name := runenames.Name(r); name != "" && name[0] != '<' && !Newer(r) {
			m[name] = r
		}
	}
	for line := range strings.Lines(aliases) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.ParseInt(number, 16, 32)
		m[name] = rune(n)
	}
	return m
})

// hangul composes the name of a syllable from its letters (The Unicode Standard, 3.12).
func hangul(i rune) string {
	lead := strings.Split("G GG N D DD R M B BB S SS  J JJ C K T P H", " ")
	vowel := strings.Split("A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I", " ")
	tail := strings.Split(" G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H", " ")
	return lead[i/588] + vowel[i%588/28] + tail[i%28]
}
