// Package pytext writes text as CPython would, where Locust compares or groups by it.
package pytext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Repr is Python's repr(s) for a str: single quotes unless the text holds some and no double ones, escapes for
// what is not printable (CPython, Objects/unicodeobject.c, unicode_repr). Invalid UTF-8 is read as U+FFFD.
func Repr(s string) string {
	quote := '\''
	if strings.ContainsRune(s, '\'') && !strings.ContainsRune(s, '"') {
		quote = '"'
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteRune(quote)
	for _, r := range s {
		writeRune(&b, r, quote)
	}
	b.WriteRune(quote)
	return b.String()
}

func writeRune(b *strings.Builder, r, quote rune) {
	switch {
	case r == quote || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case r < ' ' || r == 0x7f:
		fmt.Fprintf(b, `\x%02x`, r)
	case r < utf8.RuneSelf || printable(r):
		b.WriteRune(r)
	case r <= 0xff:
		fmt.Fprintf(b, `\x%02x`, r)
	case r <= 0xffff:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		fmt.Fprintf(b, `\U%08x`, r)
	}
}

// printable follows CPython's _PyUnicode_IsPrintable: everything but the categories Other (Cc, Cf, Cs, Co, Cn) and
// Separator (Zl, Zp, Zs) other than the space. Go counts the same letters, marks, numbers, punctuation and symbols.
func printable(r rune) bool { return unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) }
