package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// flagsAt is where the functions of re take their flags.
func flagsAt(name string) (index int, ok bool) {
	index, ok = map[string]int{
		"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3, "sub": 4, "subn": 4,
	}[name]
	return index, ok
}

// pattern compiles a regular expression that stands in the file, with its flags. One that is none to CPython either raises
// under any worker.
func (c *checker) pattern(u *callUse, e entity) {
	name := strings.TrimPrefix(e.path, "re.")
	at, ok := flagsAt(name)
	if !ok || len(u.x.Args) == 0 {
		return
	}
	var pattern python.Value
	switch x := c.literal(u.x.Args[0], u.at).(type) {
	case *syntax.Str:
		pattern = python.NewStr(x.Value)
	case *syntax.Bytes:
		pattern = python.NewBytes([]byte(x.Value))
	default:
		return
	}
	flags, ok := c.flags(u, at)
	compile := c.world.object("re.compile")
	if !ok || compile == nil {
		return // with flags that nobody can tell, the same text may be another pattern
	}
	_, err := c.world.t.Call(compile, pattern, python.NewInt(flags))
	if err == nil {
		return
	}
	text, _ := c.world.t.Str(python.AsException(err))
	line := u.x.Args[0].Span().Line
	if python.AsException(err).IsA(python.NotImplementedError) {
		c.lacksf(u.at, line, "regular expression of re.%s: %s", name, text)
		return
	}
	c.raises(u.at)(u.at, line, "regular expression of re.%s: %s: %s", name, text, raisedName(python.AsException(err)))
}

func raisedName(e *python.Exception) string {
	if m := e.Class().Module(); m != "builtins" {
		return m + "." + e.Class().Name()
	}
	return e.Class().Name()
}

// flags are what a call passes as flags, if that can be told from the file.
func (c *checker) flags(u *callUse, at int) (n int64, ok bool) {
	var given syntax.Expr
	if len(u.x.Args) > at {
		given = u.x.Args[at]
	}
	if i := slices.IndexFunc(u.x.Kw, func(k syntax.Keyword) bool { return k.Name == "flags" }); i >= 0 {
		given = u.x.Kw[i].Value
	}
	if slices.ContainsFunc(u.x.Kw, func(k syntax.Keyword) bool { return k.Name == "" }) {
		return 0, false
	}
	if given == nil {
		return 0, true
	}
	return c.flag(given, u.at)
}

// flag is the value of re.A, or of re.A | re.B.
func (c *checker) flag(x syntax.Expr, p *place) (int64, bool) {
	x = c.literal(x, p)
	if b, ok := x.(*syntax.Binary); ok && b.Op == "|" {
		l, okL := c.flag(b.L, p)
		r, okR := c.flag(b.R, p)
		return l | r, okL && okR
	}
	e := c.resolve(x, p)
	if e.value == nil {
		return 0, false
	}
	return python.AsInt(e.value)
}
