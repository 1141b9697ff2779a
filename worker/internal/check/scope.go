package check

import "gregaria/worker/internal/python/syntax"

// script is one file that is checked, with what a walk found in it.
type script struct {
	path, module string
	pkg          bool
	guarded      bool // every import of it expects an ImportError
	broken       bool // does not parse
	star         bool // imports * of something unknown
	scope        *scope
	mentions     map[string]bool // names that the body of the module mentions

	imports   []*importUse
	names     []nameUse
	attrs     []attrUse
	calls     []*callUse
	units     []*unit
	classes   []*class
	listeners []listener
	entered   []string   // variables that with statements enter
	untimed   []*callUse // requests without timeout
}

// scope is where names are bound: a module, a class body, or a function with the comprehensions in it.
type scope struct {
	parent  *scope // what a name is searched in next
	file    *script
	isClass bool
	names   map[string][]*binding
	globals map[string]bool
}

func newScope(parent *scope, f *script) *scope {
	return &scope{parent: parent, file: f, names: map[string][]*binding{}}
}

// lookup returns how a name is bound, nil if it is not.
func (s *scope) lookup(name string) []*binding {
	for at := s; at != nil; at = at.parent {
		if b := at.names[name]; b != nil {
			return b
		}
	}
	return nil
}

// bind adds a binding where the name belongs.
func (s *scope) bind(name string, b *binding) {
	if s.globals[name] {
		s = s.file.scope
	}
	s.names[name] = append(s.names[name], b)
}

type bindKind uint8

const (
	opaque   bindKind = iota // anything
	valued                   // name = expression
	managed                  // with expression as name
	imported                 // import module
	member                   // from module import name
	defined                  // def name
	classed                  // class name
	self                     // the first parameter of a method
	environs                 // a parameter that is the environment
)

// binding is one way in which a name gets its value.
type binding struct {
	kind   bindKind
	at     *place
	name   string // what is imported from the module
	module string
	expr   syntax.Expr
	class  *class
	unit   *unit
	from   *importUse
}

// place is what is known of where a piece of code stands.
type place struct {
	file    *script
	scope   *scope
	unit    *unit  // the outermost function around it, nil for the body of a module or class
	class   *class // the innermost class around it
	imports bool   // an ImportError is expected here
	attrs   bool   // an AttributeError is expected here
	never   bool   // no worker runs it: if TYPE_CHECKING, if __name__ == "__main__"
	maybe   bool   // a condition, a loop, a try or a lambda stands around it
}

// perhaps is p where it is not certain that the code runs, or that what it raises gets out.
func (p *place) perhaps() *place {
	q := *p
	q.maybe = true
	return &q
}

// unless is p where it is not certain that the code runs, and where no worker runs it if never is set.
func (p *place) unless(never bool) *place {
	q := p.perhaps()
	q.never = q.never || never
	return q
}

// certain says whether Locust runs the code when it imports the file, and cannot import it if the code raises.
func (p *place) certain() bool { return p.unit == nil && !p.maybe && !p.attrs && !p.never }

// unit is a function that is not inside another one: what is reached or not.
type unit struct {
	name      string
	class     *class
	node      *syntax.Func
	at        *place
	mentions  map[string]bool
	decorated bool     // by something that may call it
	listens   []string // events of the master for which it is a listener
	hot       bool
}

// class is a class definition.
type class struct {
	node    *syntax.Class
	at      *place          // where the definition stands
	inside  *place          // of its body
	members map[string]bool // names that its body binds
	stored  map[string]bool // attributes that its methods give to self
}

type importUse struct {
	at     *place
	line   int32
	module string // absolute; "" if it is relative to nothing
	level  int
	name   string // of "from module import name", "" for a module and "*" for all
	bound  string // the variable
}

type nameUse struct {
	at *place
	x  *syntax.Name
}

type attrUse struct {
	at *place
	x  *syntax.Attr
}

// callUse is a call. managed says that its value is the context manager of a with statement or may become one elsewhere;
// stored is the variable that gets it.
type callUse struct {
	at      *place
	x       *syntax.Call
	item    bool
	managed bool
	stored  string
}

// listener is a function that is registered for an event.
type listener struct {
	at    *place
	line  int32
	event string
	unit  *syntax.Func // nil if the function is somewhere else
	fn    syntax.Expr
}

// selfOf returns the class of the object that x is, if x is the first parameter of a method.
func selfOf(x syntax.Expr, p *place) (*class, bool) {
	n, ok := x.(*syntax.Name)
	if !ok {
		return nil, false
	}
	if b := p.scope.lookup(n.ID); len(b) == 1 && b[0].kind == self {
		return b[0].class, true
	}
	return nil, false
}
