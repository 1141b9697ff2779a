package python

import "gregaria/worker/internal/python/syntax"

// walkExpr calls f for x and, where f returns true, for the expressions in it.
func walkExpr(x syntax.Expr, f func(syntax.Expr) bool) {
	if x == nil || !f(x) {
		return
	}
	for _, k := range children(x) {
		if k != nil {
			walkExpr(k, f)
		}
	}
}

func children(x syntax.Expr) []syntax.Expr {
	switch x := x.(type) {
	case *syntax.FString:
		return x.Parts
	case *syntax.Interp:
		return []syntax.Expr{x.X, x.Spec}
	case *syntax.Tuple:
		return x.Elts
	case *syntax.List:
		return x.Elts
	case *syntax.Set:
		return x.Elts
	case *syntax.Dict:
		return append(append([]syntax.Expr(nil), x.Keys...), x.Values...)
	case *syntax.Star:
		return []syntax.Expr{x.X}
	case *syntax.Unary:
		return []syntax.Expr{x.X}
	case *syntax.Binary:
		return []syntax.Expr{x.L, x.R}
	case *syntax.Bool:
		return []syntax.Expr{x.L, x.R}
	case *syntax.Compare:
		return append([]syntax.Expr{x.First}, x.Rest...)
	case *syntax.Cond:
		return []syntax.Expr{x.Test, x.Then, x.Else}
	case *syntax.Walrus:
		return []syntax.Expr{x.Value}
	case *syntax.Call:
		out := append([]syntax.Expr{x.Func}, x.Args...)
		for _, k := range x.Kw {
			out = append(out, k.Value)
		}
		return out
	case *syntax.Attr:
		return []syntax.Expr{x.X}
	case *syntax.Index:
		return []syntax.Expr{x.X, x.Index}
	case *syntax.Slice:
		return []syntax.Expr{x.Low, x.High, x.Step}
	case *syntax.Lambda:
		return []syntax.Expr{x.Body}
	case *syntax.Yield:
		return []syntax.Expr{x.X}
	case *syntax.Await:
		return []syntax.Expr{x.X}
	case *syntax.Comp:
		out := []syntax.Expr{x.Elt, x.Value}
		for _, cl := range x.Clauses {
			out = append(append(out, cl.Iter), cl.Ifs...)
		}
		return out
	}
	return nil
}
