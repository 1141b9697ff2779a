package python

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

func intMethods() []*Native {
	one := func(name string, f func(b *big.Int) (Value, error)) *Native {
		return Func(name+"(self, /)", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBig(a[0])
			return f(b)
		})
	}
	return append([]*Native{
		one("bit_length", func(b *big.Int) (Value, error) { return NewInt(int64(b.BitLen())), nil }),
		one("bit_count", func(b *big.Int) (Value, error) {
			n := 0
			for _, w := range b.Bits() {
				n += bits.OnesCount(uint(w))
			}
			return NewInt(int64(n)), nil
		}),
		one("conjugate", func(b *big.Int) (Value, error) { return NewBig(b), nil }),
		one("__index__", func(b *big.Int) (Value, error) { return NewBig(b), nil }),
		one("__int__", func(b *big.Int) (Value, error) { return NewBig(b), nil }),
		Func("to_bytes(self, length=1, byteorder='big', *, signed=False)", toBytes),
	}, commonMethods("eq lt add mul mod hash repr format")...)
}

func floatMethods() []*Native {
	return append([]*Native{
		Func("is_integer(self, /)", func(_ *Thread, a []Value) (Value, error) {
			f, _ := AsFloat(a[0])
			return NewBool(f == math.Trunc(f) && !math.IsInf(f, 0)), nil
		}),
		Func("as_integer_ratio(self, /)", func(_ *Thread, a []Value) (Value, error) {
			f, _ := AsFloat(a[0])
			if math.IsNaN(f) {
				return nil, Errorf(ValueError, "cannot convert NaN to integer ratio")
			}
			r := new(big.Rat).SetFloat64(f)
			if r == nil {
				return nil, Errorf(OverflowError, "cannot convert Infinity to integer ratio")
			}
			return NewTuple(NewBig(new(big.Int).Set(r.Num())), NewBig(new(big.Int).Set(r.Denom()))), nil
		}),
		Func("hex(self, /)", func(_ *Thread, a []Value) (Value, error) {
			f, _ := AsFloat(a[0])
			if f == 0 || math.IsInf(f, 0) || math.IsNaN(f) {
				return NewStr(map[string]string{"0": "0x0.0p+0", "-0": "-0x0.0p+0", "+Inf": "inf", "-Inf": "-inf", "NaN": "nan"}[strconv.FormatFloat(f, 'g', -1, 64)]), nil
			}
			s := strconv.FormatFloat(f, 'x', 13, 64)
			i := strings.IndexByte(s, 'p')
			if i > 0 && len(s) == i+4 && s[i+2] == '0' {
				s = s[:i+2] + s[i+3:]
			}
			return NewStr(s), nil
		}),
		Func("__int__(self, /)", func(_ *Thread, a []Value) (Value, error) {
			f, _ := AsFloat(a[0])
			return floatToInt(f)
		}),
	}, commonMethods("eq lt add mul mod hash repr format")...)
}

