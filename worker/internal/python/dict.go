package python

import (
	"hash/maphash"
	"math"
	"math/big"
)

// Dict is a dict: it keeps the order of insertion (Objects/dictobject.c). Up to eight entries are searched one after the
// other, more through a hash index. shape changes whenever a key comes or goes, so that compiled code can remember at
// which entry it found a name.
type Dict struct {
	entries []entry
	index   []int32 // 0 is free, else entry+1; the length is a power of two
	live    int32
	shape   uint32
}

type entry struct {
	key  Value // nil: deleted
	hash uint64
	val  Value
}

const smallDict = 8

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{} }

func (*Dict) typ() *Type { return dictType }

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
		if i.IsInt64() {
			return hashInt(i.Int64()), nil
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

func slot(h uint64, n int) int { return int((h*0x9e3779b97f4a7c15)>>32) & (n - 1) }

// findStr returns the entry of a str key, or -1. It cannot fail, because only a str is compared in full.
func (d *Dict) findStr(k *Str) int {
	h := k.hashed()
	if d.index == nil {
		for i := range d.entries {
			e := &d.entries[i]
			if e.hash == h && sameStr(e.key, k) {
				return i
			}
		}
		return -1
	}
	for s := slot(h, len(d.index)); ; s = (s + 1) & (len(d.index) - 1) {
		i := d.index[s]
		if i == 0 {
			return -1
		}
		if e := &d.entries[i-1]; e.hash == h && sameStr(e.key, k) {
			return int(i - 1)
		}
	}
}

func sameStr(key Value, k *Str) bool {
	if s, ok := key.(*Str); ok {
		return s == k || s.s == k.s
	}
	if i, ok := key.(*Instance); ok {
		s, ok := i.base.(*Str)
		return ok && s.s == k.s
	}
	return false
}

func (d *Dict) find(t *Thread, k Value, h uint64) (int, error) {
	if s, ok := k.(*Str); ok {
		return d.findStr(s), nil
	}
	check := func(i int) (bool, error) {
		e := &d.entries[i]
		if e.key == nil || e.hash != h {
			return false, nil
		}
		return sameOrEqual(t, e.key, k)
	}
	if d.index == nil {
		for i := 0; i < len(d.entries); i++ {
			if ok, err := check(i); ok || err != nil {
				return i, err
			}
		}
		return -1, nil
	}
	for s := slot(h, len(d.index)); ; s = (s + 1) & (len(d.index) - 1) {
		i := d.index[s]
		if i == 0 {
			return -1, nil
		}
		if ok, err := check(int(i - 1)); ok || err != nil {
			return int(i - 1), err
		}
	}
}

// Len returns the number of keys.
func (d *Dict) Len() int { return int(d.live) }

// Get returns the value of any key; absent is nil.
func (d *Dict) Get(t *Thread, k Value) (Value, error) {
	if s, ok := k.(*Str); ok {
		if i := d.findStr(s); i >= 0 {
			return d.entries[i].val, nil
		}
		return nil, nil //nolint:nilnil // nil is absent
	}
	h, err := hashValue(t, k)
	if err != nil {
		return nil, err
	}
	i, err := d.find(t, k, h)
	if err != nil || i < 0 {
		return nil, err
	}
	return d.entries[i].val, nil
}

// GetStr returns the value of a str key; absent is nil.
func (d *Dict) GetStr(name string) Value {
	if d.index == nil {
		for i := range d.entries {
			if s, ok := d.entries[i].key.(*Str); ok && s.s == name {
				return d.entries[i].val
			}
		}
		return nil
	}
	return d.getStr(&Str{s: name, n: -1})
}

func (d *Dict) getStr(k *Str) Value {
	if i := d.findStr(k); i >= 0 {
		return d.entries[i].val
	}
	return nil
}

// Set stores a value under any key.
func (d *Dict) Set(t *Thread, k, v Value) error {
	if s, ok := k.(*Str); ok {
		d.setStr(s, v)
		return nil
	}
	h, err := hashValue(t, k)
	if err != nil {
		return err
	}
	i, err := d.find(t, k, h)
	if err != nil {
		return err
	}
	if i >= 0 {
		d.entries[i].val = v
		return nil
	}
	d.insert(k, h, v)
	return nil
}

// SetStr stores a value under a str key.
func (d *Dict) SetStr(name string, v Value) { d.setStr(NewStr(name), v) }

func (d *Dict) setStr(k *Str, v Value) {
	if i := d.findStr(k); i >= 0 {
		d.entries[i].val = v
		return
	}
	d.insert(k, k.hashed(), v)
}

func (d *Dict) insert(k Value, h uint64, v Value) {
	if len(d.entries) == cap(d.entries) && int(d.live) < len(d.entries)/2 {
		d.compact()
	}
	d.entries = append(d.entries, entry{k, h, v})
	d.live++
	d.shape++
	if n := len(d.entries); n > smallDict {
		if n*3/2 >= len(d.index) {
			d.reindex()
		} else {
			d.link(n - 1)
		}
	}
}

func (d *Dict) link(i int) {
	s := slot(d.entries[i].hash, len(d.index))
	for d.index[s] != 0 {
		s = (s + 1) & (len(d.index) - 1)
	}
	d.index[s] = int32(i + 1)
}

func (d *Dict) reindex() {
	n := 32
	for n < len(d.entries)*3 {
		n *= 2
	}
	d.index = make([]int32, n)
	for i := range d.entries {
		if d.entries[i].key != nil {
			d.link(i)
		}
	}
}

// compact drops deleted entries.
func (d *Dict) compact() {
	out := d.entries[:0]
	for _, e := range d.entries {
		if e.key != nil {
			out = append(out, e)
		}
	}
	clear(d.entries[len(out):])
	d.entries = out
	d.index = nil
	d.shape++
	if len(out) > smallDict {
		d.reindex()
	}
}

// Delete removes a key and returns its value; absent is nil.
func (d *Dict) Delete(t *Thread, k Value) (Value, error) {
	h, err := hashValue(t, k)
	if err != nil {
		return nil, err
	}
	i, err := d.find(t, k, h)
	if err != nil || i < 0 {
		return nil, err
	}
	return d.removeAt(i), nil
}

func (d *Dict) removeAt(i int) Value {
	v := d.entries[i].val
	d.entries[i] = entry{hash: ^d.entries[i].hash}
	d.live--
	d.shape++
	if d.live == 0 {
		d.entries, d.index = d.entries[:0], nil
	} else if d.index == nil && i == len(d.entries)-1 {
		d.entries = d.entries[:i]
	}
	return v
}

// Clear removes all keys.
func (d *Dict) Clear() { d.entries, d.index, d.live, d.shape = nil, nil, 0, d.shape+1 }

// Copy returns a copy.
func (d *Dict) Copy() *Dict {
	c := &Dict{entries: append(make([]entry, 0, len(d.entries)), d.entries...), live: d.live}
	if int(c.live) < len(c.entries) {
		c.compact()
	} else if len(c.entries) > smallDict {
		c.reindex()
	}
	return c
}

// All calls f for every key and value until it returns false. The dict may change meanwhile.
func (d *Dict) All(f func(k, v Value) bool) {
	for i := 0; i < len(d.entries); i++ {
		if e := d.entries[i]; e.key != nil && !f(e.key, e.val) {
			return
		}
	}
}

// Set is a set or frozenset; it keeps the order of insertion.
type Set struct {
	d      Dict
	frozen bool
}

func (s *Set) typ() *Type {
	if s.frozen {
		return frozenSetType
	}
	return setType
}

// Len returns the number of elements.
func (s *Set) Len() int { return int(s.d.live) }

// Add adds an element.
func (s *Set) Add(t *Thread, v Value) error { return s.d.Set(t, v, None) }

// Has says whether v is an element.
func (s *Set) Has(t *Thread, v Value) (bool, error) {
	if x, ok := v.(*Set); ok && !x.frozen {
		v = &Set{d: x.d, frozen: true}
	}
	r, err := s.d.Get(t, v)
	return r != nil, err
}

// NewSet returns an empty set.
func NewSet() *Set { return &Set{} }
