package python

import (
	"fmt"
	"strings"
)

// arity words a wrong number of positional arguments as Python/getargs.c does.
func (n *Native) arity(got int) error {
	p := n.params
	lo, hi := p.required, p.pos
	if !p.cStyle {
		return n.tooMany(got)
	}
	if n.owner != nil || n.self != nil {
		lo, hi, got = lo-1, hi-1, got-1
	}
	switch {
	case n.isWrapper():
		gap := ""
		if hi > 1 || n.name == "__mul__" || n.name == "__rmul__" {
			gap = " " // CPython names a function there that has no name
		}
		return Errorf(TypeError, "%sexpected %d argument%s, got %d", gap, hi, plural(hi), got)
	case n.name == "sorted" && n.owner == nil:
		return Errorf(TypeError, "sorted expected 1 argument, got %d", got)
	case n.name == "sum" && n.owner == nil && got == 0:
		return Errorf(TypeError, "sum() takes at least 1 positional argument (0 given)")
	case n.name == "sum" && n.owner == nil:
		return Errorf(TypeError, "sum() takes at most 2 arguments (%d given)", got)
	case n.name == "sort" && got > 0:
		return Errorf(TypeError, "sort() takes no positional arguments")
	case hi == 0:
		return Errorf(TypeError, "%s() takes no arguments (%d given)", n.qualified(), got)
	case lo == 1 && hi == 1:
		return Errorf(TypeError, "%s() takes exactly one argument (%d given)", n.qualified(), got)
	}
	if n.searches() {
		bound, count := "least", lo
		if got > hi {
			bound, count = "most", hi
		}
		return Errorf(TypeError, "%s() takes at %s %d argument%s (%d given)", n.name, bound, count, plural(count), got)
	}
	bound, count := "", hi
	if lo != hi {
		bound = "at most "
		if got < lo {
			bound, count = "at least ", lo
		}
	}
	return Errorf(TypeError, "%s expected %s%d argument%s, got %d", n.name, bound, count, plural(count), got)
}

// tooMany words it for a function whose arguments have names.
func (n *Native) tooMany(got int) error {
	lo, hi := n.params.required, n.params.pos
	if n.isClinic() {
		if n.owner != nil {
			hi, got = hi-1, got-1
		}
		return Errorf(TypeError, "%s() takes at most %d argument%s (%d given)", n.name, hi, plural(hi), got)
	}
	takes := fmt.Sprint(hi)
	if lo != hi {
		takes = fmt.Sprintf("from %d to %d", lo, hi)
	}
	was := "were"
	if got == 1 {
		was = "was"
	}
	return Errorf(TypeError, "%s() takes %s positional argument%s but %d %s given", n.of+n.name, takes, plural(hi), got, was)
}

// isClinic says whether a function is C in CPython, made by argument clinic with names for its arguments.
func (n *Native) isClinic() bool { return n.of == "" && (n.owner != nil || n.module == "builtins") }

// isWrapper says whether a method of a builtin class is what CPython makes of a slot of the class, which has words of its own.
func (n *Native) isWrapper() bool {
	if n.owner == nil || !strings.HasPrefix(n.name, "__") || !strings.HasSuffix(n.name, "__") {
		return false
	}
	switch n.name {
	case "__getitem__":
		return n.owner != dictType && n.owner != listType
	case "__contains__":
		return n.owner != dictType && n.owner != setType && n.owner != frozenSetType
	case "__format__", "__reduce__", "__reduce_ex__", "__sizeof__", "__dir__", "__reversed__", "__class_getitem__", "__round__", "__trunc__", "__ceil__",
		"__floor__", "__enter__", "__exit__", "__bytes__", "__getstate__", "__setstate__", "__missing__", "__length_hint__":
		return false
	}
	return true
}

// searches says whether the arguments are a text and where to look for it.
func (n *Native) searches() bool {
	if n.owner != strType && n.owner != bytesType && n.owner != byteArrayType {
		return false
	}
	switch n.name {
	case "find", "rfind", "index", "rindex", "count", "startswith", "endswith":
		return true
	}
	return false
}

// alone is the error of a method that is called without an object.
func (n *Native) alone() error {
	if n.isWrapper() {
		return Errorf(TypeError, "descriptor '%s' of '%s' object needs an argument", n.name, n.owner.name)
	}
	return Errorf(TypeError, "unbound method %s() needs an argument", n.qualified())
}

// foreign is the error of a method that is called with an object of another class.
func (n *Native) foreign(v Value) error {
	if n.isWrapper() {
		return Errorf(TypeError, "descriptor '%s' requires a '%s' object but received a '%s'", n.name, n.owner.name, v.typ().name)
	}
	return Errorf(TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", n.name, n.owner.name, v.typ().name)
}

// clinicName is how a refusal of an argument names its class.
func clinicName(v Value) string {
	if v == None {
		return "None"
	}
	return v.typ().name
}
