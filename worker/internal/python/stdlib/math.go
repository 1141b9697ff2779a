package stdlib

import (
	"math"
	"math/big"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/libm"
)

func newMath(*thread) (*python.Module, error) {
	fns := []*python.Native{}
	one := func(name string, f func(x float64) float64) {
		fns = append(fns, python.Func(name+"(x, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			if err != nil {
				return nil, err
			}
			r := f(x)
			if math.IsNaN(r) && !math.IsNaN(x) {
				return nil, python.Errorf(python.ValueError, "math domain error")
			}
			if math.IsInf(r, 0) && !math.IsInf(x, 0) {
				switch name {
				case "exp", "exp2", "expm1", "sinh", "cosh":
					return nil, python.Errorf(python.OverflowError, "math range error")
				}
				return nil, python.Errorf(python.ValueError, "math domain error")
			}
			return python.Float(r), nil
		}))
	}
	for _, n := range []string{"tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "log1p", "expm1", "erf", "erfc", "exp2", "gamma", "lgamma"} {
		one(n, func(x float64) float64 { return libm.Call(n, x) })
	}
	one("sin", libm.Sin)
	one("cos", libm.Cos)
	one("exp", libm.Exp)
	one("sqrt", math.Sqrt)
	one("cbrt", math.Cbrt)
	one("fabs", math.Abs)
	one("degrees", func(x float64) float64 { return x * (180 / math.Pi) })
	one("radians", func(x float64) float64 { return x * (math.Pi / 180) })
	fns = append(fns, mathRounding()...)
	fns = append(fns, mathTwo()...)
	fns = append(fns, mathInts()...)
	fns = append(fns, mathParts()...)
	fns = append(fns, mathCounts()...)
	return python.NewModule("math", map[string]value{
		"pi": python.Float(math.Pi), "e": python.Float(math.E), "tau": python.Float(2 * math.Pi), "inf": python.Float(math.Inf(1)), "nan": python.Float(math.NaN()),
	}, fns...), nil
}

func mathArg(t *thread, v value) (float64, error) {
	if _, isStr := python.AsStr(v); isStr {
		return 0, python.Errorf(python.TypeError, "must be real number, not str")
	}
	x, err := t.ToFloat(v)
	if e := new(python.Exception); err != nil && python.AsException(err) != e && python.AsException(err).IsA(python.TypeError) {
		return 0, python.Errorf(python.TypeError, "must be real number, not %s", python.TypeOf(v).Name())
	}
	return x, err
}

func mathRounding() []*python.Native {
	round := func(name, dunder string, f func(float64) float64) *python.Native {
		return python.Func(name+"(x, /)", func(t *thread, a []value) (value, error) {
			if b, ok := python.AsBig(a[0]); ok {
				return python.NewBig(b), nil
			}
			if m := python.TypeOf(a[0]).Lookup(dunder); m != nil {
				return t.Call(m, a[0])
			}
			x, err := mathArg(t, a[0])
			if err != nil {
				return nil, err
			}
			return t.Call(python.IntType, python.Float(f(x)))
		})
	}
	test := func(name string, f func(float64) bool) *python.Native {
		return python.Func(name+"(x, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			return python.NewBool(f(x)), err
		})
	}
	return []*python.Native{
		round("floor", "__floor__", math.Floor), round("ceil", "__ceil__", math.Ceil), round("trunc", "__trunc__", math.Trunc),
		test("isnan", math.IsNaN), test("isinf", func(x float64) bool { return math.IsInf(x, 0) }),
		test("isfinite", func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }),
	}
}

