package python

import (
	"gregaria/worker/internal/python/syntax"
)

// comp compiles a comprehension. Lists, sets and dicts run in the frame of their host; a traceback shows them as frames of
// their own, as in CPython 3.11, see leave.
func (c *compiler) comp(x *syntax.Comp) expr {
	iter := c.expr(x.Clauses[0].Iter)
	if x.Kind == "gen" {
		return c.genexp(x, iter)
	}
	s := c.binder.scopes[x]
	code := &Code{name: "<" + x.Kind + "comp>", file: c.tree.File, tree: c.tree}
	var add func(f *Frame, acc Value) error
	var loop func(f *Frame, acc, it Value) error
	c.in(s, func() {
		add = c.compAdd(x)
		loop = c.clauses(x, 0, add)
	})
	var fresh []int // cells that every run makes anew
	for _, y := range s.order {
		if y.captured {
			fresh = append(fresh, c.s.host.cellIndex(y))
		}
	}
	pos := &x.Pos
	return func(f *Frame) (Value, error) {
		src, err := iter(f)
		if err != nil {
			return nil, err
		}
		for _, i := range fresh {
			f.cells[i] = &Cell{}
		}
		var acc Value
		switch x.Kind {
		case "list":
			acc = &List{}
		case "set":
			acc = NewSet()
		default:
			acc = NewDict()
		}
		if err := loop(f, acc, src); err != nil {
			return nil, f.leave(code, pos, err)
		}
		return acc, nil
	}
}

// leave makes the entry that an exception got inside a comprehension one of the comprehension's own, and adds the host's.
func (f *Frame) leave(code *Code, pos *syntax.Pos, err error) error {
	e := AsException(err)
	if e.mark == f && len(e.tb) > 0 && e.tb[len(e.tb)-1].code == f.code {
		e.tb[len(e.tb)-1].code = code
		e.mark = nil
	}
	return f.at(pos, e)
}

func (c *compiler) compAdd(x *syntax.Comp) func(f *Frame, acc Value) error {
	elt := c.expr(x.Elt)
	if x.Kind == "dict" {
		val := c.expr(x.Value)
		return func(f *Frame, acc Value) error {
			k, err := elt(f)
			if err != nil {
				return err
			}
			v, err := val(f)
			if err != nil {
				return err
			}
			if err := acc.(*Dict).Set(f.t, k, v); err != nil {
				return f.at(&x.Pos, err)
			}
			return nil
		}
	}
	return func(f *Frame, acc Value) error {
		v, err := elt(f)
		if err != nil {
			return err
		}
		switch a := acc.(type) {
		case *List:
			if len(a.items) == cap(a.items) {
				if err := f.t.room(32 * len(a.items)); err != nil {
					return f.at(&x.Pos, err)
				}
			}
			a.items = append(a.items, v)
		case *Set:
			if err := a.Add(f.t, v); err != nil {
				return f.at(&x.Pos, err)
			}
		case nil:
			_, err = f.yieldValue(v)
			return err
		}
		return nil
	}
}

// clauses compiles the nested loops of a comprehension from clause i on.
func (c *compiler) clauses(comp *syntax.Comp, i int, add func(f *Frame, acc Value) error) func(f *Frame, acc, src Value) error { //nolint:gocognit // one case a kind of value
	cls := comp.Clauses
	cl := cls[i]
	async := cl.Async
	if async && comp.Kind == "gen" {
		c.fail(cl.Target.Span(), "asynchronous generator expressions are not supported")
	}
	set := c.assign(cl.Target)
	conds := make([]cond, len(cl.Ifs))
	for k, x := range cl.Ifs {
		conds[k] = c.cond(x)
	}
	body := add
	if i+1 < len(cls) {
		inner := c.clauses(comp, i+1, add)
		next := c.expr(cls[i+1].Iter)
		body = func(f *Frame, acc Value) error {
			src, err := next(f)
			if err != nil {
				return err
			}
			return inner(f, acc, src)
		}
	}
	pos := cl.Iter.Span()
	return func(f *Frame, acc, src Value) error {
		it, next, err := f.loop(src, async)
		if err != nil {
			return f.at(&pos, err)
		}
	next:
		for {
			if err := f.t.tick(); err != nil {
				return f.at(&pos, err)
			}
			v, err := next(f, it)
			if err != nil {
				return f.at(&comp.Pos, err)
			}
			if v == nil {
				return nil
			}
			if err := set(f, v); err != nil {
				return err
			}
			for _, k := range conds {
				ok, err := k(f)
				if err != nil {
					return err
				}
				if !ok {
					continue next
				}
			}
			if err := body(f, acc); err != nil {
				return err
			}
		}
	}
}

// genexp compiles a generator expression: a function of its iterable.
func (c *compiler) genexp(x *syntax.Comp, iter expr) expr {
	p := c.function(x, "<genexpr>", syntax.Params{}, x.Pos, func(code *Code) {
		loop := c.clauses(x, 0, c.compAdd(x))
		code.body = func(f *Frame) (ctl, error) { return ctlReturn, loop(f, nil, f.locals[0]) }
	})
	p.code.npos, p.code.names, p.code.cellOf = 1, []*Str{NewStr(".0")}, []int{-1}
	pos := x.Clauses[0].Iter.Span()
	return func(f *Frame) (Value, error) {
		src, err := iter(f)
		if err != nil {
			return nil, err
		}
		it, err := f.t.Iter(src)
		if err != nil {
			return nil, f.at(&pos, err)
		}
		fn, err := p.make(f)
		if err != nil {
			return nil, err
		}
		return f.t.call(fn, []Value{it}, nil)
	}
}
