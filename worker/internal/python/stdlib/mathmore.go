package stdlib

import (
	"math"
	"math/big"

	"gregaria/worker/internal/python"
)

// mathParts take floats apart and step from one to the next.
func mathParts() []*python.Native {
	return []*python.Native{
		python.Func("frexp(x, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			m, e := math.Frexp(x)
			return python.NewTuple(python.Float(m), python.NewInt(int64(e))), err
		}),
		python.Func("ldexp(x, i, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			if err != nil {
				return nil, err
			}
			i, ok := python.AsBig(a[1])
			if !ok {
				return nil, python.Errorf(python.TypeError, "Expected an int as second argument to ldexp.")
			}
			r := math.Ldexp(x, exponent(i))
			if math.IsInf(r, 0) && !math.IsInf(x, 0) {
				return nil, python.Errorf(python.OverflowError, "math range error")
			}
			return python.Float(r), nil
		}),
		python.Func("nextafter(x, y, /)", func(t *thread, a []value) (value, error) {
			x, y, err := mathPair(t, a)
			if x == y { // Go keeps the zero of x, C takes that of y
				return python.Float(y), err
			}
			return python.Float(math.Nextafter(x, y)), err
		}),
		python.Func("ulp(x, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			return python.Float(ulp(x)), err
		}),
		python.Func("remainder(x, y, /)", func(t *thread, a []value) (value, error) {
			x, y, err := mathPair(t, a)
			if err != nil {
				return nil, err
			}
			r := math.Remainder(x, y)
			if math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y) {
				return nil, python.Errorf(python.ValueError, "math domain error")
			}
			return python.Float(r), nil
		}),
		python.Func("dist(p, q, /)", mathDist),
	}
}

// exponent is i within what any float may be scaled by.
func exponent(i *big.Int) int {
	if !i.IsInt64() || i.Int64() > 5000 || i.Int64() < -5000 {
		return 5000 * i.Sign()
	}
	return int(i.Int64())
}

// ulp is the value of the last bit of x.
func ulp(x float64) float64 {
	x = math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return x
	case x == math.MaxFloat64:
		return x - math.Nextafter(x, 0)
	}
	return math.Nextafter(x, math.Inf(1)) - x
}

func mathPair(t *thread, a []value) (x, y float64, err error) {
	if x, err = mathArg(t, a[0]); err == nil {
		y, err = mathArg(t, a[1])
	}
	return x, y, err
}

// mathDist is the length of p - q. A sum of squares in two floats' precision keeps the last bit.
func mathDist(t *thread, a []value) (value, error) {
	p, err := t.ToSlice(a[0])
	if err != nil {
		return nil, err
	}
	q, err := t.ToSlice(a[1])
	if err != nil {
		return nil, err
	}
	if len(p) != len(q) {
		return nil, python.Errorf(python.ValueError, "both points must have the same number of dimensions")
	}
	diffs := make([]float64, len(p))
	for i := range p {
		x, y, err := mathPair(t, []value{p[i], q[i]})
		if err != nil {
			return nil, err
		}
		diffs[i] = x - y
	}
	return python.Float(norm(diffs)), nil
}

// norm is the root of the sum of squares, rounded once.
func norm(xs []float64) float64 {
	sum := new(big.Float).SetPrec(2200) // exact for any squares of floats
	nan := false
	for _, x := range xs {
		if math.IsInf(x, 0) {
			return math.Inf(1)
		}
		if nan = nan || math.IsNaN(x); !nan {
			f := new(big.Float).SetPrec(2200).SetFloat64(x)
			sum.Add(sum, f.Mul(f, f))
		}
	}
	if nan {
		return math.NaN()
	}
	r, _ := sum.SetPrec(300).Sqrt(sum).Float64()
	return r
}

// mathCounts are lcm and perm.
func mathCounts() []*python.Native {
	return []*python.Native{
		python.Func("lcm(*xs)", func(t *thread, a []value) (value, error) {
			l := big.NewInt(1)
			err := t.Each(a[0], func(v value) error {
				b, err := mathInt(v)
				if err != nil || l.Sign() == 0 {
					return err
				}
				if b = new(big.Int).Abs(b); b.Sign() == 0 {
					l.SetInt64(0)
					return nil
				}
				l.Mul(l, b.Div(b, new(big.Int).GCD(nil, nil, l, b)))
				return t.Grown(l.BitLen()/8, b.BitLen()/8)
			})
			return python.NewBig(l), err
		}),
		python.Func("perm(n, k=None, /)", mathPerm),
	}
}

func mathInt(v value) (*big.Int, error) {
	b, ok := python.AsBig(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", python.TypeOf(v).Name())
	}
	return b, nil
}

// mathPerm is n!/(n-k)!.
func mathPerm(_ *thread, a []value) (value, error) {
	n, err := mathInt(a[0])
	if err != nil {
		return nil, err
	}
	k := n
	if given(a[1]) {
		if k, err = mathInt(a[1]); err != nil {
			return nil, err
		}
	}
	switch {
	case n.Sign() < 0 && !given(a[1]):
		return nil, python.Errorf(python.ValueError, "factorial() not defined for negative values")
	case n.Sign() < 0:
		return nil, python.Errorf(python.ValueError, "n must be a non-negative integer")
	case k.Sign() < 0:
		return nil, python.Errorf(python.ValueError, "k must be a non-negative integer")
	case k.Cmp(n) > 0:
		return python.NewInt(0), nil
	case !n.IsInt64() || k.Int64() > 100000:
		return nil, python.NewException(python.MemoryError)
	}
	return python.NewBig(new(big.Int).MulRange(n.Int64()-k.Int64()+1, n.Int64())), nil
}
