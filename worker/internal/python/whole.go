package python

import "math"

// whole is operator.index(v): an Int, a Bool or a BigInt.
func (t *Thread) whole(v Value) (Value, error) {
	if u := unwrap(v); isInt(u) {
		return u, nil
	}
	if m := v.typ().lookup("__index__"); m != nil {
		r, err := t.call(m, []Value{v}, nil)
		if err != nil {
			return nil, err
		}
		if u := unwrap(r); isInt(u) {
			return u, nil
		}
		return nil, Errorf(TypeError, "__index__ returned non-int (type %s)", r.typ().name)
	}
	return nil, Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.typ().name)
}

// index returns an int, or the nearest number of 64 bits, as slices take theirs.
func (t *Thread) index(v Value) (int64, error) {
	if i, ok := v.(Int); ok {
		return int64(i), nil
	}
	u, err := t.whole(v)
	if err != nil {
		return 0, err
	}
	if n, ok := smallInt(u); ok {
		return n, nil
	}
	if big := u.(*BigInt); big.v.Sign() < 0 {
		return math.MinInt64, nil
	}
	return math.MaxInt64, nil
}

// ssize returns an int of 64 bits, as counts and widths are (Py_ssize_t).
func (t *Thread) ssize(v Value) (int64, error) {
	return t.fitting(v, OverflowError, "Python int too large to convert to C ssize_t")
}

// place returns an int of 64 bits, as places in a sequence are.
func (t *Thread) place(v Value) (int64, error) {
	return t.fitting(v, IndexError, "cannot fit '"+v.typ().name+"' into an index-sized integer")
}

// cInt returns an int of 32 bits.
func (t *Thread) cInt(v Value) (int64, error) {
	n, err := t.fitting(v, OverflowError, tooLargeForInt)
	if err == nil && (n > math.MaxInt32 || n < math.MinInt32) {
		return 0, Errorf(OverflowError, tooLargeForInt)
	}
	return n, err
}

const tooLargeForInt = "Python int too large to convert to C int"

// fitting refuses what 64 bits do not hold.
func (t *Thread) fitting(v Value, kind *Type, refusal string) (int64, error) {
	if i, ok := v.(Int); ok {
		return int64(i), nil
	}
	u, err := t.whole(v)
	if err != nil {
		return 0, err
	}
	n, ok := smallInt(u)
	if !ok {
		return 0, Errorf(kind, "%s", refusal)
	}
	return n, nil
}
