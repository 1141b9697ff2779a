package python

import (
	"gregaria/worker/internal/python/syntax"
)

type scopeKind uint8

const (
	moduleScope scopeKind = iota
	functionScope
	classScope
	compScope
)

// scope is where names are bound. A comprehension has its own names but lives in the frame of its host.
type scope struct {
	kind     scopeKind
	parent   *scope
	host     *scope
	syms     map[string]*symbol
	order    []*symbol
	globals  map[string]bool
	nonlocal map[string]bool

	// of hosts
	nlocals   int
	cells     []*symbol
	free      []*symbol
	isGen     bool
	async     bool // of async def
	yields    bool // async def with a yield
	genexp    bool
	classCell *symbol
	qualname  string
}

type symbol struct {
	name     string
	owner    *scope // a host
	captured bool
	slot     int
	cell     int
}

func (s *scope) bind(name string) *symbol {
	if s.globals[name] || s.nonlocal[name] {
		return nil
	}
	if y := s.syms[name]; y != nil {
		return y
	}
	y := &symbol{name: name, owner: s.host, slot: -1, cell: -1}
	s.syms[name] = y
	s.order = append(s.order, y)
	return y
}

type use struct {
	s    *scope
	name string
}

func (b *binder) open(node any, kind scopeKind, parent *scope) *scope {
	s := &scope{kind: kind, parent: parent, syms: map[string]*symbol{}, globals: map[string]bool{}, nonlocal: map[string]bool{}}
	s.host = s
	if kind == compScope {
		s.host = parent.host
	}
	b.scopes[node] = s
	return s
}

func (b *binder) fail(p syntax.Pos, msg string) {
	if b.err == nil {
		b.err = &syntax.Error{File: b.file, Line: int(p.Line), Col: int(p.Col) + 1, Msg: msg}
	}
}

func bindModule(m *syntax.Module) (*binder, *scope, error) {
	b := &binder{file: m.File, scopes: map[any]*scope{}}
	s := b.open(m, moduleScope, nil)
	b.stmts(s, m.Body)
	return b, s, b.resolve()
}

// resolve gives each name its place, after all have been seen.
func (b *binder) resolve() error {
	if b.err != nil {
		return b.err
	}
	for _, u := range b.uses {
		b.capture(u.s, u.name)
	}
	for _, s := range b.scopes {
		if s.kind == moduleScope {
			continue
		}
		for _, y := range s.order {
			b.place(s, y)
		}
	}
	return nil
}

func (b *binder) place(s *scope, y *symbol) {
	h := y.owner
	if y.captured {
		if y.cell < 0 {
			y.cell = len(h.cells)
			h.cells = append(h.cells, y)
		}
		return
	}
	if s.kind != classScope && y.slot < 0 {
		y.slot = h.nlocals
		h.nlocals++
	}
}

// find returns the symbol that a name means in a scope, or nil for a global. viaClass says that it is a name of the class
// body itself.
func find(s *scope, name string) (y *symbol, viaClass bool) {
	skipClass := false
	for c := s; c != nil; c = c.parent {
		if c.globals[name] {
			return nil, false
		}
		if name == "__class__" && c.kind == classScope && skipClass {
			if c.classCell == nil {
				c.classCell = &symbol{name: name, owner: c, captured: true, slot: -1, cell: -1}
			}
			return c.classCell, false
		}
		if y := c.syms[name]; y != nil && !c.nonlocal[name] {
			switch c.kind {
			case moduleScope:
				return nil, false
			case classScope:
				if !skipClass {
					return y, true
				}
			default:
				return y, false
			}
		}
		if c.kind == functionScope {
			skipClass = true
		}
	}
	return nil, false
}

// capture marks the symbol of a use as a cell if it belongs to another frame, and passes it through the frames between.
func (b *binder) capture(s *scope, name string) {
	y, viaClass := find(s, name)
	if y == nil || viaClass || y.owner == s.host {
		if y != nil && y.name == "__class__" && y == y.owner.classCell {
			b.place(y.owner, y)
		}
		return
	}
	y.captured = true
	if y == y.owner.classCell {
		b.place(y.owner, y)
	}
	for h := s.host; h != nil && h != y.owner; h = h.parent.host {
		h.addFree(y)
	}
}

func (s *scope) addFree(y *symbol) {
	for _, f := range s.free {
		if f == y {
			return
		}
	}
	s.free = append(s.free, y)
}

func (s *scope) cellIndex(y *symbol) int {
	if y.owner == s {
		return y.cell
	}
	for i, f := range s.free {
		if f == y {
			return len(s.cells) + i
		}
	}
	return -1
}
