package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// kind is what an expression yields, as far as Locust's own words tell.
type kind uint8

const (
	nothing     kind = iota // unknown
	anything                // unknown, and no use to ask
	client                  // self.client
	response                // what a method of the client returns
	environment             // self.environment
	runner                  // environment.runner
	statistics              // environment.stats
	entry                   // environment.stats.total
	events                  // locust.events
	object                  // self in a class of the file
)

// flavour is which of Locust's clients a kind belongs to.
type flavour uint8

const (
	either flavour = iota
	plain          // HttpUser
	fast           // FastHttpUser
)

// entity is what an expression stands for, as far as one can say without running anything.
type entity struct {
	kind    kind
	flavour flavour
	module  *module
	path    string       // where CPython has it: "random.choice"
	value   python.Value // what the worker has there
	of      string       // the builtin class of a literal
	class   *class       // of the files
	script  *script      // a local module
	fn      *syntax.Func
}

// maxDepth bounds how far assignments are followed.
const maxDepth = 12

func (c *checker) resolve(x syntax.Expr, p *place) entity {
	if c.depth >= maxDepth {
		return entity{}
	}
	c.depth++
	defer func() { c.depth-- }()
	switch x := x.(type) {
	case *syntax.Name:
		return c.resolveName(x, p)
	case *syntax.Attr:
		e := c.resolve(x.X, p)
		if x.Name == "client" && e == (entity{}) && !mayBeUser(x.X, p) {
			return entity{}
		}
		return c.member(e, x.Name)
	case *syntax.Call:
		return c.result(x, p)
	case *syntax.Str, *syntax.FString:
		return entity{of: "builtins.str"}
	case *syntax.Bytes:
		return entity{of: "builtins.bytes"}
	case *syntax.List:
		return entity{of: "builtins.list"}
	case *syntax.Dict:
		return entity{of: "builtins.dict"}
	case *syntax.Await:
		return entity{kind: anything}
	}
	return entity{}
}

func (c *checker) resolveName(x *syntax.Name, p *place) entity {
	bs := p.scope.lookup(x.ID)
	if bs == nil {
		if v := c.world.t.Isolate().Builtins().GetStr(x.ID); v != nil {
			return entity{path: "builtins." + x.ID, value: v}
		}
		return entity{}
	}
	e := c.bound(bs[0])
	for _, b := range bs[1:] {
		if c.bound(b) != e {
			return entity{}
		}
	}
	return e
}

// bound is what a variable is after one of its bindings. A binding that depends on itself is unknown.
func (c *checker) bound(b *binding) entity {
	e, known := c.memo[b]
	if !known && c.depth < maxDepth {
		c.depth++
		c.memo[b] = entity{}
		e = c.bind(b)
		c.memo[b] = e
		c.depth--
	}
	return e
}

func (c *checker) bind(b *binding) entity {
	switch b.kind {
	case valued:
		e := c.resolve(b.expr, b.at)
		if b.at.scope.isClass || b.at.scope.parent == nil { // someone else may assign it
			e.of = ""
		}
		return e
	case managed:
		if e := c.resolve(b.expr, b.at); e.kind == response {
			return e
		}
	case imported:
		return c.moduleEntity(b.module)
	case member:
		return c.taken(c.moduleEntity(b.module), b.name)
	case defined:
		return entity{fn: b.unit.node}
	case classed:
		return entity{class: b.class}
	case self:
		return entity{kind: object, class: b.class, flavour: c.flavour(b.class)}
	case environs:
		return entity{kind: environment}
	}
	return entity{}
}

func (c *checker) moduleEntity(name string) entity {
	if m := c.world.module(name); m != nil {
		return entity{module: m, path: name}
	}
	if f := c.sources[name]; f != nil && !f.broken {
		return entity{script: f}
	}
	return entity{kind: anything}
}

// flavour says which client self.client is.
func (c *checker) flavour(k *class) flavour {
	out := either
	for _, b := range c.bases(k) {
		switch b {
		case "FastHttpUser":
			return fast
		case "HttpUser":
			out = plain
		}
	}
	return out
}

