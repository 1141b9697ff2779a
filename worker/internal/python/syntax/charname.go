package syntax

import (
	"strings"
	"unicode/utf8"

	ts "github.com/tree-sitter/go-tree-sitter"

	"gregaria/worker/internal/python/charname"
)

// named writes the character of the escape \N{NAME} at i and returns the escape's length.
func (p *parser) named(n *ts.Node, sb *strings.Builder, s string, i int) int {
	name, closed, wrong := "", false, "malformed \\N character escape"
	end := i + 2
	if rest, ok := strings.CutPrefix(s[end:], "{"); ok {
		name, _, closed = strings.Cut(rest, "}")
		end += 1 + len(name)
	}
	if closed && name != "" {
		end++
		if r, ok := charname.Lookup(name); ok {
			sb.WriteRune(r)
			return end - i
		}
		wrong = "unknown Unicode character name"
	}
	at := escapedLen(s[:i])
	p.failf(n, "(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s", at, at+escapedLen(s[i:end])-1, wrong)
	return end - i
}

// escapedLen is how long a text is for CPython's decoder, which gets other letters than those of ASCII as \UXXXXXXXX.
func escapedLen(s string) (n int) {
	for _, r := range s {
		if n++; r >= utf8.RuneSelf {
			n += len(`\U0001f600`) - 1
		}
	}
	return n
}
