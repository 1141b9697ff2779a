package python

import (
	"fmt"
	"io"
	"math/big"
	"sort"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// makeBuiltins makes the names that every module sees.
func makeBuiltins(iso *Isolate) *Dict {
	d := NewDict()
	for _, c := range []*Type{
		objectType, typeType, intType, boolType, floatType, strType, bytesType, byteArrayType, tupleType, listType, dictType,
		setType, frozenSetType, rangeType, sliceType, propertyType, staticMethodType, classMethodType, superType, enumerateType,
		zipType, mapType, filterType, reversedType, memoryViewType,
	} {
		d.SetStr(c.name, c)
	}
	for _, c := range exceptionTypes() {
		d.SetStr(c.name, c)
	}
	d.SetStr("EnvironmentError", OSError)
	d.SetStr("IOError", OSError)
	d.SetStr("NotImplemented", NotImplemented)
	d.SetStr("Ellipsis", Ellipsis)
	for _, name := range []string{"exit", "quit"} {
		d.SetStr(name, Func(name+"(code=None)", func(_ *Thread, a []Value) (Value, error) {
			return nil, NewException(SystemExit, orNone(a[0]))
		}))
	}
	d.SetStr("__debug__", True)
	d.SetStr("__name__", NewStr("builtins"))
	lists := [][]*Native{basicBuiltins(), iterBuiltins(), attrBuiltins(), numberBuiltins(), textBuiltins(), frameBuiltins(iso)}
	for _, fs := range lists {
		for _, f := range fs {
			f.module = "builtins"
			d.SetStr(f.name, f)
		}
	}
	return d
}

func basicBuiltins() []*Native {
	return []*Native{
		Func("len(obj, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := t.Len(a[0])
			return NewInt(int64(n)), err
		}),
		Func("isinstance(obj, class_or_tuple, /)", func(t *Thread, a []Value) (Value, error) {
			ok, err := t.IsInstance(a[0], a[1])
			return NewBool(ok), err
		}),
		Func("issubclass(cls, class_or_tuple, /)", func(t *Thread, a []Value) (Value, error) {
			c, ok := a[0].(*Type)
			if !ok {
				return nil, Errorf(TypeError, "issubclass() arg 1 must be a class")
			}
			ok, err := t.subclass(c, a[1], "issubclass() arg 2 must be a class, a tuple of classes, or a union")
			return NewBool(ok), err
		}),
		Func("callable(obj, /)", func(_ *Thread, a []Value) (Value, error) { return NewBool(Callable(a[0])), nil }),
		Func("id(obj, /)", func(_ *Thread, a []Value) (Value, error) { return NewInt(int64(idOf(a[0]))), nil }),
		Func("hash(obj, /)", func(t *Thread, a []Value) (Value, error) {
			h, err := hashValue(t, a[0])
			return NewInt(int64(h)), err
		}),
		RawFunc("print", printTo),
		Func("input(prompt='', /)", func(*Thread, []Value) (Value, error) {
			return nil, Errorf(EOFError, "EOF when reading a line")
		}),
		Func("open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", openFile),
	}
}

// Callable is callable(v).
func Callable(v Value) bool {
	switch v := v.(type) {
	case *Function, *Native, *BoundMethod, *Type:
		return true
	case *wrapper:
		return v.cls == staticMethodType
	case *Instance:
		return v.cls.lookup("__call__") != nil
	}
	return false
}

