package python

import (
	"strings"
	"sync/atomic"
	"unsafe"
	"weak"
)

// Type is a class. Builtin classes are shared by all isolates and nobody changes them after their package was set up;
// classes that a file defines belong to its isolate.
type Type struct {
	name, module, qualname string
	bases, mro             []*Type
	dict                   *Dict
	heap                   bool // made while running, so changeable
	cache                  map[string]Value
	version                uint32
	attrs                  uint8 // how many attributes of their own the objects have had so far
	subclasses             []weak.Pointer[Type]
	meta                   *Type
	// construct makes an object of the class cls, which is this class or a subclass: its __new__ in Go.
	construct func(t *Thread, cls *Type, args Args) (Value, error)
	// onSubclass runs when a class statement has made a subclass.
	onSubclass func(t *Thread, cls *Type, kw Args) error
	// subscript is Class[...] and iterate is iter(Class): what a metaclass would add.
	subscript func(t *Thread, cls *Type, key Value) (Value, error)
	iterate   func(t *Thread, cls *Type) (Value, error)
	// quick facts, refreshed with the cache
	facts facts
	data  any
}

// facts are the special methods of a class in Python code, looked up once.
type facts struct {
	valid                                 bool
	getattribute, getattr, setattr, delat Value
	boolFn, lenFn, eq, init, new          Value
}

func (t *Type) typ() *Type {
	if t.meta != nil {
		return t.meta
	}
	return typeType
}

// Version changes with every change of the class or of one of its bases.
func (t *Type) Version() uint32 { return t.version }

//nolint:gochecknoglobals // all isolates may count together: who looks only wants to know whether to look closer
var changes atomic.Uint64

// Changes is how often any class was changed, in any isolate: as long as it is the same, no Version is another.
func Changes() uint64 { return changes.Load() }

// Name returns __name__.
func (t *Type) Name() string { return t.name }

// Module returns __module__.
func (t *Type) Module() string { return t.module }

// Bases returns the direct base classes.
func (t *Type) Bases() []*Type { return t.bases }

// MRO returns the class and all its bases in the order in which attributes are searched.
func (t *Type) MRO() []*Type { return t.mro }

// Dict returns the attributes of the class itself, in the order of its body. Change them with [Thread.SetAttr].
func (t *Type) Dict() *Dict { return t.dict }

// Data returns what Go code attached to the class with SetData, or nil.
func (t *Type) Data() any { return t.data }

// SetData attaches Go state to a class, for example from [ClassSpec.OnSubclass].
func (t *Type) SetData(d any) { t.data = d }

// Is says whether t is b or one of its subclasses.
func (t *Type) Is(b *Type) bool {
	if t == b {
		return true
	}
	for _, m := range t.mro {
		if m == b {
			return true
		}
	}
	return false
}

// Lookup searches an attribute along the MRO; absent is nil. Descriptors are not bound.
func (t *Type) Lookup(name string) Value { return t.lookup(name) }

func (t *Type) lookup(name string) Value {
	if v, ok := t.cache[name]; ok {
		return v
	}
	var v Value
	for _, m := range t.mro {
		if v = m.dict.GetStr(name); v != nil {
			break
		}
	}
	if t.heap { // builtin classes are filled once, see seal
		if t.cache == nil {
			t.cache = map[string]Value{}
		}
		if v != nil || len(t.cache) < maxAbsent {
			t.cache[name] = v
		}
	}
	return v
}

// seal fills the cache of a builtin class, which several isolates read at once from then on.
func (t *Type) seal() {
	cache := map[string]Value{}
	for i := len(t.mro) - 1; i >= 0; i-- {
		t.mro[i].dict.All(func(k, v Value) bool {
			cache[k.(*Str).s] = v
			return true
		})
	}
	t.cache = cache
	t.loadFacts()
}

// changed forgets what was looked up in the class and its subclasses.
func (t *Type) changed() {
	t.version++
	changes.Add(1)
	t.cache, t.facts.valid = nil, false
	for _, s := range t.living() {
		s.changed()
	}
}

// living returns the direct subclasses that something still refers to.
func (t *Type) living() []*Type {
	var out []*Type
	kept := t.subclasses[:0]
	for _, w := range t.subclasses {
		if s := w.Value(); s != nil {
			out, kept = append(out, s), append(kept, w)
		}
	}
	t.subclasses = kept
	return out
}

