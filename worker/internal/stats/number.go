package stats

import (
	"math"

	"github.com/ugorji/go/codec"
)

// A Number is a number as Python has it: an int or a float. The master computes with what it gets, so whether a minimum is 5
// or 5.0 can be seen in its tables. The zero value is the int 0.
type Number struct {
	float   float64
	whole   int64
	isFloat bool
}

var _ codec.Selfer = (*Number)(nil)

// Float and Int make a Number.
func Float(f float64) Number { return Number{float: f, isFloat: true} }

// Int is a whole number.
func Int(n int64) Number { return Number{whole: n} }

// Float64 is the number as a float, whichever it is.
func (n Number) Float64() float64 {
	if n.isFloat {
		return n.float
	}
	return float64(n.whole)
}

// Int64 is the number as an int; ok is false if it is a float.
func (n Number) Int64() (whole int64, ok bool) { return n.whole, !n.isFloat }

// Plus is n + o. The sum of two ints is one, unless it is too large for the wire.
func (n Number) Plus(o Number) Number {
	if n.isFloat || o.isFloat {
		return Float(n.Float64() + o.Float64())
	}
	sum := n.whole + o.whole
	if (sum > n.whole) != (o.whole > 0) && o.whole != 0 {
		return Float(n.Float64() + o.Float64())
	}
	return Int(sum)
}

// Less says whether n < o, as Python compares an int with a float.
func (n Number) Less(o Number) bool {
	if !n.isFloat && !o.isFloat {
		return n.whole < o.whole
	}
	return n.Float64() < o.Float64()
}

// Max is Python's max(n, o): n, unless o is greater.
func (n Number) Max(o Number) Number {
	if n.Less(o) {
		return o
	}
	return n
}

// CodecEncodeSelf implements codec.Selfer.
func (n Number) CodecEncodeSelf(e *codec.Encoder) {
	if n.isFloat {
		e.MustEncode(n.float)
	} else {
		e.MustEncode(n.whole)
	}
}

// CodecDecodeSelf implements codec.Selfer.
func (n *Number) CodecDecodeSelf(d *codec.Decoder) {
	var v any
	d.MustDecode(&v)
	switch v := v.(type) {
	case float64:
		*n = Float(v)
	case int64:
		*n = Int(v)
	case uint64:
		*n = Int(int64(min(v, math.MaxInt64)))
	}
}
