package python

import "unsafe"

// Pins say whether names in a dict still have the values that they had. Asking costs a comparison a name, so that it can be
// asked before every request.
type Pins struct {
	dict  *Dict
	shape uint32 // of dict, when at was right
	names []string
	then  []Value
	at    []int // the names' entries; -1 is none
}

// Pin returns pins on the names in d.
func (d *Dict) Pin(names map[string]Value) *Pins {
	p := &Pins{dict: d}
	for name, v := range names {
		p.names, p.then = append(p.names, name), append(p.then, v)
	}
	p.find()
	return p
}

func (p *Pins) find() {
	p.shape, p.at = p.dict.shape, p.at[:0]
	for _, name := range p.names {
		p.at = append(p.at, p.dict.findStr(NewStr(name)))
	}
}

// Hold says whether every name has its value.
func (p *Pins) Hold() bool {
	if p.shape != p.dict.shape {
		p.find()
	}
	for i, at := range p.at {
		if at < 0 || !sameWords(p.dict.entries[at].val, p.then[i]) {
			return false
		}
	}
	return true
}

// sameWords compares the two words of an interface first: the comparison of interfaces is a call.
func sameWords(a, b Value) bool {
	type words [2]unsafe.Pointer
	return *(*words)(unsafe.Pointer(&a)) == *(*words)(unsafe.Pointer(&b)) || a == b
}
