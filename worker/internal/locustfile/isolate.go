package locustfile

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// An isolate is one copy of the locustfile with its own globals and its own lock.
type isolate struct {
	*python.Isolate
	file  *File
	users int // guarded by file.mu
	// listening is since when a listener runs in main; nil is that none does.
	listening atomic.Pointer[time.Time]
	main      *python.Thread // runs the module's body and, later, the listeners; its lock is the isolate's

	// What follows belongs to whoever holds the isolate's lock.
	classes     map[string]*python.Type // the user classes that run, by name
	order       []*python.Type
	locust      locustTypes
	exceptions  exceptions
	events      python.Value // locust.events
	environment python.Value
	runner      python.Value
	random      *python.Module
	sites       sites
	recorder    *python.Native                  // the listener of events.request that records
	reporter    *python.Native                  // the listener of events.user_error that reports
	counts      map[string]int                  // living users by class
	tasks       map[*python.Type][]python.Value // those of the classes whose tasks the web UI has changed, before that
	seed        *int64                          // still to be used before the first user
	started     bool                            // the init event was fired
	general     bool                            // the clients take their general path only
}

// sites are the places where the loop of a user asks for attributes.
type sites struct{ tasks, choice, waitTime *python.Site }

// exceptions are the classes by which a user's loop goes on.
type exceptions struct {
	interrupt, reschedule, rescheduleNow, stopUser, stopTest, greenletExit, locustError, missingWait *python.Type
}

// newIsolate makes an isolate and runs the files in it.
func newIsolate(ctx context.Context, f *File, c *Config, trees []*syntax.Module) (*isolate, error) {
	iso := &isolate{file: f, classes: map[string]*python.Type{}, counts: map[string]int{}, seed: c.Seed, general: c.General, tasks: map[*python.Type][]python.Value{}}
	all := modules(iso, c.Level)
	maps.Copy(all, c.Placeholders)
	iso.Isolate = python.New(python.Options{
		Modules: all, Source: localModules(iso, c.Sources), Stdout: c.Stdout, Stderr: c.Stderr,
		Args: []string{"locust"}, MaxMemory: c.MaxMemory,
	})
	iso.main = iso.NewThread()
	iso.sites = sites{iso.NewSite("tasks"), iso.NewSite("choice"), iso.NewSite("wait_time")}
	unhook := context.AfterFunc(ctx, func() {
		iso.main.Cancel(python.Errorf(python.TimeoutError, "loading the locustfile takes too long"))
	})
	defer unhook()
	err := iso.main.Do(func() error { return iso.load(iso.main, c, trees) })
	if err != nil {
		return nil, loadError(iso.main, err)
	}
	return iso, nil
}

// load is what locust.main does before it connects.
func (iso *isolate) load(t *python.Thread, c *Config, trees []*syntax.Module) error {
	if err := iso.boot(t); err != nil {
		return err
	}
	path, err := t.GetAttr(must(t.Import("sys")), "path")
	if err != nil {
		return err
	}
	for i, s := range c.Sources {
		if err := iso.run(t, path, s, trees[i]); err != nil {
			return err
		}
	}
	return iso.makeEnvironment(t, c.Sources)
}

// boot imports what every locustfile needs.
func (iso *isolate) boot(t *python.Thread) error {
	for _, name := range []string{"locust._boot", "locust"} {
		if _, err := t.Import(name); err != nil {
			return err
		}
	}
	var err error
	if iso.random, err = t.Import("random"); err != nil {
		return err
	}
	if iso.seed != nil {
		if err := iso.seedRandom(t); err != nil {
			return err
		}
	}
	iso.events, err = t.GetAttr(must(t.Import("locust")), "events")
	return err
}

func (iso *isolate) seedRandom(t *python.Thread) error {
	_, err := t.CallMethod(iso.random, "seed", python.NewInt(*iso.seed))
	return err
}

// run executes one file as locust.util.load_locustfile does and takes its user classes.
func (iso *isolate) run(t *python.Thread, path python.Value, s Source, tree *syntax.Module) error {
	added, err := searchPath(s)
	if err != nil {
		return err
	}
	for _, dir := range added {
		if _, err := t.CallMethod(path, "insert", python.NewInt(0), python.NewStr(dir)); err != nil {
			return err
		}
	}
	m, err := t.ExecTree(moduleName(s.Path), tree)
	if err != nil {
		return err
	}
	m.Attrs().All(func(_, v python.Value) bool {
		if cls, ok := v.(*python.Type); ok && iso.runs(cls) {
			if iso.classes[cls.Name()] == nil {
				iso.order = append(iso.order, cls)
			}
			iso.classes[cls.Name()] = cls
		}
		return true
	})
	return nil
}

// runs says whether a class is one that users can be made of (load_locustfile.is_user_class), and that has a weight
// (Environment._remove_user_classes_with_weight_zero).
func (iso *isolate) runs(cls *python.Type) bool {
	return cls.Is(iso.locust.user) && cls.Lookup("abstract") == python.False && (positive(cls.Lookup("weight")) || positive(cls.Lookup("fixed_count")))
}

func positive(v python.Value) bool {
	f, ok := python.AsFloat(orNone(v))
	return ok && f > 0
}

// searchPath are the folders that load_locustfile puts at the front of sys.path, the last one first.
func searchPath(s Source) ([]string, error) {
	cwd, err := os.Getwd()
	if err != nil || s.Remote {
		return []string{cwd}, err
	}
	path, err := filepath.Abs(s.Path)
	if dir := filepath.Dir(path); dir != cwd {
		return []string{cwd, dir}, err
	}
	return []string{cwd}, err
}

