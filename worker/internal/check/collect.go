package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// collector walks one file once and notes what it binds, uses and imports.
type collector struct {
	c *checker
	f *script

	items map[*syntax.Call]*callUse // calls whose role is known before they are visited
}

func (v *collector) block(body []syntax.Stmt, p *place) {
	for _, s := range body {
		v.stmt(s, p)
		if i, ok := s.(*syntax.If); ok && workerTest(i.Test, p) == isWorker && returns(i.Body) {
			rest := *p
			rest.never = true // no worker gets any further
			p = &rest
		}
	}
}

func (v *collector) stmt(s syntax.Stmt, p *place) {
	switch s := s.(type) {
	case *syntax.Import:
		v.importStmt(s, p)
	case *syntax.ImportFrom:
		v.importFrom(s, p)
	case *syntax.Func:
		v.function(s, p)
	case *syntax.Class:
		v.class(s, p)
	case *syntax.If:
		v.ifStmt(s, p.perhaps())
	case *syntax.Try:
		v.try(s, p.perhaps())
	case *syntax.With:
		v.item(s.Item)
		v.expr(s.Item, p)
		v.target(s.Target, &binding{kind: managed, expr: s.Item, at: p}, p)
		v.block(s.Body, p)
	case *syntax.Assign:
		v.assign(s.Targets, s.Value, p)
	case *syntax.AnnAssign:
		if s.Value != nil {
			v.assign([]syntax.Expr{s.Target}, s.Value, p)
		} else {
			v.target(s.Target, &binding{at: p}, p)
		}
	case *syntax.Scope:
		if s.Global {
			for _, n := range s.Names {
				if p.scope.globals == nil {
					p.scope.globals = map[string]bool{}
				}
				p.scope.globals[n] = true
			}
		}
	default:
		v.plain(s, p)
	}
}

// plain visits the statements that bind nothing special.
func (v *collector) plain(s syntax.Stmt, p *place) {
	switch s := s.(type) {
	case *syntax.For:
		v.expr(s.Iter, p)
		v.target(s.Target, &binding{at: p}, p)
	case *syntax.AugAssign:
		v.expr(s.Value, p)
		v.expr(s.Target, p)
		v.target(s.Target, &binding{at: p}, p)
	case *syntax.ExprStmt:
		if _, isText := s.X.(*syntax.Str); !isText { // a docstring says nothing about the code
			v.expr(s.X, p)
		}
	case *syntax.Return:
		v.managed(s.X)
		v.expr(s.X, p)
	case *syntax.Match:
		v.operands(s, p)
		for _, k := range s.Cases {
			for _, n := range syntax.PatternNames(k.Pattern) {
				p.scope.bind(n, &binding{at: p})
			}
		}
	default:
		v.operands(s, p)
	}
	for _, b := range syntax.Blocks(s) {
		v.block(b, p.perhaps())
	}
}

func (v *collector) operands(s syntax.Stmt, p *place) {
	for _, x := range syntax.Operands(s) {
		v.expr(x, p)
	}
}

func (v *collector) assign(targets []syntax.Expr, value syntax.Expr, p *place) {
	if n, ok := targets[0].(*syntax.Name); ok {
		if call, ok := value.(*syntax.Call); ok {
			v.role(call).stored = n.ID
		}
	}
	if _, ok := targets[0].(*syntax.Attr); ok {
		v.managed(value)
	}
	v.expr(value, p)
	for _, t := range targets {
		v.target(t, &binding{kind: valued, expr: value, at: p}, p)
	}
}

// target binds what is assigned to. b is for a plain name; what is unpacked is opaque.
func (v *collector) target(x syntax.Expr, b *binding, p *place) {
	switch x := x.(type) {
	case nil:
	case *syntax.Name:
		p.scope.bind(x.ID, b)
		v.note(p, x.ID)
	case *syntax.Tuple:
		v.targets(x.Elts, p)
	case *syntax.List:
		v.targets(x.Elts, p)
	case *syntax.Star:
		v.target(x.X, &binding{at: p}, p)
	case *syntax.Attr:
		v.c.defined[x.Name], v.c.given[x.Name], v.c.stored[x.Name] = true, true, true
		if b, isSelf := selfOf(x.X, p); isSelf {
			b.stored[x.Name] = true
		}
		v.expr(x.X, p)
	default:
		v.expr(x, p)
	}
}

func (v *collector) targets(xs []syntax.Expr, p *place) {
	for _, x := range xs {
		v.target(x, &binding{at: p}, p)
	}
}

func (v *collector) ifStmt(s *syntax.If, p *place) {
	in, other := *p, *p
	test := workerTest(s.Test, p)
	in.never = p.never || isTypeChecking(s.Test) || isMain(s.Test) || test == noWorker
	other.never = p.never || test == isWorker
	v.expr(s.Test, p)
	v.block(s.Body, &in)
	v.block(s.Else, &other)
}

func (v *collector) try(s *syntax.Try, p *place) {
	in := *p
	for _, h := range s.Handlers {
		in.imports = in.imports || catches(h.Type, "ImportError", "ModuleNotFoundError", "Exception", "BaseException")
		in.attrs = in.attrs || catches(h.Type, "AttributeError", "NameError", "Exception", "BaseException")
	}
	v.block(s.Body, &in)
	for _, h := range s.Handlers {
		v.expr(h.Type, p)
		if h.Name != "" {
			p.scope.bind(h.Name, &binding{at: p})
		}
		v.block(h.Body, p)
	}
	v.block(s.Else, p)
	v.block(s.Finally, p)
}

