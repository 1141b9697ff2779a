// Package locustfile runs a user's own locustfile.py: Locust's API for the worker's Python. One File is one copy of the
// module with one lock, and one worker at the master: what a process of Locust's own is. A user is a goroutine that holds
// the lock while it runs Python and gives it away while it waits, which is how greenlets behave.
package locustfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/options"
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

	tree *syntax.Module // the file, parsed
}

// A Config says what to load.
type Config struct {
	// Sources are the locustfiles, in the order of -f. Those for the master only are not run.
	Sources []Source
	// Seed, if not nil, seeds random as random.seed(n) does, right before the module's body runs and again right before the
	// first user is created.
	Seed *int64
	// Forked says that the file is one of several copies, as the processes of locust --processes are: random begins anew in
	// each after the module's body, whatever that has seeded it with (Lib/random.py has the fork do it).
	Forked bool
	// General sends every request of the HTTP clients on their general path, the reference for the fast one.
	General bool
	// Line is the command line; nil is an empty one.
	Line *options.CommandLine
	// MaxSleep, if not nil, is how long a sleep that the file asks for may last, for tests.
	MaxSleep *time.Duration
	// Level is the log level of the root logger, in Python's numbers. Log takes the records.
	Level int
	Log   func(level slog.Level, logger, text string)
	// Placeholders are modules that stand in for those that the worker lacks and that nothing which it runs uses.
	Placeholders map[string]func(*python.Thread) (*python.Module, error)
	// Observe, if not nil, is told of what is counted in Python instead of by a recorder, for tests: a request, or the failure of
	// the one before.
	Observe func(kind, name string, length int64, failure string)
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
	// Streams says how their streams are measured; nil is not at all.
	Streams *user.Streams
	// Exception shows an exception in the master's Exceptions tab.
	Exception func(user.Exception)
	// Send sends a message of the locustfile's own to the master.
	Send func(kind string, data any) error
	// Stats are the worker's statistics since its last report.
	Stats interface {
		Take() stats.Report
		Drain() stats.Haul
	}
	// CPU and Memory are what the process takes: percent, bytes.
	CPU    func() float64
	Memory func() uint64
	// Stop stops all users of this worker, Quit ends it, Exit ends it at once.
	Stop, Quit, Exit func()
}

// A File is a loaded locustfile: a copy of its module with its own globals and its own lock.
type File struct {
	*python.Isolate
	write func(level slog.Level, logger, text string)
	line  *options.CommandLine
	main  *python.Thread        // runs the module's body and, later, the listeners
	users func() map[string]int // living users by class; nil before there is a crew

	says, hears, watches atomic.Bool // it listens to reports or has counted on its own, to heartbeats, to usage: see look
	exited               atomic.Bool // it has called sys.exit

	mu   sync.Mutex // guards what follows
	link Link
	env  *user.Env // of those who are no users, once there is a link
	code *int      // the exit code, once it is known

	// What follows belongs to whoever holds the lock of the isolate.
	classes     map[string]*python.Type // the user classes that run, by name
	order       []*python.Type
	locust      locustTypes
	exceptions  exceptions
	events      python.Value // locust.events
	environment python.Value
	runner      python.Value
	random      *python.Module
	sites       sites
	hookClass   *python.Type                    // EventHook, and
	hookVersion uint32                          // its version as Locust has it
	recorder    *python.Native                  // the listener of events.request that records
	reporter    *python.Native                  // the listener of events.user_error that reports
	tasks       map[*python.Type][]python.Value // those of the classes whose tasks the web UI has changed, before that
	seed        *int64                          // still to be used before the first user
	started     bool                            // the init event was fired
	births      births
	general     bool // the HTTP clients take their general path only

	stats         python.Value // environment.stats
	ownStats      bool         // stats have taken over what the recorder had: they are what is reported
	observe       func(kind, name string, length int64, failure string)
	cleared       int  // the last Clear that stats know of
	plainStats    bool // Locust's statistics are as they came, so requests may be counted in Go
	pristine      pristine
	statsReporter *python.Native // the listeners of events.report_to_master
	usersReporter *python.Native
	counted       map[string]int // the users when the report was begun
}

// sites are the places where the loop of a user asks for attributes.
type sites struct{ tasks, choice, waitTime, stats *python.Site }

// exceptions are the classes by which a user's loop goes on.
type exceptions struct {
	interrupt, reschedule, rescheduleNow, stopUser, stopTest, greenletExit, locustError, missingWait *python.Type
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

// Parse parses locustfiles that are to be loaded more than once, but not those for the master only. The error is a *LoadError.
func Parse(sources []Source) ([]Source, error) {
	parsed := slices.Clone(sources)
	for i, s := range parsed {
		if s.MasterOnly() {
			continue
		}
		tree, err := syntax.Parse(s.Path, s.Text)
		if err != nil {
			return nil, loadError(python.New(python.Options{}).NewThread(), err)
		}
		parsed[i].tree = tree
	}
	return parsed, nil
}

// Load runs the locustfiles. ctx ends a file that takes too long. The error is a *LoadError, an *ExitError or ErrNoUsers.
func Load(ctx context.Context, c Config) (*File, error) {
	if slices.ContainsFunc(Ours(c.Sources), func(s Source) bool { return s.tree == nil }) {
		parsed, err := Parse(c.Sources)
		if err != nil {
			return nil, err
		}
		c.Sources = parsed
	}
	f := newFile(&c)
	unhook := context.AfterFunc(ctx, func() {
		f.main.Cancel(python.Errorf(python.TimeoutError, "loading the locustfile takes too long"))
	})
	defer unhook()
	if err := f.main.Do(func() error { return f.load(f.main, &c) }); err != nil {
		return nil, loadError(f.main, err)
	}
	if len(f.order) == 0 {
		return nil, ErrNoUsers
	}
	return f, nil
}

func loadError(t *python.Thread, err error) error {
	var wrong *options.UsageError
	if errors.As(err, &wrong) {
		return wrong
	}
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
	f.env = &user.Env{Recorder: l.Recorder, Streams: l.Streams}
}

// nobody is the environment of those who are no users.
func (f *File) nobody() *user.Env {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.env
}

func (f *File) linked() Link {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.link
}

// Classes are the user classes that can run, in the order in which the file has them.
func (f *File) Classes() []user.Class {
	var classes []user.Class
	_ = f.NewThread().Do(func() error {
		for _, cls := range f.order {
			name := cls.Name()
			host, _ := python.AsStr(orNone(cls.Lookup("host")))
			classes = append(classes, user.Class{Name: name, Host: host, Run: func(ctx context.Context, env *user.Env) {
				f.live(ctx, env, name)
			}})
		}
		return nil
	})
	return classes
}

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}
