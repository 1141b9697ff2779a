package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// masterEvent says whether an event matters to the master only: a worker fires it too, but its users are not served by it.
func masterEvent(event string) bool {
	return slices.Contains([]string{
		"init_command_line_parser", "quit", "quitting", "reset_stats", "test_stop", "test_stopping", "worker_connect", "worker_report",
		"heartbeat_sent",
	}, event)
}

// expectsImport says whether an ImportError is expected at the place.
func (p *place) expectsImport() bool { return p.imports || (p.file.guarded && p.unit == nil) }

// reach finds the functions that may run on a worker: methods, what is decorated, and what other code that may run names. It
// goes by name alone, so that it errs towards "may run".
func (c *checker) reach() {
	var mentioned []map[string]bool
	var cold []*unit
	for _, f := range c.order {
		mentioned = append(mentioned, f.mentions)
		for _, u := range f.units {
			if (u.class != nil && !c.isShape(u.class) && len(u.listens) == 0) || u.decorated {
				u.hot = true
				mentioned = append(mentioned, u.mentions)
			} else {
				cold = append(cold, u)
			}
		}
	}
	named := func(u *unit) bool {
		return slices.ContainsFunc(mentioned, func(m map[string]bool) bool { return m[u.name] })
	}
	for more := true; more; {
		more = false
		for _, u := range cold {
			if !u.hot && u.class == nil && named(u) {
				u.hot, more = true, true
				mentioned = append(mentioned, u.mentions)
			}
		}
	}
}

// cold says why no worker needs what stands at a place, "" if it may.
func (c *checker) cold(p *place) string {
	u := p.unit
	switch {
	case u == nil || u.hot:
		return ""
	case len(u.listens) > 0:
		return "only the listener of " + strings.Join(u.listens, ", ") + " does this: it fails here, and the master runs its own"
	}
	return "nothing that runs on a worker calls " + u.name
}

// inShape says whether a place is in a method of a LoadTestShape, which only the master runs.
func (c *checker) inShape(p *place) bool {
	return p.unit != nil && p.unit.class != nil && c.isShape(p.unit.class)
}

func (c *checker) isShape(k *class) bool { return slices.Contains(c.bases(k), "LoadTestShape") }

// bases returns the classes of Locust that a class extends, by the last part of their names; "?" is one that nobody knows.
func (c *checker) bases(k *class) []string {
	out, known := c.based[k]
	if known {
		return out
	}
	c.based[k] = nil
	for _, m := range c.family(k) {
		for _, b := range m.node.Bases {
			if e := c.resolve(b, m.at); e.class == nil {
				out = append(out, baseName(e))
			}
		}
	}
	c.based[k] = out
	return out
}

func baseName(e entity) string {
	switch {
	case strings.HasPrefix(e.path, "locust."):
		return e.path[strings.LastIndexByte(e.path, '.')+1:]
	case e.path == "" || e.value == nil:
		return "?"
	}
	return e.path // any other class that the worker has
}

// family returns a class and those classes of the files that it extends.
func (c *checker) family(k *class) []*class {
	out := []*class{k}
	for i := 0; i < len(out) && len(out) < 50; i++ {
		for _, b := range out[i].node.Bases {
			if e := c.resolve(b, out[i].at); e.class != nil && !slices.Contains(out, e.class) {
				out = append(out, e.class)
			}
		}
	}
	return out
}

// decoratedBy returns the decorators of a function that stand for something of Locust, as paths.
func (c *checker) decoratedBy(fn *syntax.Func, p *place) map[string]syntax.Expr {
	out := map[string]syntax.Expr{}
	for _, d := range fn.Decorators {
		x := d
		if call, ok := d.(*syntax.Call); ok {
			x = call.Func
		}
		if e := c.resolve(x, p); strings.HasPrefix(e.path, "locust.") {
			out[e.path[strings.LastIndexByte(e.path, '.')+1:]] = d
		}
	}
	return out
}
