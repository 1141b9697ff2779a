package python

import "fmt"

// Function is a function in Python.
type Function struct {
	code       *Code
	name       string
	qualname   string
	globals    *Dict
	defaults   []Value // of the last positional parameters
	kwDefaults []Value // of all keyword-only ones, nil where there is none
	closure    []*Cell
	attrs      *Dict
	annots     Value
	module     Value
	doc        Value
}

func (*Function) typ() *Type { return functionType }

// Name returns __name__.
func (fn *Function) Name() string { return fn.name }

// Attrs returns the function's own attributes.
func (fn *Function) Attrs() *Dict {
	if fn.attrs == nil {
		fn.attrs = NewDict()
	}
	return fn.attrs
}

// Params returns the names of the positional parameters.
func (fn *Function) Params() []string {
	var out []string
	for _, n := range fn.code.names[:fn.code.npos] {
		out = append(out, n.s)
	}
	return out
}

// Where returns the file and line of the definition.
func (fn *Function) Where() (file string, line int) { return fn.code.file, int(fn.code.pos.Line) }

// Call calls any callable with positional arguments.
func (t *Thread) Call(fn Value, args ...Value) (Value, error) { return t.call(fn, args, nil) }

// CallKw calls any callable with positional and keyword arguments.
func (t *Thread) CallKw(fn Value, args Args) (Value, error) {
	if len(args.Names) == 0 {
		return t.call(fn, args.Pos, nil)
	}
	all := append(append([]Value(nil), args.Pos...), args.Values...)
	return t.call(fn, all, args.Names)
}

// CallMethod calls a method of an object.
func (t *Thread) CallMethod(obj Value, name string, args ...Value) (Value, error) {
	fn, self, err := t.method(obj, t.iso.intern(name), nil)
	if err != nil {
		return nil, err
	}
	if self {
		return t.callWith(fn, obj, args, nil)
	}
	return t.call(fn, args, nil)
}

// call calls anything. The last len(names) arguments are keyword arguments; args is only borrowed. It is on the Go stack once
// for each Python call that waits, as are callFunction and callSite.run: what is rare is in functions of its own, so that
// their frames stay small.
func (t *Thread) call(fn Value, args []Value, names []*Str) (Value, error) {
	switch fn := fn.(type) {
	case *Function:
		return t.callFunction(fn, args, names)
	case *Native:
		n := len(args) - len(names)
		return fn.call(t, Args{args[:n:n], names, args[n:]})
	case *BoundMethod:
		return t.callWith(fn.fn, fn.self, args, names)
	}
	return t.callObject(fn, args, names)
}

func (t *Thread) callObject(fn Value, args []Value, names []*Str) (Value, error) {
	switch fn := fn.(type) {
	case *Type:
		n := len(args) - len(names)
		return t.instantiate(fn, Args{args[:n:n], names, args[n:]})
	case *wrapper:
		if fn.cls == staticMethodType {
			return t.call(fn.fn, args, names)
		}
	case *Instance:
		if m := fn.cls.lookup("__call__"); m != nil {
			b, err := t.bind(m, fn, fn.cls)
			if err != nil {
				return nil, err
			}
			if err := t.enter(""); err != nil { // an object whose __call__ is an object whose __call__ ...
				return nil, err
			}
			r, err := t.call(b, args, names)
			t.depth--
			return r, err
		}
	}
	return nil, Errorf(TypeError, "'%s' object is not callable", fn.typ().name)
}

func (t *Thread) callFunction(fn *Function, args []Value, names []*Str) (Value, error) {
	if err := t.tick(); err != nil { // here and not after, so that calls that fail count too
		return nil, err
	}
	f, err := t.frameOf(fn, args, names)
	if err != nil {
		return nil, err
	}
	if fn.code.isGen {
		return newGenerator(f, fn), nil
	}
	t.depth++
	f.back, t.frame = t.frame, f
	var r Value
	if fn.code.expr != nil {
		r, err = fn.code.expr(f)
	} else {
		_, err = fn.code.body(f)
		r = f.ret
	}
	t.frame = f.back
	t.depth--
	t.release(f)
	if err != nil {
		return nil, err
	}
	if r == nil {
		r = None
	}
	return r, nil
}

// frameOf makes the frame of a call with its arguments in their places.
//
//go:noinline
func (t *Thread) frameOf(fn *Function, args []Value, names []*Str) (*Frame, error) {
	if t.depth >= RecursionLimit {
		return nil, Errorf(RecursionError, "maximum recursion depth exceeded")
	}
	c := fn.code
	if c.late != nil {
		if err := c.late(); err != nil {
			return nil, err
		}
	}
	f := t.newFrame(c, fn.globals)
	if c.simple && len(names) == 0 && len(args) == c.npos {
		copy(f.locals, args)
	} else if err := fn.bind(f.locals, args, names); err != nil {
		t.release(f)
		return nil, err
	}
	if c.ncells+c.nfree > 0 {
		f.openCells(fn)
	}
	return f, nil
}

func makeCells(c *Code) []*Cell {
	cells := make([]*Cell, c.ncells+c.nfree)
	for i := range c.ncells {
		cells[i] = &Cell{}
	}
	return cells
}

func (f *Frame) openCells(fn *Function) {
	c := f.code
	f.cells = makeCells(c)
	copy(f.cells[c.ncells:], fn.closure)
	if !c.anyCellParam {
		return
	}
	for i, cell := range c.cellOf {
		if cell >= 0 {
			f.cells[cell].v = f.locals[i]
		}
	}
}

