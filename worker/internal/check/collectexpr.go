package check

import (
	"strings"

	"gregaria/worker/internal/python/syntax"
)

func (v *collector) expr(x syntax.Expr, p *place) {
	switch x := x.(type) {
	case nil:
		return
	case *syntax.Name:
		v.f.names = append(v.f.names, nameUse{p, x})
		v.mention(p, x.ID)
		v.c.dynamic = v.c.dynamic || x.ID == "setattr" || x.ID == "vars" || x.ID == "globals" || x.ID == "exec" || x.ID == "SimpleNamespace"
	case *syntax.Attr:
		v.f.attrs = append(v.f.attrs, attrUse{p, x})
		v.mention(p, x.Name)
		v.c.dynamic = v.c.dynamic || x.Name == "__dict__" || x.Name == "SimpleNamespace"
	case *syntax.Str:
		v.words(x.Value, p)
	case *syntax.Call:
		v.call(x, p)
		return
	case *syntax.Yield:
		v.managed(x.X)
	case *syntax.Walrus:
		v.expr(x.Value, p)
		v.target(x.Target, &binding{kind: valued, expr: x.Value, at: p}, p)
		return
	case *syntax.Lambda:
		v.lambda(x, p)
		return
	case *syntax.Comp:
		for _, cl := range x.Clauses {
			v.target(cl.Target, &binding{at: p}, p)
		}
		p = p.perhaps()
	case *syntax.Bool:
		v.expr(x.L, p)
		test := workerTest(x.L, p)
		v.expr(x.R, p.unless((x.Op == "and" && test == noWorker) || (x.Op == "or" && test == isWorker)))
		return
	case *syntax.Cond:
		v.expr(x.Test, p)
		test := workerTest(x.Test, p)
		v.expr(x.Then, p.unless(test == noWorker))
		v.expr(x.Else, p.unless(test == isWorker))
		return
	}
	for _, k := range syntax.Children(x) {
		v.expr(k, p)
	}
}

func (v *collector) lambda(x *syntax.Lambda, p *place) {
	for _, d := range syntax.Defaults(x.Params) {
		v.expr(d, p)
	}
	in := p.perhaps()
	in.scope = newScope(enclosing(p.scope), v.f)
	for _, q := range x.Params.List {
		in.scope.bind(q.Name, &binding{at: in})
	}
	for _, n := range []string{x.Params.Star, x.Params.DoubleStar} {
		if n != "" {
			in.scope.bind(n, &binding{at: in})
		}
	}
	v.managed(x.Body)
	v.expr(x.Body, in)
}

func (v *collector) call(x *syntax.Call, p *place) {
	v.imported(x, p)
	u := v.role(x)
	u.at = p
	v.f.calls = append(v.f.calls, u)
	v.expr(x.Func, p)
	event, hooks := v.hook(x.Func)
	for _, a := range x.Args {
		if fn, ok := a.(*syntax.Name); ok && hooks && masterEvent(event) {
			v.f.names = append(v.f.names, nameUse{p, fn}) // used, and yet no worker needs it
			continue
		}
		v.argument(a, p)
	}
	for _, k := range x.Kw {
		if k.Name != "" {
			v.c.defined[k.Name] = true
		}
		v.argument(k.Value, p)
	}
	if hooks && len(x.Args) == 1 {
		v.f.listeners = append(v.f.listeners, listener{at: p, line: x.Line, event: event, fn: x.Args[0]})
	}
}

// imported notes that a call imports a module: importlib.import_module("m") or __import__("m").
func (v *collector) imported(x *syntax.Call, p *place) {
	if len(x.Args) != 1 || len(x.Kw) > 0 || !isNamed(x.Func, "import_module") && !isNamed(x.Func, "__import__") {
		return
	}
	if name, ok := x.Args[0].(*syntax.Str); ok && name.Value != "" && !strings.HasPrefix(name.Value, ".") {
		v.f.imports = append(v.f.imports, &importUse{at: p, line: x.Line, module: name.Value, bound: unbound})
		v.c.follow(name.Value, p)
	}
}

// argument visits an argument. A response that is passed on may become a context manager elsewhere.
func (v *collector) argument(a syntax.Expr, p *place) {
	v.managed(a)
	v.expr(a, p)
}

