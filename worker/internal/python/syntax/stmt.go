package syntax

import (
	"strings"

	ts "github.com/tree-sitter/go-tree-sitter"
)

// block reads the statements of a module or an indented block.
func (p *parser) block(n *ts.Node) []Stmt {
	if n == nil {
		panic(&Error{File: p.file, Line: 1, Msg: "expected an indented block"})
	}
	p.enter(n)
	defer p.leave()
	var out []Stmt
	for _, c := range named(n) {
		out = p.stmt(out, c)
	}
	if out == nil && n.Kind() == "block" {
		p.failf(n, "expected an indented block")
	}
	return out
}

// stmt appends what a node stands for: most are one statement.
func (p *parser) stmt(out []Stmt, n *ts.Node) []Stmt {
	at := pos(n)
	switch n.Kind() {
	case "expression_statement":
		return append(out, p.exprStmt(n))
	case "pass_statement", "break_statement", "continue_statement":
		return append(out, &Simple{at, strings.TrimSuffix(n.Kind(), "_statement")})
	case "return_statement":
		return append(out, &Return{at, p.only(n)})
	case "delete_statement":
		return append(out, p.del(n))
	case "raise_statement":
		return append(out, p.raise(n))
	case "global_statement", "nonlocal_statement":
		s := &Scope{Pos: at, Global: n.Kind() == "global_statement"}
		for _, c := range named(n) {
			s.Names = append(s.Names, p.text(c))
		}
		return append(out, s)
	case "assert_statement":
		s := &Assert{Pos: at}
		kids := named(n)
		s.Test = p.expr(kids[0])
		if len(kids) > 1 {
			s.Msg = p.expr(kids[1])
		}
		return append(out, s)
	case "import_statement", "import_from_statement", "future_import_statement":
		return append(out, p.imports(n))
	}
	return append(out, p.compound(n))
}

// compound reads the statements that contain blocks.
func (p *parser) compound(n *ts.Node) Stmt {
	at := pos(n)
	switch n.Kind() {
	case "if_statement":
		return p.ifStmt(n)
	case "for_statement":
		return &For{
			at, has(n, "async"), p.target(n.ChildByFieldName("left")), p.expr(n.ChildByFieldName("right")),
			p.block(n.ChildByFieldName("body")), p.orElse(n),
		}
	case "while_statement":
		return &While{at, p.expr(n.ChildByFieldName("condition")), p.block(n.ChildByFieldName("body")), p.orElse(n)}
	case "try_statement":
		return p.try(n)
	case "with_statement":
		return p.with(n)
	case "function_definition":
		return p.function(n)
	case "class_definition":
		return p.class(n)
	case "decorated_definition":
		return p.decorated(n)
	case "match_statement":
		return p.match(n)
	case "type_alias_statement":
		return &Unsupported{at, "type alias statement (Python 3.12)"}
	case "print_statement", "exec_statement":
		p.failf(n, "Missing parentheses in call to '%s'. Did you mean %[1]s(...)?", strings.TrimSuffix(n.Kind(), "_statement"))
	}
	p.failf(n, "invalid syntax")
	return nil
}

func (p *parser) exprStmt(n *ts.Node) Stmt {
	at := pos(n)
	kids := named(n)
	if len(kids) == 0 {
		p.failf(n, "invalid syntax")
	}
	first := kids[0]
	switch {
	case len(kids) > 1 || has(n, ","):
		return &ExprStmt{at, &Tuple{at, p.exprs(kids)}}
	case first.Kind() == "assignment":
		return p.assign(first)
	case first.Kind() == "augmented_assignment":
		op := strings.TrimSuffix(first.ChildByFieldName("operator").Kind(), "=")
		return &AugAssign{at, p.target(first.ChildByFieldName("left")), op, p.expr(first.ChildByFieldName("right"))}
	}
	return &ExprStmt{at, p.expr(first)}
}

func (p *parser) assign(n *ts.Node) Stmt {
	at := pos(n)
	left, right := n.ChildByFieldName("left"), n.ChildByFieldName("right")
	if typ := n.ChildByFieldName("type"); typ != nil {
		s := &AnnAssign{Pos: at, Target: p.target(left), Annotation: p.expr(typ)}
		if right != nil {
			s.Value = p.expr(right)
		}
		return s
	}
	s := &Assign{Pos: at, Targets: []Expr{p.target(left)}}
	for right.Kind() == "assignment" {
		s.Targets = append(s.Targets, p.target(right.ChildByFieldName("left")))
		right = right.ChildByFieldName("right")
		if right == nil {
			p.failf(n, "invalid syntax")
		}
	}
	s.Value = p.expr(right)
	return s
}

