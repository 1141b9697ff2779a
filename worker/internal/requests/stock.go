package requests

import (
	"slices"

	"gregaria/worker/internal/python"
)

// A Family is a class of sessions with the methods that a request on the short way passes by. A session of the class, or of
// one that a file has derived from it, goes that way only as long as these are the family's own.
type Family struct {
	// outer are the methods that call request, and request itself; inner are those that request calls.
	outer, inner map[string]value
	judged       map[*python.Type]verdict
	last         *python.Type // was judged last, and this was found
	found        verdict
	// after is a class whose next one in the order of resolution must have base's request, with base as it was; nil is none.
	after, base *python.Type
	request     value
	version     uint32
}

// A verdict is what has been found out of a class as of a version of it.
type verdict struct {
	version      uint32
	outer, inner bool
}

// mostJudged is of how many classes a verdict is kept.
const mostJudged = 64

// NewFamily takes the methods of a class as they are now.
func NewFamily(class *python.Type, outer, inner []string) *Family {
	f := &Family{outer: map[string]value{}, inner: map[string]value{}, judged: map[*python.Type]verdict{}}
	for _, name := range outer {
		f.outer[name] = class.Lookup(name)
	}
	for _, name := range append(inner, "__getattribute__", "__getattr__") {
		f.inner[name] = class.Lookup(name)
	}
	return f
}

// Then says that whatever follows a class in the order of resolution must have its base's method request.
func (f *Family) Then(after, base *python.Type) *Family {
	f.after, f.base, f.request, f.version = after, base, base.Lookup("request"), base.Version()
	return f
}

// judge says what a class has of the family.
func (f *Family) judge(class *python.Type) verdict {
	if f.last != class || f.found.version != class.Version() {
		f.last, f.found = class, f.remember(class)
	}
	return f.found
}

func (f *Family) remember(class *python.Type) verdict {
	v, ok := f.judged[class]
	if ok && v.version == class.Version() {
		return v
	}
	if len(f.judged) >= mostJudged {
		clear(f.judged)
	}
	same := func(methods map[string]value) bool {
		for name, m := range methods {
			if class.Lookup(name) != m {
				return false
			}
		}
		return true
	}
	v = verdict{class.Version(), same(f.outer), same(f.inner) && f.follows(class)}
	f.judged[class] = v
	return v
}

// follows says whether super().request of the class after is what it should be.
func (f *Family) follows(class *python.Type) bool {
	if f.after == nil {
		return true
	}
	if f.base.Version() != f.version {
		return false // what a method calls by super() has been replaced
	}
	behind := false
	for _, m := range class.MRO() {
		if v := m.Dict().GetStr("request"); behind && v != nil {
			return v == f.request
		}
		behind = behind || m == f.after
	}
	return false
}

// own says whether an object has none of the family's methods as attributes of its own.
func (f *Family) own(attrs *python.Dict, methods map[string]value) bool {
	for name := range methods {
		if attrs.GetStr(name) != nil {
			return false
		}
	}
	return true
}

// A watch is a class as its library made it.
type watch struct {
	class   *python.Type
	version uint32
}

// Watch remembers classes as they are: once one of them is changed, all requests go the general way.
func (c *Classes) Watch(classes ...*python.Type) {
	for _, class := range classes {
		c.watched = slices.DeleteFunc(c.watched, func(w watch) bool { return w.class == class })
		c.watched = append(c.watched, watch{class, class.Version()})
	}
	c.looked = 0
}

// Untouched says whether no watched class and no name of a watched module has been changed.
func (c *Classes) Untouched() bool { return c.untouched() }

func (c *Classes) untouched() bool {
	if changes := python.Changes(); c.looked != changes {
		c.looked, c.touched = changes, slices.ContainsFunc(c.watched, func(w watch) bool { return w.class.Version() != w.version })
	}
	if changes := python.ModuleChanges(); c.lookedThere != changes {
		c.lookedThere, c.touchedThere = changes, c.replaced()
	}
	return !c.touched && !c.touchedThere
}

// pristine says whether a class is watched and has not been changed.
func (c *Classes) pristine(class *python.Type) bool {
	for i := range c.watched {
		if w := &c.watched[i]; w.class == class {
			return class.Version() == w.version
		}
	}
	return false
}

