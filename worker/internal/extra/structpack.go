package extra

import (
	"fmt"
	"math"
	"math/big"

	"gregaria/worker/internal/python"
)

// newStruct makes what the module struct is written with.
func newStruct(*thread) (*python.Module, error) {
	bad := python.NewClass(python.ClassSpec{Name: "error", Module: "struct", Bases: []*python.Type{python.ExceptionType}})
	parse := func(v value) (*layout, error) {
		s, ok := python.AsStr(v)
		if !ok {
			if s, ok = python.AsBytes(v); !ok {
				return nil, python.Errorf(python.TypeError, "Struct() argument 1 must be a str or bytes object, not %s", python.TypeOf(v).Name())
			}
		}
		return parseLayout(s, bad)
	}
	return python.NewModule("_extra_struct", map[string]value{"error": bad},
		python.Func("calcsize(format, /)", func(_ *thread, a []value) (value, error) {
			l, err := parse(a[0])
			if err != nil {
				return nil, err
			}
			return python.NewInt(int64(l.size())), nil
		}),
		python.Func("pack(format, /, *values)", func(t *thread, a []value) (value, error) {
			l, err := parse(a[0])
			if err != nil {
				return nil, err
			}
			return l.pack(t, a[1].(*python.Tuple).Items(), bad)
		}),
		python.Func("unpack(format, buffer, /)", func(_ *thread, a []value) (value, error) {
			l, err := parse(a[0])
			if err != nil {
				return nil, err
			}
			b, ok := python.AsBytes(a[1])
			if !ok {
				return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(a[1]).Name())
			}
			if len(b) != l.size() {
				return nil, python.Errorf(bad, "unpack requires a buffer of %d bytes", l.size())
			}
			return python.NewTuple(l.unpack([]byte(b))...), nil
		}),
	), nil
}

func (l *layout) pack(t *thread, values []value, bad *python.Type) (value, error) {
	if n := l.items(); n != len(values) {
		return nil, python.Errorf(bad, "pack expected %d items for packing (got %d)", n, len(values))
	}
	out := make([]byte, 0, l.size())
	for _, f := range l.fields {
		out = append(out, make([]byte, l.pad(len(out), f))...)
		if f.code == 'x' {
			out = append(out, make([]byte, f.count)...)
			continue
		}
		n := f.count
		if f.code == 's' || f.code == 'p' {
			n = 1
		}
		for range n {
			b, err := l.encode(t, f, values[0], bad)
			if err != nil {
				return nil, err
			}
			out, values = append(out, b...), values[1:]
		}
	}
	return python.NewBytes(out), nil
}

// encode returns the bytes of one value.
func (l *layout) encode(t *thread, f field, v value, bad *python.Type) ([]byte, error) {
	switch f.code {
	case 's', 'p', 'c':
		return encodeBytes(f, v, bad)
	case '?':
		yes, err := t.Truth(v)
		if yes {
			return []byte{1}, err
		}
		return []byte{0}, err
	case 'f', 'd', 'e':
		x, ok := python.AsFloat(v)
		if !ok {
			return nil, python.Errorf(bad, "required argument is not a float")
		}
		return l.encodeFloat(f.code, x)
	}
	n, ok := python.AsBig(v)
	if !ok {
		return nil, python.Errorf(bad, "required argument is not an integer")
	}
	size := l.codeSize(f.code)
	lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(8*size))
	if f.code >= 'a' {
		hi.Rsh(hi, 1)
		lo.Neg(hi)
	}
	hi.Sub(hi, big.NewInt(1))
	if n.Cmp(lo) < 0 || n.Cmp(hi) > 0 {
		return nil, python.Errorf(bad, "%s", rangeText(l, f.code, lo, hi))
	}
	return l.put(size, new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64()), nil
}

func rangeText(l *layout, code byte, lo, hi *big.Int) string {
	switch code {
	case 'b':
		return "byte format requires -128 <= number <= 127"
	case 'B':
		return "ubyte format requires 0 <= number <= 255"
	case 'h':
		return "short format requires -32768 <= number <= 32767"
	case 'H':
		return "ushort format requires 0 <= number <= 65535"
	case 'q', 'Q':
		if l.native {
			return "int too large to convert"
		}
	}
	return fmt.Sprintf("'%c' format requires %s <= number <= %s", code, lo, hi)
}

func encodeBytes(f field, v value, bad *python.Type) ([]byte, error) {
	b, ok := python.AsBytes(v)
	switch {
	case f.code == 'c' && (!ok || len(b) != 1):
		return nil, python.Errorf(bad, "char format requires a bytes object of length 1")
	case !ok:
		return nil, python.Errorf(bad, "argument for '%c' must be a bytes object", f.code)
	case f.code == 'c':
		return []byte(b), nil
	}
	out := make([]byte, f.count)
	if f.code == 'p' && f.count > 0 {
		n := copy(out[1:], b)
		out[0] = byte(min(n, 255))
		return out, nil
	}
	copy(out, b)
	return out, nil
}

func (l *layout) put(size int, u uint64) []byte {
	b := make([]byte, size)
	switch size {
	case 1:
		b[0] = byte(u)
	case 2:
		l.order.PutUint16(b, uint16(u))
	case 4:
		l.order.PutUint32(b, uint32(u))
	default:
		l.order.PutUint64(b, u)
	}
	return b
}

func (l *layout) encodeFloat(code byte, x float64) ([]byte, error) {
	switch code {
	case 'd':
		return l.put(8, math.Float64bits(x)), nil
	case 'f':
		f := float32(x)
		if math.IsInf(float64(f), 0) && !math.IsInf(x, 0) {
			return nil, python.Errorf(python.OverflowError, "float too large to pack with f format")
		}
		return l.put(4, uint64(math.Float32bits(f))), nil
	}
	for h := range 1 << 16 { // the few who pack halves do not mind
		if y := halfToFloat(uint16(h)); y == x && math.Signbit(y) == math.Signbit(x) {
			return l.put(2, uint64(h)), nil
		}
	}
	return nil, python.Errorf(python.OverflowError, "float too large to pack with e format")
}
