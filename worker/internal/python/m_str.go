package python

import (
	"strings"
	"unicode"
)

func strArg(v Value, fn string) (string, error) {
	s, ok := AsStr(v)
	if !ok {
		return "", Errorf(TypeError, "%s() argument must be str, not %s", fn, v.typ().name)
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

// isDigit knows, beside the decimals, those that are raised, lowered or in a circle.
func isDigit(r rune) bool {
	switch {
	case r == '²' || r == '³' || r == '¹' || r == '⁰' || r >= '⁴' && r <= '⁹' || r >= '₀' && r <= '₉':
		return true
	case r >= '①' && r <= '⑨' || r >= '⑴' && r <= '⑼' || r >= '⒈' && r <= '⒐' || r >= '❶' && r <= '❾':
		return true
	}
	return unicode.IsDigit(r)
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
		testFunc("isdecimal", unicode.IsDigit),
		testFunc("isnumeric", unicode.IsNumber),
		testFunc("isalpha", unicode.IsLetter),
		testFunc("isalnum", func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }),
		testFunc("isspace", isSpace),
		strFunc("isprintable(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(!strings.ContainsFunc(s.s, func(r rune) bool { return !printable(r) })), nil
		}),
		strFunc("isascii(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) { return NewBool(s.ascii()), nil }),
		strFunc("isupper(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(upper(s.s) == s.s && strings.ToLower(s.s) != s.s), nil
		}),
		strFunc("islower(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(strings.ToLower(s.s) == s.s && upper(s.s) != s.s), nil
		}),
		strFunc("istitle(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			return NewBool(title(s.s) == s.s && strings.ToLower(s.s) != upper(s.s)), nil
		}),
		strFunc("isidentifier(self, /)", func(_ *Thread, s *Str, _ []Value) (Value, error) {
			for i, r := range s.s {
				if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
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
			n, err := t.index(a[1])
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

func title(s string) string {
	prev := false
	return strings.Map(func(r rune) rune {
		was := prev
		prev = unicode.IsLetter(r)
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToTitle(r)
	}, s)
}

func capitalize(s string) string {
	first := true
	return strings.Map(func(r rune) rune {
		if first {
			first = false
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
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
			return nil, Errorf(TypeError, "replace() argument %d must be str, not %s", i+1, v.typ().name)
		}
	}
	from, _ := AsStr(a[1])
	to, _ := AsStr(a[2])
	n := int64(-1)
	if a[3] != nil {
		var err error
		if n, err = t.index(a[3]); err != nil {
			return nil, err
		}
	}
	if err := t.room(len(s.s) + (strings.Count(s.s, from)+1)*len(to)); err != nil {
		return nil, err
	}
	return NewStr(strings.Replace(s.s, from, to, int(max(n, -1)))), nil
}

func padStr(sign, s string, width int64, fill rune, align byte) (Value, error) {
	if width > maxAlloc {
		return nil, NewException(MemoryError)
	}
	f := formatSpec{fill: fill, align: align, width: int(width)}
	return NewStr(f.pad(sign, s, align)), nil
}

func expandTabs(t *Thread, s *Str, a []Value) (Value, error) {
	size := int64(8)
	if a[1] != nil {
		var err error
		if size, err = t.index(a[1]); err != nil {
			return nil, err
		}
	}
	if size > maxAlloc {
		return nil, Errorf(OverflowError, "Python int too large to convert to C int")
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

// window returns the part of a str that start and end leave, and where it begins in code points.
func window(t *Thread, s *Str, start, end Value) (*Str, int, error) {
	if start == nil {
		start = None
	}
	if end == nil {
		end = None
	}
	a, b, _, err := t.bounds(&Slice{start, end, None}, s.length())
	if err != nil {
		return nil, 0, err
	}
	if a > b {
		return nil, a, nil
	}
	return s.sub(a, b), a, nil
}

func strSearch() []*Native { //nolint:funlen,gocognit // a table of short functions
	find := func(name string, last, raise bool) *Native {
		return strFunc(name+"(self, sub, start=None, end=None, /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			sub, ok := AsStr(a[1])
			if !ok {
				return nil, Errorf(TypeError, "must be str, not %s", a[1].typ().name)
			}
			w, at, err := window(t, s, a[2], a[3])
			if err != nil {
				return nil, err
			}
			i := -1
			if w != nil && last {
				i = strings.LastIndex(w.s, sub)
			} else if w != nil {
				i = strings.Index(w.s, sub)
			}
			if i < 0 {
				if raise {
					return nil, Errorf(ValueError, "substring not found")
				}
				return NewInt(-1), nil
			}
			return NewInt(int64(at + countRunes(w.s[:i]))), nil
		})
	}
	affix := func(name string, test func(s, x string) bool) *Native {
		return strFunc(name+"(self, prefix, start=None, end=None, /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			w, _, err := window(t, s, a[2], a[3])
			if err != nil || w == nil {
				return False, err
			}
			if tup, ok := a[1].(*Tuple); ok {
				for _, v := range tup.items {
					x, ok := AsStr(v)
					if !ok {
						return nil, Errorf(TypeError, "tuple for %s must only contain str, not %s", name, v.typ().name)
					}
					if test(w.s, x) {
						return True, nil
					}
				}
				return False, nil
			}
			x, ok := AsStr(a[1])
			if !ok {
				return nil, Errorf(TypeError, "%s first arg must be str or a tuple of str, not %s", name, a[1].typ().name)
			}
			return NewBool(test(w.s, x)), nil
		})
	}
	trimFix := func(name string, f func(s, x string) string) *Native {
		return strFunc(name+"(self, affix, /)", func(_ *Thread, s *Str, a []Value) (Value, error) {
			x, err := strArg(a[1], name)
			return NewStr(f(s.s, x)), err
		})
	}
	return []*Native{
		find("find", false, false), find("rfind", true, false), find("index", false, true), find("rindex", true, true),
		affix("startswith", strings.HasPrefix), affix("endswith", strings.HasSuffix),
		trimFix("removeprefix", strings.TrimPrefix), trimFix("removesuffix", strings.TrimSuffix),
		strFunc("count(self, sub, start=None, end=None, /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			sub, err := strArg(a[1], "count")
			if err != nil {
				return nil, err
			}
			w, _, err := window(t, s, a[2], a[3])
			if err != nil || w == nil {
				return NewInt(0), err
			}
			if sub == "" {
				return NewInt(int64(w.length() + 1)), nil
			}
			return NewInt(int64(strings.Count(w.s, sub))), nil
		}),
	}
}

func strSplits() []*Native { //nolint:funlen,gocognit // a table of short functions
	strip := func(name string, left, right bool) *Native {
		return strFunc(name+"(self, chars=None, /)", func(_ *Thread, s *Str, a []Value) (Value, error) {
			in := isSpace
			if a[1] != nil && a[1] != None {
				set, ok := AsStr(a[1])
				if !ok {
					return nil, Errorf(TypeError, "%s arg must be None or str", name)
				}
				in = func(r rune) bool { return strings.ContainsRune(set, r) }
			}
			r := s.s
			if left {
				r = strings.TrimLeftFunc(r, in)
			}
			if right {
				r = strings.TrimRightFunc(r, in)
			}
			return NewStr(r), nil
		})
	}
	just := func(name string, align byte) *Native {
		return strFunc(name+"(self, width, fillchar=' ', /)", func(t *Thread, s *Str, a []Value) (Value, error) {
			n, err := t.index(a[1])
			if err != nil {
				return nil, err
			}
			fill := ' '
			if a[2] != nil {
				f, _ := AsStr(a[2])
				if countRunes(f) != 1 {
					return nil, Errorf(TypeError, "The fill character must be exactly one character long")
				}
				fill, _ = nextRune(f)
			}
			if align == '^' { // str.center puts the odd one left if the width is odd
				pad := int(n) - s.length()
				if pad > 0 && n <= maxAlloc {
					left := pad/2 + (pad & int(n) & 1)
					return NewStr(strings.Repeat(string(fill), left) + s.s + strings.Repeat(string(fill), pad-left)), nil
				}
			}
			return padStr("", s.s, n, fill, align)
		})
	}
	part := func(name string, last bool) *Native {
		return strFunc(name+"(self, sep, /)", func(_ *Thread, s *Str, a []Value) (Value, error) {
			sep, err := strArg(a[1], name)
			if err != nil {
				return nil, err
			}
			if sep == "" {
				return nil, Errorf(ValueError, "empty separator")
			}
			i := strings.Index(s.s, sep)
			if last {
				i = strings.LastIndex(s.s, sep)
			}
			switch {
			case i < 0 && last:
				return NewTuple(emptyStr, emptyStr, s), nil
			case i < 0:
				return NewTuple(s, emptyStr, emptyStr), nil
			}
			return NewTuple(NewStr(s.s[:i]), NewStr(sep), NewStr(s.s[i+len(sep):])), nil
		})
	}
	split := func(name string, last bool) *Native {
		return strFunc(name+"(self, sep=None, maxsplit=-1)", func(t *Thread, s *Str, a []Value) (Value, error) {
			n := int64(-1)
			if a[2] != nil {
				var err error
				if n, err = t.index(a[2]); err != nil {
					return nil, err
				}
			}
			if a[1] == nil || a[1] == None {
				return strList(splitSpace(s.s, int(n), last)), nil
			}
			sep, ok := AsStr(a[1])
			if !ok {
				return nil, Errorf(TypeError, "must be str or None, not %s", a[1].typ().name)
			}
			if sep == "" {
				return nil, Errorf(ValueError, "empty separator")
			}
			return strList(splitSep(s.s, sep, int(n), last)), nil
		})
	}
	return []*Native{
		strip("strip", true, true), strip("lstrip", true, false), strip("rstrip", false, true),
		just("ljust", '<'), just("rjust", '>'), just("center", '^'),
		part("partition", false), part("rpartition", true), split("split", false), split("rsplit", true),
	}
}

func splitSep(s, sep string, n int, last bool) []string {
	if n < 0 || !last {
		if n >= 0 {
			n++
		}
		return strings.SplitN(s, sep, n)
	}
	var tail []string
	for ; n > 0; n-- {
		i := strings.LastIndex(s, sep)
		if i < 0 {
			break
		}
		tail = append([]string{s[i+len(sep):]}, tail...)
		s = s[:i]
	}
	return append([]string{s}, tail...)
}

func splitSpace(s string, n int, last bool) []string {
	if n < 0 {
		return strings.FieldsFunc(s, isSpace)
	}
	var out []string
	if last {
		for s = strings.TrimRightFunc(s, isSpace); s != ""; n-- {
			i := strings.LastIndexFunc(s, isSpace)
			if n == 0 || i < 0 {
				return append([]string{s}, out...)
			}
			_, w := nextRune(s[i:])
			out = append([]string{s[i+w:]}, out...)
			s = strings.TrimRightFunc(s[:i], isSpace)
		}
		return out
	}
	for s = strings.TrimLeftFunc(s, isSpace); s != ""; n-- {
		i := strings.IndexFunc(s, isSpace)
		if n == 0 || i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		s = strings.TrimLeftFunc(s[i:], isSpace)
	}
	return out
}
