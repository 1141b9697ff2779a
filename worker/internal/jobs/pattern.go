package jobs

import "strings"

// A Pattern names the requests of a row of Locust's statistics, or of several: in Name a * stands for any text, unless Literal.
type Pattern struct {
	Type, Name string
	Literal    bool
}

// Matches says whether a request of that type and name is one of the pattern's.
func (p Pattern) Matches(typ, name string) bool {
	if p.Type != typ {
		return false
	}
	if p.Literal || strings.IndexByte(p.Name, '*') < 0 {
		return p.Name == name
	}
	return wild(p.Name, name)
}

// wild matches with stars: the last star that was met takes as little as it can, and more if what follows does not fit.
func wild(pattern, text string) bool {
	i, star, mark := 0, -1, 0
	for p := 0; i < len(text); {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case p < len(pattern) && pattern[p] == text[i]:
			p, i = p+1, i+1
		case star >= 0:
			mark++
			p, i = star+1, mark
		default:
			return false
		}
		if i == len(text) {
			return strings.Trim(pattern[p:], "*") == ""
		}
	}
	return strings.Trim(pattern, "*") == ""
}

func (p Pattern) String() string { return p.Type + " " + p.Name }

// text is the pattern as Parse reads it before the word that ends its name.
func (p Pattern) text(end string) string {
	typ, name := p.Type, p.Name
	if strings.ContainsAny(typ, spaces) || quoted(typ) || typ == arrow || typ == until || typ == "" {
		typ = quote(typ)
	}
	if p.Literal || quoted(name) || strings.Trim(name, spaces) != name || name == "" || endOf(" "+name+" ", end) >= 0 {
		name = quote(name)
	}
	return typ + " " + name
}

// spaces are what stands between words.
const spaces = " \t"

// quoted says whether a text begins as a quoted one.
func quoted(text string) bool { return strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") }

// quote puts a text into quotes.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// endOf is where in a text a word stands between spaces, those before it included; -1 is nowhere.
func endOf(text, word string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		after := at + len(word)
		if at > 0 && strings.IndexByte(spaces, text[at-1]) >= 0 && (after == len(text) || strings.IndexByte(spaces, text[after]) >= 0) {
			return at
		}
		from = at + 1
	}
}
