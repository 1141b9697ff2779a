package python

import (
	"fmt"
	"math/big"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// Literal is ast.literal_eval of a text: literals and displays of them. Other expressions are a ValueError, what does not
// parse is a SyntaxError.
func (t *Thread) Literal(source string) (Value, error) {
	m, err := syntax.Parse("<unknown>", []byte(strings.TrimLeft(source, " \t")))
	if err != nil {
		return nil, Errorf(SyntaxError, "%s", err)
	}
	if len(m.Body) == 1 {
		if s, ok := m.Body[0].(*syntax.ExprStmt); ok {
			return t.literal(s.X)
		}
	}
	return nil, Errorf(SyntaxError, "invalid syntax")
}

func (t *Thread) literal(x syntax.Expr) (Value, error) {
	switch x := x.(type) {
	case *syntax.Int:
		if b, ok := new(big.Int).SetString(x.Text, 0); ok {
			return NewBig(b), nil
		}
	case *syntax.Float:
		return Float(x.Value), nil
	case *syntax.Str:
		return NewStr(x.Value), nil
	case *syntax.Bytes:
		return NewBytes([]byte(x.Value)), nil
	case *syntax.Const:
		if v, ok := map[string]Value{"None": None, "True": True, "False": False, "...": Ellipsis, "Ellipsis": Ellipsis}[x.Name]; ok {
			return v, nil
		}
	case *syntax.Unary:
		_, isInt := x.X.(*syntax.Int)
		_, isFloat := x.X.(*syntax.Float)
		if (x.Op == "-" || x.Op == "+") && (isInt || isFloat) {
			v, err := t.literal(x.X)
			if err != nil {
				return nil, err
			}
			return t.unary(x.Op, v)
		}
	case *syntax.Tuple:
		items, err := t.literals(x.Elts)
		return NewTuple(items...), err
	case *syntax.List:
		items, err := t.literals(x.Elts)
		return NewList(items...), err
	case *syntax.Set:
		return t.literalSet(x)
	case *syntax.Dict:
		return t.literalDict(x)
	case *syntax.Call:
		if n, ok := x.Func.(*syntax.Name); ok && n.ID == "set" && len(x.Args)+len(x.Kw) == 0 {
			return NewSet(), nil
		}
	}
	return nil, Errorf(ValueError, "malformed node or string on line %d: %s", x.Span().Line, strings.TrimPrefix(fmt.Sprintf("%T", x), "*syntax."))
}

func (t *Thread) literals(xs []syntax.Expr) ([]Value, error) {
	out := make([]Value, len(xs))
	for i, x := range xs {
		v, err := t.literal(x)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (t *Thread) literalSet(x *syntax.Set) (Value, error) {
	s := NewSet()
	items, err := t.literals(x.Elts)
	if err != nil {
		return nil, err
	}
	for _, v := range items {
		if err := s.Add(t, v); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (t *Thread) literalDict(x *syntax.Dict) (Value, error) {
	d := NewDict()
	for i, k := range x.Keys {
		if k == nil {
			return nil, Errorf(ValueError, "malformed node or string on line %d: Dict", x.Line)
		}
		pair, err := t.literals([]syntax.Expr{k, x.Values[i]})
		if err != nil {
			return nil, err
		}
		if err := d.Set(t, pair[0], pair[1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}
