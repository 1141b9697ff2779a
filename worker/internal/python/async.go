package python

import "gregaria/worker/internal/python/syntax"

// A coroutine is a generator that only await resumes; an asynchronous generator is one whose own values are told from what
// its awaits yield by a wrapper.

type genKind uint8

const (
	plainGen genKind = iota
	coroutine
	asyncGen
)

var (
	coroutineType = builtin("coroutine", objectType)
	asyncGenType  = builtin("async_generator", objectType)
	asyncStepType = builtin("async_generator_asend", objectType)
)

// asyncValue is what an asynchronous generator yields itself.
type asyncValue struct{ v Value }

func (*asyncValue) typ() *Type { return objectType }

// asyncStep is what __anext__, asend, athrow and aclose return: awaiting it resumes the generator.
type asyncStep struct {
	g     *Generator
	sent  Value
	throw error
	close bool
	done  bool
}

func (*asyncStep) typ() *Type { return asyncStepType }

// resume goes on with the generator until an await inside yields. done says that value is the result of the step.
func (s *asyncStep) resume(t *Thread, sent Value, throw error) (value Value, done bool, err error) {
	if s.done {
		return nil, false, Errorf(RuntimeError, "cannot reuse already awaited __anext__()/asend()")
	}
	if s.sent != nil && s.sent != None {
		sent, s.sent = s.sent, nil
	}
	if s.throw != nil {
		throw, s.throw = s.throw, nil
	}
	v, err := s.g.st.resume(t, s.g, sent, throw)
	if x, ok := v.(*asyncValue); ok {
		s.done = true
		if s.close {
			return nil, false, Errorf(RuntimeError, "async generator ignored GeneratorExit")
		}
		return x.v, true, nil
	}
	if v != nil {
		return v, false, nil
	}
	s.done = true
	switch {
	case s.close && (err == nil || isA(err, GeneratorExit) || isA(err, StopAsyncIteration)):
		return None, true, nil
	case err == nil:
		return nil, false, NewException(StopAsyncIteration)
	}
	return nil, false, err
}

// await is the await expression.
func (f *Frame) await(v Value) (Value, error) {
	it, err := f.t.awaitable(v)
	if err != nil {
		return nil, err
	}
	return f.delegate(it)
}

// awaitable returns the iterator behind an object that can be awaited.
func (t *Thread) awaitable(v Value) (Value, error) {
	switch x := v.(type) {
	case *asyncStep:
		return v, nil
	case *Generator:
		if x.st.kind == coroutine {
			return v, nil
		}
	}
	m := v.typ().lookup("__await__")
	if m == nil {
		return nil, Errorf(TypeError, "object %s can't be used in 'await' expression", v.typ().name)
	}
	it, err := t.call(m, []Value{v}, nil)
	if err != nil {
		return nil, err
	}
	if g, ok := it.(*Generator); ok && g.st.kind == coroutine {
		return nil, Errorf(TypeError, "__await__() returned a coroutine")
	}
	return t.Iter(it)
}

// step is next, send or throw of whatever await delegates to. done says that v is the result.
func (t *Thread) step(it, sent Value, throw error) (v Value, done bool, err error) {
	switch x := it.(type) {
	case *Generator:
		if v, err = x.st.resume(t, x, sent, throw); v == nil && err == nil {
			return orNone(x.st.result), true, nil
		}
		return v, false, err
	case *asyncStep:
		return x.resume(t, sent, throw)
	}
	if throw != nil {
		if m := it.typ().lookup("throw"); m != nil {
			v, err = t.call(m, []Value{it, AsException(throw)}, nil)
			return t.stepResult(v, err)
		}
		return nil, false, throw
	}
	if sent != nil && sent != None {
		v, err = t.CallMethod(it, "send", sent)
		return t.stepResult(v, err)
	}
	if m := it.typ().lookup("__next__"); m != nil {
		if _, native := it.(*iterator); !native {
			v, err = t.call(m, []Value{it}, nil)
			return t.stepResult(v, err)
		}
	}
	v, err = t.Next(it)
	if v == nil && err == nil {
		return None, true, nil
	}
	return v, false, err
}

// stepResult takes the result out of a StopIteration.
func (t *Thread) stepResult(v Value, err error) (Value, bool, error) {
	if err == nil || !isA(err, StopIteration) {
		return v, false, err
	}
	if args := AsException(err).args.items; len(args) > 0 {
		return args[0], true, nil
	}
	return None, true, nil
}

// awaitMethod calls a special method without arguments or with those of __aexit__, and awaits what it returns.
func (f *Frame) awaitMethod(v Value, name string, args ...Value) (Value, error) {
	m := v.typ().lookup(name)
	if m == nil {
		return nil, Errorf(TypeError, "'%s' object does not support the asynchronous context manager protocol", v.typ().name)
	}
	r, err := f.t.callWith(m, v, append([]Value(nil), args...), nil)
	if err != nil {
		return nil, err
	}
	return f.await(r)
}

// aiter is aiter(v) for a loop.
func (t *Thread) aiter(v Value) (Value, error) {
	m := v.typ().lookup("__aiter__")
	if m == nil {
		return nil, Errorf(TypeError, "'async for' requires an object with __aiter__ method, got %s", v.typ().name)
	}
	return t.call(m, []Value{v}, nil)
}

