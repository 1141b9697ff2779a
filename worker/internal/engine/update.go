package engine

import (
	"fmt"
	"maps"
	"slices"

	"gregaria/worker/internal/locust"
)

// Update changes what new users of a class are like. A class that this worker does not have is left to the master.
func (e *Engine) Update(u locust.Update) {
	e.mu.Lock()
	defer e.mu.Unlock()
	class, ok := e.classes[u.Class]
	if !ok {
		return
	}
	if u.Host != nil {
		class.Host = *u.Host
	}
	e.classes[u.Class] = class
	if u.Tasks != nil {
		e.tasks[u.Class] = u.Tasks
	}
	for _, name := range slices.Sorted(maps.Keys(u.Rest)) {
		if !masters(name) && !e.services.Attributes {
			e.once(fmt.Sprintf("The master sets %s of user class %s, which a class in Go does not have: it has a host and tasks", name, u.Class))
		}
	}
}

// masters says whether a class's attribute is the master's own business: how many users there are.
func masters(attribute string) bool { return attribute == "weight" || attribute == "fixed_count" }

// missed says what of the master's options no worker of this kind obeys. e.mu is held.
func (e *Engine) missed(options map[string]any) {
	if n := options["iterations"]; n != nil && n != int64(0) {
		e.once(fmt.Sprintf("The master's --iterations=%v, of locust-plugins, is not obeyed: it is done by a Python worker's own copy of that package", n))
	}
}

// once warns of something that this worker does not do, the first time. e.mu is held.
func (e *Engine) once(text string) {
	if !e.said[text] {
		e.said[text] = true
		e.log.Warn(text)
	}
}