func (p *parser) del(n *ts.Node) Stmt {
	s := &Delete{Pos: pos(n)}
	for _, c := range named(n) {
		t := p.target(c)
		if tup, ok := t.(*Tuple); ok {
			s.Targets = append(s.Targets, tup.Elts...)
			continue
		}
		s.Targets = append(s.Targets, t)
	}
	return s
}

func (p *parser) raise(n *ts.Node) Stmt {
	s := &Raise{Pos: pos(n)}
	cause := n.ChildByFieldName("cause")
	for _, c := range named(n) {
		if cause == nil || !c.Equals(*cause) {
			s.X = p.expr(c)
		}
	}
	if cause != nil {
		s.Cause = p.expr(cause)
	}
	return s
}

func (p *parser) ifStmt(n *ts.Node) Stmt {
	s := &If{Pos: pos(n), Test: p.expr(n.ChildByFieldName("condition")), Body: p.block(n.ChildByFieldName("consequence"))}
	last := s
	for _, a := range fields(n, "alternative") {
		if a.Kind() == "elif_clause" {
			next := &If{Pos: pos(a), Test: p.expr(a.ChildByFieldName("condition")), Body: p.block(a.ChildByFieldName("consequence"))}
			last.Else = []Stmt{next}
			last = next
			continue
		}
		last.Else = p.block(a.ChildByFieldName("body"))
	}
	return s
}

func (p *parser) orElse(n *ts.Node) []Stmt {
	for _, a := range fields(n, "alternative") {
		return p.block(a.ChildByFieldName("body"))
	}
	return nil
}

func (p *parser) try(n *ts.Node) Stmt {
	s := &Try{Pos: pos(n), Body: p.block(n.ChildByFieldName("body"))}
	for _, c := range named(n) {
		switch c.Kind() {
		case "except_clause", "except_group_clause":
			if has(c, "*") || c.Kind() == "except_group_clause" {
				return &Unsupported{pos(c), "except* (exception groups)"}
			}
			s.Handlers = append(s.Handlers, p.handler(c))
		case "else_clause":
			s.Else = p.block(c.ChildByFieldName("body"))
		case "finally_clause":
			s.Finally = p.lastBlock(c)
		}
	}
	return s
}

func (p *parser) lastBlock(n *ts.Node) []Stmt {
	for _, c := range named(n) {
		if c.Kind() == "block" {
			return p.block(c)
		}
	}
	return nil
}

func (p *parser) handler(n *ts.Node) Handler {
	h := Handler{Pos: pos(n), Body: p.lastBlock(n)}
	kids := named(n)
	var typ []*ts.Node
	for _, k := range kids {
		if k.Kind() != "block" {
			typ = append(typ, k)
		}
	}
	if len(typ) == 0 {
		return h
	}
	if typ[0].Kind() == "as_pattern" {
		h.Type = p.expr(named(typ[0])[0])
		h.Name = p.text(typ[0].ChildByFieldName("alias"))
		return h
	}
	h.Type = p.expr(typ[0])
	if len(typ) > 1 {
		p.failf(n, "multiple exception types must be parenthesized")
	}
	return h
}

func (p *parser) with(n *ts.Node) Stmt {
	var items []*ts.Node
	for _, c := range named(n) {
		if c.Kind() == "with_clause" {
			items = named(c)
		}
	}
	body := p.block(n.ChildByFieldName("body"))
	for i := len(items) - 1; i >= 0; i-- {
		w := &With{Pos: pos(n), Async: has(n, "async"), Body: body}
		v := items[i]
		if v.Kind() == "with_item" {
			v = v.ChildByFieldName("value")
		}
		if v.Kind() == "as_pattern" {
			w.Item = p.expr(named(v)[0])
			w.Target = p.target(v.ChildByFieldName("alias").NamedChild(0))
		} else {
			w.Item = p.expr(v)
		}
		body = []Stmt{w}
	}
	if len(items) == 0 {
		p.failf(n, "invalid syntax")
	}
	return body[0]
}

