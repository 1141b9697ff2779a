package requests

import "gregaria/worker/internal/python"

// Entries are the names and values of a dict that are all str, to find out later whether a dict still says the same.
type Entries []*python.Str

// EntriesOf returns the entries of a dict; ok is false unless they are all str. What is not given has none.
func EntriesOf(v python.Value) (e Entries, ok bool) {
	ok = eachStr(v, func(k, v *python.Str) bool {
		e = append(e, k, v)
		return true
	})
	return e, ok
}

// Are says whether these are the entries of a dict, in this order.
func (e Entries) Are(v python.Value) bool {
	same := eachStr(v, func(k, v *python.Str) bool {
		if len(e) < 2 || !sameText(e[0], k) || !sameText(e[1], v) {
			return false
		}
		e = e[2:]
		return true
	})
	return same && len(e) == 0
}

// eachStr calls f for the entries of a dict as long as it returns true, and says whether they were all str. Not given is
// no entry.
func eachStr(v value, f func(k, v *python.Str) bool) bool {
	if !given(v) {
		return true
	}
	d, ok := v.(*python.Dict)
	if !ok {
		return false
	}
	d.All(func(k, v value) bool {
		var name, text *python.Str
		if name, ok = k.(*python.Str); ok {
			if text, ok = v.(*python.Str); ok {
				ok = f(name, text)
			}
		}
		return ok
	})
	return ok
}

func sameText(a, b *python.Str) bool { return a == b || a.String() == b.String() }
