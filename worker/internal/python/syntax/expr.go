package syntax

import (
	"strconv"
	"strings"

	ts "github.com/tree-sitter/go-tree-sitter"
)

// only reads the single expression among the children: nil for none, a tuple for several.
func (p *parser) only(n *ts.Node) Expr {
	kids := named(n)
	switch len(kids) {
	case 0:
		return nil
	case 1:
		return p.expr(kids[0])
	}
	return &Tuple{pos(n), p.exprs(kids)}
}

func (p *parser) exprs(ns []*ts.Node) []Expr {
	out := make([]Expr, len(ns))
	for i, n := range ns {
		out[i] = p.expr(n)
	}
	return out
}

func (p *parser) expr(n *ts.Node) Expr {
	if n == nil {
		panic(&Error{File: p.file, Line: 1, Msg: "invalid syntax"})
	}
	p.enter(n)
	defer p.leave()
	at := pos(n)
	switch n.Kind() {
	case "identifier", "as_pattern_target":
		return &Name{at, p.mangle(p.text(n))}
	case "true", "false", "none", "ellipsis":
		return &Const{at, p.text(n)}
	case "integer":
		return p.integer(n)
	case "float":
		return p.float(n)
	case "string", "concatenated_string":
		return p.str(n)
	case "expression_list", "tuple", "pattern_list", "tuple_pattern", "subject_list":
		return &Tuple{at, p.exprs(named(n))}
	case "list", "list_pattern":
		return &List{at, p.exprs(named(n))}
	case "set":
		return &Set{at, p.exprs(named(n))}
	case "dictionary":
		return p.dict(n)
	case "parenthesized_expression", "type":
		return p.only(n)
	case "list_splat", "list_splat_pattern", "parenthesized_list_splat":
		return &Star{at, p.only(n)}
	case "keyword_identifier":
		return &Name{at, p.text(n)}
	}
	return p.operation(n, at)
}

func (p *parser) operation(n *ts.Node, at Pos) Expr {
	field := func(name string) Expr { return p.expr(n.ChildByFieldName(name)) }
	switch n.Kind() {
	case "unary_operator":
		return &Unary{at, n.ChildByFieldName("operator").Kind(), field("argument")}
	case "not_operator":
		return &Unary{at, "not", field("argument")}
	case "binary_operator":
		return &Binary{at, n.ChildByFieldName("operator").Kind(), field("left"), field("right")}
	case "boolean_operator":
		return &Bool{at, n.ChildByFieldName("operator").Kind(), field("left"), field("right")}
	case "comparison_operator":
		return p.compare(n)
	case "conditional_expression":
		k := named(n)
		return &Cond{at, p.expr(k[1]), p.expr(k[0]), p.expr(k[2])}
	case "named_expression":
		name := n.ChildByFieldName("name")
		return &Walrus{at, &Name{pos(name), p.text(name)}, field("value")}
	case "call":
		args, kw := p.args(n.ChildByFieldName("arguments"))
		fn := field("function")
		if s, ok := fn.(*Star); ok { // the grammar sometimes reads *f(x) as (*f)(x)
			return &Star{at, &Call{Pos{at.Line, at.Col + 1, at.EndLine, at.EndCol}, s.X, args, kw}}
		}
		return &Call{at, fn, args, kw}
	case "attribute":
		return &Attr{at, field("object"), p.mangle(p.text(n.ChildByFieldName("attribute")))}
	case "subscript":
		return p.index(n)
	case "slice":
		return p.slice(n)
	case "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression":
		return p.comp(n)
	case "lambda":
		return &Lambda{at, p.params(n.ChildByFieldName("parameters")), field("body")}
	case "yield":
		y := &Yield{Pos: at, X: p.only(n), From: has(n, "from")}
		if k := named(n); y.X != nil && len(k) == 1 && has(n, ",") {
			y.X = &Tuple{pos(k[0]), []Expr{y.X}}
		}
		return y
	case "await":
		return &Await{at, p.only(n)}
	case "generic_type", "union_type", "member_type", "splat_type", "constrained_type":
		return &Str{at, p.text(n)} // only ever inside annotations, which do not run
	}
	p.failf(n, "invalid syntax")
	return nil
}

func (p *parser) compare(n *ts.Node) Expr {
	c := &Compare{Pos: pos(n)}
	for i := uint(0); i < n.ChildCount(); i++ {
		k := n.Child(i)
		switch {
		case n.FieldNameForChild(uint32(i)) == "operators":
			c.Ops = append(c.Ops, k.Kind())
		case !k.IsNamed() || k.Kind() == "comment" || k.Kind() == "line_continuation":
		case c.First == nil:
			c.First = p.expr(k)
		default:
			c.Rest = append(c.Rest, p.expr(k))
		}
	}
	if c.First == nil || len(c.Rest) != len(c.Ops) {
		p.failf(n, "invalid syntax")
	}
	return c
}

func (p *parser) index(n *ts.Node) Expr {
	subs := fields(n, "subscript")
	x := &Index{Pos: pos(n), X: p.expr(n.ChildByFieldName("value"))}
	if len(subs) == 1 && n.Child(n.ChildCount()-2).Kind() != "," {
		x.Index = p.expr(subs[0])
		return x
	}
	x.Index = &Tuple{pos(n), p.exprs(subs)}
	return x
}

