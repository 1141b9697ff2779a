package python

import (
	"math"
	"math/big"
	"strings"
)

// sameOrEqual is what containers use: identity, then ==.
func sameOrEqual(t *Thread, a, b Value) (bool, error) {
	if identical(a, b) {
		return true, nil
	}
	return t.Equal(a, b)
}

// identical is "a is b". Numbers and short strings of the same class and value are one object, as in CPython where they
// are constants.
func identical(a, b Value) bool {
	if x, ok := a.(Float); ok { // NaN is itself
		y, ok := b.(Float)
		return ok && math.Float64bits(float64(x)) == math.Float64bits(float64(y))
	}
	return a == b
}

// Equal is a == b.
func (t *Thread) Equal(a, b Value) (bool, error) {
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			return x.s == y.s, nil
		}
	case Int:
		if y, ok := b.(Int); ok {
			return x == y, nil
		}
	case *singleton:
		if a == b {
			return true, nil
		}
	}
	r, err := t.compare("==", a, b)
	if err != nil {
		return false, err
	}
	return t.Truth(r)
}

// compare is a op b for the six comparisons.
func (t *Thread) compare(op string, a, b Value) (Value, error) {
	r, err := t.compareNative(op, a, b)
	if r != NotImplemented || err != nil {
		return r, err
	}
	return t.compareSlow(op, a, b)
}

func result(op string, c int) Value {
	switch op {
	case "<":
		return NewBool(c < 0)
	case "<=":
		return NewBool(c <= 0)
	case ">":
		return NewBool(c > 0)
	case ">=":
		return NewBool(c >= 0)
	case "!=":
		return NewBool(c != 0)
	}
	return NewBool(c == 0)
}

func cmpNumbers(a, b Value) (c int, nan, ok bool) {
	switch {
	case isInt(a) && isInt(b):
		x, _ := AsBig(a)
		y, _ := AsBig(b)
		return x.Cmp(y), false, true
	case isFloat(a) && isFloat(b):
		return cmpFloat(float64(a.(Float)), float64(b.(Float)))
	case isFloat(a) && isInt(b):
		c, nan, ok = cmpNumbers(b, a)
		return -c, nan, ok
	case isInt(a) && isFloat(b):
		f := float64(b.(Float))
		switch {
		case math.IsNaN(f):
			return 0, true, true
		case math.IsInf(f, 0):
			return -int(math.Copysign(1, f)), false, true
		}
		x, _ := AsBig(a)
		return new(big.Float).SetPrec(uint(max(64, x.BitLen()))).SetInt(x).Cmp(big.NewFloat(f)), false, true
	}
	return 0, false, false
}

func cmpFloat(x, y float64) (int, bool, bool) {
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return 0, true, true
	case x < y:
		return -1, false, true
	case x > y:
		return 1, false, true
	}
	return 0, false, true
}

func (t *Thread) compareNative(op string, a, b Value) (Value, error) { //nolint:gocognit // one case a kind of value
	if x, y, ok := both(a, b); ok {
		switch {
		case x < y:
			return result(op, -1), nil
		case x > y:
			return result(op, 1), nil
		}
		return result(op, 0), nil
	}
	if c, nan, ok := cmpNumbers(a, b); ok {
		if nan {
			return NewBool(op == "!="), nil
		}
		return result(op, c), nil
	}
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			return result(op, strings.Compare(x.s, y.s)), nil
		}
	case *Bytes, *ByteArray:
		s, _ := AsBytes(a)
		if y, ok := AsBytes(b); ok && (op == "==" || op == "!=" || !isView(b) || isByteArray(a)) {
			return result(op, strings.Compare(s, y)), nil
		}
	case *Slice:
		if y, ok := b.(*Slice); ok {
			return t.compareItems(op, []Value{x.start, x.stop, x.step}, []Value{y.start, y.stop, y.step})
		}
	case *Tuple:
		if y, ok := b.(*Tuple); ok {
			return t.compareItems(op, x.items, y.items)
		}
	case *List:
		if y, ok := b.(*List); ok {
			return t.compareItems(op, x.items, y.items)
		}
	case *Dict:
		if y, ok := b.(*Dict); ok && (op == "==" || op == "!=") {
			eq, err := t.equalDicts(x, y)
			return NewBool(eq == (op == "==")), err
		}
	case *Set, *dictView:
		return t.compareSets(op, a, b)
	case *Range:
		if y, ok := b.(*Range); ok && (op == "==" || op == "!=") {
			eq := x.n == y.n && (x.n == 0 || (x.start == y.start && (x.n == 1 || x.step == y.step)))
			return NewBool(eq == (op == "==")), nil
		}
	}
	return NotImplemented, nil
}

