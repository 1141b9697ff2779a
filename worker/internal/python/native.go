package python

import (
	"strings"
	"sync"
)

// Args are the arguments of a call to Go code. The slices are only valid during the call.
type Args struct {
	// Pos are the positional arguments; a method gets its object as the first.
	Pos []Value
	// Names and Values are the keyword arguments.
	Names  []*Str
	Values []Value
}

// Kw returns a keyword argument; absent is nil.
func (a Args) Kw(name string) Value {
	for i, n := range a.Names {
		if n.s == name {
			return a.Values[i]
		}
	}
	return nil
}

// Native is a function in Go.
type Native struct {
	name, module string
	owner        *Type // builtin class whose payload the first argument is
	params       *signature
	raw          func(t *Thread, args Args) (Value, error)
	bound        func(t *Thread, a []Value) (Value, error)
	plain        bool // object's own default for a special method
	whole        bool // it gets an object of a subclass itself, not its payload
	self         Value
	of           string // the class it belongs to, for messages
}

func (*Native) typ() *Type { return nativeType }

// signature describes what a native accepts.
type signature struct {
	names    []*Str
	required int // of the positional ones
	posOnly  int
	pos      int // how many can be positional
	star     bool
	kwStar   bool
	kwReq    map[string]bool
	cStyle   bool // arity messages as argument clinic words them
}

// Func makes a function in Go from a signature such as "choices(population, weights=None, *, k=1)". fn gets one value for
// each parameter in that order, nil for those not given; *args come as a *Tuple, **kwargs as a *Dict. Defaults are only
// marks: fn decides what absent means. The slice is only valid during the call. A broken signature panics.
func Func(sig string, fn func(t *Thread, a []Value) (Value, error)) *Native {
	name, rest, ok := strings.Cut(sig, "(")
	if !ok || !strings.HasSuffix(rest, ")") {
		panic("python: signature " + sig)
	}
	return &Native{name: name, params: signatureOf(strings.TrimSuffix(rest, ")")), bound: fn}
}

// RawFunc makes a function in Go that looks at its arguments itself.
func RawFunc(name string, fn func(t *Thread, args Args) (Value, error)) *Native {
	return &Native{name: name, raw: fn}
}

// signatures are those parsed so far, by their text: each isolate makes the same functions.
//
//nolint:gochecknoglobals // a memory of what never changes
var signatures sync.Map

func signatureOf(text string) *signature {
	if p, ok := signatures.Load(text); ok {
		return p.(*signature)
	}
	p, _ := signatures.LoadOrStore(text, parseSignature(text))
	return p.(*signature)
}

func parseSignature(s string) *signature {
	p := &signature{kwReq: map[string]bool{}}
	kwOnly := false
	for _, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		name, _, hasDefault := strings.Cut(part, "=")
		switch {
		case part == "":
		case part == "/":
			p.posOnly, p.cStyle = len(p.names), true
		case part == "*":
			kwOnly = true
		case strings.HasPrefix(part, "**"):
			p.kwStar = true
		case strings.HasPrefix(part, "*"):
			p.star, kwOnly = true, true
		default:
			named := NewStr(name)
			named.length() // now: several isolates read it
			p.names = append(p.names, named)
			if !kwOnly {
				p.pos++
				if !hasDefault {
					p.required = p.pos
				}
			} else if !hasDefault {
				p.kwReq[name] = true
			}
		}
	}
	return p
}

func (n *Native) call(t *Thread, args Args) (Value, error) {
	if n.owner != nil && len(args.Pos) > 0 {
		given := args.Pos[0]
		if i, ok := args.Pos[0].(*Instance); ok && i.base != nil && !n.whole {
			pos := append([]Value{i.base}, args.Pos[1:]...)
			args.Pos = pos
		}
		if !args.Pos[0].typ().Is(n.owner) {
			return nil, n.foreign(given)
		}
	} else if n.owner != nil && n.self == nil {
		return nil, n.alone()
	}
	if n.self != nil {
		args.Pos = append([]Value{n.self}, args.Pos...)
	}
	p := n.params
	if n.raw != nil {
		return result0(n.raw(t, args))
	}
	if len(args.Names) == 0 && len(args.Pos) == len(p.names) && p.pos == len(p.names) && !p.star && !p.kwStar {
		return result0(n.bound(t, args.Pos))
	}
	out := t.push(p.slots())
	err := n.bind(out, args)
	var r Value
	if err == nil {
		r, err = n.bound(t, out)
	}
	t.pop(out)
	return result0(r, err)
}

// result0 makes None of no value, so that a function in Go that forgets its result does no harm.
func result0(v Value, err error) (Value, error) {
	if v == nil && err == nil {
		return None, nil
	}
	return v, err
}

