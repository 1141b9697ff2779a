package python

import (
	"hash/maphash"
	"math"
	"math/big"
)

var hashSeed = maphash.MakeSeed()

func (s *Str) hashed() uint64 {
	if s.hash == 0 {
		s.hash = maphash.String(hashSeed, s.s) | 1
	}
	return s.hash
}

// hashValue is hash(v) for a key. Numbers hash as in CPython (Python/pyhash.c), so that 1, 1.0 and True are one key.
func hashValue(t *Thread, v Value) (uint64, error) {
	switch v := v.(type) {
	case *Str:
		return v.hashed(), nil
	case Int:
		return hashInt(int64(v)), nil
	case Bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case Float:
		return hashFloat(float64(v)), nil
	case *BigInt:
		m := new(big.Int).Rem(v.v, big.NewInt(hashModulus))
		return hashInt(m.Int64()), nil
	case *Bytes:
		return maphash.String(hashSeed, v.s) | 1, nil
	case *Tuple:
		return hashTuple(t, v)
	case *Instance:
		return hashInstance(t, v)
	case *Range:
		return hashRange(t, v)
	case *List, *Dict, *ByteArray, *Slice:
		return 0, Errorf(TypeError, "unhashable type: '%s'", v.typ().name)
	case *Set:
		if !v.frozen {
			return 0, Errorf(TypeError, "unhashable type: 'set'")
		}
		var h uint64 = 1927868237
		for _, e := range v.d.entries {
			if e.key != nil {
				h ^= (e.hash ^ 89869747 ^ e.hash<<16) * 3644798167
			}
		}
		return h, nil
	}
	return idOf(v) >> 4, nil
}

const hashModulus = 1<<61 - 1

func hashInt(i int64) uint64 {
	if i > -hashModulus && i < hashModulus {
		if i == -1 {
			i = -2
		}
		return uint64(i)
	}
	i %= hashModulus
	if i == -1 {
		i = -2
	}
	return uint64(i)
}

func hashFloat(f float64) uint64 {
	switch {
	case f == math.Trunc(f) && math.Abs(f) < 1<<62:
		return hashInt(int64(f))
	case math.IsInf(f, 1):
		return 314159
	case math.IsInf(f, -1):
		return ^uint64(314159) + 1
	case math.IsNaN(f):
		return math.Float64bits(f)
	}
	return hashFraction(f)
}

// hashFraction follows _Py_HashDouble: the value modulo 2**61-1.
func hashFraction(f float64) uint64 {
	m, e := math.Frexp(f)
	sign := int64(1)
	if m < 0 {
		sign, m = -1, -m
	}
	var x uint64
	for m != 0 {
		x = (x<<28)&hashModulus | x>>33
		m *= 268435456
		e -= 28
		y := uint64(m)
		m -= float64(y)
		x += y
		if x >= hashModulus {
			x -= hashModulus
		}
	}
	if e >= 0 {
		e %= 61
	} else {
		e = 60 - (-1-e)%61
	}
	x = (x<<uint(e))&hashModulus | x>>uint(61-e)
	r := int64(x) * sign
	if r == -1 {
		r = -2
	}
	return uint64(r)
}

// hashRange is the same for ranges that are equal.
func hashRange(t *Thread, r *Range) (uint64, error) {
	key := []Value{NewInt(r.n), None, None}
	if r.n > 0 {
		key[1] = NewInt(r.start)
	}
	if r.n > 1 {
		key[2] = NewInt(r.step)
	}
	return hashTuple(t, NewTuple(key...))
}

func hashTuple(t *Thread, v *Tuple) (uint64, error) {
	const p1, p2, p5 = 11400714785074694791, 14029467366897019727, 2870177450012600261
	acc := uint64(p5)
	if err := t.enter(" while hashing a tuple"); err != nil {
		return 0, err
	}
	defer func() { t.depth-- }()
	for _, x := range v.items {
		if err := t.tick(); err != nil {
			return 0, err
		}
		h, err := hashValue(t, x)
		if err != nil {
			return 0, err
		}
		acc += h * p2
		acc = acc<<31 | acc>>33
		acc *= p1
	}
	acc += uint64(len(v.items)) ^ (p5 ^ 3527539)
	if acc == math.MaxUint64 {
		return 1546275796, nil
	}
	return acc, nil
}

func hashInstance(t *Thread, v *Instance) (uint64, error) {
	fn := v.cls.lookup("__hash__")
	if fn == None {
		return 0, Errorf(TypeError, "unhashable type: '%s'", v.cls.name)
	}
	if f, ok := fn.(*Function); ok {
		r, err := t.call(f, []Value{v}, nil)
		if err != nil {
			return 0, err
		}
		i, ok := AsBig(r)
		if !ok {
			return 0, Errorf(TypeError, "__hash__ method should return an integer")
		}
		if i.IsInt64() { // only a larger result is reduced
			if i.Int64() == -1 {
				return hashInt(-1), nil
			}
			return uint64(i.Int64()), nil
		}
		return hashValue(t, NewBig(i))
	}
	if n, ok := fn.(*Native); ok && n.owner == nil && n != objectHash {
		r, err := t.call(n, []Value{v}, nil)
		if err != nil {
			return 0, err
		}
		i, _ := AsInt(r)
		return uint64(i), nil
	}
	if v.base != nil {
		return hashValue(t, v.base)
	}
	return idOf(v) >> 4, nil
}
