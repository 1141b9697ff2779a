package python

// Shape changes whenever the object gets an attribute of its own or loses one; 0 is an object that has never had any.
func (i *Instance) Shape() uint32 {
	if i.attrs == nil {
		return 0
	}
	return i.attrs.shape
}

// Loaded returns a module that has been imported, by its full name; nil if nobody has.
func (iso *Isolate) Loaded(name string) *Module {
	m, _ := iso.modules.GetStr(name).(*Module)
	return m
}
