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

// Check compiles a parsed file without running it and lists the syntax that cannot run: what CPython's compiler refuses too,
// and what this package lacks. Whether the names of the file exist is another question, which package check answers. The lock
// of the isolate must be held.
func (t *Thread) Check(tree *syntax.Module) []Problem {
	c := &checker{file: tree.File}
	c.stmts(tree.Body)
	if _, err := compileModule(t.iso, tree); err != nil {
		e := AsException(err)
		line, _ := AsInt(orNone(e.Attrs().GetStr("lineno")))
		text, ok := AsStr(orNone(e.Attrs().GetStr("msg")))
		if !ok {
			text = e.Error()
		}
		c.addf(int(line), "%s: %s", e.Class().Name(), text)
	}
	sort.SliceStable(c.out, func(i, j int) bool { return c.out[i].Line < c.out[j].Line })
	return c.out
}

type checker struct {
	file string
	out  []Problem
}

func (c *checker) addf(line int, format string, args ...any) {
	c.out = append(c.out, Problem{c.file, line, fmt.Sprintf(format, args...)})
}

func (c *checker) stmts(body []syntax.Stmt) {
	for _, s := range body {
		if u, ok := s.(*syntax.Unsupported); ok {
			c.addf(int(s.Span().Line), "%s is not supported", u.What)
		}
		for _, b := range syntax.Blocks(s) {
			c.stmts(b)
		}
	}
}
