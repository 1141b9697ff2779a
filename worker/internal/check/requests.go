package check

import (
	"fmt"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// request looks at one self.client.get(...) and its like.
func (c *checker) request(u *callUse, f *syntax.Attr, e entity) {
	kw := map[string]syntax.Expr{}
	for _, k := range u.x.Kw {
		kw[k.Name] = k.Value
	}
	c.requestKeywords(u, f.Name, e)
	caught, isConst := kw["catch_response"].(*syntax.Const)
	switch open := kw[""] != nil || (kw["catch_response"] != nil && !isConst); {
	case open:
	case caught != nil && caught.Name == "True" && !c.entered(u):
		c.warnf(u.at, u.x.Line, "catch_response=True without a with statement: Locust never reports this request")
	case u.item && (caught == nil || caught.Name == "False") && e.flavour != fast:
		c.warnf(u.at, u.x.Line, "with self.client.%s(...) without catch_response=True: LocustError after the request is reported", f.Name)
	}
	if kw["name"] == nil && kw[""] == nil && !c.renames(u.at.file) {
		if url := urlOf(u.x, f.Name, kw); url != nil && c.varies(url, u.at, true) {
			c.warnf(u.at, u.x.Line, "the URL varies and there is no name=: each URL becomes a row of the statistics")
		}
	}
	if kw["timeout"] == nil && kw[""] == nil && e.flavour != fast {
		u.at.file.untimed = append(u.at.file.untimed, u)
	}
}

// entered says whether what a request returns may become the context manager of a with statement.
func (c *checker) entered(u *callUse) bool {
	if u.managed {
		return true
	}
	if u.stored == "" {
		return false
	}
	for _, n := range u.at.file.entered {
		if n == u.stored {
			return true
		}
	}
	return false
}

func (c *checker) requestKeywords(u *callUse, method string, e entity) {
	plainKw, fastKw := c.ref.keywords["client.http"], c.ref.keywords["client.fast"]
	for _, k := range u.x.Kw {
		inPlain, inFast := has(plainKw, k.Name), has(fastKw, k.Name)
		line := k.Value.Span().Line
		if method == "request" && k.Name == "method" {
			continue
		}
		switch {
		case k.Name == "":
		case e.flavour == fast && !inFast:
			c.warnf(u.at, line, "FastHttpUser's client has no keyword '%s': it goes into the query string, or the form of a POST without data", k.Name)
		case e.flavour == plain && !inPlain, !inPlain && !inFast:
			c.warnf(u.at, line, "self.client.%s takes no keyword '%s': TypeError", method, k.Name)
		case !c.takes(method, k.Name, e):
			c.lacksf(u.at, line, "keyword %s of self.client.%s: this worker does not take it", k.Name, method)
		}
	}
}

// takes says whether the worker's client takes a keyword, as far as its signature tells.
func (c *checker) takes(method, keyword string, e entity) bool {
	for _, path := range classesOf(entity{kind: client, flavour: e.flavour}) {
		t, ok := c.world.object(path).(*python.Type)
		if !ok {
			return true
		}
		if sig, ok := python.SignatureOf(t.Lookup(method)); !ok || sig.Has(keyword) {
			return true
		}
	}
	return false
}

// renames says whether a file names its requests in another way than by name=.
func (c *checker) renames(f *script) bool {
	for _, a := range f.attrs {
		if a.x.Name == "rename_request" {
			return true
		}
	}
	return c.given["request_name"]
}

func urlOf(x *syntax.Call, method string, kw map[string]syntax.Expr) syntax.Expr {
	i := 0
	if method == "request" {
		i = 1
	}
	if len(x.Args) > i {
		return x.Args[i]
	}
	return kw["url"]
}

// varies says whether a URL is put together from something that changes; whole is the URL itself, of which an unknown variable
// says nothing.
func (c *checker) varies(x syntax.Expr, p *place, whole bool) bool {
	switch x := x.(type) {
	case *syntax.FString:
		for _, part := range x.Parts {
			if i, ok := part.(*syntax.Interp); ok && c.varies(i.X, p, false) {
				return true
			}
		}
		return false
	case *syntax.Binary:
		switch x.Op {
		case "+":
			return c.varies(x.L, p, false) || c.varies(x.R, p, false)
		case "%":
			return c.varies(x.R, p, false)
		}
	case *syntax.Tuple:
		for _, e := range x.Elts {
			if c.varies(e, p, false) {
				return true
			}
		}
		return false
	case *syntax.Call:
		return c.variesCall(x, p, whole)
	case *syntax.Name:
		return c.variesName(x, p, whole)
	case *syntax.Attr:
		return !whole && c.variesAttr(x, p)
	case *syntax.Index:
		return !whole && c.resolve(x.X, p).path != "os.environ"
	case *syntax.Str, *syntax.Const, *syntax.Int, *syntax.Float:
		return false
	}
	return !whole
}

func (c *checker) variesCall(x *syntax.Call, p *place, whole bool) bool {
	f, ok := x.Func.(*syntax.Attr)
	if ok && f.Name == "format" {
		for _, a := range x.Args {
			if c.varies(a, p, false) {
				return true
			}
		}
		for _, k := range x.Kw {
			if c.varies(k.Value, p, false) {
				return true
			}
		}
		return false
	}
	e := c.resolve(x.Func, p)
	return !whole && e.path != "os.getenv" && (!ok || f.Name != "get" || !strings.HasPrefix(e.path, "os."))
}

// variesAttr says whether an attribute differs from user to user or from task to task: constants of a class do not.
func (c *checker) variesAttr(x *syntax.Attr, p *place) bool {
	if isConstant(x.Name) || x.Name == "host" || x.Name == "base_url" {
		return false
	}
	e := c.resolve(x.X, p)
	if e.class == nil || c.stored[x.Name] {
		return true
	}
	for _, k := range c.family(e.class) {
		if b := k.inside.scope.names[x.Name]; len(b) == 1 && b[0].kind == valued {
			return c.varies(b[0].expr, b[0].at, false)
		}
	}
	return true
}

// variable is a question to variesName.
type variable struct {
	b     *binding
	whole bool
}

func (c *checker) variesName(x *syntax.Name, p *place, whole bool) bool {
	if isConstant(x.ID) {
		return false
	}
	b := p.scope.lookup(x.ID)
	if len(b) != 1 || b[0].kind != valued {
		return !whole
	}
	v := variable{b[0], whole}
	yes, known := c.varying[v]
	if !known {
		c.varying[v] = false // if it depends on itself
		yes = c.varies(b[0].expr, b[0].at, whole)
		c.varying[v] = yes
	}
	return yes
}

// isConstant says whether a name is written as constants are.
func isConstant(name string) bool {
	return name == strings.ToUpper(name) && strings.ToLower(name) != name
}

// timeouts warns once a file of requests that wait for ever.
func (c *checker) timeouts(f *script) {
	var live []*callUse
	for _, u := range f.untimed {
		if !u.at.never && c.cold(u.at) == "" && !c.inShape(u.at) {
			live = append(live, u)
		}
	}
	if len(live) == 0 {
		return
	}
	first := live[0]
	for _, u := range live {
		if u.x.Line < first.x.Line {
			first = u
		}
	}
	n := "1 request has no timeout="
	if len(live) > 1 {
		n = fmt.Sprintf("%d requests have no timeout=", len(live))
	}
	c.warnf(first.at, first.x.Line, "%s: a user whose server does not answer waits for ever", n)
}
