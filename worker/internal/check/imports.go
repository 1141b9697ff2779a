package check

import (
	"slices"
	"strings"
)

// unbound is what a call binds that imports a module: no variable.
const unbound = "-"

// imported looks at one imported module or name.
func (c *checker) imported(u *importUse) {
	if u.at.expectsImport() {
		c.guess(u)
		return
	}
	if u.level > 0 && u.at.file.module == "" {
		c.failsf(u.at, u.line, "ImportError: attempted relative import with no known parent package: Locust imports this file alone")
		return
	}
	m := c.world.module(u.module)
	if m == nil && c.tooEarly(u) {
		c.failsf(u.at, u.line, "import of %s: its folder is not in sys.path yet: ModuleNotFoundError, when Locust imports the file", u.module)
		return
	}
	if m == nil && c.tooLate(u) {
		c.warnf(u.at, u.line, "import of %s: the file's folder is no longer in sys.path when this runs after the file is loaded: ModuleNotFoundError", u.module)
	}
	switch local := c.sources[u.module]; {
	case m != nil:
		c.importedName(m, u)
	case local == nil:
		c.noModule(u)
	case u.name != "" && u.name != "*" && !local.broken && !local.star:
		c.importedLocal(local, u)
	}
}

// tooEarly says whether the file imports a local module before sys.path leads to it.
func (c *checker) tooEarly(u *importUse) bool {
	return c.moved != nil && !c.moved.unsure && c.moved.missed[u.module] && c.sources[u.module] != nil && u.at.unit == nil && !u.at.maybe
}

// tooLate says whether a function imports a local module that nothing has imported while the file was loaded, and to which
// sys.path does not lead any more: Locust takes the file's folder off it.
func (c *checker) tooLate(u *importUse) bool {
	if c.cfg.Leaves == "" || c.cfg.Search == nil || u.at.unit == nil || c.sources[u.module] == nil || c.early(u.module) {
		return false
	}
	dirs := slices.DeleteFunc(slices.Clone(c.cfg.Path), func(dir string) bool { return dir == c.cfg.Leaves })
	if c.moved != nil {
		if c.moved.unsure || len(c.moved.last) == 0 {
			return false
		}
		dirs = c.moved.last[1:]
	}
	_, _, found := c.cfg.Search(u.module, dirs)
	return !found
}

// early says whether a module is imported while the file is loaded.
func (c *checker) early(module string) bool {
	if c.moved != nil {
		if _, ok := c.moved.found[module]; ok {
			return true
		}
	}
	for _, f := range c.order {
		if slices.ContainsFunc(f.imports, func(u *importUse) bool { return u.at.unit == nil && u.module == module }) {
			return true
		}
	}
	return false
}

// guess notes that a module may be missing without anyone minding.
func (c *checker) guess(u *importUse) {
	if c.world.module(u.module) == nil && c.sources[u.module] == nil {
		c.unknown = true
	}
}

func (c *checker) importedName(m *module, u *importUse) {
	if u.name == "" || u.name == "*" {
		return
	}
	if _, ok := c.world.member(m, u.name); ok {
		return
	}
	if c.world.importable(m, u.name) && u.at.unit == nil && !c.needed(u) {
		return
	}
	found, known := c.ref.module(u.module, u.name)
	if _, submodule := c.ref.module(u.module+"."+u.name, ""); found || submodule || !known {
		c.lacksf(u.at, u.line, "import of %s from %s: this worker's %[2]s has no such name", u.name, u.module)
		return
	}
	c.failsf(u.at, u.line, "ImportError: cannot import name '%s' from '%s': it has no such name in %s either", u.name, u.module, original(u.module))
}

func (c *checker) importedLocal(f *script, u *importUse) {
	if f.scope.names[u.name] == nil && c.sources[u.module+"."+u.name] == nil {
		c.failsf(u.at, u.line, "ImportError: cannot import name '%s' from '%s' (%s)", u.name, u.module, f.path)
	}
}

// noModule reports a module that nobody has. If nothing that a worker runs uses it, a placeholder can stand in for it.
func (c *checker) noModule(u *importUse) {
	c.unknown = true
	root, _, _ := strings.Cut(u.module, ".")
	if u.at.unit == nil && u.name != "*" && u.bound != unbound && c.world.module(root) == nil && !c.needed(u) {
		c.report(u.at, u.line, Finding{
			Text:    "import of " + u.module + ": this worker has no such module, and nothing that it runs uses it",
			Warning: true, Placeholder: u.module,
		})
		return
	}
	if root != u.module && c.world.module(root) != nil {
		c.lacksf(u.at, u.line, "import of %s: this worker's %s has no such submodule", u.module, root)
		return
	}
	if c.moved != nil && c.moved.unsure {
		c.warnf(u.at, u.line, "import of %s: where it is depends on what the file does to sys.path, which only the run can tell: if it is not there, the file does not load", u.module)
		return
	}
	c.lacksf(u.at, u.line, "import of %s: this worker has no such module", u.module)
}

// needed says whether code that a worker may run uses the variable that an import binds.
func (c *checker) needed(u *importUse) bool {
	b := u.at.file.scope.names[u.bound]
	for _, f := range c.order {
		if f != u.at.file && (f.mentions[u.bound] || importsName(f, u.bound)) {
			return true
		}
	}
	for _, n := range u.at.file.names {
		if n.x.ID != u.bound || n.at.never || c.inShape(n.at) || c.cold(n.at) != "" {
			continue
		}
		if at := n.at.scope.lookup(n.x.ID); len(at) > 0 && len(b) > 0 && at[0] == b[0] {
			return true
		}
	}
	return false
}

func importsName(f *script, name string) bool {
	for _, u := range f.imports {
		if u.name == name {
			return true
		}
	}
	return false
}

// original says whose module it is.
func original(module string) string {
	switch root, _, _ := strings.Cut(module, "."); root {
	case "locust":
		return "Locust 2.47"
	case "requests", "urllib3", "gevent", "websocket":
		return root
	}
	return "CPython 3.11"
}
