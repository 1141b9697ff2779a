package python

import "gregaria/worker/internal/python/syntax"

// A loop over what a call has just made holds the only reference to it: CPython closes a generator there when the loop is left before its
// end. Without counts of references that is known of a generator that the called function makes, which therefore has its name, and that
// nobody has begun: any other is closed when it is collected.

// maker is the name of the function whose call is looped over, "" if there is none.
func maker(x syntax.Expr) string {
	c, ok := x.(*syntax.Call)
	if !ok {
		return ""
	}
	switch f := c.Func.(type) {
	case *syntax.Name:
		return f.ID
	case *syntax.Attr:
		return f.Name
	}
	return ""
}

// temporary says whether an iterator is one that the function of that name has just made, and that can be closed.
func temporary(it Value, maker string) bool {
	switch x := it.(type) {
	case *iterator:
		return x.close != nil && x.made == maker
	case *Generator:
		return x.st.next == nil && !x.st.done && x.st.name == maker
	}
	return false
}

// drop closes a temporary iterator. What that raises CPython prints and ignores.
func (t *Thread) drop(it Value) {
	switch x := it.(type) {
	case *iterator:
		x.end()
	case *Generator:
		_ = x.st.close(t)
	}
}

// end closes an iterator.
func (i *iterator) end() {
	if !i.done && i.close != nil {
		i.close()
	}
	i.done = true
}

// NewGenerator makes an iterator that is a generator to Python code; next returns nil, nil at the end. made is the name of the function that
// returns it. end is called if it is closed, or the loop over it is left, before its end.
func NewGenerator(made string, next func(t *Thread) (Value, error), end func()) Value {
	return &iterator{cls: nativeGeneratorType, next: next, made: made, close: end}
}

func nativeGeneratorMethods() []*Native {
	return []*Native{
		Func("close(self, /)", func(_ *Thread, a []Value) (Value, error) { a[0].(*iterator).end(); return None, nil }),
	}
}
