package check

import (
	"slices"

	"gregaria/worker/internal/python/syntax"
)

// mixedInto returns the classes of Locust that an object has whose method stands in a class of the files: those that the class
// extends and those that its subclasses add. It is open if there may be others, because the class is abstract, or because a
// subclass extends something that nobody knows.
func (c *checker) mixedInto(k *class) (paths []string, open bool) {
	paths = c.locustBases(k)
	if paths == nil {
		return nil, true
	}
	open = isAbstract(k)
	for _, f := range c.order {
		for _, heir := range f.classes {
			if heir == k || !slices.Contains(c.family(heir), k) {
				continue
			}
			added := c.locustBases(heir)
			paths, open = append(paths, added...), open || added == nil
		}
	}
	return paths, open
}

// isAbstract says whether the body of a class says "abstract = True": Locust never makes a user of it.
func isAbstract(k *class) bool {
	return slices.ContainsFunc(k.node.Body, func(s syntax.Stmt) bool {
		a, ok := s.(*syntax.Assign)
		if !ok {
			return false
		}
		value, ok := a.Value.(*syntax.Const)
		return ok && value.Name == "True" && slices.ContainsFunc(a.Targets, func(x syntax.Expr) bool {
			n, ok := x.(*syntax.Name)
			return ok && n.ID == "abstract"
		})
	})
}
