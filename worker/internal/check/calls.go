package check

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// call looks at one call.
func (c *checker) call(u *callUse) {
	if u.at.never {
		return
	}
	if f, ok := u.x.Func.(*syntax.Attr); ok && isMethod(f.Name) {
		if e := c.resolve(f.X, u.at); e.kind == client {
			c.request(u, f, e)
			return
		}
	}
	e := c.resolve(u.x.Func, u.at)
	if e.value == nil {
		return
	}
	c.different(u, e)
	c.keywords(u, e)
	if strings.HasPrefix(e.path, "re.") && len(u.x.Args) > 0 {
		c.pattern(u, e)
	}
}

// keywords compares the keywords of a call with what the worker's function takes.
func (c *checker) keywords(u *callUse, e entity) {
	sig, ok := python.SignatureOf(e.value)
	theirs, known := c.ref.keywords[e.path]
	for _, k := range u.x.Kw {
		switch {
		case k.Name == "" || (ok && sig.Has(k.Name)):
		case !ok && (!known || has(theirs, k.Name) || has(theirs, "**")): // nobody can tell
		case !known || has(theirs, k.Name) || has(theirs, "**"):
			c.lacksf(u.at, k.Value.Span().Line, "keyword %s of %s: this worker does not take it", k.Name, shown(e.path))
		default:
			c.warnf(u.at, k.Value.Span().Line, "%s takes no keyword '%s': TypeError", shown(e.path), k.Name)
		}
	}
}

func shown(path string) string { return strings.TrimPrefix(path, "builtins.") }

// literal follows a variable that is assigned once to what it is assigned.
func (c *checker) literal(x syntax.Expr, p *place) syntax.Expr {
	for range maxDepth {
		n, ok := x.(*syntax.Name)
		if !ok {
			return x
		}
		b := p.scope.lookup(n.ID)
		if len(b) != 1 || b[0].kind != valued {
			return x
		}
		x, p = b[0].expr, b[0].at
	}
	return x
}