// A globals is the names of a module as its library made them.
type globals struct {
	now  *python.Dict
	then map[string]value
}

// watchModule remembers the names of a module as they are: once one of them is replaced, all requests go the general way.
func (c *Classes) watchModule(t *thread, d *python.Dict) {
	t.Watch(d)
	c.lookedThere = 0
	g := globals{d, map[string]value{}}
	d.All(func(k, v value) bool {
		if name, ok := python.AsStr(k); ok {
			g.then[name] = v
		}
		return true
	})
	c.modules = append(c.modules, g)
}

// replaced says whether a name of a watched module has another value.
func (c *Classes) replaced() bool {
	for _, g := range c.modules {
		for name, v := range g.then {
			if g.now.GetStr(name) != v {
				return true
			}
		}
	}
	return false
}

// Stock says whether a request goes the short way: nothing that it would pass by has been overridden in the class or on the
// object, set on the session or asked for by the call, and the environment has nothing to say. direct is a call of request
// itself, from a method of the file's own perhaps.
func (s *Session) Stock(t *thread, self *python.Instance, f *Family, q *Call, direct bool) bool {
	c := s.classes
	if c.General || !c.untouched() {
		return false
	}
	v := f.judge(self.Class())
	if !v.inner || !v.outer && !direct {
		return false
	}
	if own := self.Own(); own != nil && own.Len() > 0 {
		if shape := own.Shape(); s.looked != shape+1 {
			s.looked, s.innerOwn, s.outerOwn = shape+1, f.own(own, f.inner), f.own(own, f.outer)
		}
		if !s.innerOwn || !s.outerOwn && !direct {
			return false
		}
	}
	return s.plain(t, q) && q.plain(c, s)
}

// plain says whether nothing is set on the session that the short way does not know.
func (s *Session) plain(t *thread, q *Call) bool {
	if jar := s.cookieJar(); jar != nil && jar.policy != nil {
		return false
	}
	set := s.set
	if set == nil {
		return s.Distrusts || q.Bypasses || !s.classes.environment(t).speaks()
	}
	if set.adapters != nil && !allRest(set.adapters) || !empty(set.params) || !empty(set.proxies) || set.stream != nil && set.stream != python.False ||
		!noHooks(set.hooks) || set.foreign {
		return false
	}
	return !s.trusts() || q.Bypasses || !s.classes.environment(t).speaks()
}

// empty says whether a setting says nothing.
func empty(v value) bool {
	if !given(v) {
		return true
	}
	d, ok := v.(*python.Dict)
	return ok && d.Len() == 0
}

// noHooks says whether hooks are those of a new session.
func noHooks(v value) bool {
	if v == nil {
		return true
	}
	d, ok := v.(*python.Dict)
	if !ok || d.Len() != 1 {
		return false
	}
	l, ok := d.GetStr("response").(*python.List)
	return ok && len(l.Items()) == 0
}

// plain says whether a call asks for nothing that the short way does not know.
func (q *Call) plain(c *Classes, s *Session) bool {
	if given(q.Hooks) || given(q.Proxies) {
		return false
	}
	switch q.Data.(type) {
	case nil, *python.Str, *python.Bytes, *python.Dict, *python.List, *python.Tuple:
	default: // a file or an iterator is read when it is sent
		if q.Data != python.None {
			return false
		}
	}
	verify, cert := q.Verify, q.Cert
	if set := s.set; set != nil {
		if !given(verify) {
			verify = set.verify
		}
		if !given(cert) {
			cert = set.cert
		}
	}
	if !plainTLS(verify, cert) {
		return false
	}
	switch q.Timeout.(type) {
	case nil, python.Int, python.Float, python.Bool, *python.Tuple:
	default:
		if q.Timeout != python.None {
			return false
		}
	}
	auth := q.Auth
	if !given(auth) && s.set != nil {
		auth = s.set.auth
	}
	if !given(auth) {
		return true
	}
	if pair, ok := auth.(*python.Tuple); ok {
		return len(pair.Items()) == 2
	}
	_, _, ok := c.basicAuth(auth)
	return ok
}