// catches says whether an except clause catches one of the exceptions.
func catches(x syntax.Expr, names ...string) bool {
	if x == nil {
		return true
	}
	found := false
	syntax.Inspect(x, func(e syntax.Expr) bool {
		if n, ok := e.(*syntax.Name); ok && slices.Contains(names, n.ID) {
			found = true
		}
		return true
	})
	return found
}

func (v *collector) class(s *syntax.Class, p *place) {
	k := &class{node: s, at: p, members: map[string]bool{}, stored: map[string]bool{}}
	v.f.classes = append(v.f.classes, k)
	v.note(p, s.Name)
	v.operands(s, p)
	p.scope.bind(s.Name, &binding{kind: classed, class: k, at: p})
	in := *p
	in.class, in.scope = k, newScope(p.scope, v.f)
	in.scope.isClass = true
	k.inside = &in
	v.block(s.Body, &in)
}

func (v *collector) function(s *syntax.Func, p *place) {
	v.note(p, s.Name)
	decorated, listens := v.decorators(s, p)
	for _, x := range syntax.Defaults(s.Params) {
		v.expr(x, p)
	}
	in := *p
	in.imports, in.attrs = false, false
	u := p.unit
	if u == nil {
		u = &unit{name: s.Name, class: p.class, node: s, at: p, mentions: map[string]bool{}, decorated: decorated, listens: listens}
		v.f.units = append(v.f.units, u)
		in.unit = u
	}
	p.scope.bind(s.Name, &binding{kind: defined, unit: &unit{name: s.Name, class: p.class, node: s, at: p}, at: p})
	in.scope = newScope(enclosing(p.scope), v.f)
	v.params(s, p, &in)
	v.block(s.Body, &in)
}

// enclosing returns the scope that a function sees around it: names of a class body are not among them.
func enclosing(s *scope) *scope {
	for s.isClass {
		s = s.parent
	}
	return s
}

func (v *collector) params(s *syntax.Func, p, in *place) {
	isSelf := p.scope.isClass && !v.isStatic(s)
	for i, q := range s.Params.List {
		b := &binding{at: in}
		if q.Name == "environment" && (v.listens(s) || isNamed(q.Annotation, "Environment")) {
			b.kind = environs
		}
		if i == 0 && isSelf {
			b = &binding{kind: self, class: p.class, at: in}
		}
		in.scope.bind(q.Name, b)
	}
	for _, n := range []string{s.Params.Star, s.Params.DoubleStar} {
		if n != "" {
			in.scope.bind(n, &binding{at: in})
		}
	}
}

// isStatic says whether the first parameter of a method is not its object.
func (v *collector) isStatic(s *syntax.Func) bool {
	for _, d := range s.Decorators {
		if n, ok := d.(*syntax.Name); ok && (n.ID == "staticmethod" || n.ID == "classmethod") {
			return true
		}
	}
	return v.listens(s)
}

// listens says whether a function is registered for an event by a decorator.
func (v *collector) listens(s *syntax.Func) bool {
	return slices.ContainsFunc(s.Decorators, func(d syntax.Expr) bool {
		_, ok := v.hook(d)
		return ok
	})
}

// decorators visits the decorators of a function; listens are the events of the master that it is registered for.
func (v *collector) decorators(s *syntax.Func, p *place) (decorated bool, listens []string) {
	view := false // what else decorates a view is called with it
	for _, d := range s.Decorators {
		v.expr(d, p)
		event, ok := v.hook(d)
		if ok {
			v.f.listeners = append(v.f.listeners, listener{at: p, line: s.Line, event: event, unit: s})
		}
		if ok && masterEvent(event) {
			listens = append(listens, event)
			continue
		}
		decorated, view = true, view || isView(d, p)
	}
	return decorated && !view, listens
}

// isView says whether a decorator makes a function answer requests to Locust's web UI, which no worker has: @blueprint.route("/"),
// @environment.web_ui.app.route("/").
func isView(d syntax.Expr, p *place) bool {
	if call, ok := d.(*syntax.Call); ok {
		d = call.Func
	}
	on, ok := d.(*syntax.Attr)
	if !ok || !has(" route get post put patch delete errorhandler before_request after_request teardown_request context_processor user_loader ", on.Name) {
		return false
	}
	switch x := on.X.(type) {
	case *syntax.Attr:
		return x.Name == "app" && isNamed(x.X, "web_ui")
	case *syntax.Name:
		if b := p.scope.lookup(x.ID); len(b) == 1 && b[0].kind == valued {
			call, ok := b[0].expr.(*syntax.Call)
			return ok && (isNamed(call.Func, "Blueprint") || isNamed(call.Func, "LoginManager"))
		}
	}
	return false
}

// hook returns the event of events.NAME.add_listener.
func (v *collector) hook(x syntax.Expr) (event string, ok bool) {
	add, ok := x.(*syntax.Attr)
	if !ok || add.Name != "add_listener" {
		return "", false
	}
	ev, ok := add.X.(*syntax.Attr)
	if !ok || v.c.ref.events[ev.Name] == "" {
		return "", false
	}
	return ev.Name, true
}

// mention notes that code names something, which may so be called.
func (v *collector) mention(p *place, name string) {
	switch {
	case p.never:
	case p.unit != nil:
		p.unit.mentions[name] = true
	default:
		v.f.mentions[name] = true
	}
}

// words notes the identifiers in a text: getattr and its like reach by text what nobody can see.
func (v *collector) words(text string, p *place) {
	if len(text) > 300 {
		return
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		w = strings.ReplaceAll(strings.TrimLeft(w, "-"), "-", "_") // --my-option is options.my_option
		v.c.spoken[w] = true
		if w == text {
			v.mention(p, w)
		}
	}
}
