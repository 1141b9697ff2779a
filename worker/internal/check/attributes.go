package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
)

// attribute looks at one x.name that is read.
func (c *checker) attribute(u attrUse) {
	name := u.x.Name
	if strings.HasPrefix(name, "__") || u.at.never {
		return
	}
	switch e := c.resolve(u.x.X, u.at); {
	case e.kind == anything:
	case e.module != nil:
		c.moduleAttr(u, e)
	case e.script != nil:
		c.localAttr(u, e)
	case e.kind == object:
		c.ownAttr(u, e)
	case e.kind != nothing:
		c.receiverAttr(u, e)
	case e.class != nil || e.fn != nil:
	case e.of != "":
		c.classAttr(u, e.of, c.world.class(e.of, name))
	case e.value != nil:
		c.valueAttr(u, e)
	case e.path == "":
		c.unknownAttr(u)
	}
}

// own reports an attribute that no Python would find.
func (c *checker) own(u attrUse, of, where string) {
	if !u.at.attrs && !c.dynamic && !c.spoken[u.x.Name] {
		c.warnf(u.at, u.x.EndLine, "%s has no attribute '%s'%s: AttributeError", of, u.x.Name, where)
	}
}

func (c *checker) moduleAttr(u attrUse, e entity) {
	name := e.module.name
	if _, ok := c.world.attr(e.module, u.x.Name); ok || c.given[u.x.Name] {
		if name+"."+u.x.Name == debugFlag {
			c.warnf(u.at, u.x.EndLine, "%s", c.world.unlike[debugFlag])
		}
		return
	}
	if found, known := c.ref.module(name, u.x.Name); found || !known {
		c.lacksf(u.at, u.x.EndLine, "%s.%s: this worker's %[1]s has no such name", name, u.x.Name)
		return
	}
	c.own(u, "module '"+name+"'", " in "+original(name)+" either")
}

func (c *checker) localAttr(u attrUse, e entity) {
	if e.script.scope.names[u.x.Name] == nil && c.sources[e.script.module+"."+u.x.Name] == nil && !e.script.star && !c.given[u.x.Name] {
		c.own(u, "module '"+e.script.module+"' ("+e.script.path+")", "")
	}
}

// valueAttr looks at an attribute of something that the worker has: a class or an object of a module.
func (c *checker) valueAttr(u attrUse, e entity) {
	switch v := e.value.(type) {
	case *python.Type:
		c.classAttr(u, e.path, c.world.ofType(v, e.path, u.x.Name))
	case *python.Instance, *python.Str:
		if a, err := c.world.t.HasAttr(v, u.x.Name); a == nil && err == nil {
			c.unknownAttr(u)
		}
	}
}

func (c *checker) classAttr(u attrUse, path string, ours answer) {
	if ours != no || c.given[u.x.Name] {
		return
	}
	shown := strings.TrimPrefix(path, "builtins.")
	if found, known := c.ref.class(path, u.x.Name); found || !known {
		c.lacksf(u.at, u.x.EndLine, "%s.%s: this worker's %[1]s has no such attribute", shown, u.x.Name)
		return
	}
	c.own(u, "'"+shown+"'", " in "+original(path)+" either")
}

// ownAttr looks at self.name in a class of the file.
func (c *checker) ownAttr(u attrUse, e entity) {
	if c.given[u.x.Name] || c.spoken[u.x.Name] {
		return
	}
	paths, open := c.mixedInto(e.class)
	if paths == nil || (open && !c.inLocust(paths, u.x.Name)) {
		return
	}
	c.either(u, paths, "self")
}

// inLocust says whether one of some classes of Locust has an attribute.
func (c *checker) inLocust(classes []string, name string) bool {
	return slices.ContainsFunc(classes, func(class string) bool { has, _ := c.ref.class(class, name); return has })
}

// locustBases returns the classes of Locust that a class extends, nil if it extends anything that nobody knows.
func (c *checker) locustBases(k *class) []string {
	var out []string
	for _, b := range c.bases(k) {
		if _, known := c.ref.class("locust."+b, ""); !known {
			return nil
		}
		out = append(out, "locust."+b)
	}
	return out
}