func floatToInt(f float64) (Value, error) {
	switch {
	case math.IsNaN(f):
		return nil, Errorf(ValueError, "cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return nil, Errorf(OverflowError, "cannot convert float infinity to integer")
	case math.Abs(f) < 1<<62:
		return NewInt(int64(f)), nil
	}
	b, _ := big.NewFloat(f).Int(nil)
	return NewBig(b), nil
}

// parseInt is int(s, base) (Objects/longobject.c, PyLong_FromUnicodeObject).
func parseInt(t *Thread, v Value, s string, base int64) (Value, error) {
	fail := func() (Value, error) { return nil, t.noInt(v, base) }
	if base != 0 && (base < 2 || base > 36) {
		return nil, Errorf(ValueError, "int() base must be >= 2 and <= 36, or 0")
	}
	x := trimNumber(s)
	sign := ""
	if x != "" && (x[0] == '+' || x[0] == '-') {
		sign, x = strings.TrimPrefix(x[:1], "+"), x[1:]
	}
	b := int(base)
	if len(x) > 2 && x[0] == '0' {
		if p := map[byte]int{'x': 16, 'o': 8, 'b': 2}[x[1]|0x20]; p != 0 && (base == 0 || base == int64(p)) {
			b, x = p, strings.TrimPrefix(x[2:], "_")
		}
	}
	if b == 0 {
		b = 10
		if len(x) > 1 && x[0] == '0' && strings.Trim(x, "0_") != "" {
			return fail()
		}
	}
	if x == "" || x[0] == '_' || x[len(x)-1] == '_' || strings.Contains(x, "__") || x[0] == '+' || x[0] == '-' {
		return fail()
	}
	x = strings.ReplaceAll(x, "_", "")
	if len(x) > maxDigits && b&(b-1) != 0 {
		return nil, Errorf(ValueError, "Exceeds the limit (4300 digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", len(x))
	}
	n, ok := new(big.Int).SetString(sign+x, b)
	if !ok {
		return fail()
	}
	return NewBig(n), nil
}

// noInt is the error of int(v, base).
func (t *Thread) noInt(v Value, base int64) error {
	if b, ok := AsBytes(v); ok {
		v = NewBytes([]byte(b))
	}
	r, err := t.Repr(v)
	if err != nil {
		return err
	}
	if shown := runesOf(r); len(shown) > 200 {
		r = fromRunes(shown[:200]).s
	}
	return Errorf(ValueError, "invalid literal for int() with base %d: %s", base, r)
}

func parseFloat(t *Thread, v Value, s string) (Value, error) {
	x := trimNumber(s)
	low := strings.ToLower(strings.TrimLeft(x, "+-"))
	ok := low != "" && len(x)-len(low) <= 1
	switch low {
	case "inf", "infinity", "nan":
	default:
		ok = ok && (low[0] == '.' || (low[0] >= '0' && low[0] <= '9')) && !strings.ContainsAny(low, "xp") && underscored(low)
	}
	if ok {
		f, err := strconv.ParseFloat(strings.ReplaceAll(x, "_", ""), 64)
		if err == nil || strings.Contains(err.Error(), "out of range") {
			return Float(f), nil
		}
	}
	r, err := t.Repr(v)
	if err != nil {
		return nil, err
	}
	return nil, Errorf(ValueError, "could not convert string to float: %s", r)
}

// underscored says whether each underscore of a number stands between two digits.
func underscored(s string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range len(s) {
		if s[i] == '_' && (!digit(i-1) || !digit(i+1)) {
			return false
		}
	}
	return true
}

// ToFloat is float(v).
func (t *Thread) ToFloat(v Value) (float64, error) {
	u := unwrap(v)
	switch x := u.(type) {
	case *Str:
		f, err := parseFloat(t, v, plainNumber(x.s))
		if err != nil {
			return 0, err
		}
		return float64(f.(Float)), nil
	case *Bytes, *ByteArray:
		b, _ := AsBytes(x)
		f, err := parseFloat(t, v, b)
		if err != nil {
			return 0, err
		}
		return float64(f.(Float)), nil
	case Float, Int, Bool, *BigInt:
		return toFloat(u)
	}
	for _, name := range []string{"__float__", "__index__"} {
		if m := v.typ().lookup(name); m != nil {
			r, err := t.call(m, []Value{v}, nil)
			if err != nil {
				return 0, err
			}
			return toFloat(r)
		}
	}
	return 0, Errorf(TypeError, "float() argument must be a string or a real number, not '%s'", v.typ().name)
}

// toInt is int(v).
func (t *Thread) toInt(v Value) (Value, error) {
	u := unwrap(v)
	for _, name := range []string{"__int__", "__index__", "__trunc__"} {
		if m := userMethod(v.typ(), name); m != nil {
			return t.call(m, []Value{v}, nil)
		}
	}
	switch x := u.(type) {
	case Int, *BigInt:
		return u, nil
	case Bool:
		i, _ := smallInt(x)
		return NewInt(i), nil
	case Float:
		return floatToInt(float64(x))
	case *Str:
		return parseInt(t, v, plainNumber(x.s), 10)
	case *Bytes, *ByteArray:
		b, _ := AsBytes(x)
		return parseInt(t, v, b, 10)
	}
	return nil, Errorf(TypeError, "int() argument must be a string, a bytes-like object or a real number, not '%s'", v.typ().name)
}

// round is round(v, n): half to even on the exact value.
func (t *Thread) round(v, nd Value) (Value, error) {
	if m := userMethod(v.typ(), "__round__"); m != nil {
		if nd == nil {
			return t.call(m, []Value{v}, nil)
		}
		return t.call(m, []Value{v, nd}, nil)
	}
	u := unwrap(v)
	digits := int64(0)
	whole := nd == nil || nd == None
	if !whole {
		var err error
		if digits, err = t.index(nd); err != nil {
			return nil, err
		}
	}
	if b, ok := AsBig(u); ok {
		if whole || digits >= 0 {
			return NewBig(b), nil
		}
		return roundInt(b, -digits), nil
	}
	f, ok := u.(Float)
	if !ok {
		return nil, Errorf(TypeError, "type %s doesn't define __round__ method", v.typ().name)
	}
	x := float64(f)
	if whole {
		return floatToInt(math.RoundToEven(x))
	}
	if digits > 323 || math.IsNaN(x) || math.IsInf(x, 0) {
		return f, nil
	}
	if digits < -308 {
		return Float(math.Copysign(0, x)), nil
	}
	if digits >= 0 {
		r, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', int(digits), 64), 64)
		return Float(r), nil
	}
	b, _ := big.NewFloat(x).Int(nil)
	_ = b
	p := math.Pow(10, float64(-digits))
	return Float(math.RoundToEven(x/p) * p), nil
}

func roundInt(b *big.Int, n int64) Value {
	if n > 10000 {
		return NewInt(0)
	}
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
	q, m := floorDiv(b, p)
	c := new(big.Int).Lsh(m, 1).Cmp(p)
	if c > 0 || (c == 0 && q.Bit(0) == 1) {
		q.Add(q, big.NewInt(1))
	}
	return NewBig(q.Mul(q, p))
}

func rangeMethods() []*Native {
	return append([]*Native{
		Func("index(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			r := a[0].(*Range)
			ok, err := t.Contains(r, a[1])
			if err != nil {
				return nil, err
			}
			if !ok {
				if !isInt(unwrap(a[1])) {
					return nil, Errorf(ValueError, "sequence.index(x): x not in sequence")
				}
				s, _ := t.Repr(a[1])
				return nil, Errorf(ValueError, "%s is not in range", s)
			}
			i, _ := AsInt(a[1])
			return NewInt((i - r.start) / r.step), nil
		}),
		Func("count(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			ok, err := t.Contains(a[0], a[1])
			return NewInt(int64(b2i(ok))), err
		}),
		Func("__reversed__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0].(*Range).reversed(), nil }),
	}, commonMethods("iter len contains getitem eq repr")...)
}

