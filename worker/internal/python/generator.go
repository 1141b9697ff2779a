package python

import (
	"iter"
	"runtime"
)

// Generator is a generator. Its body runs as a coroutine of its own (iter.Pull), always on behalf of the thread that
// resumes it.
type Generator struct{ st *genState }

func (g *Generator) typ() *Type {
	switch g.st.kind {
	case coroutine:
		return coroutineType
	case asyncGen:
		return asyncGenType
	}
	return generatorType
}

// special are the attributes that no dict holds.
func (g *Generator) special(name string) Value {
	switch name {
	case "__name__":
		return NewStr(g.st.name)
	case "__qualname__":
		return NewStr(g.st.qualname)
	case "gi_running":
		return NewBool(g.st.running)
	case "gi_frame", "gi_yieldfrom":
		if g.st.done || name == "gi_yieldfrom" {
			return None
		}
		return True // a frame is nothing that one could look into
	}
	return nil
}

type genState struct {
	qualname string
	name     string
	f        *Frame
	next     func() (Value, bool)
	yield    func(Value) bool
	sent     Value
	throw    error
	err      error
	result   Value
	kind     genKind
	running  bool
	done     bool
	caught   *Exception // what the generator itself is handling
}

func newGenerator(f *Frame, fn *Function) *Generator {
	g := &Generator{&genState{name: fn.name, qualname: fn.qualname, f: f, kind: fn.code.kind}}
	f.gen = g.st
	return g
}

// String is the word for it in messages.
func (k genKind) String() string { return [...]string{"generator", "coroutine", "async generator"}[k] }

// start makes the coroutine when the generator is first resumed.
func (st *genState) start(g *Generator) {
	st.next, _ = iter.Pull(func(yield func(Value) bool) {
		st.yield = yield
		f := st.f
		if f.code.expr != nil {
			_, st.err = f.code.expr(f)
		} else {
			_, st.err = f.code.body(f)
		}
		st.result = f.ret
	})
	if g == nil {
		return
	}
	iso := st.f.t.iso
	runtime.SetFinalizer(g, func(*Generator) { iso.bury(st) })
}

// resume runs the generator to its next yield. At the end it returns nil and no error; the result is in st.result.
func (st *genState) resume(t *Thread, g *Generator, sent Value, throw error) (Value, error) {
	if st.running {
		return nil, Errorf(ValueError, "%s already executing", st.kind)
	}
	if st.done {
		if st.kind == coroutine && throw == nil {
			return nil, Errorf(RuntimeError, "cannot reuse already awaited coroutine")
		}
		return nil, throw
	}
	if st.next == nil {
		if throw != nil {
			st.done = true
			return nil, st.f.atStart(throw)
		}
		if sent != nil && sent != None {
			return nil, Errorf(TypeError, "can't send non-None value to a just-started generator")
		}
		st.f.t = t
		st.start(g)
	}
	if err := t.enter(""); err != nil {
		return nil, err
	}
	f := st.f
	f.t, f.back, t.frame = t, t.frame, f
	handling := t.handling
	if st.caught != nil {
		t.handling = st.caught
	}
	st.sent, st.throw, st.running = sent, throw, true
	v, ok := st.next()
	st.running = false
	st.caught = nil
	if ok && t.handling != handling {
		st.caught = t.handling
	}
	t.handling = handling
	t.frame, f.back = f.back, nil
	t.depth--
	runtime.KeepAlive(g)
	if ok {
		return v, nil
	}
	st.done = true
	err := st.err
	st.err, st.f, st.yield = nil, nil, nil
	if err != nil && (isA(err, StopIteration) || st.kind == asyncGen && isA(err, StopAsyncIteration)) {
		e := Errorf(RuntimeError, "%s raised %s", st.kind, AsException(err).cls.name)
		e.cause, e.context, e.suppress = AsException(err), AsException(err), true
		e.tb = append(e.tb, AsException(err).tb...)
		return nil, e
	}
	return nil, err
}

func (f *Frame) atStart(err error) error { return f.at(&f.code.pos, err) }

// yieldValue is the yield expression.
func (f *Frame) yieldValue(v Value) (Value, error) {
	st := f.gen
	if !st.yield(v) {
		return nil, Errorf(GeneratorExit, "")
	}
	if err := st.throw; err != nil {
		st.throw = nil
		if e, ok := err.(*Exception); ok { //nolint:errorlint // see isA
			e.mark = nil
		}
		return nil, err
	}
	if st.sent == nil {
		return None, nil
	}
	return st.sent, nil
}

// close is generator.close().
func (st *genState) close(t *Thread) error {
	if st.done || st.next == nil {
		st.done = true
		return nil
	}
	v, err := st.resume(t, nil, nil, NewException(GeneratorExit))
	if err != nil && (isA(err, GeneratorExit) || isA(err, StopIteration)) {
		return nil
	}
	if v != nil {
		return Errorf(RuntimeError, "generator ignored GeneratorExit")
	}
	return err
}

// yieldFrom delegates to another iterator (PEP 380).
func (f *Frame) yieldFrom(src Value) (Value, error) {
	it, err := f.t.Iter(src)
	if err != nil {
		return nil, err
	}
	return f.delegate(it)
}

// delegate yields what an iterator yields and returns its result.
func (f *Frame) delegate(it Value) (Value, error) {
	sent := None
	var thrown error
	for {
		v, done, err := f.t.step(it, sent, thrown)
		if done || err != nil {
			return v, err
		}
		if sent, thrown = f.yieldValue(v); thrown != nil && isA(thrown, GeneratorExit) {
			if g, ok := it.(*Generator); ok {
				if err := g.st.close(f.t); err != nil {
					return nil, err
				}
			}
			return nil, thrown
		}
	}
}

func orNone(v Value) Value {
	if v == nil {
		return None
	}
	return v
}

func generatorMethods() []*Native {
	end := func(g *Generator, v Value, err error) (Value, error) {
		if v != nil || err != nil {
			return v, err
		}
		e := NewException(StopIteration)
		if r := g.st.result; r != nil && r != None {
			e.args = NewTuple(r)
			g.st.result = nil
		}
		return nil, e
	}
	return []*Native{
		Func("send(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			g := a[0].(*Generator)
			v, err := g.st.resume(t, g, a[1], nil)
			return end(g, v, err)
		}),
		Func("throw(self, typ, val=None, tb=None, /)", func(t *Thread, a []Value) (Value, error) {
			g := a[0].(*Generator)
			e, err := t.toException(a[1])
			if err != nil {
				return nil, err
			}
			e.mark = nil
			v, err := g.st.resume(t, g, nil, e)
			return end(g, v, err)
		}),
		Func("close(self, /)", func(t *Thread, a []Value) (Value, error) { return None, a[0].(*Generator).st.close(t) }),
		Func("__next__(self, /)", func(t *Thread, a []Value) (Value, error) {
			g := a[0].(*Generator)
			v, err := g.st.resume(t, g, None, nil)
			return end(g, v, err)
		}),
		Func("__iter__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
	}
}
