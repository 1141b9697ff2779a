package python

import (
	"math"
	"math/big"
	"unicode/utf8"
)

// A Value is any Python object. Only this package makes new kinds; natives carry their Go state in [Instance.Data].
type Value interface{ typ() *Type }

// The immutable values.
type (
	// Int is an int that fits in 64 bits; others are *BigInt.
	Int int64
	// BigInt is an int that does not fit in 64 bits.
	BigInt struct{ v *big.Int }
	// Float is a float.
	Float float64
	// Bool is True or False.
	Bool bool
	// Str is a str: UTF-8, lone surrogates as three bytes. It is never changed once made.
	Str struct {
		s    string
		n    int // code points; -1 is not yet counted
		hash uint64
	}
	// Bytes is bytes.
	Bytes struct{ s string }
	// Tuple is a tuple; nobody changes its items.
	Tuple struct{ items []Value }

	singleton struct {
		cls  *Type
		name string
	}
)

// The mutable values, guarded by the lock of their isolate.
type (
	// List is a list.
	List struct{ items []Value }
	// ByteArray is a bytearray.
	ByteArray struct{ b []byte }
	// Cell holds a variable that a closure shares.
	Cell struct{ v Value }
	// Slice is slice(start, stop, step).
	Slice struct{ start, stop, step Value }
	// Range is range(start, stop, step).
	Range struct{ start, stop, step, n int64 }
	// Instance is an object of a class. base is the payload of a class that extends str, dict and so on.
	Instance struct {
		cls   *Type
		attrs *Dict
		base  Value
		// Data is the Go state of an object whose class was made in Go.
		Data any
	}
)

// The singletons.
var (
	None           Value = &singleton{noneType, "None"}
	Ellipsis       Value = &singleton{ellipsisType, "Ellipsis"}
	NotImplemented Value = &singleton{notImplementedType, "NotImplemented"}
	True           Value = Bool(true)
	False          Value = Bool(false)
	emptyTuple           = &Tuple{}
	emptyStr             = &Str{}
)

func (Int) typ() *Type          { return intType }
func (*BigInt) typ() *Type      { return intType }
func (Float) typ() *Type        { return floatType }
func (Bool) typ() *Type         { return boolType }
func (*Str) typ() *Type         { return strType }
func (*Bytes) typ() *Type       { return bytesType }
func (*Tuple) typ() *Type       { return tupleType }
func (s *singleton) typ() *Type { return s.cls }
func (*List) typ() *Type        { return listType }
func (*ByteArray) typ() *Type   { return byteArrayType }
func (*Cell) typ() *Type        { return cellType }
func (*Slice) typ() *Type       { return sliceType }
func (*Range) typ() *Type       { return rangeType }
func (i *Instance) typ() *Type  { return i.cls }

const smallMin, smallMax = -256, 1024

var smallInts = func() (out [smallMax - smallMin]Value) {
	for i := range out {
		out[i] = Int(i + smallMin)
	}
	return out
}()

// NewInt returns an int; small ones do not allocate.
func NewInt(i int64) Value {
	if i >= smallMin && i < smallMax {
		return smallInts[i-smallMin]
	}
	return Int(i)
}

// NewBig returns an int of any size; v is owned by the result.
func NewBig(v *big.Int) Value {
	if v.IsInt64() {
		return NewInt(v.Int64())
	}
	return &BigInt{v}
}

// NewStr returns a str.
func NewStr(s string) *Str {
	if len(s) == 0 {
		return emptyStr
	}
	return &Str{s: s, n: -1}
}

// NewBool returns True or False.
func NewBool(b bool) Value {
	if b {
		return True
	}
	return False
}

// NewBytes returns bytes.
func NewBytes(b []byte) *Bytes { return &Bytes{string(b)} }

// NewTuple returns a tuple that owns items.
func NewTuple(items ...Value) *Tuple {
	if len(items) == 0 {
		return emptyTuple
	}
	return &Tuple{items}
}

// NewList returns a list that owns items.
func NewList(items ...Value) *List { return &List{items} }

// NewInstance returns an object of a class without calling __init__.
func NewInstance(cls *Type, data any) *Instance { return &Instance{cls: cls, Data: data} }

// String returns the text of a str.
func (s *Str) String() string { return s.s }

// Items returns the items; do not change them.
func (t *Tuple) Items() []Value { return t.items }

// Items returns the items, valid until the list changes.
func (l *List) Items() []Value { return l.items }

// Append adds an item.
func (l *List) Append(v Value) { l.items = append(l.items, v) }

// Bytes returns the content.
func (b *Bytes) Bytes() []byte { return []byte(b.s) }

// Class returns the class of the object.
func (i *Instance) Class() *Type { return i.cls }

// Attrs returns the object's own attributes.
func (i *Instance) Attrs() *Dict {
	if i.attrs == nil {
		i.attrs = &Dict{}
		if n := i.cls.attrs; n > 0 {
			i.attrs.entries = make([]entry, 0, n)
		}
	}
	return i.attrs
}