// anext awaits the next value; nil is the end.
func (f *Frame) anext(it Value) (Value, error) {
	m := it.typ().lookup("__anext__")
	if m == nil {
		return nil, Errorf(TypeError, "'async for' received an object from __aiter__ that does not implement __anext__: %s", it.typ().name)
	}
	r, err := f.t.call(m, []Value{it}, nil)
	if err != nil {
		return nil, err
	}
	v, err := f.await(r)
	if err != nil && isA(err, StopAsyncIteration) {
		return nil, nil //nolint:nilnil // the end
	}
	return v, err
}

func (c *compiler) await(x *syntax.Await) expr {
	v, pos := c.expr(x.X), &x.Pos
	return func(f *Frame) (Value, error) {
		r, err := v(f)
		if err != nil {
			return nil, err
		}
		if r, err = f.await(r); err != nil {
			return nil, f.at(pos, err)
		}
		return r, nil
	}
}

// asyncWith compiles async with.
func (c *compiler) asyncWith(x *syntax.With) stmt {
	item, pos := c.expr(x.Item), x.Item.Span()
	var set store
	if x.Target != nil {
		set = c.assign(x.Target)
	}
	body := c.block(x.Body, false)
	return func(f *Frame) (ctl, error) {
		m, err := item(f)
		if err != nil {
			return 0, err
		}
		v, err := f.awaitMethod(m, "__aenter__")
		if err != nil {
			return 0, f.at(&pos, err)
		}
		var r ctl
		if set != nil {
			err = set(f, v)
		}
		if err == nil {
			r, err = body(f)
		}
		exit := Func("exit(*exc)", func(_ *Thread, a []Value) (Value, error) {
			return f.awaitMethod(m, "__aexit__", a[0].(*Tuple).items...)
		})
		return f.exitContext(&pos, exit, r, err)
	}
}

// asyncGenMethods are those of an asynchronous generator.
func asyncGenMethods() []*Native {
	return []*Native{
		Func("__aiter__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
		Func("__anext__(self, /)", func(_ *Thread, a []Value) (Value, error) { return &asyncStep{g: a[0].(*Generator)}, nil }),
		Func("asend(self, value, /)", func(_ *Thread, a []Value) (Value, error) {
			return &asyncStep{g: a[0].(*Generator), sent: a[1]}, nil
		}),
		Func("athrow(self, typ, val=None, tb=None, /)", func(t *Thread, a []Value) (Value, error) {
			e, err := t.toException(a[1])
			return &asyncStep{g: a[0].(*Generator), throw: e}, err
		}),
		Func("aclose(self, /)", func(_ *Thread, a []Value) (Value, error) {
			return &asyncStep{g: a[0].(*Generator), throw: NewException(GeneratorExit), close: true}, nil
		}),
	}
}

// coroutineMethods are those of what awaits: coroutines and the steps of asynchronous generators.
func coroutineMethods() []*Native {
	end := func(v Value, done bool, err error) (Value, error) {
		if !done || err != nil {
			return v, err
		}
		if v == None {
			return nil, NewException(StopIteration)
		}
		return nil, NewException(StopIteration, v)
	}
	return []*Native{
		Func("__await__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
		Func("send(self, value, /)", func(t *Thread, a []Value) (Value, error) { return end(t.step(a[0], a[1], nil)) }),
		Func("__next__(self, /)", func(t *Thread, a []Value) (Value, error) { return end(t.step(a[0], None, nil)) }),
		Func("throw(self, typ, val=None, tb=None, /)", func(t *Thread, a []Value) (Value, error) {
			e, err := t.toException(a[1])
			if err != nil {
				return nil, err
			}
			e.mark = nil
			return end(t.step(a[0], None, e))
		}),
		Func("close(self, /)", func(t *Thread, a []Value) (Value, error) {
			if g, ok := a[0].(*Generator); ok {
				return None, g.st.close(t)
			}
			return None, nil
		}),
	}
}

func fillAsync() {
	for c, ms := range map[*Type][]*Native{coroutineType: coroutineMethods(), asyncStepType: coroutineMethods(), asyncGenType: asyncGenMethods()} {
		for _, m := range ms {
			m.owner = c
			c.dict.SetStr(m.name, m)
		}
	}
}

// genKind says what calling the function of the scope makes.
func (s *scope) genKind() genKind {
	switch {
	case !s.async:
		return plainGen
	case s.yields:
		return asyncGen
	}
	return coroutine
}

// loop begins a loop and says how it goes on.
func (f *Frame) loop(src Value, async bool) (it Value, next func(f *Frame, it Value) (Value, error), err error) {
	if async {
		it, err = f.t.aiter(src)
		return it, (*Frame).anext, err
	}
	it, err = f.t.Iter(src)
	return it, (*Frame).next, err
}

func (f *Frame) next(it Value) (Value, error) { return f.t.Next(it) }

// flags is co_flags (Include/cpython/code.h).
func (c *Code) flags() int64 {
	flags := int64(3) // optimized, with locals of its own
	for _, x := range []struct {
		on  bool
		bit int64
	}{{c.star, 0x4}, {c.kwStar, 0x8}, {c.isGen && c.kind == plainGen, 0x20}, {c.kind == coroutine, 0x80}, {c.kind == asyncGen, 0x200}} {
		if x.on {
			flags |= x.bit
		}
	}
	return flags
}
