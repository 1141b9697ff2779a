package extra

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/charname"
)

// newUnicode has what unicodedata needs of Unicode's tables.
func newUnicode(*thread) (*python.Module, error) {
	return python.NewModule("_extra_unicode", nil,
		python.Func("normalize(form, text, /)", func(t *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[0])
			form, ok := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[name]
			if !ok {
				return nil, python.Errorf(python.ValueError, "invalid normalization form")
			}
			s, _ := python.AsStr(a[1])
			out := normalized(form, s)
			return str(out), t.Grown(len(out), len(out)-len(s))
		}),
		onChar("category", func(r rune) value { return str(category(r)) }),
		onChar("name", func(r rune) value { return str(charname.Of(r)) }),
		onChar("combining", func(r rune) value { return python.NewInt(int64(norm.NFD.PropertiesString(string(r)).CCC())) }),
		onChar("bidirectional", func(r rune) value { return str(bidirectional(r)) }),
		onChar("east_asian_width", func(r rune) value { return str(eastAsianWidth(r)) }),
		onChar("decimal", func(r rune) value { return python.NewInt(int64(python.Decimal(r))) }),
		onChar("digit", func(r rune) value { return python.NewInt(int64(python.Digit(r))) }),
		// worth is the number that a character of the table is, -2 if it is in no table: one is -1/2.
		onChar("worth", func(r rune) value {
			if n, ok := worths()[r]; ok {
				return python.Float(n)
			}
			return python.Float(-2)
		}),
		// lookup finds a character by its name; "" is none.
		python.Func("lookup(name, /)", func(_ *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[0])
			if r, ok := charname.Lookup(name); ok {
				return str(string(r)), nil
			}
			return str(""), nil
		}),
	), nil
}

// normalized leaves lone surrogates as they are: they are no characters for the tables.
func normalized(form norm.Form, s string) string {
	if utf8.ValidString(s) {
		return form.String(s)
	}
	var out strings.Builder
	start := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			out.WriteString(form.String(s[start:i]) + s[i:i+1])
			start = i + 1
		}
		i += n
	}
	return out.String() + form.String(s[start:])
}

// onChar makes a function of one character.
func onChar(name string, f func(r rune) value) *python.Native {
	return python.Func(name+"(char, /)", func(_ *thread, a []value) (value, error) {
		s, ok := python.AsStr(a[0])
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case !ok:
			return nil, python.Errorf(python.TypeError, "%s() argument must be a unicode character, not %s", name, python.TypeOf(a[0]).Name())
		case n == 0 || (n < len(s) && r != utf8.RuneError):
			return nil, python.Errorf(python.TypeError, "%s() argument%s must be a unicode character, not str", name, map[bool]string{true: " 1"}[name == "name" || name == "decimal"])
		case r == utf8.RuneError && n == 1: // half of a surrogate pair
			r = 0xd800
		}
		return f(r), nil
	})
}

func bidirectional(r rune) string {
	if category(r) == "Cn" {
		return ""
	}
	p, _ := bidi.LookupRune(r)
	return map[bidi.Class]string{
		bidi.L: "L", bidi.R: "R", bidi.EN: "EN", bidi.ES: "ES", bidi.ET: "ET", bidi.AN: "AN", bidi.CS: "CS", bidi.B: "B", bidi.S: "S", bidi.WS: "WS",
		bidi.ON: "ON", bidi.BN: "BN", bidi.NSM: "NSM", bidi.AL: "AL", bidi.LRO: "LRO", bidi.RLO: "RLO", bidi.LRE: "LRE", bidi.RLE: "RLE", bidi.PDF: "PDF",
		bidi.LRI: "LRI", bidi.RLI: "RLI", bidi.FSI: "FSI", bidi.PDI: "PDI", bidi.Control: controlClass(r),
	}[p.Class()]
}

// controlClass names the formatting characters that the tables hold together.
func controlClass(r rune) string {
	return map[rune]string{
		0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
	}[r]
}

func eastAsianWidth(r rune) string {
	if category(r) == "Cn" {
		return "F" // CPython's default
	}
	return map[width.Kind]string{
		width.Neutral: "N", width.EastAsianAmbiguous: "A", width.EastAsianWide: "W", width.EastAsianNarrow: "Na", width.EastAsianFullwidth: "F",
		width.EastAsianHalfwidth: "H",
	}[width.LookupRune(r).Kind()]
}