// IsInstance is isinstance(v, c).
func (t *Thread) IsInstance(v, c Value) (bool, error) {
	return t.subclass(v.typ(), c, "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

func (t *Thread) subclass(c *Type, of Value, msg string) (bool, error) {
	switch x := of.(type) {
	case *Type:
		if c.Is(x) {
			return true, nil
		}
		if h := x.lookup("__subclasshook_go__"); h != nil {
			r, err := t.call(h, []Value{x, c}, nil)
			return r == True, err
		}
		return false, nil
	case *Tuple:
		for _, y := range x.items {
			if ok, err := t.subclass(c, y, msg); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	case *singleton:
		if x == None {
			return c == noneType, nil
		}
	}
	return false, Errorf(TypeError, "%s", msg)
}

func printTo(t *Thread, args Args) (Value, error) {
	sep, end := " ", "\n"
	var file Value
	for i, k := range args.Names {
		v := args.Values[i]
		switch k.s {
		case "sep", "end":
			if v == None {
				continue
			}
			s, ok := AsStr(v)
			if !ok {
				return nil, Errorf(TypeError, "%s must be None or a string, not %s", k.s, v.typ().name)
			}
			if k.s == "sep" {
				sep = s
			} else {
				end = s
			}
		case "file":
			file = v
		case "flush":
		default:
			return nil, Errorf(TypeError, "'%s' is an invalid keyword argument for print()", k.s)
		}
	}
	var sb strings.Builder
	for i, v := range args.Pos {
		if i > 0 {
			sb.WriteString(sep)
		}
		s, err := t.Str(v)
		if err != nil {
			return nil, err
		}
		sb.WriteString(s)
	}
	sb.WriteString(end)
	if file == nil || file == None {
		if m, ok := t.iso.modules.GetStr("sys").(*Module); ok {
			file = m.attrs.GetStr("stdout")
		}
	}
	if file != nil && file != None {
		_, err := t.CallMethod(file, "write", NewStr(sb.String()))
		return None, err
	}
	_, err := io.WriteString(t.iso.opts.Stdout, sb.String())
	if err != nil {
		return nil, Errorf(OSError, "%s", err.Error())
	}
	return None, nil
}

func iterBuiltins() []*Native { //nolint:funlen,gocognit // a table of short functions
	minmax := func(name, op string) *Native {
		return RawFunc(name, func(t *Thread, args Args) (Value, error) { return t.minMax(name, op, args) })
	}
	quant := func(name string, stop bool) *Native {
		return Func(name+"(iterable, /)", func(t *Thread, a []Value) (Value, error) {
			r := !stop
			err := t.Each(a[0], func(v Value) error {
				ok, err := t.Truth(v)
				if err == nil && ok == stop {
					r, err = stop, errStop
				}
				return err
			})
			if err == errStop { //nolint:errorlint // a mark, never wrapped
				err = nil
			}
			return NewBool(r), err
		})
	}
	return []*Native{
		minmax("min", "<"), minmax("max", ">"), quant("any", true), quant("all", false),
		Func("iter(object, sentinel=None, /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == nil {
				return t.Iter(a[0])
			}
			fn, last := a[0], a[1] // a is only valid during the call
			return NewIterator("callable_iterator", func(t *Thread) (Value, error) {
				v, err := t.call(fn, nil, nil)
				if err != nil {
					return nil, err
				}
				if eq, err := t.Equal(v, last); eq || err != nil {
					return nil, err
				}
				return v, nil
			}), nil
		}),
		Func("next(iterator, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			switch a[0].(type) {
			case *iterator, *Generator:
			default:
				if a[0].typ().lookup("__next__") == nil {
					return nil, Errorf(TypeError, "'%s' object is not an iterator", a[0].typ().name)
				}
			}
			v, err := t.Next(a[0])
			if err != nil || v != nil {
				return v, err
			}
			if a[1] != nil {
				return a[1], nil
			}
			e := NewException(StopIteration)
			if g, ok := a[0].(*Generator); ok && g.st.result != nil && g.st.result != None {
				e.args = NewTuple(g.st.result)
				g.st.result = nil
			}
			return nil, e
		}),
		Func("sorted(iterable, /, *, key=None, reverse=False)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(a[0])
			if err != nil {
				return nil, err
			}
			items, err = t.sorted(items, a[1], a[2])
			return &List{items}, err
		}),
		Func("sum(iterable, /, start=0)", func(t *Thread, a []Value) (Value, error) {
			acc := a[1]
			if acc == nil {
				acc = NewInt(0)
			}
			if _, ok := acc.(*Str); ok {
				return nil, Errorf(TypeError, "sum() can't sum strings [use ''.join(seq) instead]")
			}
			err := t.Each(a[0], func(v Value) error {
				r, err := t.binaryOp("+", acc, v)
				acc = r
				return err
			})
			return acc, err
		}),
	}
}

