package python

import (
	"slices"
	"strings"
	"unicode/utf8"
)

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
	if a > b || beyond(t, start, s.length()) {
		return nil, a, nil
	}
	return s.sub(a, b), a, nil
}

// beyond says whether a search begins behind the end, where not even nothing is found.
func beyond(t *Thread, start Value, n int) bool {
	if start == None {
		return false
	}
	i, err := t.index(start)
	return err == nil && i > int64(n)
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
			sub, ok := AsStr(a[1])
			if !ok {
				return nil, Errorf(TypeError, "must be str, not %s", a[1].typ().name)
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
				if !utf8.ValidString(s.s) || !utf8.ValidString(set) {
					return stripRunes(s.s, set, left, right), nil
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
			n, err := t.ssize(a[1])
			if err != nil {
				return nil, err
			}
			n = max(n, 0)
			fill := ' '
			if a[2] != nil {
				f, ok := AsStr(a[2])
				if !ok {
					return nil, Errorf(TypeError, "The fill character must be a unicode character, not %s", a[2].typ().name)
				}
				if countRunes(f) != 1 {
					return nil, Errorf(TypeError, "The fill character must be exactly one character long")
				}
				fill, _ = nextRune(f)
			}
			if align == '^' { // str.center puts the odd one left if the width is odd
				pad := int(n) - s.length()
				if pad > 0 && n <= maxAlloc {
					left := pad/2 + (pad & int(n) & 1)
					return NewStr(repeatRune(fill, left) + s.s + repeatRune(fill, pad-left)), nil
				}
			}
			return padStr("", s.s, n, fill, align)
		})
	}
	part := func(name string, last bool) *Native {
		return strFunc(name+"(self, sep, /)", func(_ *Thread, s *Str, a []Value) (Value, error) {
			sep, ok := AsStr(a[1])
			if !ok {
				return nil, Errorf(TypeError, "must be str, not %s", a[1].typ().name)
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
				if n, err = t.ssize(a[2]); err != nil {
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

// stripRunes is str.strip where there are lone surrogates, which Go's strings do not know.
func stripRunes(s, set string, left, right bool) *Str {
	rs, out := runesOf(s), runesOf(set)
	for left && len(rs) > 0 && slices.Contains(out, rs[0]) {
		rs = rs[1:]
	}
	for right && len(rs) > 0 && slices.Contains(out, rs[len(rs)-1]) {
		rs = rs[:len(rs)-1]
	}
	return fromRunes(rs)
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