// addSubclass remembers a subclass for as long as it lives; a function may make a class at every call.
func (t *Type) addSubclass(s *Type) {
	if len(t.subclasses) == cap(t.subclasses) {
		t.living()
	}
	t.subclasses = append(t.subclasses, weak.Make(s))
}

func (t *Type) loadFacts() {
	f := &t.facts
	*f = facts{valid: true}
	get := func(name string) Value {
		v := t.lookup(name)
		if n, ok := v.(*Native); ok && n.plain {
			return nil
		}
		return v
	}
	f.getattribute, f.getattr = get("__getattribute__"), get("__getattr__")
	f.setattr, f.delat = get("__setattr__"), get("__delattr__")
	f.boolFn, f.lenFn, f.eq = get("__bool__"), get("__len__"), get("__eq__")
	f.init, f.new = get("__init__"), get("__new__")
}

func (t *Type) fact() *facts {
	if !t.facts.valid {
		t.loadFacts()
	}
	return &t.facts
}

func idOf(v Value) uint64 { return uint64((*[2]uintptr)(unsafe.Pointer(&v))[1]) }

// linearize is C3 (Objects/typeobject.c, mro_implementation).
func linearize(t *Type) error {
	var seqs [][]*Type
	for _, b := range t.bases {
		seqs = append(seqs, append([]*Type(nil), b.mro...))
	}
	seqs = append(seqs, append([]*Type(nil), t.bases...))
	mro := []*Type{t}
	for {
		var pick *Type
		rest := false
		for _, s := range seqs {
			if len(s) == 0 {
				continue
			}
			rest = true
			if !inTails(s[0], seqs) {
				pick = s[0]
				break
			}
		}
		if !rest {
			t.mro = mro
			return nil
		}
		if pick == nil {
			return mroError(seqs)
		}
		mro = append(mro, pick)
		for i, s := range seqs {
			if len(s) > 0 && s[0] == pick {
				seqs[i] = s[1:]
			}
		}
	}
}

func inTails(c *Type, seqs [][]*Type) bool {
	for _, s := range seqs {
		for i := 1; i < len(s); i++ {
			if s[i] == c {
				return true
			}
		}
	}
	return false
}

func mroError(seqs [][]*Type) error {
	var names []string
	seen := map[*Type]bool{}
	for _, s := range seqs {
		if len(s) > 0 && !seen[s[0]] {
			seen[s[0]] = true
			names = append(names, s[0].name)
		}
	}
	return Errorf(TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases %s", strings.Join(names, ", "))
}

// payloadType returns the builtin class whose payload objects of this class carry, or nil.
func (t *Type) payloadType() *Type {
	for _, m := range t.mro {
		switch m {
		case strType, intType, floatType, tupleType, listType, dictType, setType, frozenSetType, bytesType, byteArrayType:
			return m
		}
	}
	return nil
}

// isException says whether objects of the class are *Exception.
func (t *Type) isException() bool { return t.Is(BaseException) }

// newHeapType makes a class while running.
func newHeapType(name string, bases []*Type, ns *Dict) (*Type, error) { //nolint:gocognit // a table of short functions
	if len(bases) == 0 {
		bases = []*Type{objectType}
	}
	cls := &Type{name: name, qualname: name, bases: bases, dict: ns, heap: true}
	for i, b := range bases {
		for _, c := range bases[:i] {
			if b == c {
				return nil, Errorf(TypeError, "duplicate base class %s", b.name)
			}
		}
		switch b {
		case boolType, noneType, ellipsisType, rangeType, sliceType, functionType, nativeType, generatorType, notImplementedType:
			return nil, Errorf(TypeError, "type '%s' is not an acceptable base type", b.name)
		}
		if cls.meta == nil || (b.meta != nil && b.meta.Is(cls.meta)) {
			cls.meta = b.meta
		}
	}
	if err := linearize(cls); err != nil {
		return nil, err
	}
	for _, m := range cls.mro[1:] {
		if cls.construct == nil && m.construct != nil && m != objectType {
			cls.construct = m.construct
		}
		if cls.subscript == nil {
			cls.subscript = m.subscript
		}
		if cls.iterate == nil {
			cls.iterate = m.iterate
		}
	}
	if cls.construct == nil {
		cls.construct = objectType.construct
	}
	for _, b := range bases {
		if b.heap {
			b.addSubclass(cls)
		}
	}
	if ns.GetStr("__eq__") != nil && ns.GetStr("__hash__") == nil {
		ns.SetStr("__hash__", None)
	}
	return cls, nil
}