// bind distributes arguments to parameters (Python/ceval.c, initialize_locals).
func (fn *Function) bind(locals, args []Value, names []*Str) error {
	c := fn.code
	n := len(args) - len(names)
	pos := args[:n]
	if n > c.npos {
		if !c.star {
			return fn.tooMany(n, names)
		}
		pos = args[:c.npos]
		locals[c.npos+c.nkw] = NewTuple(append([]Value(nil), args[c.npos:n]...)...)
	} else if c.star {
		locals[c.npos+c.nkw] = emptyTuple
	}
	copy(locals, pos)
	var extra *Dict
	if c.kwStar {
		extra = NewDict()
		i := c.npos + c.nkw
		if c.star {
			i++
		}
		locals[i] = extra
	}
	for i, k := range names {
		if err := fn.keyword(locals, extra, k, args[n+i]); err != nil {
			return err
		}
	}
	return fn.fill(locals)
}

func (fn *Function) keyword(locals []Value, extra *Dict, k *Str, v Value) error {
	c := fn.code
	for j := c.posOnly; j < c.npos+c.nkw; j++ {
		if c.names[j] == k || c.names[j].s == k.s {
			if locals[j] != nil {
				return Errorf(TypeError, "%s() got multiple values for argument '%s'", fn.qualname, k.s)
			}
			locals[j] = v
			return nil
		}
	}
	if extra == nil {
		for j := range c.posOnly {
			if c.names[j].s == k.s {
				return Errorf(TypeError, "%s() got some positional-only arguments passed as keyword arguments: '%s'", fn.qualname, k.s)
			}
		}
		return Errorf(TypeError, "%s() got an unexpected keyword argument '%s'", fn.qualname, k.s)
	}
	extra.setStr(k, v)
	return nil
}

// fill gives defaults to what is missing.
func (fn *Function) fill(locals []Value) error {
	c := fn.code
	var missing []string
	first := c.npos - len(fn.defaults)
	for i := range c.npos {
		if locals[i] != nil {
			continue
		}
		if i >= first {
			locals[i] = fn.defaults[i-first]
			continue
		}
		missing = append(missing, "'"+c.names[i].s+"'")
	}
	if missing != nil {
		return missingError(fn.qualname, missing, "positional")
	}
	for i := range c.nkw {
		j := c.npos + i
		if locals[j] == nil {
			locals[j] = fn.kwDefaults[i]
		}
		if locals[j] == nil {
			missing = append(missing, "'"+c.names[j].s+"'")
		}
	}
	if missing != nil {
		return missingError(fn.qualname, missing, "keyword-only")
	}
	return nil
}

func (fn *Function) tooMany(got int, names []*Str) error {
	c := fn.code
	kw := 0
	for _, k := range names {
		for _, p := range c.names[c.npos : c.npos+c.nkw] {
			kw += b2i(p.s == k.s)
		}
	}
	takes := fmt.Sprint(c.npos)
	if len(fn.defaults) > 0 {
		takes = fmt.Sprintf("from %d to %d", c.npos-len(fn.defaults), c.npos)
	}
	was := "were"
	if got == 1 && kw == 0 {
		was = "was"
	}
	if kw > 0 {
		was = fmt.Sprintf("positional argument%s (and %d keyword-only argument%s) were", plural(got), kw, plural(kw))
	}
	return Errorf(TypeError, "%s() takes %s positional argument%s but %d %s given", fn.qualname, takes, plural(c.npos), got, was)
}

// instantiate calls a class: through its metaclass, __new__ and __init__.
func (t *Thread) instantiate(cls *Type, args Args) (Value, error) {
	if cls == typeType && len(args.Pos) == 1 && len(args.Names) == 0 {
		return args.Pos[0].typ(), nil
	}
	if m := cls.meta; m != nil && m.heap {
		if call := m.lookup("__call__"); call != typeType.dict.GetStr("__call__") {
			return t.callFront(call, cls, args)
		}
	}
	return t.newObject(cls, args)
}

// newObject is type.__call__.
func (t *Thread) newObject(cls *Type, args Args) (Value, error) {
	if !cls.heap {
		if cls.construct == nil {
			return nil, Errorf(TypeError, "cannot create '%s' instances", cls.name)
		}
		return cls.construct(t, cls, args)
	}
	fc := cls.fact()
	var obj Value
	var err error
	if fc.new != nil {
		fn := fc.new
		if w, ok := fn.(*wrapper); ok {
			fn = w.fn
		}
		obj, err = t.callFront(fn, cls, args)
	} else if cls.construct != nil {
		obj, err = cls.construct(t, cls, args)
	}
	if err != nil || obj == nil || !obj.typ().Is(cls) {
		return obj, err
	}
	if init := fc.init; init != nil {
		r, err := t.callFront(init, obj, args)
		if err != nil {
			return nil, err
		}
		if r != None {
			return nil, Errorf(TypeError, "__init__() should return None, not '%s'", r.typ().name)
		}
	}
	return obj, nil
}

// callWith calls with one more argument in front.
func (t *Thread) callWith(fn, first Value, args []Value, names []*Str) (Value, error) {
	all := t.push(1 + len(args))
	all[0] = first
	copy(all[1:], args)
	r, err := t.call(fn, all, names)
	t.pop(all)
	return r, err
}

// callFront is callWith for arguments that are apart.
func (t *Thread) callFront(fn, first Value, args Args) (Value, error) {
	n := len(args.Pos)
	all := t.push(1 + n + len(args.Values))
	all[0] = first
	copy(all[1:], args.Pos)
	copy(all[1+n:], args.Values)
	r, err := t.call(fn, all, args.Names)
	t.pop(all)
	return r, err
}
