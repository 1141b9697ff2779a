package python

import (
	"math/big"
	"slices"
)

// toBytes is int.to_bytes.
func toBytes(t *Thread, a []Value) (Value, error) {
	b, _ := AsBig(a[0])
	n := int64(1)
	if a[1] != nil {
		var err error
		if n, err = t.ssize(a[1]); err != nil {
			return nil, err
		}
	}
	little, err := isLittle("to_bytes", a[2])
	if err != nil {
		return nil, err
	}
	signed, err := t.truthOr(a[3], false)
	switch {
	case err != nil:
		return nil, err
	case n < 0:
		return nil, Errorf(ValueError, "length argument must be non-negative")
	case b.Sign() < 0 && !signed:
		return nil, Errorf(OverflowError, "can't convert negative int to unsigned")
	case !fitsBytes(b, n, signed):
		return nil, Errorf(OverflowError, "int too big to convert")
	}
	if err := t.room(int(n)); err != nil {
		return nil, err
	}
	if b.Sign() < 0 { // its two's complement
		b = new(big.Int).Add(b, new(big.Int).Lsh(big.NewInt(1), uint(8*n)))
	}
	out := b.FillBytes(make([]byte, n))
	if little {
		slices.Reverse(out)
	}
	return NewBytes(out), nil
}

// fitsBytes says whether n bytes hold a number; a sign takes a bit. CPython lets -1 pass in no bytes at all.
func fitsBytes(b *big.Int, n int64, signed bool) bool {
	bits := int64(b.BitLen())
	if signed && b.Sign() < 0 {
		bits = int64(new(big.Int).Not(b).BitLen())
	}
	if signed && b.Sign() != 0 && (n != 0 || bits != 0) {
		bits++
	}
	return (bits+7)/8 <= n
}

// fromBytes is int.from_bytes.
func fromBytes(t *Thread, a []Value) (Value, error) {
	little, err := isLittle("from_bytes", a[2])
	if err != nil {
		return nil, err
	}
	if _, text := AsStr(a[1]); text || isInt(unwrap(a[1])) {
		return nil, Errorf(TypeError, "cannot convert '%s' object to bytes", a[1].typ().name)
	}
	s, err := makeBytes(t, a[1])
	if err != nil {
		return nil, err
	}
	signed, err := t.truthOr(a[3], false)
	if err != nil {
		return nil, err
	}
	b := []byte(s)
	if little {
		slices.Reverse(b)
	}
	n := new(big.Int).SetBytes(b)
	if signed && len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	if cls, ok := a[0].(*Type); ok && cls != intType {
		return t.call(cls, []Value{NewBig(n)}, nil)
	}
	return NewBig(n), nil
}

// isLittle reads an argument byteorder.
func isLittle(method string, order Value) (bool, error) {
	if order == nil {
		return false, nil
	}
	name, ok := AsStr(order)
	switch {
	case !ok:
		return false, Errorf(TypeError, "%s() argument 'byteorder' must be str, not %s", method, clinicName(order))
	case name != "little" && name != "big":
		return false, Errorf(ValueError, "byteorder must be either 'little' or 'big'")
	}
	return name == "little", nil
}

// truthOr is bool(v), or dflt where there is no argument.
func (t *Thread) truthOr(v Value, dflt bool) (bool, error) {
	if v == nil {
		return dflt, nil
	}
	return t.Truth(v)
}
