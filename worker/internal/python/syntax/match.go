package syntax

import (
	ts "github.com/tree-sitter/go-tree-sitter"
)

func (p *parser) match(n *ts.Node) Stmt {
	m := &Match{Pos: pos(n)}
	subjects := fields(n, "subject")
	if len(subjects) == 1 {
		m.Subject = p.expr(subjects[0])
	} else {
		m.Subject = &Tuple{pos(n), p.exprs(subjects)}
	}
	for _, c := range named(n.ChildByFieldName("body")) {
		if c.Kind() == "case_clause" {
			m.Cases = append(m.Cases, p.caseClause(c))
		}
	}
	return m
}

func (p *parser) caseClause(c *ts.Node) Case {
	var pats []Pattern
	for _, k := range named(c) {
		if k.Kind() == "case_pattern" {
			pats = append(pats, p.pat(k))
		}
	}
	out := Case{Body: p.block(c.ChildByFieldName("consequence"))}
	if len(pats) == 1 && !has(c, ",") {
		out.Pattern = pats[0]
	} else {
		out.Pattern = &PatSeq{pats}
	}
	if g := c.ChildByFieldName("guard"); g != nil {
		out.Guard = p.only(g)
	}
	return out
}

// pat reads one pattern.
func (p *parser) pat(n *ts.Node) Pattern {
	p.enter(n)
	defer p.leave()
	switch n.Kind() {
	case "case_pattern":
		return p.casePattern(n)
	case "dotted_name":
		return p.dottedPattern(n)
	case "identifier":
		return &PatCapture{Name: p.text(n)}
	case "_":
		return &PatCapture{}
	case "union_pattern":
		return &PatOr{p.signedPats(n)}
	case "as_pattern":
		k := named(n)
		return &PatCapture{Name: p.text(k[len(k)-1]), X: p.pat(k[0])}
	case "list_pattern", "tuple_pattern":
		return p.seqPattern(n)
	case "splat_pattern":
		return &PatStar{Name: p.splatName(n)}
	case "dict_pattern":
		return p.dictPattern(n)
	case "class_pattern":
		return p.classPattern(n)
	}
	return &PatValue{p.expr(n)}
}

func (p *parser) casePattern(n *ts.Node) Pattern {
	if n.ChildCount() > 0 && n.Child(0).Kind() == "_" {
		return &PatCapture{}
	}
	pats := p.signedPats(n)
	if len(pats) != 1 {
		p.failf(n, "invalid syntax")
	}
	return pats[0]
}

// signedPats reads alternatives, among which "-" and a number are two children in a row.
func (p *parser) signedPats(n *ts.Node) []Pattern {
	var out []Pattern
	neg := false
	for i := uint(0); i < n.ChildCount(); i++ {
		c := n.Child(i)
		switch {
		case c.Kind() == "-":
			neg = true
		case c.Kind() == "_":
			out = append(out, &PatCapture{})
		case !c.IsNamed() || c.Kind() == "comment":
		case neg:
			out = append(out, &PatValue{&Unary{pos(n), "-", p.expr(c)}})
			neg = false
		default:
			out = append(out, p.pat(c))
		}
	}
	return out
}

func (p *parser) dotted(n *ts.Node) Expr {
	var e Expr
	for _, k := range named(n) {
		if e == nil {
			e = &Name{pos(k), p.text(k)}
			continue
		}
		e = &Attr{pos(n), e, p.text(k)}
	}
	return e
}

func (p *parser) dottedPattern(n *ts.Node) Pattern {
	e := p.dotted(n)
	if name, ok := e.(*Name); ok {
		if name.ID == "_" {
			return &PatCapture{}
		}
		return &PatCapture{Name: name.ID}
	}
	return &PatValue{e}
}

// seqPattern tells (a) from (a,): the first is a group, no sequence.
func (p *parser) seqPattern(n *ts.Node) Pattern {
	var pats []Pattern
	for _, k := range named(n) {
		pats = append(pats, p.pat(k))
	}
	if n.Kind() == "tuple_pattern" && len(pats) == 1 && !has(n, ",") {
		return pats[0]
	}
	return &PatSeq{pats}
}

func (p *parser) splatName(n *ts.Node) string {
	for _, k := range named(n) {
		if k.Kind() == "identifier" {
			return p.text(k)
		}
	}
	return ""
}

func (p *parser) dictPattern(n *ts.Node) Pattern {
	m := &PatMap{}
	neg := false
	for i := uint(0); i < n.ChildCount(); i++ {
		c := n.Child(i)
		switch f := n.FieldNameForChild(uint32(i)); {
		case c.Kind() == "-":
			neg = true
		case f == "key" && c.IsNamed():
			var k Expr
			if c.Kind() == "dotted_name" {
				k = p.dotted(c)
			} else {
				k = p.expr(c)
			}
			if neg {
				k, neg = &Unary{pos(c), "-", k}, false
			}
			m.Keys = append(m.Keys, k)
		case f == "value" && c.IsNamed():
			m.Vals = append(m.Vals, p.pat(c))
		case c.Kind() == "splat_pattern":
			m.Rest = p.splatName(c)
		}
	}
	if len(m.Keys) != len(m.Vals) {
		p.failf(n, "invalid syntax")
	}
	return m
}

func (p *parser) classPattern(n *ts.Node) Pattern {
	c := &PatClass{}
	for _, k := range named(n) {
		switch k.Kind() {
		case "dotted_name":
			c.Cls = p.dotted(k)
		case "case_pattern":
			if kw := k.NamedChild(0); kw != nil && kw.Kind() == "keyword_pattern" {
				c.Names = append(c.Names, p.text(named(kw)[0]))
				pats := p.signedPats(kw)
				c.Kw = append(c.Kw, pats[len(pats)-1])
				continue
			}
			c.Args = append(c.Args, p.pat(k))
		}
	}
	return c
}
