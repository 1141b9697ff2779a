package check

import "slices"

// name looks at one variable that is read.
func (c *checker) name(u nameUse) {
	id := u.x.ID
	if u.at.never || u.at.scope.lookup(id) != nil || c.world.t.Isolate().Builtins().GetStr(id) != nil || isModuleName(id) {
		return
	}
	if found, _ := c.ref.module("builtins", id); found {
		c.lacksf(u.at, u.x.Line, "%s: this worker has no such builtin", id)
		return
	}
	if !u.at.file.star && !u.at.attrs && !c.dynamic {
		c.raises(u.at)(u.at, u.x.Line, "name '%s' is not defined: NameError", id)
	}
}

// isModuleName says whether every module, class body or method has the name.
func isModuleName(id string) bool {
	return slices.Contains([]string{"__name__", "__file__", "__doc__", "__package__", "__builtins__", "__class__", "__qualname__", "__module__", "__spec__", "__path__", "__annotations__", "__loader__", "__dict__", "__debug__"}, id)
}
