package regex

import (
	"errors"
	"regexp"
)

// A Pattern is a compiled regular expression. The lock of an isolate guards it.
type Pattern struct {
	// Source is what it was compiled from.
	Source string
	// IsBytes says that it is for bytes.
	IsBytes bool
	// Flags are those of the pattern: what it was given, and what it says itself.
	Flags Flags
	// Groups is the number of groups.
	Groups int
	// Names are the named groups in the order of the pattern.
	Names []Name
	// Object is for the user of the package.
	Object any

	root      *node
	body      *node // root without its edges
	before    *node // what a look-behind at the beginning looks for
	width     int   // of before
	after     *node // what a look-ahead at the end looks for
	groups    sizes
	needs     needs
	min       int // characters of the shortest match
	emptyLast bool
	linear    [modes][2]*regexp.Regexp // RE2: by mode, and for texts of ASCII only
	net       [modes][2]*backtracker   // regexp2: by mode, and for matches that are not empty
	lowered   [modes][2]*backtracker   // the same for texts in small letters: see lowers
	order     []span                   // of groups, for Last
	templates map[string]*Template
}

// A Name is a named group.
type Name struct {
	Text  string
	Group int
}

// A Mode says where a match may begin and end.
type Mode uint8

// The modes.
const (
	Search Mode = iota // begins anywhere
	Match              // begins where the search begins
	Full               // and ends at the end
	modes
)

// Compile makes a pattern. warn gets what Python would warn of; nil is nobody.
func Compile(source string, isBytes bool, flags Flags, warn func(Warning)) (*Pattern, error) {
	p, err := parsePattern(source, isBytes, flags, warn)
	if err != nil {
		return nil, err
	}
	return p, p.prepare()
}

func parsePattern(source string, isBytes bool, flags Flags, warn func(Warning)) (p *Pattern, err error) {
	defer caught(&err)
	ps := &parser{source: newSource(source, isBytes), flags: flags, names: map[string]int{}, sizes: sizes{}, warn: warn}
	p = &Pattern{Source: source, IsBytes: isBytes, root: ps.parse(), groups: ps.sizes, Groups: ps.groups, Flags: ps.flags}
	for _, name := range ps.order {
		p.Names = append(p.Names, Name{name, ps.names[name]})
	}
	if err := p.root.resolve(p.Flags, p.groups); err != nil {
		return nil, err
	}
	return p, nil
}

// prepare looks at what the pattern needs and compiles the first of its programs, so that a pattern that no engine takes is
// known at once.
func (p *Pattern) prepare() error {
	p.cut()
	p.needs = p.body.needs(p.groups)
	if p.hasEdges() {
		all := p.root.needs(p.groups)
		p.needs.alphabet, p.needs.utf8, p.needs.lowers = all.alphabet, all.utf8, all.lowers
		p.needs.backtracking = p.needs.backtracking || p.needs.context
	}
	p.min, _ = p.root.size(p.groups)
	p.emptyLast = p.root.emptyLast(p.groups)
	p.order = p.root.spans(nil, nil)
	if !p.needs.backtracking && p.linearIn(Search, true) != nil {
		return nil
	}
	p.needs.backtracking = true
	_, err := p.netFor(Search, false, false)
	return err
}

// Group finds a group by its name.
func (p *Pattern) Group(name string) (int, bool) {
	for _, n := range p.Names {
		if n.Text == name {
			return n.Group, true
		}
	}
	return 0, false
}

// NameOf is the name of a group.
func (p *Pattern) NameOf(group int) (string, bool) {
	for _, n := range p.Names {
		if n.Group == group {
			return n.Text, true
		}
	}
	return "", false
}

// linearFor returns the program of RE2, or nil if it takes no such pattern (a count above 1000, for example).
// Only a pattern to which it matters asks whether the text is ASCII.
func (p *Pattern) linearFor(m Mode, t *Text) *regexp.Regexp {
	return p.linearIn(m, !p.needs.alphabet || t.isASCII())
}

func (p *Pattern) linearIn(m Mode, asciiText bool) *regexp.Regexp {
	at := &p.linear[m][b2i(asciiText)]
	if *at != nil {
		return *at
	}
	w := &writer{asciiText: asciiText}
	switch m {
	case Search:
		if p.hasEdges() {
			w.edges(p)
		} else {
			w.node(p.root)
		}
	case Match:
		w.WriteString(`\A`)
		w.edges(p)
	default:
		w.WriteString(`\A`)
		w.edges(p)
		w.WriteString(`\z`)
	}
	re, err := regexp.Compile(w.String())
	if err != nil {
		p.needs.backtracking = true
		return nil
	}
	*at = re
	return re
}

// netFor returns the program of regexp2. notEmpty is for matches that have to end elsewhere than where the search begins, lowered
// for texts in small letters.
func (p *Pattern) netFor(m Mode, notEmpty, lowered bool) (*backtracker, error) {
	at := &p.net[m][b2i(notEmpty)]
	if lowered {
		at = &p.lowered[m][b2i(notEmpty)]
	}
	if *at != nil {
		return *at, nil
	}
	w := &writer{net: true, groups: p.groups, lowered: lowered}
	if m != Search {
		w.WriteString(`\G`)
	}
	w.group(`(?:`, p.root)
	if notEmpty {
		w.WriteString(`(?!\G)`)
	}
	if m == Full {
		w.WriteString(`\z`)
	}
	if w.full() {
		return nil, UnsupportedError("the regular expression is too large")
	}
	b, err := newBacktracker(w.String())
	if err != nil {
		return nil, errors.Join(UnsupportedError("no engine takes the regular expression "+quoted(p.Source)), err)
	}
	*at = b
	return b, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