func (t *Thread) minMax(name, op string, args Args) (Value, error) { //nolint:gocognit // one case a kind of value
	items := args.Pos
	key, dflt := args.Kw("key"), args.Kw("default")
	switch len(items) {
	case 0:
		return nil, Errorf(TypeError, "%s expected at least 1 argument, got 0", name)
	case 1:
		var err error
		if items, err = t.ToSlice(items[0]); err != nil {
			return nil, err
		}
	}
	var best, bestKey Value
	for _, v := range items {
		k := v
		if key != nil && key != None {
			var err error
			if k, err = t.call(key, []Value{v}, nil); err != nil {
				return nil, err
			}
		}
		if best != nil {
			r, err := t.compare(op, k, bestKey)
			if err != nil {
				return nil, err
			}
			if ok, err := t.Truth(r); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		best, bestKey = v, k
	}
	if best == nil {
		if dflt != nil {
			return dflt, nil
		}
		return nil, Errorf(ValueError, "%s() arg is an empty sequence", name)
	}
	return best, nil
}

func attrBuiltins() []*Native {
	name := func(v Value, fn string) (string, error) {
		s, ok := AsStr(v)
		if !ok {
			return "", Errorf(TypeError, "%s(): attribute name must be string", fn)
		}
		return s, nil
	}
	return []*Native{
		Func("getattr(object, name, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1], "getattr")
			if err != nil {
				return nil, err
			}
			v, err := t.GetAttr(a[0], s)
			if err != nil && a[2] != nil && isA(err, AttributeError) {
				return a[2], nil
			}
			return v, err
		}),
		Func("hasattr(obj, name, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1], "hasattr")
			if err != nil {
				return nil, err
			}
			v, err := t.HasAttr(a[0], s)
			return NewBool(v != nil), err
		}),
		Func("setattr(obj, name, value, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1], "setattr")
			if err != nil {
				return nil, err
			}
			return None, t.SetAttr(a[0], s, a[2])
		}),
		Func("delattr(obj, name, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1], "delattr")
			if err != nil {
				return nil, err
			}
			return None, t.delAttr(a[0], t.iso.intern(s))
		}),
	}
}

func numberBuiltins() []*Native { //nolint:funlen,gocognit // a table of short functions
	based := func(name, prefix string, base int) *Native {
		return Func(name+"(number, /)", func(t *Thread, a []Value) (Value, error) {
			b, ok := AsBig(a[0])
			if !ok {
				n, err := t.index(a[0])
				if err != nil {
					return nil, err
				}
				b = big.NewInt(n)
			}
			s := prefix + new(big.Int).Abs(b).Text(base)
			if b.Sign() < 0 {
				s = "-" + s
			}
			return NewStr(s), nil
		})
	}
	return []*Native{
		based("hex", "0x", 16), based("oct", "0o", 8), based("bin", "0b", 2),
		Func("abs(x, /)", func(t *Thread, a []Value) (Value, error) {
			if m := userMethod(a[0].typ(), "__abs__"); m != nil {
				return t.call(m, []Value{a[0]}, nil)
			}
			return absolute(a[0])
		}),
		Func("round(number, ndigits=None)", func(t *Thread, a []Value) (Value, error) { return t.round(a[0], a[1]) }),
		Func("divmod(x, y, /)", func(t *Thread, a []Value) (Value, error) {
			q, err := t.binaryOp("//", a[0], a[1])
			if err != nil {
				if isA(err, TypeError) {
					return nil, Errorf(TypeError, "unsupported operand type(s) for divmod(): '%s' and '%s'", a[0].typ().name, a[1].typ().name)
				}
				return nil, err
			}
			r, err := t.binaryOp("%", a[0], a[1])
			return NewTuple(q, r), err
		}),
		Func("pow(base, exp, mod=None)", func(t *Thread, a []Value) (Value, error) {
			if a[2] == nil || a[2] == None {
				return t.binaryOp("**", a[0], a[1])
			}
			x, ok1 := AsBig(a[0])
			y, ok2 := AsBig(a[1])
			m, ok3 := AsBig(a[2])
			if !ok1 || !ok2 || !ok3 {
				return nil, Errorf(TypeError, "pow() 3rd argument not allowed unless all arguments are integers")
			}
			if m.Sign() == 0 {
				return nil, Errorf(ValueError, "pow() 3rd argument cannot be 0")
			}
			if w := m.BitLen()/64 + 1; y.BitLen() > maxWork/w/w { // it would take minutes, and nothing could end it
				return nil, Errorf(OverflowError, "the modulus and the exponent are too large")
			}
			r := new(big.Int).Exp(x, y, new(big.Int).Abs(m))
			if r == nil {
				return nil, Errorf(ValueError, "base is not invertible for the given modulus")
			}
			_, r = floorDiv(r, m)
			return NewBig(r), nil
		}),
	}
}

