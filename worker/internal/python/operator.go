package python

// binaryOp is a op b. op has no "=" for augmented assignment.
func (t *Thread) binaryOp(op string, a, b Value) (Value, error) {
	if x, y, ok := both(a, b); ok {
		return intOp(op, x, y, a, b)
	}
	r, err := t.nativeOp(op, a, b)
	if r != NotImplemented || err != nil {
		return r, err
	}
	return t.slowOp(op, a, b)
}

// nativeOp knows the builtin classes; NotImplemented is "ask the objects".
func (t *Thread) nativeOp(op string, a, b Value) (Value, error) {
	na, nb := isInt(a) || isFloat(a), isInt(b) || isFloat(b)
	if na && nb {
		if isFloat(a) || isFloat(b) {
			if r, ok := intOnly[op]; ok && r {
				return NotImplemented, nil
			}
			x, err := toFloat(a)
			if err != nil {
				return nil, err
			}
			y, err := toFloat(b)
			if err != nil {
				return nil, err
			}
			return floatOp(op, x, y)
		}
		x, _ := AsBig(a)
		y, _ := AsBig(b)
		return bigOp(op, x, y)
	}
	switch op {
	case "+":
		return concat(t, a, b)
	case "*":
		return repeat(t, a, b)
	case "%":
		switch a.(type) {
		case *Str, *Bytes, *ByteArray:
			return t.percent(a, b)
		}
	case "|", "&", "-", "^":
		return t.setOp(op, a, b)
	}
	return NotImplemented, nil
}

var dunders = map[string]string{
	"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
	"<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}

// slowOp asks the classes of the objects (Objects/abstract.c, binary_op1).
func (t *Thread) slowOp(op string, a, b Value) (Value, error) {
	name := dunders[op]
	ca, cb := a.typ(), b.typ()
	l, r := userMethod(ca, "__"+name+"__"), userMethod(cb, "__r"+name+"__")
	if ca == cb {
		r = nil
	}
	first := func() (Value, error) {
		if r == nil {
			return NotImplemented, nil
		}
		return t.call(r, []Value{b, a}, nil)
	}
	swapped := ca != cb && cb.Is(ca) && r != nil && r != userMethod(ca, "__r"+name+"__")
	if swapped {
		if v, err := first(); err != nil || v != NotImplemented {
			return v, err
		}
	}
	if l != nil {
		if v, err := t.call(l, []Value{a, b}, nil); err != nil || v != NotImplemented {
			return v, err
		}
	}
	if !swapped {
		if v, err := first(); err != nil || v != NotImplemented {
			return v, err
		}
	}
	return t.payloadOp(op, a, b)
}

// payloadOp is an operator that no class has: of what the objects stand for, if for anything.
func (t *Thread) payloadOp(op string, a, b Value) (Value, error) {
	_, bytesFirst := AsBytes(a)
	if isView(a) || isView(b) && (!bytesFirst || op != "+" && op != "%") {
		return nil, opError(op, a, b) // a view has no operators
	}
	if wraps(a) || wraps(b) {
		return t.binaryOp(op, unwrap(a), unwrap(b))
	}
	if op == "*" && isSeq(a) && indexes(b) {
		return t.repeatIndex(a, b)
	}
	if op == "*" && isSeq(b) && indexes(a) {
		return t.repeatIndex(b, a)
	}
	return nil, opError(op, a, b)
}

// indexes says whether an object serves as a number, without being one.
func indexes(v Value) bool { return v.typ().lookup("__index__") != nil }

// repeatIndex is seq * n with an object that serves as a number.
func (t *Thread) repeatIndex(seq, n Value) (Value, error) {
	times, err := t.fitting(n, OverflowError, "cannot fit '"+n.typ().name+"' into an index-sized integer")
	if err != nil {
		return nil, err
	}
	return repeat(t, seq, NewInt(times))
}

// userMethod finds a special method that is not what a builtin class has: those are in nativeOp.
func userMethod(c *Type, name string) Value {
	v := c.lookup(name)
	if n, ok := v.(*Native); ok && n.owner != nil {
		return nil
	}
	return v
}

func opError(op string, a, b Value) error {
	switch op {
	case "+":
		switch x := a.(type) {
		case *Str:
			return Errorf(TypeError, "can only concatenate str (not \"%s\") to str", b.typ().name)
		case *List:
			return Errorf(TypeError, "can only concatenate list (not \"%s\") to list", b.typ().name)
		case *Tuple:
			return Errorf(TypeError, "can only concatenate tuple (not \"%s\") to tuple", b.typ().name)
		case *Bytes, *ByteArray:
			return Errorf(TypeError, "can't concat %s to %s", b.typ().name, x.typ().name)
		}
	case "*":
		if isSeq(a) && !isInt(b) {
			return Errorf(TypeError, "can't multiply sequence by non-int of type '%s'", b.typ().name)
		}
		if isSeq(b) && !isInt(a) {
			return Errorf(TypeError, "can't multiply sequence by non-int of type '%s'", a.typ().name)
		}
	case "**":
		op = "** or pow()"
	}
	return Errorf(TypeError, "unsupported operand type(s) for %s: '%s' and '%s'", op, a.typ().name, b.typ().name)
}

func isSeq(v Value) bool {
	switch v.(type) {
	case *Str, *List, *Tuple, *Bytes, *ByteArray:
		return true
	}
	return false
}

func concat(t *Thread, a, b Value) (Value, error) {
	switch x := a.(type) {
	case *Str:
		if y, ok := b.(*Str); ok {
			if err := t.room(len(x.s) + len(y.s)); err != nil {
				return nil, err
			}
			n := -1
			if x.n >= 0 && y.n >= 0 {
				n = x.n + y.n
			}
			return &Str{s: x.s + y.s, n: n}, nil
		}
	case *List:
		if y, ok := b.(*List); ok {
			if err := t.room(16 * (len(x.items) + len(y.items))); err != nil {
				return nil, err
			}
			return &List{append(append(make([]Value, 0, len(x.items)+len(y.items)), x.items...), y.items...)}, nil
		}
	case *Tuple:
		if y, ok := b.(*Tuple); ok {
			if err := t.room(16 * (len(x.items) + len(y.items))); err != nil {
				return nil, err
			}
			return NewTuple(append(append(make([]Value, 0, len(x.items)+len(y.items)), x.items...), y.items...)...), nil
		}
	case *Bytes:
		if y, ok := AsBytes(b); ok {
			return &Bytes{x.s + y}, t.room(len(x.s) + len(y))
		}
	case *ByteArray:
		if y, ok := AsBytes(b); ok {
			return &ByteArray{append(append([]byte(nil), x.b...), y...)}, t.room(len(x.b) + len(y))
		}
	}
	return NotImplemented, nil
}

func repeat(t *Thread, a, b Value) (Value, error) {
	if isSeq(b) {
		a, b = b, a
	}
	if !isSeq(a) || !isInt(b) {
		return NotImplemented, nil
	}
	n, ok := smallInt(b)
	if !ok {
		return nil, Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
	}
	n = max(n, 0)
	size, err := t.Len(a)
	if err != nil {
		return nil, err
	}
	unit := int64(1)
	switch a.(type) {
	case *List, *Tuple:
		unit = 16
	}
	if size > 0 && n > maxAlloc/(int64(size)*unit) {
		return nil, NewException(MemoryError)
	}
	if err := t.room(size * int(n*unit)); err != nil {
		return nil, err
	}
	return repeated(a, int(n)), nil
}
