package requests

import (
	"gregaria/worker/internal/python"
)

// A Twin names the body in Python of a method: what it does on the general way.
type Twin struct{ Module, Class, Name string }

// Call calls the body with the arguments of the method, the object first.
func (w Twin) Call(t *thread, args python.Args) (value, error) {
	m, err := t.Import(w.Module)
	if err != nil {
		return nil, err
	}
	bodies, _ := m.Attrs().GetStr("_bodies").(*python.Dict)
	class, _ := bodies.GetStr(w.Class).(*python.Type)
	return t.CallKw(class.Dict().GetStr(w.Name), args)
}

// Twins makes methods that are Python alone, loaded when the first of them is called.
func Twins(module, class string, names ...string) []*python.Native {
	var all []*python.Native
	for _, name := range names {
		all = append(all, python.RawFunc(name, Twin{module, class, name}.Call))
	}
	return all
}