// moduleName is the name under which load_locustfile imports a file.
func moduleName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if name == "locust" {
		return "locustfile"
	}
	return name
}

// makeEnvironment makes what listeners get, and the listeners that Locust itself has: they come after those that the
// module's body has added, as in locust.main.
func (iso *isolate) makeEnvironment(t *python.Thread, sources []Source) error {
	options, err := iso.parseOptions(t)
	if err != nil {
		return err
	}
	classes, byName := python.NewList(), python.NewDict()
	for _, cls := range iso.order {
		classes.Append(cls)
		byName.SetStr(cls.Name(), cls)
	}
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = filepath.Base(s.Path)
	}
	env, err := iso.construct(t, "locust.env", "Environment", map[string]python.Value{
		"events": iso.events, "user_classes": classes, "parsed_options": options, "available_user_classes": byName,
		"locustfile": python.NewStr(strings.Join(names, ",")),
	})
	if err != nil {
		return err
	}
	iso.environment = env
	return iso.addListeners(t)
}

func (iso *isolate) construct(t *python.Thread, module, class string, kw map[string]python.Value) (python.Value, error) {
	m, err := t.Import(module)
	if err != nil {
		return nil, err
	}
	var args python.Args
	for _, name := range sortedKeys(kw) {
		args.Names = append(args.Names, python.NewStr(name))
		args.Values = append(args.Values, kw[name])
	}
	return t.CallKw(m.Attrs().GetStr(class), args)
}

// parseOptions fires init_command_line_parser and returns the options (locust.argument_parser.parse_options).
func (iso *isolate) parseOptions(t *python.Thread) (python.Value, error) {
	hook := iso.hook(t, "init_command_line_parser")
	if hook == nil || len(hook.handlers.Items()) == 0 {
		return t.CallMethod(must(t.Import("locust._defaults")), "options")
	}
	m, err := t.Import("locust.argument_parser")
	if err != nil {
		return nil, err
	}
	parser, err := t.Call(m.Attrs().GetStr("LocustArgumentParser"))
	if err != nil {
		return nil, err
	}
	if err := hook.fire(t, "parser", parser); err != nil {
		return nil, err
	}
	return t.CallMethod(m, "parse", parser)
}

// localModules finds the source of a module of the user's own along sys.path.
func localModules(iso *isolate, sources []Source) func(string) (string, []byte, bool) {
	return func(name string) (string, []byte, bool) { return find(name, sources, iso.searchPath()) }
}

// LocalModules finds the source of the modules beside locustfiles that have not run: where sys.path leads before a file
// changes it.
func LocalModules(sources []Source) func(module string) (file string, source []byte, ok bool) {
	var dirs []string
	for _, s := range sources {
		if added, err := searchPath(s); err == nil {
			dirs = append(dirs, added...)
		}
	}
	dirs = append(dirs, filepath.SplitList(os.Getenv("PYTHONPATH"))...)
	return func(name string) (string, []byte, bool) { return find(name, sources, dirs) }
}

func find(name string, sources []Source, dirs []string) (string, []byte, bool) {
	for _, s := range sources {
		if s.Remote && moduleName(s.Path) == name {
			return s.Path, s.Text, true
		}
	}
	rel := filepath.FromSlash(strings.ReplaceAll(name, ".", "/"))
	for _, dir := range dirs {
		for _, file := range []string{filepath.Join(dir, rel, "__init__.py"), filepath.Join(dir, rel+".py")} {
			if text, err := os.ReadFile(file); err == nil {
				return file, text, true
			}
		}
		if info, err := os.Stat(filepath.Join(dir, rel)); err == nil && info.IsDir() { // a namespace package
			return filepath.Join(dir, rel, "__init__.py"), nil, true
		}
	}
	return "", nil, false
}

// searchPath is sys.path, and what PYTHONPATH adds.
func (iso *isolate) searchPath() []string {
	var dirs []string
	if m, ok := iso.Modules().GetStr("sys").(*python.Module); ok {
		if path, ok := m.Attrs().GetStr("path").(*python.List); ok {
			for _, v := range path.Items() {
				if dir, ok := python.AsStr(v); ok {
					dirs = append(dirs, dir)
				}
			}
		}
	}
	return append(dirs, filepath.SplitList(os.Getenv("PYTHONPATH"))...)
}

func (iso *isolate) processExitCode() (code int, ok bool) {
	t := iso.NewThread()    // a listener may still be in main
	_ = t.Do(func() error { // what is not there is not wanted
		v, err := t.HasAttr(iso.environment, "process_exit_code")
		if n, isInt := python.AsInt(orNone(v)); isInt {
			code, ok = int(n), true
		}
		return err
	})
	return code, ok
}

// exitCode is what the process ends with after sys.exit (Python/pythonrun.c, handle_system_exit).
func exitCode(t *python.Thread, e *python.Exception) int {
	args := e.Args()
	if len(args) == 0 || args[0] == python.None {
		return 0
	}
	if n, ok := python.AsInt(args[0]); ok {
		return int(n) & 0xff
	}
	if text, err := t.Str(args[0]); err == nil {
		fmt.Fprintln(os.Stderr, text)
	}
	return 1
}

func sortedKeys(m map[string]python.Value) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// must is for modules that this package itself provides.
func must(m *python.Module, err error) *python.Module {
	if err != nil {
		panic(err)
	}
	return m
}
