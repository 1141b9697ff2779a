package python

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// encodeStr is str.encode.
func encodeStr(s *Str, encoding, errors string) (string, error) {
	limit := rune(0x110000)
	name := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(encoding))
	switch name {
	case "utf-8", "utf8", "u8":
		if utf8.ValidString(s.s) {
			return s.s, nil
		}
		name = "utf-8"
	case "ascii", "us-ascii":
		limit, name = 128, "ascii"
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1":
		limit, name = 256, "latin-1"
	case "utf-16", "utf-16-le", "utf-16-be", "utf-16le", "utf-16be":
		return encode16(s.s, name), nil
	default:
		return "", Errorf(LookupError, "unknown encoding: %s", encoding)
	}
	var b []byte
	for i, r := range runesOf(s.s) {
		bad := r >= limit || (name == "utf-8" && r >= 0xd800 && r < 0xe000)
		switch {
		case !bad && limit <= 256:
			b = append(b, byte(r))
		case !bad:
			b = utf8.AppendRune(b, r)
		case errors == "ignore":
		case errors == "replace":
			b = append(b, '?')
		case errors == "backslashreplace":
			b = append(b, asciiOnly(string(appendRune(nil, r)))...)
		case errors == "xmlcharrefreplace":
			b = fmt.Appendf(b, "&#%d;", r)
		case errors == "surrogatepass":
			b = appendRune(b, r)
		default:
			why := fmt.Sprintf("ordinal not in range(%d)", limit)
			if name == "utf-8" {
				why = "surrogates not allowed"
			}
			return "", codecError(UnicodeEncodeError, name, s, i, i+1, why)
		}
	}
	return string(b), nil
}

func encode16(s, name string) string {
	var b []byte
	big := strings.HasSuffix(name, "be")
	if name == "utf-16" {
		b = append(b, 0xff, 0xfe)
	}
	unit := func(u uint16) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	for _, r := range runesOf(s) {
		if r >= 0x10000 {
			r -= 0x10000
			unit(0xd800 + uint16(r>>10))
			unit(0xdc00 + uint16(r&0x3ff))
			continue
		}
		unit(uint16(r))
	}
	return string(b)
}

// Decode is bytes.decode.
func Decode(b, encoding, errors string) (string, error) {
	switch strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(encoding)) {
	case "utf-8", "utf8", "u8":
		return decodeUTF8(b, errors)
	case "utf-8-sig":
		return decodeUTF8(strings.TrimPrefix(b, "\ufeff"), errors)
	case "ascii", "us-ascii":
		for i := range len(b) {
			if b[i] >= 128 && errors == "strict" {
				return "", codecError(UnicodeDecodeError, "ascii", &Bytes{b}, i, i+1, "ordinal not in range(128)")
			}
		}
		return decodeUTF8(b, errors)
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1", "cp1252":
		out := make([]byte, 0, len(b))
		for i := range len(b) {
			out = utf8.AppendRune(out, rune(b[i]))
		}
		return string(out), nil
	case "utf-16", "utf-16-le", "utf-16le":
		b = strings.TrimPrefix(b, "\xff\xfe")
		return decode16(b), nil
	}
	return "", Errorf(LookupError, "unknown encoding: %s", encoding)
}

func decode16(b string) string {
	var out []byte
	for i := 0; i+1 < len(b); i += 2 {
		u := rune(b[i]) | rune(b[i+1])<<8
		if u >= 0xd800 && u < 0xdc00 && i+3 < len(b) {
			v := rune(b[i+2]) | rune(b[i+3])<<8
			u = 0x10000 + (u-0xd800)<<10 + (v - 0xdc00)
			i += 2
		}
		out = appendRune(out, u)
	}
	return string(out)
}

func decodeUTF8(b, errors string) (string, error) {
	if utf8.ValidString(b) {
		return b, nil
	}
	var out []byte
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRuneInString(b[i:])
		if r != utf8.RuneError || n > 1 {
			out = append(out, b[i:i+n]...)
			i += n
			continue
		}
		n, why := badUTF8(b[i:])
		switch errors {
		case "ignore":
		case "replace":
			out = append(out, "\ufffd"...)
		case "backslashreplace":
			for k := range n {
				out = fmt.Appendf(out, `\x%02x`, b[i+k])
			}
		case "surrogateescape":
			for k := range n {
				out = appendRune(out, 0xdc00+rune(b[i+k]))
			}
		default:
			return "", codecError(UnicodeDecodeError, "utf-8", &Bytes{b}, i, i+n, why)
		}
		i += n
	}
	return string(out), nil
}

