package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// A field is one header, or one entry of any CaseInsensitiveDict.
type field struct {
	name  string
	value value
}

// Headers are the entries of a CaseInsensitiveDict: in order, found whatever their case.
type Headers struct {
	fields []field
	// version changes with every change, so that what is made of the headers can be kept.
	version int
	// final are headers that never change; sent is then what they are sent as, once that has been made.
	final bool
	sent  string
}

// find returns where a name is, -1 if it is not.
func (h *Headers) find(name string) int {
	for i := range h.fields {
		if f := h.fields[i].name; len(f) == len(name) && (f == name || strings.EqualFold(f, name)) {
			return i
		}
	}
	return -1
}

// Get returns a value, nil if there is none.
func (h *Headers) Get(name string) value {
	if i := h.find(name); i >= 0 {
		return h.fields[i].value
	}
	return nil
}

// Set replaces a value where it is, or adds it at the end.
func (h *Headers) Set(name string, v value) {
	h.version++
	if i := h.find(name); i >= 0 {
		h.fields[i] = field{name, v}
		return
	}
	h.fields = append(h.fields, field{name, v})
}

// Remove takes a value out and returns it, nil if there was none.
func (h *Headers) Remove(name string) value {
	i := h.find(name)
	if i < 0 {
		return nil
	}
	h.version++
	v := h.fields[i].value
	h.fields = append(h.fields[:i:i], h.fields[i+1:]...)
	return v
}

func (h *Headers) copy() *Headers { return &Headers{fields: append([]field(nil), h.fields...)} }

// update sets all entries of a mapping, of a CaseInsensitiveDict or of pairs.
func (h *Headers) update(t *thread, v value) error {
	if o := headersOf(v); o != nil {
		for _, f := range o.fields {
			h.Set(f.name, f.value)
		}
		return nil
	}
	if items, err := t.HasAttr(v, "items"); err != nil || items == nil {
		if err != nil {
			return err
		}
		return pairs(t, v, func(k, v value) error { return h.setItem(t, k, v) })
	}
	return pairs(t, v, func(k, v value) error { return h.setItem(t, k, v) })
}

func (h *Headers) setItem(t *thread, k, v value) error {
	name, ok := isText(k)
	if !ok {
		_, err := t.GetAttr(k, "lower")
		return err
	}
	h.Set(name, v)
	return nil
}

// headersOf returns the entries of a CaseInsensitiveDict, nil if v is none.
func headersOf(v value) *Headers {
	if i, ok := v.(*python.Instance); ok {
		h, _ := i.Data.(*Headers)
		return h
	}
	return nil
}

// newHeadersClass makes the class CaseInsensitiveDict.
func newHeadersClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "CaseInsensitiveDict", Module: "requests.structures",
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			h := &Headers{}
			if len(args.Pos) > 1 {
				return nil, python.Errorf(python.TypeError, "CaseInsensitiveDict.__init__() takes from 1 to 2 positional arguments but %d were given", len(args.Pos)+1)
			}
			if len(args.Pos) == 1 && given(args.Pos[0]) {
				if err := h.update(t, args.Pos[0]); err != nil {
					return nil, err
				}
			}
			for i, n := range args.Names {
				if n.String() == "data" && len(args.Pos) == 0 {
					if err := h.update(t, args.Values[i]); err != nil {
						return nil, err
					}
					continue
				}
				h.Set(n.String(), args.Values[i])
			}
			return python.NewInstance(cls, h), nil
		},
		Methods: append(headersMethods(), headersViews()...),
	})
}

func keyText(t *thread, k value) (string, error) {
	s, ok := isText(k)
	if !ok {
		_, err := t.GetAttr(k, "lower")
		return "", err
	}
	return s, nil
}

func keyError(name string) error {
	return python.NewException(python.KeyError, python.NewStr(strings.ToLower(name)))
}

