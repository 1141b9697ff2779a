package check

import (
	"slices"
	"sort"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// classDef looks at the tasks and other methods of a class.
func (c *checker) classDef(k *class) {
	c.metaclass(k)
	c.renamed(k)
	for _, s := range k.node.Body {
		if fn, ok := s.(*syntax.Func); ok {
			c.method(k, fn)
		}
	}
}

// renamed reports a class that extends one of the user classes that Locust had before 1.0.
func (c *checker) renamed(k *class) {
	for _, b := range k.node.Bases {
		e := c.resolve(b, k.at)
		switch old := e.path[strings.LastIndexByte(e.path, '.')+1:]; e.path {
		case "locust.Locust", "locust.HttpLocust", "locust.contrib.fasthttp.FastHttpLocust":
			c.failsf(k.at, b.Span().Line, "%s is called %s since Locust 1.0, and its task_set = X is tasks = [X]: ImportError, when Locust imports the file",
				old, strings.TrimSuffix(old, "Locust")+"User")
		}
	}
}

// metaclass reports the special methods of metaclasses that the interpreter does not call.
func (c *checker) metaclass(k *class) {
	if !slices.ContainsFunc(c.bases(k), func(b string) bool {
		return has(" builtins.type abc.ABCMeta enum.EnumMeta enum.EnumType ", b)
	}) {
		return
	}
	for _, s := range k.node.Body {
		fn, ok := s.(*syntax.Func)
		if ok && has(" __prepare__ __instancecheck__ __subclasscheck__ __setattr__ __delattr__ __hash__ __str__ __format__ ", fn.Name) {
			c.lacksf(k.at, fn.Line, "%s of the metaclass %s: this worker does not call it", fn.Name, k.node.Name)
		}
	}
}

func (c *checker) method(k *class, fn *syntax.Func) {
	by := c.decoratedBy(fn, k.inside)
	for _, wait := range sortedKeys(by) {
		line := by[wait].Span().Line
		if _, called := by[wait].(*syntax.Call); !called {
			continue
		}
		switch wait {
		case "constant_pacing", "constant_throughput":
			c.failsf(k.at, line, "@%s(...) is no decorator: AttributeError: 'function' object has no attribute '_cp_last_run', when Locust imports the file; "+
				"write wait_time = %[1]s(...)", wait)
		case "between", "constant", "poisson":
			c.warnf(k.at, line, "@%s(...) is no decorator: it replaces %s by a number; write wait_time = %[1]s(...)", wait, fn.Name)
		}
	}
	if by["task"] == nil {
		return
	}
	switch fn.Name {
	case "on_start", "on_stop":
		c.warnf(k.at, fn.Line, "%s is a task too: Locust runs it at %s and among the tasks", fn.Name, strings.TrimPrefix(fn.Name, "on_"))
		return
	case "run":
		c.failsf(k.at, fn.Line, "a task cannot be called run: Locust raises when it imports the file")
		return
	}
	c.hides(k, fn)
}

// hides warns of a task that has the name of something that Locust needs.
func (c *checker) hides(k *class, fn *syntax.Func) {
	for _, b := range c.bases(k) {
		needs := map[string]string{
			"User":     " client environment wait_time wait tasks host weight fixed_count context start stop group task_queue abstract ",
			"TaskSet":  " client user parent wait_time wait tasks schedule_task execute_task execute_next_task get_next_task interrupt ",
			"HttpUser": " client environment wait_time wait tasks host weight fixed_count context start stop pool_manager abstract ",
		}
		needs["FastHttpUser"], needs["SequentialTaskSet"] = needs["HttpUser"], needs["TaskSet"]
		if has(needs[b], fn.Name) {
			c.warnf(k.at, fn.Line, "the task %s hides %s.%[1]s, which Locust uses itself", fn.Name, b)
			return
		}
	}
}

// listener compares the parameters of a listener with the keywords that its event is fired with.
func (c *checker) listener(l listener) {
	fn := l.unit
	if fn == nil {
		if e := c.resolve(l.fn, l.at); e.fn != nil {
			fn = e.fn
		}
	}
	if fn == nil || (l.unit == nil && c.isMethodOf(l)) {
		return
	}
	fired := c.ref.events[l.event]
	var accepts []string
	for _, p := range fn.Params.List {
		if p.PosOnly {
			return
		}
		accepts = append(accepts, p.Name)
		if p.Default == nil && !has(fired, p.Name) {
			c.warnf(l.at, l.line, "the listener %s of %s wants '%s', which the event does not bring (it brings%s): TypeError, logged and ignored",
				fn.Name, l.event, p.Name, words(fired))
			return
		}
	}
	if fn.Params.DoubleStar != "" {
		return
	}
	var left []string
	for _, n := range strings.Fields(fired) {
		if n != "-" && !slices.Contains(accepts, n) {
			left = append(left, n)
		}
	}
	if left != nil {
		c.warnf(l.at, l.line, "the listener %s of %s does not take %s: TypeError, logged and ignored; add **kwargs", fn.Name, l.event, strings.Join(left, ", "))
	}
}

// isMethodOf says whether a listener is given as obj.method, whose first parameter is bound.
func (c *checker) isMethodOf(l listener) bool {
	_, isAttr := l.fn.(*syntax.Attr)
	return isAttr
}

// words writes a list of the reference for people.
func words(list string) string {
	if list == " - " {
		return " nothing"
	}
	return " " + strings.Join(strings.Fields(list), ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