func mathTwo() []*python.Native { //nolint:funlen,gocognit // a table of short functions
	two := func(name string, f func(x, y float64) float64) *python.Native {
		return python.Func(name+"(x, y, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			if err != nil {
				return nil, err
			}
			y, err := mathArg(t, a[1])
			if err != nil {
				return nil, err
			}
			r := f(x, y)
			if math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y) {
				return nil, python.Errorf(python.ValueError, "math domain error")
			}
			if math.IsInf(r, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
				return nil, python.Errorf(python.OverflowError, "math range error")
			}
			return python.Float(r), nil
		})
	}
	logOf := func(name string) *python.Native {
		return python.Func(name+"(x, base=None, /)", func(t *thread, a []value) (value, error) {
			x, err := mathLog(t, a[0], name)
			if err != nil {
				return nil, err
			}
			if given(a[1]) {
				b, err := mathLog(t, a[1], "log")
				if err != nil {
					return nil, err
				}
				if b == 0 {
					return nil, python.Errorf(python.ZeroDivisionError, "float division by zero")
				}
				x /= b
			}
			return python.Float(x), nil
		})
	}
	return []*python.Native{
		two("pow", libm.Pow), two("fmod", math.Mod), two("atan2", libm.Atan2), two("copysign", math.Copysign),
		logOf("log"), logOf("log2"), logOf("log10"),
		python.Func("modf(x, /)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			i, f := math.Modf(x)
			return python.NewTuple(python.Float(f), python.Float(i)), err
		}),
		python.Func("hypot(*xs)", func(t *thread, a []value) (value, error) {
			var xs []float64
			err := t.Each(a[0], func(v value) error {
				x, err := mathArg(t, v)
				xs = append(xs, x)
				return err
			})
			return python.Float(norm(xs)), err
		}),
		python.Func("fsum(xs, /)", func(t *thread, a []value) (value, error) {
			sum := new(big.Rat)
			err := t.Each(a[0], func(v value) error {
				x, err := mathArg(t, v)
				if r := new(big.Rat).SetFloat64(x); r != nil {
					sum.Add(sum, r)
				}
				return err
			})
			f, _ := sum.Float64()
			return python.Float(f), err
		}),
		python.Func("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", func(t *thread, a []value) (value, error) {
			x, err := mathArg(t, a[0])
			if err != nil {
				return nil, err
			}
			y, err := mathArg(t, a[1])
			rel, abs := 1e-9, 0.0
			if a[2] != nil {
				rel, _ = python.AsFloat(a[2])
			}
			if a[3] != nil {
				abs, _ = python.AsFloat(a[3])
			}
			d := math.Abs(x - y)
			return python.NewBool(x == y || d <= rel*math.Abs(x) || d <= rel*math.Abs(y) || d <= abs), err
		}),
	}
}

func mathLog(t *thread, v value, name string) (float64, error) {
	if b, ok := python.AsBig(v); ok && b.Sign() > 0 && b.BitLen() > 1000 {
		m := new(big.Float)
		exp := new(big.Float).SetInt(b).MantExp(m)
		f, _ := m.Float64()
		switch name {
		case "log2":
			return libm.Call("log2", f) + float64(exp), nil
		case "log10":
			return libm.Call("log10", f) + float64(exp)*math.Log10(2), nil
		}
		return libm.Log(f) + float64(exp)*math.Ln2, nil
	}
	x, err := mathArg(t, v)
	if err != nil {
		return 0, err
	}
	if x <= 0 {
		return 0, python.Errorf(python.ValueError, "math domain error")
	}
	if name == "log" {
		return libm.Log(x), nil
	}
	return libm.Call(name, x), nil
}

func mathInts() []*python.Native { //nolint:funlen // a table of short functions
	integer := func(v value) (*big.Int, error) {
		b, ok := python.AsBig(v)
		if !ok {
			return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", python.TypeOf(v).Name())
		}
		return b, nil
	}
	return []*python.Native{
		python.Func("gcd(*xs)", func(t *thread, a []value) (value, error) {
			g := new(big.Int)
			err := t.Each(a[0], func(v value) error {
				b, err := integer(v)
				if err == nil {
					g.GCD(nil, nil, g, new(big.Int).Abs(b))
				}
				return err
			})
			return python.NewBig(g), err
		}),
		python.Func("factorial(x, /)", func(_ *thread, a []value) (value, error) {
			b, err := integer(a[0])
			if err != nil {
				return nil, err
			}
			if b.Sign() < 0 {
				return nil, python.Errorf(python.ValueError, "factorial() not defined for negative values")
			}
			if !b.IsInt64() || b.Int64() > 100000 {
				return nil, python.NewException(python.MemoryError)
			}
			return python.NewBig(new(big.Int).MulRange(1, b.Int64())), nil
		}),
		python.Func("isqrt(n, /)", func(_ *thread, a []value) (value, error) {
			b, err := integer(a[0])
			if err != nil {
				return nil, err
			}
			if b.Sign() < 0 {
				return nil, python.Errorf(python.ValueError, "isqrt() argument must be nonnegative")
			}
			return python.NewBig(new(big.Int).Sqrt(b)), nil
		}),
		python.Func("comb(n, k, /)", func(_ *thread, a []value) (value, error) {
			n, _ := python.AsInt(a[0])
			k, _ := python.AsInt(a[1])
			if n > 100000 {
				return nil, python.NewException(python.MemoryError)
			}
			return python.NewBig(new(big.Int).Binomial(n, k)), nil
		}),
		python.Func("prod(xs, /, *, start=1)", func(t *thread, a []value) (value, error) {
			acc := a[1]
			if acc == nil {
				acc = python.NewInt(1)
			}
			err := t.Each(a[0], func(v value) error {
				r, err := t.BinaryOp("*", acc, v)
				acc = r
				return err
			})
			return acc, err
		}),
	}
}
