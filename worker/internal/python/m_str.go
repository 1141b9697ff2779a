package python

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func strArg(v Value, fn string) (string, error) {
	s, ok := AsStr(v)
	if !ok {
		return "", Errorf(TypeError, "%s() argument must be str, not %s", fn, clinicName(v))
	}
	return s, nil
}

func selfStr(a []Value) *Str { return unwrap(a[0]).(*Str) }

type strFn func(t *Thread, s *Str, a []Value) (Value, error)

func strFunc(sig string, fn strFn) *Native {
	return Func(sig, func(t *Thread, a []Value) (Value, error) { return fn(t, selfStr(a), a) })
}

func mapFunc(name string, f func(string) string) *Native {
	return strFunc(name+"(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) { return NewStr(f(s.s)), nil })
}

// testFunc is a predicate over all code points, of which there must be one.
func testFunc(name string, f func(r rune) bool) *Native {
	return strFunc(name+"(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
		for _, r := range runesOf(s.s) {
			if !f(r) {
				return False, nil
			}
		}
		return NewBool(s.s != ""), nil
	})
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || (r >= 0x1c && r <= 0x1f)
}

func strMethods() []*Native { //nolint:funlen // a table of short functions
	out := []*Native{
		mapFunc("lower", lower),
		mapFunc("upper", upper),
		mapFunc("casefold", fold),
		mapFunc("title", title),
		mapFunc("capitalize", capitalize),
		mapFunc("swapcase", swapCase),
		testFunc("isdigit", isDigit),
		testFunc("isdecimal", isDecimal),
		testFunc("isnumeric", isNumeric),
		testFunc("isalpha", isLetter),
		testFunc("isalnum", func(r rune) bool { return isLetter(r) || isNumeric(r) }),
		testFunc("isspace", isSpace),
		strFunc("isprintable(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(!slices.ContainsFunc(runesOf(s.s), func(r rune) bool { return !printable(r) })), nil
		}),
		strFunc("isascii(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) { return NewBool(s.ascii()), nil }),
		strFunc("isupper(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(upper(s.s) == s.s && mapRunes(unicode.ToLower, s.s) != s.s), nil
		}),
		strFunc("islower(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(mapRunes(unicode.ToLower, s.s) == s.s && upper(s.s) != s.s), nil
		}),
		strFunc("istitle(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(isTitle(s.s)), nil
		}),
		strFunc("isidentifier(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			for i, r := range s.s {
				if r != '_' && !isLetter(r) && (i == 0 || !isDecimal(r)) {
					return False, nil
				}
			}
			return NewBool(s.s != ""), nil
		}),
		strFunc("join(self, iterable, /)", joinStr),
		strFunc("replace(self, old, new, count=-1, /)", replaceStr),
		strFunc("encode(self, encoding='utf-8', errors='strict')", func(_ *Thread, s *Str, a []Value) (Value, error) {
			b, err := encodeStr(s, orStr(a[1], "utf-8"), orStr(a[2], "strict"))
			return &Bytes{b}, err
		}),
		RawFunc("format", func(t *Thread, args Args) (Value, error) {
			s, err := t.formatMethod(unwrap(args.Pos[0]).(*Str).s, Args{Pos: args.Pos[1:]}, func(name string) (Value, error) {
				if v := args.Kw(name); v != nil {
					return v, nil
				}
				return nil, NewException(KeyError, NewStr(name))
			})
			return NewStr(s), err
		}),
		strFunc("format_map(self, mapping, /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			r, err := t.formatMethod(s.s, Args{}, func(name string) (Value, error) { return t.GetItem(a[1], NewStr(name)) })
			return NewStr(r), err
		}),
		strFunc("zfill(self, width, /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			n, err := t.ssize(a[1])
			if err != nil {
				return nil, err
			}
			sign, rest := "", s.s
			if rest != "" && (rest[0] == '-' || rest[0] == '+') {
				sign, rest = rest[:1], rest[1:]
			}
			return padStr(sign, rest, n, '0', '=')
		}),
		strFunc("expandtabs(self, tabsize=8)", expandTabs),
		strFunc("splitlines(self, keepends=False)", func(t *Thread, s *Str, a []Value) (Value, error) {
			keep := false
			if a[1] != nil {
				keep, _ = t.Truth(a[1])
			}
			return strList(SplitLines(s.s, keep)), nil
		}),
		strFunc("translate(self, table, /)", translate),
	}
	out = append(out, strSearch()...)
	out = append(out, strSplits()...)
	return append(out, commonMethods("iter len contains getitem eq lt add mul mod hash repr str format")...)
}

func orStr(v Value, dflt string) string {
	if s, ok := v.(*Str); ok {
		return s.s
	}
	return dflt
}