func textBuiltins() []*Native {
	return []*Native{
		Func("repr(obj, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Repr(a[0])
			return NewStr(s), err
		}),
		Func("ascii(obj, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Repr(a[0])
			return NewStr(asciiOnly(s)), err
		}),
		Func("format(value, format_spec='', /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Format(a[0], orStr(a[1], ""))
			return NewStr(s), err
		}),
		Func("chr(i, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := t.index(a[0])
			if err != nil {
				return nil, err
			}
			if n < 0 || n > 0x10ffff {
				return nil, Errorf(ValueError, "chr() arg not in range(0x110000)")
			}
			return NewStr(string(appendRune(nil, rune(n)))), nil
		}),
		Func("ord(c, /)", func(_ *Thread, a []Value) (Value, error) {
			if b, ok := AsBytes(a[0]); ok && len(b) == 1 {
				return NewInt(int64(b[0])), nil
			}
			s, ok := AsStr(a[0])
			if !ok {
				return nil, Errorf(TypeError, "ord() expected string of length 1, but %s found", a[0].typ().name)
			}
			if n := countRunes(s); n != 1 {
				return nil, Errorf(TypeError, "ord() expected a character, but string of length %d found", n)
			}
			r, _ := nextRune(s)
			return NewInt(int64(r)), nil
		}),
	}
}

func frameBuiltins(_ *Isolate) []*Native {
	return []*Native{
		Func("globals()", func(t *Thread, _ []Value) (Value, error) { return t.frame.globals, nil }),
		Func("locals()", func(t *Thread, _ []Value) (Value, error) { return t.frame.localsDict(), nil }),
		Func("vars(object=None, /)", func(t *Thread, a []Value) (Value, error) {
			if a[0] == nil {
				return t.frame.localsDict(), nil
			}
			v, err := t.HasAttr(a[0], "__dict__")
			if err == nil && v == nil {
				err = Errorf(TypeError, "vars() argument must have __dict__ attribute")
			}
			return v, err
		}),
		Func("dir(object=None, /)", func(t *Thread, a []Value) (Value, error) { return t.dir(a[0]) }),
		Func("__import__(name, globals=None, locals=None, fromlist=(), level=0)", func(t *Thread, a []Value) (Value, error) {
			s, _ := AsStr(a[0])
			m, err := t.Import(s)
			if err != nil {
				return nil, err
			}
			if a[3] == nil || a[3] == Value(emptyTuple) {
				top, _, _ := strings.Cut(s, ".")
				return t.Import(top)
			}
			return m, nil
		}),
		Func("eval(source, globals=None, locals=None, /)", evalBuiltin),
		Func("exec(source, globals=None, locals=None, /)", evalBuiltin),
	}
}