func (p *parser) imports(n *ts.Node) Stmt {
	alias := func(c *ts.Node) Alias {
		if c.Kind() == "aliased_import" {
			return Alias{pos(c), p.text(c.ChildByFieldName("name")), p.text(c.ChildByFieldName("alias"))}
		}
		return Alias{pos(c), p.text(c), ""}
	}
	var names []Alias
	for _, c := range fields(n, "name") {
		names = append(names, alias(c))
	}
	switch n.Kind() {
	case "import_statement":
		return &Import{pos(n), names}
	case "future_import_statement":
		for _, a := range names {
			p.future = p.future || a.Name == "annotations"
		}
		return &ImportFrom{pos(n), "__future__", 0, names}
	}
	mod := p.text(n.ChildByFieldName("module_name"))
	level := len(mod) - len(strings.TrimLeft(mod, "."))
	if names == nil && !has(n, "wildcard_import") {
		p.failf(n, "invalid syntax")
	}
	return &ImportFrom{pos(n), strings.TrimSpace(mod[level:]), level, names}
}

func (p *parser) decorated(n *ts.Node) Stmt {
	var decs []Expr
	for _, c := range named(n) {
		if c.Kind() == "decorator" {
			decs = append(decs, p.only(c))
		}
	}
	switch d := p.compound(n.ChildByFieldName("definition")).(type) {
	case *Func:
		d.Decorators = decs
		return d
	case *Class:
		d.Decorators = decs
		return d
	}
	p.failf(n, "invalid syntax")
	return nil
}

func (p *parser) function(n *ts.Node) Stmt {
	f := &Func{Pos: pos(n), Name: p.mangle(p.text(n.ChildByFieldName("name"))), Async: has(n, "async")}
	f.Params = p.params(n.ChildByFieldName("parameters"))
	if r := n.ChildByFieldName("return_type"); r != nil {
		f.Returns = p.expr(r)
	}
	f.Body = p.block(n.ChildByFieldName("body"))
	if f.Late = p.late[n.StartPosition().Row]; f.Late != nil {
		f.Late.class = p.className
	}
	return f
}

func (p *parser) class(n *ts.Node) Stmt {
	c := &Class{Pos: pos(n), Name: p.text(n.ChildByFieldName("name"))}
	outer := p.className
	p.className = c.Name
	c.Body = p.block(n.ChildByFieldName("body"))
	p.className = outer
	if s := n.ChildByFieldName("superclasses"); s != nil {
		c.Bases, c.Kw = p.args(s)
	}
	return c
}

func (p *parser) params(n *ts.Node) Params {
	var ps Params
	if n == nil {
		return ps
	}
	kwOnly := false
	seen := map[string]bool{}
	add := func(c *ts.Node, q Param) {
		if seen[q.Name] {
			p.failf(c, "duplicate argument '%s' in function definition", q.Name)
		}
		seen[q.Name] = true
		q.KwOnly = kwOnly
		if n := len(ps.List); q.Default == nil && !kwOnly && n > 0 && ps.List[n-1].Default != nil {
			p.failf(c, "non-default argument follows default argument")
		}
		ps.List = append(ps.List, q)
	}
	for _, c := range named(n) {
		var typ Expr
		if t := c.ChildByFieldName("type"); t != nil {
			typ = p.expr(t)
		}
		switch k := c.Kind(); k {
		case "positional_separator":
			for i := range ps.List {
				ps.List[i].PosOnly = true
			}
		case "keyword_separator":
			kwOnly = true
		case "default_parameter", "typed_default_parameter":
			add(c, Param{Name: p.text(c.ChildByFieldName("name")), Default: p.expr(c.ChildByFieldName("value")), Annotation: typ})
		default:
			if k == "typed_parameter" {
				c = c.NamedChild(0)
			}
			switch c.Kind() {
			case "list_splat_pattern":
				ps.Star, ps.StarAnnotation, kwOnly = p.text(c.NamedChild(0)), typ, true
			case "dictionary_splat_pattern":
				ps.DoubleStar, ps.DoubleStarAnnotation = p.text(c.NamedChild(0)), typ
			default:
				add(c, Param{Name: p.text(c), Annotation: typ})
			}
		}
	}
	return ps
}
