package extra

import (
	"unicode"
	"unicode/utf8"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/charname"
)

// newText has what ast and unicodedata need from Go.
func newText(*thread) (*python.Module, error) {
	return python.NewModule("_extra_text", nil,
		python.Func("literal(source)", func(t *thread, a []value) (value, error) {
			s, ok := python.AsStr(a[0])
			if !ok {
				return nil, python.Errorf(python.ValueError, "malformed node or string: %s", python.TypeOf(a[0]).Name())
			}
			return t.Literal(s)
		}),
		python.Func("category(char)", func(_ *thread, a []value) (value, error) {
			s, _ := python.AsStr(a[0])
			r, n := utf8.DecodeRuneInString(s)
			if n == 0 || n < len(s) {
				return nil, python.Errorf(python.TypeError, "category() argument must be a unicode character, not %s", python.TypeOf(a[0]).Name())
			}
			return str(category(r)), nil
		}),
	), nil
}

// category is the general category of a character; Cn if it has none.
func category(r rune) string {
	if charname.Newer(r) {
		return "Cn"
	}
	for name, table := range unicode.Categories {
		if len(name) == 2 && name != "LC" && name != "Cn" && unicode.Is(table, r) {
			return name
		}
	}
	return "Cn"
}