// evalBuiltin runs source text in the globals of its caller.
func evalBuiltin(t *Thread, a []Value) (Value, error) {
	src, ok := AsStr(a[0])
	if !ok {
		return nil, Errorf(TypeError, "eval() arg 1 must be a string, bytes or code object")
	}
	g := t.frame.globals
	if d, ok := a[1].(*Dict); ok {
		g = d
	}
	tree, err := syntax.Parse("<string>", []byte(strings.TrimLeft(src, " \t")))
	if err != nil {
		return nil, AsException(err)
	}
	var last *syntax.ExprStmt
	if n := len(tree.Body); n == 1 {
		if x, ok := tree.Body[0].(*syntax.ExprStmt); ok {
			last = x
			tree.Body = []syntax.Stmt{&syntax.Assign{Pos: x.Pos, Targets: []syntax.Expr{&syntax.Name{Pos: x.Pos, ID: "$eval"}}, Value: x.X}}
		}
	}
	m := &Module{name: "<string>", attrs: g}
	if err := t.runModule(m, tree); err != nil {
		return nil, err
	}
	if last == nil {
		return None, nil
	}
	v, err := g.Delete(t, NewStr("$eval"))
	return orNone(v), err
}

func (f *Frame) localsDict() *Dict {
	if f.ns != nil {
		return f.ns
	}
	if f.code.name == "<module>" {
		return f.globals
	}
	d := NewDict()
	for i, n := range f.code.localNames {
		if n != "" && f.locals[i] != nil {
			d.SetStr(n, f.locals[i])
		}
	}
	for i, n := range f.code.cellNames {
		if v := f.cells[i].v; v != nil && n != "__class__" {
			d.SetStr(n, v)
		}
	}
	return d
}

func (t *Thread) dir(v Value) (Value, error) {
	if v != nil {
		if m := userMethod(v.typ(), "__dir__"); m != nil && m != objectType.dict.GetStr("__dir__") {
			names, err := t.call(m, []Value{v}, nil)
			if err != nil {
				return nil, err
			}
			return t.Call(t.iso.builtins.GetStr("sorted"), names)
		}
	}
	return t.plainDir(v)
}

// plainDir is object.__dir__, sorted.
func (t *Thread) plainDir(v Value) (Value, error) {
	names := map[string]bool{}
	add := func(d *Dict) {
		if d != nil {
			d.All(func(k, _ Value) bool {
				if s, ok := AsStr(k); ok {
					names[s] = true
				}
				return true
			})
		}
	}
	switch x := v.(type) {
	case nil:
		add(t.frame.localsDict())
	case *Module:
		add(x.attrs)
	case *Type:
		for _, m := range x.mro {
			add(m.dict)
		}
	default:
		add(attrsOf(v))
		for _, m := range v.typ().mro {
			add(m.dict)
		}
		names["__class__"] = true
	}
	var out []string
	for n := range names {
		out = append(out, n)
	}
	sort.Strings(out)
	return strList(out), nil
}