// reversed is an iterator from the last to the first.
func (r *Range) reversed() Value {
	i := r.n
	return &iterator{cls: rangeIterType, next: func(*Thread) (Value, error) {
		if i--; i < 0 {
			return nil, nil //nolint:nilnil // the end
		}
		return NewInt(r.start + i*r.step), nil
	}}
}

func sliceMethods() []*Native {
	return []*Native{Func("indices(self, length, /)", func(t *Thread, a []Value) (Value, error) {
		n, err := t.index(a[1])
		if err != nil {
			return nil, err
		}
		x, y, z, err := t.bounds(a[0].(*Slice), int(n))
		return NewTuple(NewInt(int64(x)), NewInt(int64(y)), NewInt(int64(z))), err
	})}
}

// floatFromHex is float.fromhex.
func floatFromHex(_ *Thread, a []Value) (Value, error) {
	s, ok := AsStr(a[1])
	if !ok {
		return nil, Errorf(TypeError, "bad argument type for built-in operation")
	}
	x := strings.ToLower(strings.TrimFunc(s, isSpace))
	if body := strings.TrimLeft(x, "+-"); body != "" && body[0] >= '0' && body[0] <= '9' || strings.HasPrefix(body, "a") || strings.HasPrefix(body, ".") {
		if !strings.HasPrefix(body, "0x") {
			x = strings.TrimSuffix(x, body) + "0x" + body
		}
		if !strings.Contains(x, "p") {
			x += "p0"
		}
	}
	f, err := strconv.ParseFloat(x, 64)
	if err != nil {
		return nil, Errorf(ValueError, "invalid hexadecimal floating-point string")
	}
	return Float(f), nil
}