// role returns the note about a call that is going to be visited.
func (v *collector) role(x *syntax.Call) *callUse {
	if v.items == nil {
		v.items = map[*syntax.Call]*callUse{}
	}
	u := v.items[x]
	if u == nil {
		u = &callUse{x: x}
		v.items[x] = u
	}
	return u
}

// item notes that a call makes the context manager of a with statement.
func (v *collector) item(x syntax.Expr) {
	switch x := x.(type) {
	case *syntax.Call:
		v.role(x).item = true
		v.role(x).managed = true
	case *syntax.Cond:
		v.item(x.Then)
		v.item(x.Else)
	case *syntax.Walrus:
		v.managed(x.Value)
	case *syntax.Name:
		v.f.entered = append(v.f.entered, x.ID)
	}
}

// managed notes that the value of a call leaves the place where it stands.
func (v *collector) managed(x syntax.Expr) {
	switch x := x.(type) {
	case *syntax.Call:
		v.role(x).managed = true
	case *syntax.Cond:
		v.managed(x.Then)
		v.managed(x.Else)
	}
}

func (v *collector) importStmt(s *syntax.Import, p *place) {
	for _, a := range s.Names {
		u := &importUse{at: p, line: s.Line, module: a.Name, bound: a.As}
		b := &binding{kind: imported, module: a.Name, from: u, at: p}
		if a.As == "" {
			u.bound, _, _ = strings.Cut(a.Name, ".")
			b.module = u.bound
		}
		v.f.imports = append(v.f.imports, u)
		p.scope.bind(u.bound, b)
		v.note(p, u.bound)
		v.c.follow(a.Name, p)
	}
}

func (v *collector) importFrom(s *syntax.ImportFrom, p *place) {
	module := v.f.absolute(s.Module, s.Level)
	v.c.follow(module, p)
	if s.Names == nil {
		v.f.imports = append(v.f.imports, &importUse{at: p, line: s.Line, module: module, level: s.Level, name: "*"})
		v.star(module, p)
	}
	for _, a := range s.Names {
		u := &importUse{at: p, line: a.Line, module: module, level: s.Level, name: a.Name, bound: a.As}
		if a.As == "" {
			u.bound = a.Name
		}
		v.f.imports = append(v.f.imports, u)
		p.scope.bind(u.bound, &binding{kind: member, module: module, name: a.Name, from: u, at: p})
		v.note(p, u.bound)
		v.mention(p, a.Name)
		v.c.follow(module+"."+a.Name, p)
	}
}

// note says that objects may have a name as attribute.
func (v *collector) note(p *place, name string) {
	v.c.defined[name] = true
	v.c.dynamic = v.c.dynamic || name == "__getattr__" || name == "__getattribute__"
	if p.scope.isClass {
		p.class.members[name] = true
		v.c.given[name] = true
	}
}

// star binds the names that "from module import *" brings.
func (v *collector) star(module string, p *place) {
	switch m := v.c.world.module(module); {
	case m != nil:
		for _, n := range v.c.world.public(m) {
			p.scope.bind(n, &binding{kind: member, module: module, name: n, at: p})
		}
	case v.c.sources[module] != nil && !v.c.sources[module].broken:
		for n := range v.c.sources[module].scope.names {
			if !strings.HasPrefix(n, "_") {
				p.scope.bind(n, &binding{kind: member, module: module, name: n, at: p})
			}
		}
	default:
		v.f.star = true
	}
}

// absolute resolves a relative import; "" is one that leads nowhere.
func (f *script) absolute(module string, level int) string {
	if level == 0 {
		return module
	}
	pkg := f.module
	if !f.pkg {
		level++
	}
	for ; level > 1; level-- {
		i := strings.LastIndexByte(pkg, '.')
		if i < 0 {
			return module
		}
		pkg = pkg[:i]
	}
	return strings.Trim(pkg+"."+module, ".")
}

// follow checks a local module and the packages around it, if there is one.
func (c *checker) follow(module string, p *place) {
	if p.never || module == "" {
		return
	}
	c.world.note(module)
	for i := 0; i <= len(module); i++ {
		if i < len(module) && module[i] != '.' {
			continue
		}
		name := module[:i]
		if f := c.sources[name]; f != nil {
			f.guarded = f.guarded && p.expectsImport()
			continue
		}
		if name == "" || c.world.module(name) != nil {
			return
		}
		file, text, ok := c.source(name)
		if !ok {
			return
		}
		c.load(file, name, text, p.expectsImport(), strings.HasSuffix(file, "__init__.py"))
	}
}
