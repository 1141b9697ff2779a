package check

import (
	_ "embed"
	"slices"
	"strings"
)

// Names of CPython, Locust and requests. The script beside this file writes them.
//
//go:embed reference.txt
var referenceText string

// reference knows which names CPython 3.11, Locust, requests and what they come with have. Each value is a list of names with
// a space before, between and behind them.
type reference struct {
	documented, also, classes, instances, keywords, events map[string]string

	owners map[string][]string // attribute -> the classes that have it, made by owning
}

func newReference() *reference {
	r := &reference{
		documented: map[string]string{}, also: map[string]string{}, classes: map[string]string{}, instances: map[string]string{},
		keywords: map[string]string{}, events: map[string]string{},
	}
	kinds := map[string]map[string]string{
		"module": r.documented, "also": r.also, "class": r.classes, "instance": r.instances, "keywords": r.keywords, "event": r.events,
	}
	for line := range strings.Lines(referenceText) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		name, names, ok := strings.Cut(rest, ":")
		if m := kinds[kind]; ok && m != nil {
			m[name] += names + " "
		}
	}
	return r
}

// has says whether a name is in a list of names.
func has(list, name string) bool {
	return strings.Contains(list, " "+name+" ")
}

// module says whether a module has a name, and whether the module is known at all.
func (r *reference) module(module, name string) (found, known bool) {
	list, known := r.documented[module]
	return has(list, name) || has(r.also[module], name), known
}

// class says whether a class or its objects have an attribute, and whether the class is known at all.
func (r *reference) class(class, name string) (found, known bool) {
	list, known := r.classes[class]
	_, instances := r.instances[class]
	return has(list, name) || has(r.instances[class], name), known || instances
}

// owning returns the classes that have an attribute.
func (r *reference) owning(name string) []string {
	if r.owners == nil {
		r.owners = map[string][]string{}
		for _, m := range []map[string]string{r.classes, r.instances} {
			for class, names := range m {
				for _, n := range strings.Fields(names) {
					r.owners[n] = append(r.owners[n], class)
				}
			}
		}
	}
	slices.Sort(r.owners[name])
	return r.owners[name]
}