func (t *Thread) compareItems(op string, a, b []Value) (Value, error) {
	if err := t.enter(" in comparison"); err != nil {
		return nil, err
	}
	defer func() { t.depth-- }()
	if len(a) != len(b) && (op == "==" || op == "!=") {
		return NewBool(op == "!="), nil
	}
	for i := range min(len(a), len(b)) {
		if err := t.tick(); err != nil {
			return nil, err
		}
		eq, err := sameOrEqual(t, a[i], b[i])
		if err != nil {
			return nil, err
		}
		if !eq {
			switch op {
			case "==":
				return False, nil
			case "!=":
				return True, nil
			}
			return t.compare(op, a[i], b[i])
		}
		if i+1 >= len(a) || i+1 >= len(b) {
			break
		}
	}
	return result(op, len(a)-len(b)), nil
}

func (t *Thread) equalDicts(a, b *Dict) (bool, error) {
	if err := t.enter(" in comparison"); err != nil {
		return false, err
	}
	defer func() { t.depth-- }()
	if a.live != b.live {
		return false, nil
	}
	for i := 0; i < len(a.entries); i++ {
		e := a.entries[i]
		if e.key == nil {
			continue
		}
		v, err := b.Get(t, e.key)
		if err != nil || v == nil {
			return false, err
		}
		if eq, err := sameOrEqual(t, e.val, v); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}

var mirrored = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}

var compareNames = map[string]string{"<": "__lt__", ">": "__gt__", "<=": "__le__", ">=": "__ge__", "==": "__eq__", "!=": "__ne__"}

// compareSlow asks the classes (Objects/object.c, do_richcompare).
func (t *Thread) compareSlow(op string, a, b Value) (Value, error) { //nolint:gocognit // one case a kind of value
	ask := func(x, y Value, op string) (Value, error) {
		m := userMethod(x.typ(), compareNames[op])
		if n, ok := m.(*Native); ok && n.plain {
			m = nil
		}
		if m == nil {
			if e := userMethod(x.typ(), "__eq__"); op == "!=" && e != nil {
				if n, ok := e.(*Native); ok && n.plain {
					return NotImplemented, nil
				}
				r, err := t.call(e, []Value{x, y}, nil)
				if err != nil || r == NotImplemented {
					return r, err
				}
				b, err := t.Truth(r)
				return NewBool(!b), err
			}
			return NotImplemented, nil
		}
		return t.call(m, []Value{x, y}, nil)
	}
	swapped := a.typ() != b.typ() && b.typ().Is(a.typ())
	if swapped {
		if r, err := ask(b, a, mirrored[op]); err != nil || r != NotImplemented {
			return r, err
		}
	}
	if r, err := ask(a, b, op); err != nil || r != NotImplemented {
		return r, err
	}
	if !swapped {
		if r, err := ask(b, a, mirrored[op]); err != nil || r != NotImplemented {
			return r, err
		}
	}
	if isView(a) && isByteArray(b) {
		return t.compare(mirrored[op], b, unwrap(a))
	}
	if (wraps(a) || wraps(b)) && (op == "==" || op == "!=" || !isView(a) && !isView(b)) {
		return t.compare(op, unwrap(a), unwrap(b))
	}
	if m, ok := a.(*BoundMethod); ok {
		if n, ok := b.(*BoundMethod); ok && m.fn == n.fn && identical(m.self, n.self) {
			return NewBool(op == "=="), nil
		}
	}
	switch op {
	case "==":
		return NewBool(identical(a, b)), nil
	case "!=":
		return NewBool(!identical(a, b)), nil
	}
	return nil, Errorf(TypeError, "'%s' not supported between instances of '%s' and '%s'", op, a.typ().name, b.typ().name)
}
