package syntax

// Inspect calls f for x and, where f returns true, for the expressions in it.
func Inspect(x Expr, f func(Expr) bool) {
	if x == nil || !f(x) {
		return
	}
	for _, k := range Children(x) {
		Inspect(k, f)
	}
}

// Children returns the expressions that stand directly in another one, in the order of their evaluation or nearly so; some
// may be nil. Targets of comprehensions and defaults of lambdas are not among them.
func Children(x Expr) []Expr {
	switch x := x.(type) {
	case *FString:
		return x.Parts
	case *Interp:
		return []Expr{x.X, x.Spec}
	case *Tuple:
		return x.Elts
	case *List:
		return x.Elts
	case *Set:
		return x.Elts
	case *Dict:
		return append(append([]Expr(nil), x.Keys...), x.Values...)
	case *Star:
		return []Expr{x.X}
	case *Unary:
		return []Expr{x.X}
	case *Binary:
		return []Expr{x.L, x.R}
	case *Bool:
		return []Expr{x.L, x.R}
	case *Compare:
		return append([]Expr{x.First}, x.Rest...)
	case *Cond:
		return []Expr{x.Test, x.Then, x.Else}
	case *Walrus:
		return []Expr{x.Value}
	case *Call:
		out := append([]Expr{x.Func}, x.Args...)
		for _, k := range x.Kw {
			out = append(out, k.Value)
		}
		return out
	case *Attr:
		return []Expr{x.X}
	case *Index:
		return []Expr{x.X, x.Index}
	case *Slice:
		return []Expr{x.Low, x.High, x.Step}
	case *Lambda:
		return []Expr{x.Body}
	case *Yield:
		return []Expr{x.X}
	case *Await:
		return []Expr{x.X}
	case *Comp:
		out := []Expr{x.Elt, x.Value}
		for _, cl := range x.Clauses {
			out = append(append(out, cl.Iter), cl.Ifs...)
		}
		return out
	}
	return nil
}

// Blocks returns the blocks of statements that stand directly in a statement.
func Blocks(s Stmt) [][]Stmt {
	switch s := s.(type) {
	case *If:
		return [][]Stmt{s.Body, s.Else}
	case *For:
		return [][]Stmt{s.Body, s.Else}
	case *While:
		return [][]Stmt{s.Body, s.Else}
	case *With:
		return [][]Stmt{s.Body}
	case *Func:
		return [][]Stmt{s.Body}
	case *Class:
		return [][]Stmt{s.Body}
	case *Try:
		out := [][]Stmt{s.Body}
		for _, h := range s.Handlers {
			out = append(out, h.Body)
		}
		return append(out, s.Else, s.Finally)
	case *Match:
		var out [][]Stmt
		for _, c := range s.Cases {
			out = append(out, c.Body)
		}
		return out
	}
	return nil
}

// Operands returns the expressions that a statement evaluates itself, targets included and annotations not; some may be nil.
func Operands(s Stmt) []Expr {
	switch s := s.(type) {
	case *ExprStmt:
		return []Expr{s.X}
	case *Assign:
		return append([]Expr{s.Value}, s.Targets...)
	case *AugAssign:
		return []Expr{s.Value, s.Target}
	case *AnnAssign:
		return []Expr{s.Value, s.Target}
	case *Return:
		return []Expr{s.X}
	case *Delete:
		return s.Targets
	case *Raise:
		return []Expr{s.X, s.Cause}
	case *Assert:
		return []Expr{s.Test, s.Msg}
	case *If:
		return []Expr{s.Test}
	case *For:
		return []Expr{s.Iter, s.Target}
	case *While:
		return []Expr{s.Test}
	case *With:
		return []Expr{s.Item, s.Target}
	case *Func:
		return append(append([]Expr(nil), s.Decorators...), Defaults(s.Params)...)
	case *Class:
		out := append(append([]Expr(nil), s.Decorators...), s.Bases...)
		for _, k := range s.Kw {
			out = append(out, k.Value)
		}
		return out
	case *Try:
		var out []Expr
		for _, h := range s.Handlers {
			out = append(out, h.Type)
		}
		return out
	case *Match:
		out := []Expr{s.Subject}
		for _, c := range s.Cases {
			out = append(append(out, c.Guard), PatternExprs(c.Pattern)...)
		}
		return out
	}
	return nil
}

// Defaults returns the default values of parameters.
func Defaults(ps Params) []Expr {
	var out []Expr
	for _, p := range ps.List {
		if p.Default != nil {
			out = append(out, p.Default)
		}
	}
	return out
}

// PatternExprs returns the values and classes that a pattern compares with.
func PatternExprs(p Pattern) []Expr {
	var out []Expr
	add := func(ps []Pattern) {
		for _, q := range ps {
			out = append(out, PatternExprs(q)...)
		}
	}
	switch p := p.(type) {
	case *PatValue:
		return []Expr{p.X}
	case *PatCapture:
		return PatternExprs(p.X)
	case *PatOr:
		add(p.Alts)
	case *PatSeq:
		add(p.Elts)
	case *PatMap:
		out = append(out, p.Keys...)
		add(p.Vals)
	case *PatClass:
		out = append(out, p.Cls)
		add(p.Args)
		add(p.Kw)
	}
	return out
}

// PatternNames returns the names that a pattern binds.
func PatternNames(p Pattern) []string {
	var out []string
	add := func(name string, ps ...Pattern) {
		if name != "" {
			out = append(out, name)
		}
		for _, q := range ps {
			out = append(out, PatternNames(q)...)
		}
	}
	switch p := p.(type) {
	case *PatCapture:
		add(p.Name, p.X)
	case *PatStar:
		add(p.Name)
	case *PatOr:
		add("", p.Alts...)
	case *PatSeq:
		add("", p.Elts...)
	case *PatMap:
		add(p.Rest, p.Vals...)
	case *PatClass:
		add("", p.Args...)
		add("", p.Kw...)
	}
	return out
}
