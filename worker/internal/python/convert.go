package python

import (
	"strings"
	"unicode/utf8"
)

func newIntObject(t *Thread, cls *Type, args Args) (Value, error) {
	base := args.Kw("base")
	if len(args.Pos) == 2 {
		base = args.Pos[1]
	}
	if len(args.Pos) == 0 {
		if base != nil {
			return nil, Errorf(TypeError, "int() missing string argument")
		}
		return payload(cls, intType, NewInt(0)), nil
	}
	if base == nil {
		v, err := t.toInt(args.Pos[0])
		if err != nil {
			return nil, err
		}
		return payload(cls, intType, v), nil
	}
	n, err := t.index(base)
	if err != nil {
		return nil, err
	}
	s, ok := AsStr(args.Pos[0])
	if s = plainNumber(s); !ok {
		if s, ok = AsBytes(args.Pos[0]); !ok || isView(args.Pos[0]) {
			return nil, Errorf(TypeError, "int() can't convert non-string with explicit base")
		}
	}
	v, err := parseInt(t, args.Pos[0], s, n)
	if err != nil {
		return nil, err
	}
	return payload(cls, intType, v), nil
}

func newStrObject(t *Thread, cls *Type, args Args) (Value, error) {
	enc, errs := args.Kw("encoding"), args.Kw("errors")
	if len(args.Pos) > 1 {
		enc = args.Pos[1]
	}
	if len(args.Pos) > 2 {
		errs = args.Pos[2]
	}
	if len(args.Pos) == 0 {
		return payload(cls, strType, emptyStr), nil
	}
	if enc != nil || errs != nil {
		if _, ok := AsStr(args.Pos[0]); ok {
			return nil, Errorf(TypeError, "decoding str is not supported")
		}
		b, ok := AsBytes(args.Pos[0])
		if !ok {
			return nil, Errorf(TypeError, "decoding to str: need a bytes-like object, %s found", args.Pos[0].typ().name)
		}
		s, err := Decode(b, orStr(enc, "utf-8"), orStr(errs, "strict"))
		return payload(cls, strType, NewStr(s)), err
	}
	if s, ok := args.Pos[0].(*Str); ok {
		return payload(cls, strType, s), nil
	}
	s, err := t.Str(args.Pos[0])
	return payload(cls, strType, NewStr(s)), err
}

func bytesArgs(t *Thread, args Args) (string, error) {
	enc := args.Kw("encoding")
	if len(args.Pos) > 1 {
		enc = args.Pos[1]
	}
	if len(args.Pos) == 0 {
		return "", nil
	}
	if enc != nil {
		s, ok := unwrap(args.Pos[0]).(*Str)
		if !ok {
			return "", Errorf(TypeError, "encoding without a string argument")
		}
		return encodeStr(s, orStr(enc, "utf-8"), "strict")
	}
	return makeBytes(t, args.Pos[0])
}

func fromHex(_ *Thread, a []Value) (Value, error) {
	s, ok := AsStr(a[1])
	if !ok {
		return nil, Errorf(TypeError, "fromhex() argument must be str, not %s", clinicName(a[1]))
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		return nil, Errorf(ValueError, "non-hexadecimal number found in fromhex() arg at position %d", i)
	}
	var out []byte
	for i := 0; i < len(s); {
		if isSpace(rune(s[i])) {
			i++
			continue
		}
		hi, lo := hexDigit(s, i), hexDigit(s, i+1)
		if hi < 0 || lo < 0 {
			if hi >= 0 {
				i++
			}
			return nil, Errorf(ValueError, "non-hexadecimal number found in fromhex() arg at position %d", i)
		}
		out = append(out, byte(hi<<4|lo))
		i += 2
	}
	if a[0] == Value(byteArrayType) {
		return &ByteArray{out}, nil
	}
	return NewBytes(out), nil
}

func hexDigit(s string, i int) int {
	if i >= len(s) {
		return -1
	}
	switch c := s[i] | 0x20; {
	case s[i] >= '0' && s[i] <= '9':
		return int(s[i] - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

func makeTrans(t *Thread, a []Value) (Value, error) {
	d := NewDict()
	if src, ok := a[0].(*Dict); ok && a[1] == nil {
		var err error
		src.All(func(k, v Value) bool {
			if s, ok := k.(*Str); ok {
				r, _ := nextRune(s.s)
				k = NewInt(int64(r))
			}
			err = d.Set(t, k, v)
			return err == nil
		})
		return d, err
	}
	from, _ := AsStr(a[0])
	to, _ := AsStr(orNone(a[1]))
	x, y := runesOf(from), runesOf(to)
	if len(x) != len(y) {
		return nil, Errorf(ValueError, "the first two maketrans arguments must have equal length")
	}
	for i := range x {
		if err := d.Set(t, NewInt(int64(x[i])), NewInt(int64(y[i]))); err != nil {
			return nil, err
		}
	}
	if a[2] != nil {
		z, _ := AsStr(a[2])
		for _, r := range runesOf(z) {
			if err := d.Set(t, NewInt(int64(r)), None); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

func newRange(t *Thread, _ *Type, args Args) (Value, error) {
	if len(args.Pos) < 1 || len(args.Pos) > 3 {
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "range expected at least 1 argument, got 0")
		}
		return nil, Errorf(TypeError, "range expected at most 3 arguments, got %d", len(args.Pos))
	}
	var n [3]int64
	for i, v := range args.Pos {
		var err error
		if n[i], err = t.index(v); err != nil {
			return nil, err
		}
	}
	r := &Range{0, n[0], 1, 0}
	if len(args.Pos) > 1 {
		r.start, r.stop = n[0], n[1]
	}
	if len(args.Pos) > 2 {
		if r.step = n[2]; r.step == 0 {
			return nil, Errorf(ValueError, "range() arg 3 must not be zero")
		}
	}
	if r.step > 0 && r.stop > r.start {
		r.n = int64((uint64(r.stop)-uint64(r.start)-1)/uint64(r.step)) + 1
	} else if r.step < 0 && r.stop < r.start {
		r.n = int64((uint64(r.start)-uint64(r.stop)-1)/uint64(-r.step)) + 1
	}
	return r, nil
}