func strList(ss []string) *List {
	out := make([]Value, len(ss))
	for i, s := range ss {
		out[i] = NewStr(s)
	}
	return &List{out}
}

func joinStr(t *Thread, s *Str, a []Value) (Value, error) {
	items, err := t.ToSlice(a[1])
	if err != nil {
		if isA(err, TypeError) && a[1].typ().lookup("__iter__") == nil {
			return nil, Errorf(TypeError, "can only join an iterable")
		}
		return nil, err
	}
	n := 0
	for i, v := range items {
		x, ok := AsStr(v)
		if !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected str instance, %s found", i, v.typ().name)
		}
		n += len(x) + len(s.s)
	}
	if err := t.room(n); err != nil {
		return nil, err
	}
	var sb strings.Builder
	sb.Grow(n)
	for i, v := range items {
		if i > 0 {
			sb.WriteString(s.s)
		}
		x, _ := AsStr(v)
		sb.WriteString(x)
	}
	return NewStr(sb.String()), nil
}

func replaceStr(t *Thread, s *Str, a []Value) (Value, error) {
	for i, v := range a[1:3] {
		if _, ok := AsStr(v); !ok {
			return nil, Errorf(TypeError, "replace() argument %d must be str, not %s", i+1, clinicName(v))
		}
	}
	from, _ := AsStr(a[1])
	to, _ := AsStr(a[2])
	n := int64(-1)
	if a[3] != nil {
		var err error
		if n, err = t.ssize(a[3]); err != nil {
			return nil, err
		}
	}
	if err := t.room(len(s.s) + (strings.Count(s.s, from)+1)*len(to)); err != nil {
		return nil, err
	}
	if from == "" && !utf8.ValidString(s.s) {
		return NewStr(putBetween(s.s, to, n)), nil
	}
	return NewStr(strings.Replace(s.s, from, to, int(max(n, -1)))), nil
}

// putBetween puts a text before the first n characters of another and at its end, before and after all of them if n is
// negative. Go knows it of valid UTF-8 only.
func putBetween(s, text string, n int64) string {
	var out strings.Builder
	for ; s != "" && n != 0; n-- {
		_, size := nextRune(s)
		out.WriteString(text + s[:size])
		s = s[size:]
	}
	if n != 0 {
		out.WriteString(text)
	}
	return out.String() + s
}

// repeatRune is a character n times, a lone surrogate too.
func repeatRune(r rune, n int) string { return strings.Repeat(string(appendRune(nil, r)), n) }

func padStr(sign, s string, width int64, fill rune, align byte) (Value, error) {
	if width > maxAlloc {
		return nil, NewException(MemoryError)
	}
	f := formatSpec{fill: fill, align: align, width: int(max(width, 0))}
	return NewStr(f.pad(sign, s, align)), nil
}

func expandTabs(t *Thread, s *Str, a []Value) (Value, error) {
	size := int64(8)
	if a[1] != nil {
		var err error
		if size, err = t.cInt(a[1]); err != nil {
			return nil, err
		}
	}
	if err := t.room(len(s.s) + strings.Count(s.s, "\t")*int(max(size, 0))); err != nil {
		return nil, err
	}
	var b []byte
	col := int64(0)
	for _, r := range runesOf(s.s) {
		switch {
		case r == '\t' && size > 0:
			n := size - col%size
			b = append(b, strings.Repeat(" ", int(n))...)
			col += n
			continue
		case r == '\t':
			continue
		case r == '\n' || r == '\r':
			col = -1
		}
		col++
		b = appendRune(b, r)
	}
	return NewStr(string(b)), nil
}

// SplitLines is str.splitlines, with all the line ends of Unicode.
func SplitLines(s string, keep bool) []string {
	var out []string
	for s != "" {
		i := strings.IndexAny(s, "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029")
		if i < 0 {
			return append(out, s)
		}
		_, n := nextRune(s[i:])
		if strings.HasPrefix(s[i:], "\r\n") {
			n = 2
		}
		end := i
		if keep {
			end += n
		}
		out = append(out, s[:end])
		s = s[i+n:]
	}
	return out
}

func translate(t *Thread, s *Str, a []Value) (Value, error) {
	var b []byte
	for _, r := range runesOf(s.s) {
		if err := t.grown(len(b), chargedPage/checkEvery); err != nil {
			return nil, err
		}
		if err := t.tick(); err != nil {
			return nil, err
		}
		v, err := t.GetItem(a[1], NewInt(int64(r)))
		if err != nil {
			if isA(err, LookupError) {
				b = appendRune(b, r)
				continue
			}
			return nil, err
		}
		switch x := v.(type) {
		case *Str:
			b = append(b, x.s...)
		case Int:
			b = appendRune(b, rune(x))
		}
	}
	return NewStr(string(b)), nil
}
