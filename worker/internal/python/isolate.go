// Package python runs the Python that locustfiles use. A file is parsed once, compiled to Go closures with resolved local
// variables, and executed.
//
// An [Isolate] is a set of modules and one lock. A [Thread] is one goroutine's way into it: it holds the lock while it runs
// Python and gives it back in [Thread.Blocking], which is how greenlets behave. Values belong to their isolate.
//
// Go code adds functions with [Func], classes with [NewClass] and modules with [NewModule]; a signature in the words of
// Python says what they accept. Exceptions are Go errors of type *[Exception].
package python

import (
	"hash/maphash"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/python/syntax"
)

// Options say what an isolate has to do with the world.
type Options struct {
	// Modules makes the modules that Go provides, by their full name, when they are first imported.
	Modules map[string]func(t *Thread) (*Module, error)
	// Source finds the source of a local module such as "a.b"; it returns its file name, or ok false.
	Source func(module string) (file string, source []byte, ok bool)
	// Rewrite changes the trees of local modules before they run. nil leaves them as they are.
	Rewrite func(*syntax.Module) *syntax.Module
	// Stdout and Stderr are where print and sys.stderr go. nil is os.Stdout and os.Stderr.
	Stdout, Stderr io.Writer
	// Open opens a file for the builtin open. nil is os.OpenFile.
	Open func(name string, flag int, perm os.FileMode) (File, error)
	// Sleep waits without the lock, for time.sleep. nil waits on the clock.
	Sleep func(t *Thread, d time.Duration) error
	// Args is sys.argv.
	Args []string
	// MaxSteps ends a run-away file after about so many loop turns and calls; 0 is no limit. It is for tests.
	MaxSteps int64
	// MaxMemory is how many bytes of heap and stacks the process may use before running Python raises MemoryError: 0 is
	// [DefaultMaxMemory], less is no limit.
	MaxMemory int64
}

// File is an open file.
type File interface {
	io.Reader
	io.Writer
	io.Seeker
	io.Closer
	Truncate(size int64) error
}

// An Isolate is a set of modules and the lock that guards all their values.
type Isolate struct {
	mu       sync.Mutex
	waiting  atomic.Int32 // threads that wait for mu
	opts     Options
	builtins *Dict
	modules  *Dict // sys.modules
	names    map[string]*Str
	steps    *atomic.Int64
	frames   []*Frame  // free ones
	stacks   [][]Value // free ones
	start    time.Time
	memory   memory

	// Environ counts the changes of os.environ, so that what depends on the environment is looked up once. The lock of the
	// isolate guards it.
	Environ uint32

	deadMu sync.Mutex // guards dead
	dead   []*genState
}

// New makes an isolate.
func New(opts Options) *Isolate {
	prepare()
	if opts.Stdout == nil {
		opts.Stdout = os.Stdout
	}
	if opts.Stderr == nil {
		opts.Stderr = os.Stderr
	}
	iso := &Isolate{opts: opts, modules: NewDict(), names: map[string]*Str{}, start: time.Now(), memory: newMemory(opts.MaxMemory)}
	if opts.MaxSteps > 0 {
		iso.steps = &atomic.Int64{}
		iso.steps.Store(opts.MaxSteps)
	}
	iso.builtins = makeBuiltins(iso)
	iso.modules.SetStr("builtins", &Module{name: "builtins", attrs: iso.builtins})
	return iso
}

// NewThread makes a thread for one goroutine. Take its lock before you touch a value.
func (iso *Isolate) NewThread() *Thread { return &Thread{iso: iso, ticks: checkEvery} }

// clock is the time since the isolate was made, never 0.
func (iso *Isolate) clock() time.Duration { return time.Since(iso.start) + 1 }

// Busy says whether a thread has the lock or waits for it. An isolate that always is, is at its limit. Any goroutine may ask,
// without the lock.
func (iso *Isolate) Busy() bool {
	if iso.waiting.Load() > 0 || !iso.mu.TryLock() {
		return true
	}
	iso.mu.Unlock()
	return false
}

func (iso *Isolate) takeStack() []Value {
	if n := len(iso.stacks); n > 0 {
		s := iso.stacks[n-1]
		iso.stacks = iso.stacks[:n-1]
		return s
	}
	return make([]Value, stackSize)
}

func (iso *Isolate) putStack(s []Value) {
	if len(iso.stacks) < maxStacks && len(s) <= 8*stackSize {
		iso.stacks = append(iso.stacks, s)
	}
}

// Options returns what the isolate was made with.
func (iso *Isolate) Options() *Options { return &iso.opts }

// Modules returns sys.modules.
func (iso *Isolate) Modules() *Dict { return iso.modules }

// Builtins returns the builtin names.
func (iso *Isolate) Builtins() *Dict { return iso.builtins }

// intern returns the one *Str of a name, so that names compare by address.
func (iso *Isolate) intern(s string) *Str {
	if v, ok := iso.names[s]; ok {
		return v
	}
	v := NewStr(s)
	if len(iso.names) < maxNames { // getattr with names that a file computes must not fill the memory
		iso.names[s] = v
	}
	return v
}

