package python

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// bytesMethods wraps the methods of str, which work on bytes that are Latin-1, where the meaning is the same.
func bytesMethods() []*Native {
	var out []*Native
	wrapped := map[string]bool{}
	for _, n := range []string{
		"find", "rfind", "index", "rindex", "startswith", "endswith", "removeprefix", "removesuffix", "count", "strip", "lstrip",
		"rstrip", "ljust", "rjust", "center", "partition", "rpartition", "split", "rsplit", "replace", "lower", "upper", "title",
		"capitalize", "swapcase", "istitle", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "zfill", "join",
	} {
		wrapped[n] = true
	}
	for _, m := range strMethods() {
		if wrapped[m.name] {
			out = append(out, bytesVia(m))
		}
	}
	return append(out, bytesOwn()...)
}

func bytesVia(m *Native) *Native {
	w := *m
	fn := m.bound
	w.bound = func(t *Thread, a []Value) (Value, error) {
		in := make([]Value, len(a))
		_, mutable := unwrap(a[0]).(*ByteArray)
		for i, v := range a {
			conv, err := t.bytesArgument(m.name, i, v)
			if err != nil {
				return nil, err
			}
			in[i] = conv
		}
		r, err := fn(t, in)
		if err != nil {
			if isA(err, ValueError) && (m.name == "index" || m.name == "rindex") {
				return nil, Errorf(ValueError, "subsection not found")
			}
			return nil, err
		}
		return fromLatin(r, mutable), nil
	}
	return &w
}

// hexOf is bytes.hex: groups of each bytes, counted from the right, or from the left if each is negative.
func (t *Thread) hexOf(b string, sep, each Value) (Value, error) {
	h := hex.EncodeToString([]byte(b))
	if sep == nil {
		return NewStr(h), nil
	}
	text, ok := AsStr(sep)
	length := len(runesOf(text))
	if !ok {
		if text, ok = AsBytes(sep); !ok {
			return nil, Errorf(TypeError, "object of type '%s' has no len()", sep.typ().name)
		}
		length = len(text)
	}
	switch {
	case length != 1:
		return nil, Errorf(ValueError, "sep must be length 1.")
	case text[0] >= utf8.RuneSelf:
		return nil, Errorf(ValueError, "sep must be ASCII.")
	}
	n := int64(1)
	if each != nil {
		var err error
		if n, err = t.cInt(each); err != nil {
			return nil, err
		}
	}
	size := 2 * int(max(n, -n))
	if n == 0 || size > len(h) || size < 0 {
		return NewStr(h), nil
	}
	first := size
	if rest := len(h) % size; n > 0 && rest > 0 {
		first = rest
	}
	parts := []string{h[:first]}
	for i := first; i < len(h); i += size {
		parts = append(parts, h[i:min(i+size, len(h))])
	}
	return NewStr(strings.Join(parts, text)), nil
}

func fromLatin(v Value, mutable bool) Value {
	switch x := v.(type) {
	case *Str:
		b := publicBytes(x.s)
		if mutable {
			return &ByteArray{b}
		}
		return NewBytes(b)
	case *List:
		for i := range x.items {
			x.items[i] = fromLatin(x.items[i], mutable)
		}
	case *Tuple:
		items := make([]Value, len(x.items))
		for i := range x.items {
			items[i] = fromLatin(x.items[i], mutable)
		}
		return NewTuple(items...)
	}
	return v
}