// fillIterators makes the classes that are iterators: enumerate, zip, map, filter, reversed.
func fillIterators() { //nolint:funlen,gocognit // a table of short functions
	enumerateType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		start := args.Kw("start")
		if len(args.Pos) > 1 {
			start = args.Pos[1]
		}
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "enumerate() missing required argument 'iterable' (pos 1)")
		}
		n := int64(0)
		var err error
		if start != nil {
			if n, err = t.index(start); err != nil {
				return nil, err
			}
		}
		it, err := t.Iter(args.Pos[0])
		return &iterator{cls: enumerateType, next: func(t *Thread) (Value, error) {
			v, err := t.Next(it)
			if v == nil || err != nil {
				return nil, err
			}
			n++
			return &Tuple{[]Value{NewInt(n - 1), v}}, nil
		}}, err
	}
	zipType.construct = newZip
	mapType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) < 2 {
			return nil, Errorf(TypeError, "map() must have at least two arguments.")
		}
		fn := args.Pos[0]
		row, err := t.rows(args.Pos[1:])
		return &iterator{cls: mapType, next: func(t *Thread) (Value, error) {
			vs, err := row(t)
			if vs == nil || err != nil {
				return nil, err
			}
			return t.call(fn, vs, nil)
		}}, err
	}
	filterType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) != 2 {
			return nil, Errorf(TypeError, "filter expected 2 arguments, got %d", len(args.Pos))
		}
		fn := args.Pos[0]
		it, err := t.Iter(args.Pos[1])
		return &iterator{cls: filterType, next: func(t *Thread) (Value, error) { return t.filterNext(fn, it) }}, err
	}
	reversedType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) != 1 {
			return nil, Errorf(TypeError, "reversed expected 1 argument, got %d", len(args.Pos))
		}
		v := args.Pos[0]
		if m := userMethod(v.typ(), "__reversed__"); m != nil {
			return t.call(m, []Value{v}, nil)
		}
		if _, ok := v.(*Set); ok || v.typ().lookup("__iter__") == nil && v.typ().lookup("__getitem__") == nil {
			return nil, Errorf(TypeError, "'%s' object is not reversible", v.typ().name)
		}
		items, err := t.ToSlice(v)
		return reverseIter(items), err
	}
}

func (t *Thread) filterNext(fn, it Value) (Value, error) {
	for {
		if err := t.tick(); err != nil {
			return nil, err
		}
		v, err := t.Next(it)
		if v == nil || err != nil {
			return nil, err
		}
		r := v
		if fn != None {
			if r, err = t.call(fn, []Value{v}, nil); err != nil {
				return nil, err
			}
		}
		if ok, err := t.Truth(r); ok || err != nil {
			return v, err
		}
	}
}

// rows advances several iterators at once; it returns nil at the end of the shortest.
func (t *Thread) rows(srcs []Value) (func(t *Thread) ([]Value, error), error) {
	its := make([]Value, len(srcs))
	for i, s := range srcs {
		it, err := t.Iter(s)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return func(t *Thread) ([]Value, error) {
		out := make([]Value, len(its))
		for i, it := range its {
			v, err := t.Next(it)
			if v == nil || err != nil {
				return nil, err
			}
			out[i] = v
		}
		return out, nil
	}, nil
}

func newZip(t *Thread, _ *Type, args Args) (Value, error) {
	strict := args.Kw("strict") == True
	its := make([]Value, len(args.Pos))
	for i, s := range args.Pos {
		it, err := t.Iter(s)
		if err != nil {
			if isA(err, TypeError) {
				return nil, Errorf(TypeError, "zip argument #%d must support iteration", i+1)
			}
			return nil, err
		}
		its[i] = it
	}
	return &iterator{cls: zipType, next: func(t *Thread) (Value, error) {
		if len(its) == 0 {
			return nil, nil //nolint:nilnil // the end
		}
		out := make([]Value, len(its))
		for i, it := range its {
			v, err := t.Next(it)
			if err != nil {
				return nil, err
			}
			if v == nil {
				if strict {
					return nil, zipStrict(t, its, i)
				}
				return nil, nil //nolint:nilnil // the end
			}
			out[i] = v
		}
		return &Tuple{out}, nil
	}}, nil
}

func zipStrict(t *Thread, its []Value, i int) error {
	args := func(n int) string {
		if n == 1 {
			return " 1"
		}
		return fmt.Sprintf("s 1-%d", n)
	}
	if i > 0 {
		return Errorf(ValueError, "zip() argument %d is shorter than argument%s", i+1, args(i))
	}
	for k := 1; k < len(its); k++ {
		v, err := t.Next(its[k])
		if err != nil {
			return err
		}
		if v != nil {
			return Errorf(ValueError, "zip() argument %d is longer than argument%s", k+1, args(k))
		}
	}
	return nil
}