// taken is what "from e import name" brings.
func (c *checker) taken(e entity, name string) entity {
	if e.module == nil {
		return c.member(e, name)
	}
	if _, ok := c.world.attr(e.module, name); !ok {
		if sub := c.world.module(e.module.name + "." + name); sub != nil {
			return entity{module: sub, path: sub.name}
		}
	}
	return c.member(e, name)
}

// member is e.name.
func (c *checker) member(e entity, name string) entity {
	switch {
	case e.kind == anything:
		return e
	case e.module != nil:
		v, ok := c.world.attr(e.module, name)
		if sub, isModule := v.(*python.Module); isModule && v != nil {
			return entity{module: &module{sub.Name(), sub}, path: e.path + "." + name}
		}
		path := e.path + "." + name
		if path == "locust.events" {
			return entity{kind: events, path: path, value: v}
		}
		if !ok {
			return entity{kind: anything}
		}
		return entity{path: path, value: v}
	case e.script != nil:
		if sub := c.sources[e.script.module+"."+name]; sub != nil && e.script.module != "" {
			return entity{script: sub}
		}
		if bs := e.script.scope.names[name]; len(bs) == 1 {
			return c.bound(bs[0])
		}
		return entity{}
	case e.kind != nothing || (e.class == nil && e.of == "" && e.value == nil && e.path == ""):
		return c.receiver(e, name)
	}
	if t, ok := e.value.(*python.Type); ok {
		if v := t.Lookup(name); v != nil {
			return entity{path: e.path + "." + name, value: v}
		}
		return entity{kind: anything}
	}
	return entity{}
}

// mayBeUser says whether an expression about which nothing else is known looks like a user or task set: a parameter, or
// something.user.
func mayBeUser(x syntax.Expr, p *place) bool {
	switch x := x.(type) {
	case *syntax.Name:
		b := p.scope.lookup(x.ID)
		return len(b) == 1 && b[0].kind == opaque
	case *syntax.Attr:
		return x.Name == "user" || x.Name == "parent"
	}
	return false
}

// hasClient says whether the client of a class is one of Locust's: the class gives itself no other, and a plain User has none.
func (c *checker) hasClient(k *class) bool {
	bases := c.bases(k)
	if !slices.ContainsFunc(bases, func(b string) bool { return b != "User" && b != "builtins.object" }) {
		return false
	}
	return !slices.ContainsFunc(c.family(k), func(m *class) bool { return m.stored["client"] || m.members["client"] })
}

// receiver follows Locust's own words from object to object.
func (c *checker) receiver(e entity, name string) entity {
	switch {
	case e.kind == environment || e.kind == runner:
	case e.kind == object && name == "client":
		if !c.hasClient(e.class) {
			return entity{}
		}
	case c.given[name]: // somebody.client = MyClient()
		return entity{}
	}
	switch name {
	case "client":
		return entity{kind: client, flavour: e.flavour}
	case "environment":
		return entity{kind: environment}
	case "parsed_options":
		return entity{kind: anything}
	case "user":
		return entity{kind: nothing, flavour: e.flavour}
	case "runner":
		if e.kind == environment {
			return entity{kind: runner}
		}
	case "stats":
		if e.kind == environment || e.kind == runner {
			return entity{kind: statistics}
		}
	case "events":
		if e.kind == environment {
			return entity{kind: events, path: "locust.events", value: c.world.object("locust.events")}
		}
	case "total":
		if e.kind == statistics {
			return entity{kind: entry}
		}
	}
	return entity{}
}

// result is what a call returns.
func (c *checker) result(x *syntax.Call, p *place) entity {
	if f, ok := x.Func.(*syntax.Attr); ok {
		if e := c.resolve(f.X, p); e.kind == client && isMethod(f.Name) {
			return entity{kind: response, flavour: e.flavour}
		}
	}
	return entity{}
}

// isMethod says whether a name is one of the client's methods that send a request.
func isMethod(name string) bool {
	return strings.Contains(" get post put patch delete head options request ", " "+name+" ")
}