func bytesOwn() []*Native {
	return append([]*Native{
		Func("decode(self, encoding='utf-8', errors='strict')", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			s, err := Decode(b, orStr(a[1], "utf-8"), orStr(a[2], "strict"))
			return NewStr(s), err
		}),
		Func("expandtabs(self, tabsize=8)", func(t *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			r, err := expandTabs(t, privateBytes(b), a)
			return fromLatin(orNone(r), isByteArray(a[0])), err
		}),
		Func("isascii(self, /)", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			return NewBool(strings.IndexFunc(b, func(r rune) bool { return r >= 0x80 }) < 0), nil
		}),
		Func("translate(self, table, /, delete=b'')", translateBytes),
		Func("hex(self, sep=None, bytes_per_sep=1)", func(t *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			return t.hexOf(b, a[1], a[2])
		}),
		Func("splitlines(self, keepends=False)", func(t *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			keep := false
			if a[1] != nil {
				keep, _ = t.Truth(a[1])
			}
			l, piece := NewList(), bytesLike(a[0])
			for b != "" {
				i := strings.IndexAny(b, "\r\n")
				if i < 0 {
					l.Append(piece(b))
					break
				}
				n := i + 1
				if strings.HasPrefix(b[i:], "\r\n") {
					n++
				}
				end := i
				if keep {
					end = n
				}
				l.Append(piece(b[:end]))
				b = b[n:]
			}
			return l, nil
		}),
	}, commonMethods("iter len contains getitem eq lt add mul mod hash repr")...)
}

// makeBytes is bytes(v) for one argument.
func makeBytes(t *Thread, v Value) (string, error) {
	if b, ok := AsBytes(v); ok {
		return b, nil
	}
	if n, ok := AsInt(v); ok {
		switch {
		case n < 0:
			return "", Errorf(ValueError, "negative count")
		}
		if err := t.room(int(n)); err != nil {
			return "", err
		}
		return strings.Repeat("\x00", int(n)), nil
	}
	if _, ok := AsBig(v); ok {
		return "", Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
	}
	if _, ok := AsStr(v); ok {
		return "", Errorf(TypeError, "string argument without an encoding")
	}
	if m := v.typ().lookup("__bytes__"); m != nil {
		r, err := t.call(m, []Value{v}, nil)
		if err != nil {
			return "", err
		}
		b, _ := AsBytes(r)
		return b, nil
	}
	if indexes(v) {
		n, err := t.fitting(v, OverflowError, "cannot fit '"+v.typ().name+"' into an index-sized integer")
		if err != nil {
			return "", err
		}
		return makeBytes(t, NewInt(n))
	}
	if v.typ().lookup("__iter__") == nil {
		return "", Errorf(TypeError, "cannot convert '%s' object to bytes", v.typ().name)
	}
	var b []byte
	err := t.Each(v, func(x Value) error {
		n, err := t.index(x)
		if err != nil {
			return err
		}
		if n < 0 || n > 255 {
			return Errorf(ValueError, "bytes must be in range(0, 256)")
		}
		b = append(b, byte(n))
		return nil
	})
	return string(b), err
}

func isByteArray(v Value) bool {
	_, ok := unwrap(v).(*ByteArray)
	return ok
}

func makeByteTable(_ *Thread, a []Value) (Value, error) {
	from, ok1 := AsBytes(a[0])
	to, ok2 := AsBytes(a[1])
	if !ok1 || !ok2 || len(from) != len(to) {
		return nil, Errorf(ValueError, "maketrans arguments must have same length")
	}
	table := make([]byte, 256)
	for i := range table {
		table[i] = byte(i)
	}
	for i := range len(from) {
		table[from[i]] = to[i]
	}
	return NewBytes(table), nil
}

func translateBytes(_ *Thread, a []Value) (Value, error) {
	b, _ := AsBytes(a[0])
	table, drop := "", ""
	if a[1] != None {
		var ok bool
		if table, ok = AsBytes(a[1]); !ok {
			return nil, notBytes(a[1])
		}
		if len(table) != 256 {
			return nil, Errorf(ValueError, "translation table must be 256 characters long")
		}
	}
	if a[2] != nil {
		drop, _ = AsBytes(a[2])
	}
	out := make([]byte, 0, len(b))
	for i := range len(b) {
		c := b[i]
		if strings.IndexByte(drop, c) >= 0 {
			continue
		}
		if table != "" {
			c = table[c]
		}
		out = append(out, c)
	}
	if isByteArray(a[0]) {
		return &ByteArray{out}, nil
	}
	return NewBytes(out), nil
}

// bytesLike makes pieces of bytes, or of a bytearray.
func bytesLike(v Value) func(b string) Value {
	if isByteArray(v) {
		return func(b string) Value { return &ByteArray{[]byte(b)} }
	}
	return func(b string) Value { return &Bytes{b} }
}
