// Package locustfile runs a user's own locustfile.py: Locust's API for the worker's Python. A file is loaded into one or
// more isolates, each with its own copy of the module, as `locust --processes N` has; a user is a goroutine that holds its
// isolate's lock while it runs Python and gives it away while it waits, which is how greenlets behave.
package locustfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A Source is one locustfile.
type Source struct {
	// Path is where it is; its folder and the working directory are searched for local modules. A file that came from the
	// master has a name only.
	Path string
	// Text is the file.
	Text []byte
	// Remote says that the file came from the master: it has no folder of its own.
	Remote bool
}

// A Config says what to load.
type Config struct {
	// Sources are the locustfiles, in the order of -f.
	Sources []Source
	// Isolates is how many copies of the module run; 1 at least.
	Isolates int
	// Seed, if not nil, seeds each isolate's random as random.seed(n) does, right before the module's body runs and again
	// right before its first user is created.
	Seed *int64
	// General sends every request of the HTTP clients on their general path, the reference for the fast one.
	General bool
	// Level is the log level of the root logger, in Python's numbers. Log takes the records.
	Level int
	Log   func(level slog.Level, logger, text string)
	// Placeholders are modules that stand in for those that the worker lacks and that nothing which it runs uses.
	Placeholders map[string]func(*python.Thread) (*python.Module, error)
	// MaxMemory is how many bytes the process may take before Python code that wants more gets a MemoryError; 0 means
	// python.DefaultMaxMemory.
	MaxMemory int64
	// Stdout and Stderr are where print and sys.stderr go; nil means the process's own.
	Stdout, Stderr io.Writer
}

// A Link is what users and listeners do to the worker that they run in.
type Link struct {
	// NodeID is the worker's name; MasterHost and MasterPort are where its master is.
	NodeID     string
	MasterHost string
	MasterPort int
	// Recorder takes the requests of those who are no users, such as greenlets of a listener.
	Recorder user.Recorder
	// Exception shows an exception in the master's Exceptions tab.
	Exception func(user.Exception)
	// Send sends a message of the locustfile's own to the master.
	Send func(kind string, data any) error
	// Stats are the worker's statistics since its last report.
	Stats interface {
		Peek() stats.Report
		Clear()
		Reset()
	}
	// CPU and Memory are what the process takes: percent, bytes.
	CPU    func() float64
	Memory func() uint64
	// Stop stops all users of this worker, Quit ends it.
	Stop, Quit func()
}

// A File is a loaded locustfile.
type File struct {
	isolates []*isolate
	classes  []user.Class
	log      func(level slog.Level, logger, text string)

	mu   sync.Mutex // guards what follows
	link Link
	exit *int // what a listener has passed to sys.exit
}

// A LoadError is a locustfile that does not load: Traceback is what CPython would print.
type LoadError struct{ Traceback string }

// Error implements error.
func (e *LoadError) Error() string { return e.Traceback }

// An ExitError is a locustfile that called sys.exit while it was loaded, or in a listener.
type ExitError struct{ Code int }

// Error implements error.
func (e *ExitError) Error() string { return fmt.Sprintf("the locustfile called sys.exit(%d)", e.Code) }

// ErrNoUsers means that a locustfile has no user class that could run.
var ErrNoUsers = errors.New("No User class found!") //nolint:staticcheck // Locust's words

// Load runs the locustfiles in every isolate. ctx ends a file that takes too long. The error is a *LoadError, an
// *ExitError or ErrNoUsers.
func Load(ctx context.Context, c Config) (*File, error) {
	f := &File{log: c.Log}
	trees := make([]*syntax.Module, len(c.Sources))
	for i, s := range c.Sources {
		tree, err := syntax.Parse(s.Path, s.Text)
		if err != nil {
			return nil, loadError(python.New(python.Options{}).NewThread(), err)
		}
		trees[i] = tree
	}
	for range max(c.Isolates, 1) {
		iso, err := newIsolate(ctx, f, &c, trees)
		if err != nil {
			return nil, err
		}
		f.isolates = append(f.isolates, iso)
	}
	return f, f.collect()
}

func loadError(t *python.Thread, err error) error {
	e := python.AsException(err)
	if e.IsA(python.SystemExit) {
		return &ExitError{exitCode(t, e)}
	}
	return &LoadError{t.Traceback(e)}
}

// Connect gives the file its worker. It is called once, before any user runs.
func (f *File) Connect(l Link) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.link = l
}

func (f *File) linked() Link {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.link
}

// Classes are the user classes that can run, in the order in which the first isolate has them.
func (f *File) Classes() []user.Class { return f.classes }

// collect makes the worker's classes of the module's.
func (f *File) collect() error {
	for _, cls := range f.isolates[0].order {
		name := cls.Name()
		host, _ := python.AsStr(orNone(cls.Lookup("host")))
		f.classes = append(f.classes, user.Class{Name: name, Host: host, Run: func(ctx context.Context, env *user.Env) {
			f.place().live(ctx, env, name)
		}})
	}
	if len(f.classes) == 0 {
		return ErrNoUsers
	}
	return nil
}

// place returns the isolate with the fewest users, and counts one more.
func (f *File) place() *isolate {
	f.mu.Lock()
	defer f.mu.Unlock()
	best := f.isolates[0]
	for _, iso := range f.isolates[1:] {
		if iso.users < best.users {
			best = iso
		}
	}
	best.users++
	return best
}

func (f *File) leave(iso *isolate) {
	f.mu.Lock()
	defer f.mu.Unlock()
	iso.users--
}

// quit ends the worker with an exit code of the locustfile's own.
func (f *File) quit(code int) {
	f.mu.Lock()
	f.exit = &code
	quit := f.link.Quit
	f.mu.Unlock()
	if quit != nil {
		quit()
	}
}

// ExitCode is what the locustfile wants the process to end with: environment.process_exit_code of the first isolate that
// sets it, or what a listener passed to sys.exit; ok is false if it wants nothing.
func (f *File) ExitCode() (code int, ok bool) {
	f.mu.Lock()
	exit := f.exit
	f.mu.Unlock()
	if exit != nil {
		return *exit, true
	}
	for _, iso := range f.isolates {
		if n, ok := iso.processExitCode(); ok {
			return n, true
		}
	}
	return 0, false
}

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}