// classesOf are the classes that a kind of object may have.
func classesOf(e entity) []string {
	const fasthttp = "locust.contrib.fasthttp."
	classes := map[kind][]string{
		environment: {"locust.env.Environment"},
		runner:      {"locust.runners.WorkerRunner", "locust.runners.MasterRunner", "locust.runners.LocalRunner"},
		statistics:  {"locust.stats.RequestStats"},
		entry:       {"locust.stats.StatsEntry"},
		client:      {"locust.clients.HttpSession", fasthttp + "FastHttpSession"},
		response:    {"locust.clients.ResponseContextManager", fasthttp + "FastResponse", fasthttp + "ResponseContextManager"},
	}[e.kind]
	switch {
	case e.kind != client && e.kind != response:
	case e.flavour == plain:
		return classes[:1]
	case e.flavour == fast:
		return classes[1:]
	}
	return classes
}

func (c *checker) receiverAttr(u attrUse, e entity) {
	if c.given[u.x.Name] {
		return
	}
	if e.kind == events {
		c.eventAttr(u, e)
		return
	}
	names := map[kind]string{
		environment: "the environment", runner: "the runner of a worker", statistics: "environment.stats", entry: "a StatsEntry",
		client: "the client of an HttpUser", response: "the response of an HttpUser",
	}
	what := names[e.kind]
	if e.flavour == fast {
		what = strings.Replace(what, "an HttpUser", "a FastHttpUser", 1)
	}
	c.either(u, classesOf(e), what)
}

// either looks at an attribute of an object that has one of some classes of Locust.
func (c *checker) either(u attrUse, classes []string, what string) {
	found := c.inLocust(classes, u.x.Name)
	ours := no
	for _, class := range classes {
		ours = max(ours, c.world.class(class, u.x.Name))
	}
	if ours == yes || (ours == maybe && found) {
		return
	}
	if masterOnly := slices.Contains(classes, "locust.runners.WorkerRunner") && found; masterOnly {
		if has, _ := c.ref.class("locust.runners.WorkerRunner", u.x.Name); !has {
			return // the code asks first whether it is the master
		}
	}
	if found {
		c.lacksf(u.at, u.x.EndLine, "%s of %s: this worker does not have it", u.x.Name, what)
		return
	}
	c.own(u, what, " in Locust either")
}

func (c *checker) eventAttr(u attrUse, e entity) {
	if e.value != nil {
		if a, err := c.world.t.HasAttr(e.value, u.x.Name); a != nil || err != nil {
			return
		}
	}
	if c.ref.events[u.x.Name] == "" {
		c.noEvent(u)
	} else if e.value != nil {
		c.lacksf(u.at, u.x.EndLine, "events.%s: this worker does not have this event", u.x.Name)
	}
}

// noEvent reports an event that Locust does not have. Where the module's body names it, Locust cannot import the file.
func (c *checker) noEvent(u attrUse) {
	hint := map[string]string{
		"request_success": "; since Locust 2 it is events.request", "request_failure": "; since Locust 2 it is events.request",
		"hatch_complete": "; since Locust 1.0 it is events.spawning_complete", "locust_error": "; since Locust 1.0 it is events.user_error",
	}[u.x.Name]
	if !u.at.attrs && !c.dynamic && !c.spoken[u.x.Name] {
		c.raises(u.at)(u.at, u.x.EndLine, "locust.events has no attribute '%s' in Locust either: AttributeError%s", u.x.Name, hint)
	}
}

// unknownAttr looks at an attribute of an object about which nothing is known: somebody has to have such an attribute.
func (c *checker) unknownAttr(u attrUse) {
	name := u.x.Name
	if strings.HasPrefix(name, "_") || c.defined[name] || c.spoken[name] || c.world.builtin(name) || c.world.loaded(name) {
		return
	}
	owners := c.ref.owning(name)
	for _, load := range []bool{false, true} { // first those that cost nothing to ask
		for _, path := range owners {
			if (load || c.world.near(path)) && c.world.class(path, name) != no {
				return
			}
		}
	}
	if c.unknown || c.world.anyClass(name) {
		return
	}
	if len(owners) > 0 {
		c.lacksf(u.at, u.x.EndLine, "attribute %s: no class of this worker has it", name)
		return
	}
	c.own(u, "any object that this file can reach", "")
}
