package python

import (
	"math"
	"math/big"
	"math/bits"

	"gregaria/worker/internal/python/libm"
)

// maxBits bounds the size of an int; CPython would run out of memory or time long before.
const maxBits = 1 << 22

func both(a, b Value) (x, y int64, ok bool) {
	x, ok = smallInt(a)
	if ok {
		y, ok = smallInt(b)
	}
	return x, y, ok
}

func smallInt(v Value) (int64, bool) {
	switch v := v.(type) {
	case Int:
		return int64(v), true
	case Bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

func isFloat(a Value) bool { _, ok := a.(Float); return ok }

func isInt(v Value) bool {
	switch v.(type) {
	case Int, Bool, *BigInt:
		return true
	}
	return false
}

// toFloat converts a number for an operation with a float.
func toFloat(v Value) (float64, error) {
	f, ok := AsFloat(v)
	if !ok {
		return 0, Errorf(OverflowError, "int too large to convert to float")
	}
	return f, nil
}

var intOnly = map[string]bool{"<<": true, ">>": true, "&": true, "|": true, "^": true, "@": true}

func intOp(op string, x, y int64, a, b Value) (Value, error) { //nolint:gocognit // one case a kind of value
	switch op {
	case "+":
		if r := x + y; (r > x) == (y > 0) {
			return NewInt(r), nil
		}
	case "-":
		if r := x - y; (r < x) == (y > 0) {
			return NewInt(r), nil
		}
	case "*":
		hi, lo := bits.Mul64(uint64(absInt(x)), uint64(absInt(y)))
		if hi == 0 && lo < 1<<63 {
			return NewInt(x * y), nil
		}
	case "/":
		if y == 0 {
			return nil, Errorf(ZeroDivisionError, "division by zero")
		}
		if absInt(x) < 1<<53 && absInt(y) < 1<<53 && x != math.MinInt64 && y != math.MinInt64 {
			return Float(float64(x) / float64(y)), nil
		}
	case "//", "%":
		if y == 0 {
			return nil, Errorf(ZeroDivisionError, "integer %s by zero", map[string]string{"//": "division or modulo", "%": "modulo"}[op])
		}
		if x != math.MinInt64 {
			q, r := x/y, x%y
			if r != 0 && (r < 0) != (y < 0) {
				q, r = q-1, r+y
			}
			if op == "%" {
				return NewInt(r), nil
			}
			return NewInt(q), nil
		}
	case "&", "|", "^":
		return bitOp(op, x, y, a, b), nil
	case ">>":
		if y >= 0 {
			return NewInt(x >> min(uint64(y), 63)), nil
		}
	}
	return bigOp(op, big.NewInt(x), big.NewInt(y))
}

func bitOp(op string, x, y int64, a, b Value) Value {
	r := x & y
	switch op {
	case "|":
		r = x | y
	case "^":
		r = x ^ y
	}
	if _, ok := a.(Bool); ok {
		if _, ok := b.(Bool); ok {
			return NewBool(r != 0)
		}
	}
	return NewInt(r)
}

func absInt(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}

func bigOp(op string, x, y *big.Int) (Value, error) {
	z := new(big.Int)
	switch op {
	case "+":
		return NewBig(z.Add(x, y)), nil
	case "-":
		return NewBig(z.Sub(x, y)), nil
	case "*":
		if x.BitLen()+y.BitLen() > maxBits {
			return nil, NewException(MemoryError)
		}
		return NewBig(z.Mul(x, y)), nil
	case "/":
		return bigDivide(x, y)
	case "//", "%":
		if y.Sign() == 0 {
			return intOp(op, 1, 0, nil, nil)
		}
		q, m := floorDiv(x, y)
		if op == "%" {
			return NewBig(m), nil
		}
		return NewBig(q), nil
	case "**":
		return intPow(x, y)
	case "&":
		return NewBig(z.And(x, y)), nil
	case "|":
		return NewBig(z.Or(x, y)), nil
	case "^":
		return NewBig(z.Xor(x, y)), nil
	case "<<", ">>":
		return shift(op, x, y)
	}
	return NotImplemented, nil
}

// maxWork is how many products of words pow(x, y, m) may take: some seconds.
const maxWork = 1 << 32

func floorDiv(x, y *big.Int) (q, m *big.Int) {
	q, m = new(big.Int).QuoRem(x, y, new(big.Int))
	if m.Sign() != 0 && (m.Sign() < 0) != (y.Sign() < 0) {
		q.Sub(q, big.NewInt(1))
		m.Add(m, y)
	}
	return q, m
}

// bigDivide is the correctly rounded quotient (Objects/longobject.c, long_true_divide).
func bigDivide(x, y *big.Int) (Value, error) {
	if y.Sign() == 0 {
		return nil, Errorf(ZeroDivisionError, "division by zero")
	}
	f, _ := new(big.Rat).SetFrac(x, y).Float64()
	if x.Sign() == 0 && y.Sign() < 0 {
		f = math.Copysign(0, -1)
	}
	if math.IsInf(f, 0) {
		return nil, Errorf(OverflowError, "integer division result too large for a float")
	}
	return Float(f), nil
}

func intPow(x, y *big.Int) (Value, error) {
	if y.Sign() < 0 {
		if x.Sign() == 0 {
			return nil, Errorf(ZeroDivisionError, "0.0 cannot be raised to a negative power")
		}
		a, err := toFloat(NewBig(x))
		if err != nil {
			return nil, err
		}
		b, err := toFloat(NewBig(y))
		if err != nil {
			return nil, err
		}
		return floatOp("**", a, b)
	}
	if x.BitLen() > 1 && (!y.IsInt64() || y.Int64() > maxBits || int64(x.BitLen())*y.Int64() > maxBits) {
		return nil, NewException(MemoryError)
	}
	if x.BitLen() <= 1 {
		switch {
		case y.Sign() == 0 || x.Sign() > 0:
			return NewInt(1), nil
		case x.Sign() == 0:
			return NewInt(0), nil
		}
		return NewInt(1 - 2*int64(y.Bit(0))), nil
	}
	return NewBig(new(big.Int).Exp(x, y, nil)), nil
}

func shift(op string, x, y *big.Int) (Value, error) {
	if y.Sign() < 0 {
		return nil, Errorf(ValueError, "negative shift count")
	}
	if op == ">>" {
		if !y.IsInt64() || y.Int64() > maxBits {
			y = big.NewInt(maxBits)
		}
		return NewBig(new(big.Int).Rsh(x, uint(y.Int64()))), nil
	}
	if x.Sign() == 0 {
		return NewInt(0), nil
	}
	if !y.IsInt64() || y.Int64()+int64(x.BitLen()) > maxBits {
		return nil, NewException(MemoryError)
	}
	return NewBig(new(big.Int).Lsh(x, uint(y.Int64()))), nil
}

func floatOp(op string, x, y float64) (Value, error) {
	switch op {
	case "+":
		return Float(x + y), nil
	case "-":
		return Float(x - y), nil
	case "*":
		return Float(x * y), nil
	case "/":
		if y == 0 {
			return nil, Errorf(ZeroDivisionError, "float division by zero")
		}
		return Float(x / y), nil
	case "//":
		if y == 0 {
			return nil, Errorf(ZeroDivisionError, "float floor division by zero")
		}
		q, _ := floatDivmod(x, y)
		return Float(q), nil
	case "%":
		if y == 0 {
			return nil, Errorf(ZeroDivisionError, "float modulo")
		}
		_, m := floatDivmod(x, y)
		return Float(m), nil
	case "**":
		return floatPow(x, y)
	}
	return NotImplemented, nil
}

func floatPow(x, y float64) (Value, error) {
	if x == 0 && y < 0 {
		return nil, Errorf(ZeroDivisionError, "0.0 cannot be raised to a negative power")
	}
	if x < 0 && y != math.Trunc(y) && !math.IsInf(x, 0) {
		return nil, Errorf(ValueError, "negative number cannot be raised to a fractional power (complex numbers are not supported)")
	}
	r := libm.Pow(x, y)
	if math.IsInf(r, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, NewException(OverflowError, NewInt(34), NewStr("Numerical result out of range"))
	}
	return Float(r), nil
}

// floatDivmod follows Objects/floatobject.c, _float_div_mod.
func floatDivmod(x, y float64) (q, m float64) {
	m = math.Mod(x, y)
	q = (x - m) / y
	if m != 0 {
		if (y < 0) != (m < 0) {
			m += y
			q--
		}
	} else {
		m = math.Copysign(0, y)
	}
	if q == 0 {
		return math.Copysign(0, x/y), m
	}
	f := math.Floor(q)
	if q-f > 0.5 {
		f++
	}
	return f, m
}
