package python

import (
	"sort"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

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
		for _, name := range x.below {
			names[name] = true
		}
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