// Own returns the object's own attributes as Attrs does, but nil if it has never had any.
func (i *Instance) Own() *Dict { return i.attrs }

// HasOwn says whether the object has an attribute of its own: what its class has does not count.
func (i *Instance) HasOwn(name string) bool { return i.attrs != nil && i.attrs.GetStr(name) != nil }

// setAttr stores an own attribute, and lets the class remember how many its objects have, so that the next object has room
// for just these.
func (i *Instance) setAttr(name *Str, v Value) {
	a := i.Attrs()
	a.setStr(name, v)
	if n := len(a.entries); n > int(i.cls.attrs) && n <= 4*smallDict && i.cls.heap {
		i.cls.attrs = uint8(n)
	}
}

// TypeOf returns the class of a value.
func TypeOf(v Value) *Type { return v.typ() }

// unwrap returns the payload of an object whose class extends a builtin class.
func unwrap(v Value) Value {
	if i, ok := v.(*Instance); ok && i.base != nil {
		return i.base
	}
	return v
}

// wraps says whether unwrap would return another value. (Comparing the two would not do: NaN is not NaN.)
func wraps(v Value) bool {
	i, ok := v.(*Instance)
	return ok && i.base != nil
}

// Unwrap returns the builtin value of v: v itself, or the payload of an object whose class extends str, dict and so on.
func Unwrap(v Value) Value { return unwrap(v) }

// AsStr returns the text of a str or of an object of a subclass.
func AsStr(v Value) (string, bool) {
	s, ok := unwrap(v).(*Str)
	if !ok {
		return "", false
	}
	return s.s, true
}

// AsInt returns an int, a bool or an object of a subclass as int64; ok is false for others and for what does not fit.
func AsInt(v Value) (int64, bool) {
	switch v := unwrap(v).(type) {
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

// AsBig returns any int.
func AsBig(v Value) (*big.Int, bool) {
	v = unwrap(v)
	if b, ok := v.(*BigInt); ok {
		return b.v, true
	}
	if i, ok := AsInt(v); ok {
		return big.NewInt(i), true
	}
	return nil, false
}

// AsFloat returns a float or an int as float64.
func AsFloat(v Value) (float64, bool) {
	v = unwrap(v)
	if f, ok := v.(Float); ok {
		return float64(f), true
	}
	if i, ok := AsInt(v); ok {
		return float64(i), true
	}
	if b, ok := v.(*BigInt); ok {
		f, _ := new(big.Float).SetInt(b.v).Float64()
		return f, !math.IsInf(f, 0)
	}
	return 0, false
}

// AsBytes returns the content of bytes or a bytearray; do not change it.
func AsBytes(v Value) (string, bool) {
	switch v := unwrap(v).(type) {
	case *Bytes:
		return v.s, true
	case *ByteArray:
		return string(v.b), true
	}
	return "", false
}

// length returns the number of code points.
func (s *Str) length() int {
	if s.n < 0 {
		s.n = countRunes(s.s)
	}
	return s.n
}

func (s *Str) ascii() bool { return s.length() == len(s.s) }

// countRunes counts code points, a lone surrogate as one.
func countRunes(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// nextRune decodes one code point; unlike utf8.DecodeRune it knows lone surrogates.
func nextRune(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == 0xed {
		return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return r, n
}

// appendRune encodes one code point, lone surrogates too.
func appendRune(b []byte, r rune) []byte {
	if r >= 0xd800 && r < 0xe000 {
		return append(b, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(b, r)
}

func runesOf(s string) []rune {
	out := make([]rune, 0, len(s))
	for len(s) > 0 {
		r, n := nextRune(s)
		out = append(out, r)
		s = s[n:]
	}
	return out
}

func fromRunes(rs []rune) *Str {
	b := make([]byte, 0, len(rs))
	for _, r := range rs {
		b = appendRune(b, r)
	}
	return &Str{s: string(b), n: len(rs)}
}

// byteOffset returns where code point i starts.
func (s *Str) byteOffset(i int) int {
	if s.ascii() {
		return i
	}
	for off := 0; off < len(s.s); off++ {
		if s.s[off]&0xc0 != 0x80 {
			if i == 0 {
				return off
			}
			i--
		}
	}
	return len(s.s)
}

// sub returns code points a to b.
func (s *Str) sub(a, b int) *Str {
	if a >= b {
		return emptyStr
	}
	if s.ascii() {
		return &Str{s: s.s[a:b], n: b - a}
	}
	from := s.byteOffset(a)
	rest := &Str{s: s.s[from:], n: s.n - a}
	return &Str{s: rest.s[:rest.byteOffset(b-a)], n: b - a}
}

// Wrap makes an object of a class that extends a builtin class, around the value that it extends.
func Wrap(cls *Type, base Value) *Instance { return &Instance{cls: cls, base: base} }
