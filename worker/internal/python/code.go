package python

import "gregaria/worker/internal/python/syntax"

// Code is a compiled function, lambda, class body or module.
type Code struct {
	name, qualname, file string
	tree                 *syntax.Module
	pos                  syntax.Pos
	names                []*Str // of parameters, in order: positional, keyword-only, *args, **kwargs
	npos, posOnly, nkw   int
	star, kwStar         bool
	simple               bool // positional parameters only, none captured
	nlocals              int
	localNames           []string
	ncells, nfree        int
	cellNames            []string
	cellOf               []int // for each parameter its cell, or -1
	anyCellParam         bool
	body                 func(f *Frame) (ctl, error)
	expr                 expr // of a lambda, instead of body
	isGen                bool // or a coroutine
	kind                 genKind
	doc                  Value
	late                 func() error // reads and compiles the body before the first call; nil once it is there
}

func (c *Code) line(n int) string {
	if c.tree == nil || n < 1 || n > len(c.tree.Lines()) {
		return ""
	}
	return c.tree.Lines()[n-1]
}