// badUTF8 says how many bytes belong to a broken sequence, and CPython's reason.
func badUTF8(b string) (int, string) {
	var need int
	switch c := b[0]; {
	case c >= 0xc2 && c < 0xe0:
		need = 1
	case c >= 0xe0 && c < 0xf0:
		need = 2
	case c >= 0xf0 && c < 0xf5:
		need = 3
	default:
		return 1, "invalid start byte"
	}
	for n := 1; n <= need; n++ {
		if n >= len(b) {
			return n, "unexpected end of data"
		}
		lo, hi := byte(0x80), byte(0xbf)
		if n == 1 {
			switch b[0] {
			case 0xe0:
				lo = 0xa0
			case 0xed:
				hi = 0x9f
			case 0xf0:
				lo = 0x90
			case 0xf4:
				hi = 0x8f
			}
		}
		if b[n] < lo || b[n] > hi {
			return n, "invalid continuation byte"
		}
	}
	return 1, "invalid start byte"
}

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
			in[i] = v
			if v == nil {
				continue
			}
			if _, isStr := v.(*Str); isStr && (m.name == "count" || m.name == "find" || m.name == "index") {
				return nil, Errorf(TypeError, "argument should be integer or bytes-like object, not 'str'")
			} else if isStr {
				return nil, Errorf(TypeError, "a bytes-like object is required, not 'str'")
			}
			conv, err := toLatin(t, v, m.name == "join")
			if err != nil {
				return nil, err
			}
			in[i] = conv
		}
		if len(a) == 2 && isInt(a[1]) && (m.name == "find" || m.name == "count" || m.name == "index") {
			i, _ := AsInt(a[1])
			in[1] = privateBytes(string([]byte{byte(i)}))
		}
		r, err := fn(t, in)
		if err != nil {
			if m.name == "index" || m.name == "rindex" {
				return nil, Errorf(ValueError, "subsection not found")
			}
			return nil, err
		}
		return fromLatin(r, mutable), nil
	}
	return &w
}

func toLatin(t *Thread, v Value, deep bool) (Value, error) {
	switch x := v.(type) {
	case *Bytes, *ByteArray:
		b, _ := AsBytes(x)
		return privateBytes(b), nil
	case *Tuple:
		items := make([]Value, len(x.items))
		for i, y := range x.items {
			items[i], _ = toLatin(t, y, false)
		}
		return NewTuple(items...), nil
	}
	if !deep {
		return v, nil
	}
	items, err := t.ToSlice(v)
	if err != nil {
		return nil, err
	}
	for i, y := range items {
		if _, ok := AsBytes(y); !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected a bytes-like object, %s found", i, y.typ().name)
		}
		items[i], _ = toLatin(t, y, false)
	}
	return NewList(items...), nil
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
			b, err := toLatin(t, a[0], false)
			if err != nil {
				return nil, err
			}
			r, err := expandTabs(t, b.(*Str), a)
			return fromLatin(orNone(r), isByteArray(a[0])), err
		}),
		Func("isascii(self, /)", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			return NewBool(strings.IndexFunc(b, func(r rune) bool { return r >= 0x80 }) < 0), nil
		}),
		Func("translate(self, table, /, delete=b'')", translateBytes),
		Func("hex(self, sep=None, bytes_per_sep=1)", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			h := hex.EncodeToString([]byte(b))
			if sep, ok := a[1].(*Str); ok {
				var parts []string
				for i := 0; i < len(h); i += 2 {
					parts = append(parts, h[i:i+2])
				}
				h = strings.Join(parts, sep.s)
			}
			return NewStr(h), nil
		}),
		Func("splitlines(self, keepends=False)", func(t *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			keep := false
			if a[1] != nil {
				keep, _ = t.Truth(a[1])
			}
			l := NewList()
			for b != "" {
				i := strings.IndexAny(b, "\r\n")
				if i < 0 {
					l.Append(&Bytes{b})
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
				l.Append(&Bytes{b[:end]})
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
		if table, _ = AsBytes(a[1]); len(table) != 256 {
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