// slots is how many values the function gets.
func (p *signature) slots() int { return len(p.names) + b2i(p.star) + b2i(p.kwStar) }

// bind distributes arguments to parameters.
func (n *Native) bind(out []Value, args Args) error {
	p := n.params
	size := len(p.names)
	if len(args.Pos) > p.pos && !p.star {
		return n.arity(len(args.Pos))
	}
	copy(out[:p.pos], args.Pos)
	var extra *Dict
	if p.kwStar {
		extra = NewDict()
	}
	for i, k := range args.Names {
		j := p.find(k)
		switch {
		case j >= 0 && out[j] != nil:
			return Errorf(TypeError, "%s() got multiple values for argument '%s'", n.of+n.name, k.s)
		case j >= 0:
			out[j] = args.Values[i]
		case extra != nil:
			extra.setStr(k, args.Values[i])
		case p.posOnly == size && p.cStyle:
			return Errorf(TypeError, "%s() takes no keyword arguments", n.qualified())
		case p.cStyle, n.isClinic():
			name := n.name
			if name == "sorted" { // which hands them on
				name = "sort"
			}
			return Errorf(TypeError, "'%s' is an invalid keyword argument for %s()", k.s, name)
		default:
			return Errorf(TypeError, "%s() got an unexpected keyword argument '%s'", n.of+n.name, k.s)
		}
	}
	for i := 0; i < p.required; i++ {
		if out[i] == nil {
			return n.missing(out, len(args.Pos))
		}
	}
	for i := p.pos; i < size; i++ {
		if out[i] == nil && p.kwReq[p.names[i].s] {
			return Errorf(TypeError, "%s() missing 1 required keyword-only argument: '%s'", n.name, p.names[i].s)
		}
	}
	if p.star {
		rest := emptyTuple
		if len(args.Pos) > p.pos {
			rest = NewTuple(append([]Value(nil), args.Pos[p.pos:]...)...)
		}
		out[size] = rest
	}
	if extra != nil {
		out[len(out)-1] = extra
	}
	return nil
}

func (p *signature) find(k *Str) int {
	for i := p.posOnly; i < len(p.names); i++ {
		if p.names[i] == k || p.names[i].s == k.s {
			return i
		}
	}
	return -1
}

func (n *Native) qualified() string {
	if n.owner != nil {
		return n.owner.name + "." + n.name
	}
	return n.name
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func (n *Native) missing(out []Value, got int) error {
	if n.params.cStyle {
		return n.arity(got)
	}
	if n.isClinic() {
		for i := 0; i < n.params.required; i++ {
			if out[i] == nil {
				return Errorf(TypeError, "%s() missing required argument '%s' (pos %d)", n.name, n.params.names[i].s, i+1-b2i(n.owner != nil))
			}
		}
	}
	var names []string
	for i := 0; i < n.params.required; i++ {
		if out[i] == nil {
			names = append(names, "'"+n.params.names[i].s+"'")
		}
	}
	return missingError(n.of+n.name, names, "positional")
}

func missingError(fn string, names []string, kind string) error {
	list := names[0]
	switch {
	case len(names) == 2:
		list = names[0] + " and " + names[1]
	case len(names) > 2:
		list = strings.Join(names[:len(names)-1], ", ") + ", and " + names[len(names)-1]
	}
	return Errorf(TypeError, "%s() missing %d required %s argument%s: %s", fn, len(names), kind, plural(len(names)), list)
}

// BoundMethod is a function together with its object.
type BoundMethod struct {
	fn   Value
	self Value
}

func (*BoundMethod) typ() *Type { return methodType }

// Self returns the object of the method.
func (m *BoundMethod) Self() Value { return m.self }

// Func returns the function of the method.
func (m *BoundMethod) Func() Value { return m.fn }

// iterator is any iterator in Go. next returns nil at the end.
type iterator struct {
	cls   *Type
	next  func(t *Thread) (Value, error)
	done  bool
	made  string // by the function of that name; "" says nothing
	close func() // see NewGenerator; nil is nothing to do
}

func (i *iterator) typ() *Type { return i.cls }

// NewIterator makes an iterator; next returns nil, nil at the end. name is what its type calls itself.
func NewIterator(name string, next func(t *Thread) (Value, error)) Value {
	cls := iteratorType
	if name != "" {
		cls = &Type{name: name, qualname: name, module: "builtins", bases: iteratorType.bases, dict: iteratorType.dict, mro: iteratorType.mro, cache: iteratorType.cache, facts: iteratorType.facts}
	}
	return &iterator{cls: cls, next: next}
}

// Name returns __name__.
func (n *Native) Name() string { return n.name }
