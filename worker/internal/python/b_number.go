package python

import (
	"math/big"
)

func numberBuiltins() []*Native { //nolint:gocognit // a table of short functions
	based := func(name, prefix string, base int) *Native {
		return Func(name+"(number, /)", func(t *Thread, a []Value) (Value, error) {
			b, ok := AsBig(a[0])
			if !ok {
				n, err := t.index(a[0])
				if err != nil {
					return nil, err
				}
				b = big.NewInt(n)
			}
			s := prefix + new(big.Int).Abs(b).Text(base)
			if b.Sign() < 0 {
				s = "-" + s
			}
			return NewStr(s), nil
		})
	}
	return []*Native{
		based("hex", "0x", 16), based("oct", "0o", 8), based("bin", "0b", 2),
		Func("abs(x, /)", func(t *Thread, a []Value) (Value, error) {
			if m := userMethod(a[0].typ(), "__abs__"); m != nil {
				return t.call(m, []Value{a[0]}, nil)
			}
			return absolute(a[0])
		}),
		Func("round(number, ndigits=None)", func(t *Thread, a []Value) (Value, error) { return t.round(a[0], a[1]) }),
		Func("divmod(x, y, /)", divMod),
		Func("pow(base, exp, mod=None)", func(t *Thread, a []Value) (Value, error) {
			if a[2] == nil || a[2] == None {
				return t.binaryOp("**", a[0], a[1])
			}
			x, ok1 := AsBig(a[0])
			y, ok2 := AsBig(a[1])
			m, ok3 := AsBig(a[2])
			for _, x := range a {
				if !isInt(unwrap(x)) && !isFloat(unwrap(x)) {
					return nil, Errorf(TypeError, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", a[0].typ().name, a[1].typ().name, a[2].typ().name)
				}
			}
			if !ok1 || !ok2 || !ok3 {
				return nil, Errorf(TypeError, "pow() 3rd argument not allowed unless all arguments are integers")
			}
			if m.Sign() == 0 {
				return nil, Errorf(ValueError, "pow() 3rd argument cannot be 0")
			}
			if w := m.BitLen()/64 + 1; y.BitLen() > maxWork/w/w { // it would take minutes, and nothing could end it
				return nil, Errorf(OverflowError, "the modulus and the exponent are too large")
			}
			r := new(big.Int).Exp(x, y, new(big.Int).Abs(m))
			if r == nil {
				return nil, Errorf(ValueError, "base is not invertible for the given modulus")
			}
			_, r = floorDiv(r, m)
			return NewBig(r), nil
		}),
	}
}

func divMod(t *Thread, a []Value) (Value, error) {
	y, number := AsFloat(a[1])
	if _, numbers := AsFloat(a[0]); numbers && number && y == 0 && (isFloat(unwrap(a[0])) || isFloat(unwrap(a[1]))) {
		return nil, Errorf(ZeroDivisionError, "float divmod()")
	}
	q, err := t.binaryOp("//", a[0], a[1])
	if err != nil {
		if isA(err, TypeError) {
			return nil, Errorf(TypeError, "unsupported operand type(s) for divmod(): '%s' and '%s'", a[0].typ().name, a[1].typ().name)
		}
		return nil, err
	}
	r, err := t.binaryOp("%", a[0], a[1])
	return NewTuple(q, r), err
}
