package python

import (
	"fmt"
	"sort"

	"gregaria/worker/internal/python/syntax"
)

// A Problem is something in a source file that cannot run.
type Problem struct {
	File string
	Line int
	Text string
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Check walks a parsed file without running it and lists what is not supported: syntax, and imports that neither known
// accepts nor the file itself expects to fail (try: import x / except ImportError).
func Check(tree *syntax.Module, known func(module string) bool) []Problem {
	c := &checker{file: tree.File, known: known}
	c.stmts(tree.Body, false)
	if _, _, err := bindModule(tree); err != nil {
		e := AsException(err)
		line, _ := AsInt(orNone(e.Attrs().GetStr("lineno")))
		c.addf(int(line), "%s", e.Error())
	}
	sort.SliceStable(c.out, func(i, j int) bool { return c.out[i].Line < c.out[j].Line })
	return c.out
}

type checker struct {
	file  string
	known func(module string) bool
	out   []Problem
}

func (c *checker) addf(line int, format string, args ...any) {
	c.out = append(c.out, Problem{c.file, line, fmt.Sprintf(format, args...)})
}

// stmts walks a block; guarded says that an ImportError is expected there.
func (c *checker) stmts(body []syntax.Stmt, guarded bool) {
	for _, s := range body {
		c.stmt(s, guarded)
	}
}

func (c *checker) stmt(s syntax.Stmt, guarded bool) { //nolint:funlen // one case a kind of node
	line := int(s.Span().Line)
	switch s := s.(type) {
	case *syntax.Unsupported:
		c.addf(line, "%s is not supported", s.What)
	case *syntax.Import:
		for _, a := range s.Names {
			c.module(line, a.Name, guarded)
		}
	case *syntax.ImportFrom:
		if s.Level == 0 {
			c.module(line, s.Module, guarded)
		}
	case *syntax.Func:
		if s.Async {
			c.addf(line, "async functions are not supported")
		}
		c.exprs(s.Decorators...)
		c.stmts(s.Body, guarded)
	case *syntax.Class:
		c.exprs(s.Bases...)
		c.stmts(s.Body, guarded)
	case *syntax.If:
		if !isTypeChecking(s.Test) {
			c.exprs(s.Test)
			c.stmts(s.Body, guarded)
		}
		c.stmts(s.Else, guarded)
	case *syntax.For:
		if s.Async {
			c.addf(line, "async for is not supported")
		}
		c.exprs(s.Iter)
		c.stmts(s.Body, guarded)
		c.stmts(s.Else, guarded)
	case *syntax.While:
		c.exprs(s.Test)
		c.stmts(s.Body, guarded)
		c.stmts(s.Else, guarded)
	case *syntax.With:
		if s.Async {
			c.addf(line, "async with is not supported")
		}
		c.exprs(s.Item)
		c.stmts(s.Body, guarded)
	case *syntax.Try:
		c.stmts(s.Body, guarded || catchesImport(s.Handlers))
		for _, h := range s.Handlers {
			c.stmts(h.Body, guarded)
		}
		c.stmts(s.Else, guarded)
		c.stmts(s.Finally, guarded)
	case *syntax.Match:
		c.exprs(s.Subject)
		for _, k := range s.Cases {
			c.stmts(k.Body, guarded)
		}
	case *syntax.ExprStmt:
		c.exprs(s.X)
	case *syntax.Assign:
		c.exprs(s.Value)
	case *syntax.AugAssign:
		c.exprs(s.Value)
	case *syntax.Return:
		c.exprs(s.X)
	}
}

func (c *checker) module(line int, name string, guarded bool) {
	if !guarded && !c.known(name) {
		c.addf(line, "no module named '%s'", name)
	}
}

func (c *checker) exprs(xs ...syntax.Expr) {
	for _, x := range xs {
		walkExpr(x, func(e syntax.Expr) bool {
			if a, ok := e.(*syntax.Await); ok {
				c.addf(int(a.Line), "await is not supported")
			}
			return true
		})
	}
}

func isTypeChecking(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.Name:
		return x.ID == "TYPE_CHECKING"
	case *syntax.Attr:
		return x.Name == "TYPE_CHECKING"
	}
	return false
}

func catchesImport(hs []syntax.Handler) bool {
	for _, h := range hs {
		if h.Type == nil {
			return true
		}
		found := false
		walkExpr(h.Type, func(e syntax.Expr) bool {
			if n, ok := e.(*syntax.Name); ok {
				switch n.ID {
				case "ImportError", "ModuleNotFoundError", "Exception", "BaseException":
					found = true
				}
			}
			return true
		})
		if found {
			return true
		}
	}
	return false
}