func headersMethods() []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("__init__(self, data=None, **kwargs)", none),
		python.Func("__getitem__(self, key)", func(t *thread, a []value) (value, error) {
			name, err := keyText(t, a[1])
			if err != nil {
				return nil, err
			}
			if v := headersOf(a[0]).Get(name); v != nil {
				return v, nil
			}
			return nil, keyError(name)
		}),
		python.Func("__setitem__(self, key, value)", func(t *thread, a []value) (value, error) {
			return python.None, headersOf(a[0]).setItem(t, a[1], a[2])
		}),
		python.Func("__delitem__(self, key)", func(t *thread, a []value) (value, error) {
			name, err := keyText(t, a[1])
			if err == nil && headersOf(a[0]).Remove(name) == nil {
				err = keyError(name)
			}
			return python.None, err
		}),
		python.Func("__contains__(self, key)", func(_ *thread, a []value) (value, error) {
			name, ok := isText(a[1])
			return python.NewBool(ok && headersOf(a[0]).find(name) >= 0), nil
		}),
		python.Func("__len__(self)", func(_ *thread, a []value) (value, error) {
			return python.NewInt(int64(len(headersOf(a[0]).fields))), nil
		}),
		python.Func("get(self, key, default=None)", func(t *thread, a []value) (value, error) {
			name, err := keyText(t, a[1])
			if err != nil {
				return nil, err
			}
			return or(headersOf(a[0]).Get(name), a[2]), nil
		}),
		python.Func("pop(self, key, default=None)", func(t *thread, a []value) (value, error) {
			name, err := keyText(t, a[1])
			if err != nil {
				return nil, err
			}
			v := headersOf(a[0]).Remove(name)
			if v == nil && a[2] == nil {
				return nil, keyError(name)
			}
			return or(v, a[2]), nil
		}),
		python.Func("setdefault(self, key, default=None)", func(t *thread, a []value) (value, error) {
			name, err := keyText(t, a[1])
			if err != nil {
				return nil, err
			}
			h := headersOf(a[0])
			if v := h.Get(name); v != nil {
				return v, nil
			}
			h.Set(name, or(a[2], python.None))
			return h.Get(name), nil
		}),
		python.Func("update(self, other=None, **kwargs)", func(t *thread, a []value) (value, error) {
			h := headersOf(a[0])
			if a[1] != nil {
				if err := h.update(t, a[1]); err != nil {
					return nil, err
				}
			}
			return python.None, h.update(t, a[2])
		}),
		python.Func("clear(self)", func(_ *thread, a []value) (value, error) {
			h := headersOf(a[0])
			h.fields, h.version = nil, h.version+1
			return python.None, nil
		}),
		python.Func("copy(self)", func(_ *thread, a []value) (value, error) {
			return python.NewInstance(a[0].(*python.Instance).Class(), headersOf(a[0]).copy()), nil
		}),
		python.Func("__eq__(self, other)", headersEqual),
		python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
			s, err := t.Repr(headersOf(a[0]).dict(false))
			return python.NewStr(s), err
		}),
	}
}

// headersViews are the methods that list the entries.
func headersViews() []*python.Native {
	list := func(sig string, item func(f field) value) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) {
			var items []value
			for _, f := range headersOf(a[0]).fields {
				items = append(items, item(f))
			}
			if strings.HasPrefix(sig, "__iter__") || strings.HasPrefix(sig, "lower_items") {
				return t.Iter(python.NewList(items...))
			}
			return python.NewList(items...), nil
		})
	}
	return []*python.Native{
		list("__iter__(self)", func(f field) value { return python.NewStr(f.name) }),
		list("keys(self)", func(f field) value { return python.NewStr(f.name) }),
		list("values(self)", func(f field) value { return f.value }),
		list("items(self)", func(f field) value { return python.NewTuple(python.NewStr(f.name), f.value) }),
		list("lower_items(self)", func(f field) value { return python.NewTuple(python.NewStr(strings.ToLower(f.name)), f.value) }),
	}
}

// dict is the entries as a plain dict.
func (h *Headers) dict(lower bool) *python.Dict {
	d := python.NewDict()
	for _, f := range h.fields {
		if lower {
			f.name = strings.ToLower(f.name)
		}
		d.SetStr(f.name, f.value)
	}
	return d
}

func headersEqual(t *thread, a []value) (value, error) {
	other := &Headers{}
	if headersOf(a[1]) == nil {
		if _, ok := python.Unwrap(a[1]).(*python.Dict); !ok {
			return python.NotImplemented, nil
		}
	}
	if err := other.update(t, a[1]); err != nil {
		return nil, err
	}
	same, err := t.Equal(headersOf(a[0]).dict(true), other.dict(true))
	return python.NewBool(same), err
}

// or is v, or dflt if there is no v, or None.
func or(v, dflt value) value {
	switch {
	case v != nil:
		return v
	case dflt != nil:
		return dflt
	}
	return python.None
}

func none(*thread, []value) (value, error) { return python.None, nil }

// text is the text of an entry, "" if it is none.
func (h *Headers) text(name string) string {
	s, _ := isText(h.Get(name))
	return s
}