func (p *parser) slice(n *ts.Node) Expr {
	s := &Slice{Pos: pos(n)}
	at := []*Expr{&s.Low, &s.High, &s.Step}
	i := 0
	for k := uint(0); k < n.ChildCount(); k++ {
		switch c := n.Child(k); {
		case c.Kind() == ":":
			i++
		case c.IsNamed() && c.Kind() != "comment" && i < len(at):
			*at[i] = p.expr(c)
		}
	}
	return s
}

func (p *parser) dict(n *ts.Node) Expr {
	d := &Dict{Pos: pos(n)}
	for _, c := range named(n) {
		if c.Kind() == "dictionary_splat" {
			d.Keys, d.Values = append(d.Keys, nil), append(d.Values, p.only(c))
			continue
		}
		d.Keys = append(d.Keys, p.expr(c.ChildByFieldName("key")))
		d.Values = append(d.Values, p.expr(c.ChildByFieldName("value")))
	}
	return d
}

func (p *parser) comp(n *ts.Node) Expr {
	kind := strings.SplitN(n.Kind(), "_", 2)[0]
	c := &Comp{Pos: pos(n), Kind: map[string]string{"list": "list", "set": "set", "dictionary": "dict", "generator": "gen"}[kind]}
	body := n.ChildByFieldName("body")
	if kind == "dictionary" {
		c.Elt, c.Value = p.expr(body.ChildByFieldName("key")), p.expr(body.ChildByFieldName("value"))
	} else {
		c.Elt = p.expr(body)
	}
	for _, k := range named(n) {
		switch k.Kind() {
		case "for_in_clause":
			cl := Clause{Async: has(k, "async"), Target: p.target(k.ChildByFieldName("left"))}
			if right := fields(k, "right"); len(right) > 1 {
				cl.Iter = &Tuple{pos(k), p.exprs(right)}
			} else {
				cl.Iter = p.expr(right[0])
			}
			c.Clauses = append(c.Clauses, cl)
		case "if_clause":
			last := &c.Clauses[len(c.Clauses)-1]
			last.Ifs = append(last.Ifs, p.only(k))
		}
	}
	return c
}

// args reads the arguments of a call or a class.
func (p *parser) args(n *ts.Node) (args []Expr, kw []Keyword) {
	if n.Kind() == "generator_expression" {
		return []Expr{p.comp(n)}, nil
	}
	seen := map[string]bool{}
	for _, c := range named(n) {
		switch c.Kind() {
		case "keyword_argument":
			name := p.text(c.ChildByFieldName("name"))
			if seen[name] {
				p.failf(c, "keyword argument repeated: %s", name)
			}
			seen[name] = true
			kw = append(kw, Keyword{name, p.expr(c.ChildByFieldName("value"))})
		case "dictionary_splat":
			kw = append(kw, Keyword{"", p.only(c)})
		default:
			if len(kw) > 0 && c.Kind() != "list_splat" {
				p.failf(c, "positional argument follows keyword argument")
			}
			args = append(args, p.expr(c))
		}
	}
	return args, kw
}

// target reads what can be assigned to, and refuses the rest.
func (p *parser) target(n *ts.Node) Expr {
	e := p.expr(n)
	if what := badTarget(e); what != "" {
		p.failf(n, "cannot assign to %s", what)
	}
	return e
}

func badTarget(e Expr) string {
	switch e := e.(type) {
	case *Name, *Attr, *Index:
		return ""
	case *Star:
		return badTarget(e.X)
	case *Tuple:
		return badTargets(e.Elts)
	case *List:
		return badTargets(e.Elts)
	case *Const:
		return e.Name
	case *Call:
		return "function call"
	case *Int, *Float, *Str, *Bytes:
		return "literal"
	}
	return "expression"
}

func badTargets(es []Expr) string {
	for _, e := range es {
		if what := badTarget(e); what != "" {
			return what
		}
	}
	return ""
}

func (p *parser) integer(n *ts.Node) Expr {
	s := strings.ReplaceAll(strings.ToLower(p.text(n)), "_", "")
	if strings.HasSuffix(s, "l") || (len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' && strings.Trim(s, "0") != "") {
		if strings.HasSuffix(s, "j") {
			p.failf(n, "complex numbers are not supported")
		}
		p.failf(n, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
	}
	if strings.HasSuffix(s, "j") {
		p.failf(n, "complex numbers are not supported")
	}
	if strings.Trim(s, "0") == "" {
		s = "0"
	}
	if len(s) > 4300 && s[0] != '0' {
		p.failf(n, "Exceeds the limit (4300 digits) for integer string conversion: value has %d digits; "+
			"use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", len(s))
	}
	return &Int{pos(n), s}
}

func (p *parser) float(n *ts.Node) Expr {
	s := strings.ReplaceAll(strings.ToLower(p.text(n)), "_", "")
	if strings.HasSuffix(s, "j") {
		p.failf(n, "complex numbers are not supported")
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && f == 0 {
		p.failf(n, "invalid decimal literal")
	}
	return &Float{pos(n), f}
}

// mangle is what names like __x become inside a class (Python/compile.c, _Py_Mangle).
func (p *parser) mangle(name string) string {
	if p.className == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") {
		return name
	}
	return "_" + strings.TrimLeft(p.className, "_") + name
}