// Exec runs a file as the module of that name and returns it.
func (t *Thread) Exec(name, file string, source []byte) (*Module, error) {
	tree, err := syntax.Parse(file, source)
	if err != nil {
		return nil, AsException(err)
	}
	return t.ExecTree(name, tree)
}

// ExecTree runs a parsed file, which several isolates may share, as the module of that name.
func (t *Thread) ExecTree(name string, tree *syntax.Module) (*Module, error) {
	m := &Module{name: name, attrs: NewDict()}
	m.attrs.SetStr("__name__", NewStr(name))
	m.attrs.SetStr("__file__", NewStr(tree.File))
	m.attrs.SetStr("__doc__", docstring(tree.Body))
	m.attrs.SetStr("__builtins__", &Module{name: "builtins", attrs: t.iso.builtins})
	t.iso.modules.SetStr(name, m)
	if err := t.runModule(m, tree); err != nil {
		if _, derr := t.iso.modules.Delete(t, NewStr(name)); derr != nil {
			return nil, derr
		}
		return nil, err
	}
	return m, nil
}

func (t *Thread) runModule(m *Module, tree *syntax.Module) error {
	code, err := compileModule(t.iso, tree)
	if err != nil {
		return err
	}
	f := t.newFrame(code, m.attrs)
	f.cells = makeCells(code)
	f.ns = m.attrs
	return t.runFrame(f)
}

// runFrame executes the body of a frame whose locals are set.
func (t *Thread) runFrame(f *Frame) error {
	if err := t.enter(""); err != nil {
		return err
	}
	f.back, t.frame = t.frame, f
	_, err := f.code.body(f)
	t.frame = f.back
	t.depth--
	return err
}

// bury closes a generator that nobody can reach any more, beside whatever runs: its coroutine, and what that refers to, would
// stay for ever.
func (iso *Isolate) bury(g *genState) {
	iso.deadMu.Lock()
	defer iso.deadMu.Unlock()
	iso.dead = append(iso.dead, g)
	if len(iso.dead) == 1 {
		go iso.closeDead()
	}
}

// closeDead closes buried generators until there are no more.
func (iso *Isolate) closeDead() {
	t := iso.NewThread()
	for more := true; more; {
		iso.deadMu.Lock()
		dead := slices.Clone(iso.dead)
		iso.deadMu.Unlock()
		_ = t.Do(func() error {
			for _, g := range dead {
				_ = g.close(t) // CPython prints and ignores it
			}
			return nil
		})
		iso.deadMu.Lock()
		iso.dead = slices.Clone(iso.dead[len(dead):])
		more = len(iso.dead) > 0
		iso.deadMu.Unlock()
	}
}

// ownTrees are the parsed sources of [Thread.LoadSource] by file and content: every isolate loads the same ones, and to parse
// is most of what loading them costs.
//
//nolint:gochecknoglobals // a memory of what never changes
var ownTrees sync.Map

type ownSource struct {
	file string
	sum  uint64
}

// LoadSource runs Python source as the module of that name; the worker's own modules that are written in Python use it.
func (t *Thread) LoadSource(name, file string, source []byte) (*Module, error) {
	key := ownSource{file, maphash.Bytes(hashSeed, source)}
	if tree, ok := ownTrees.Load(key); ok {
		return t.loadTree(name, tree.(*syntax.Module))
	}
	tree, err := syntax.ParseLate(file, source)
	if err != nil {
		return nil, AsException(err)
	}
	ownTrees.Store(key, tree)
	return t.loadTree(name, tree)
}

// Handling returns the exception that is being handled, as sys.exc_info does, or nil.
func (t *Thread) Handling() *Exception { return t.handling }

// While runs f as the body of an except clause does: e is the exception being handled, and the context of what f raises.
func (t *Thread) While(e *Exception, f func() error) error {
	old := t.handling
	t.handling = e
	defer func() { t.handling = old }()
	err := f()
	if raised, ok := err.(*Exception); ok && raised.mark == nil && len(raised.tb) == 0 { //nolint:errorlint // f's own
		t.setContext(raised)
	}
	return err
}

// BinaryOp is a op b, for example "+".
func (t *Thread) BinaryOp(op string, a, b Value) (Value, error) { return t.binaryOp(op, a, b) }

// Compare is a op b, for example "<".
func (t *Thread) Compare(op string, a, b Value) (Value, error) { return t.compare(op, a, b) }

// Index converts a value that serves as an index or a count.
func (t *Thread) Index(v Value) (int64, error) { return t.index(v) }

// Hash is hash(v).
func (t *Thread) Hash(v Value) (int64, error) {
	h, err := hashValue(t, v)
	return int64(h), err
}

// EncodeStr is s.encode(encoding).
func EncodeStr(s, encoding string) (string, error) { return encodeStr(NewStr(s), encoding, "strict") }
