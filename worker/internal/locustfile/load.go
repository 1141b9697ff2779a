package locustfile

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/worker/internal/options"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// newFile makes the copy in which the files are to run.
func newFile(c *Config) *File {
	f := &File{
		write: c.Log, observe: c.Observe, line: c.Line, classes: map[string]*python.Type{}, seed: c.Seed, general: c.General,
		tasks: map[*python.Type][]python.Value{}, births: births{made: map[string]int{}},
	}
	if f.line == nil {
		f.line = options.None()
	}
	all := modules(f, c.Level)
	maps.Copy(all, c.Placeholders)
	f.Isolate = python.New(python.Options{
		Modules: all, Source: localModules(f, c.Sources), Stdout: c.Stdout, Stderr: c.Stderr,
		Args: []string{"locust", "--worker"}, MaxMemory: c.MaxMemory, Sleep: bounded(c.MaxSleep),
	})
	f.main = f.NewThread()
	f.sites = sites{f.NewSite("tasks"), f.NewSite("choice"), f.NewSite("wait_time"), f.NewSite("stats")}
	return f
}

// bounded is a sleep that lasts at most as long; nil is an ordinary one. One of no time lets the others run, as gevent.sleep(0) does.
func bounded(most *time.Duration) func(*python.Thread, time.Duration) error {
	if most == nil {
		return nil
	}
	return func(t *python.Thread, d time.Duration) error {
		if d = min(d, *most); d <= 0 {
			return stdlib.Yield(t)
		}
		_, err := stdlib.Wait(t, nil, d)
		return err
	}
}

// load is what locust.main does before it connects.
func (f *File) load(t *python.Thread, c *Config) error {
	if err := f.boot(t); err != nil {
		return err
	}
	path, err := t.GetAttr(must(t.Import("sys")), "path")
	if err != nil {
		return err
	}
	for _, s := range Ours(c.Sources) {
		if err := f.run(t, path, s); err != nil {
			return err
		}
	}
	if c.Forked && c.Seed == nil {
		if _, err := t.CallMethod(f.random, "seed"); err != nil {
			return err
		}
	}
	return f.makeEnvironment(t, c.Sources)
}

// boot imports what every locustfile needs.
func (f *File) boot(t *python.Thread) error {
	for _, name := range []string{"locust._boot", "locust"} {
		if _, err := t.Import(name); err != nil {
			return err
		}
	}
	var err error
	if f.random, err = t.Import("random"); err != nil {
		return err
	}
	if f.seed != nil {
		if err := f.seedRandom(t); err != nil {
			return err
		}
	}
	f.hookClass = must(t.Import("locust.event")).Attrs().GetStr("EventHook").(*python.Type)
	f.hookVersion = f.hookClass.Version()
	if f.events, err = t.GetAttr(must(t.Import("locust")), "events"); err != nil {
		return err
	}
	f.pristine.remember(t)
	exit := python.Func("exit(exception)", func(t *python.Thread, a []python.Value) (python.Value, error) {
		if e, ok := a[0].(*python.Exception); ok {
			f.systemExit(t, e, false)
		}
		return python.None, nil
	})
	return t.SetAttr(must(t.Import("gevent.greenlet")), "_system_exit", exit)
}

func (f *File) seedRandom(t *python.Thread) error {
	_, err := t.CallMethod(f.random, "seed", python.NewInt(*f.seed))
	return err
}

// run executes one file as locust.util.load_locustfile does and takes its user classes.
func (f *File) run(t *python.Thread, path python.Value, s Source) error {
	added, err := searchPath(s)
	if err != nil {
		return err
	}
	leaves := leaving(added, f.searchPath())
	for _, dir := range added {
		if _, err := t.CallMethod(path, "insert", python.NewInt(0), python.NewStr(dir)); err != nil {
			return err
		}
	}
	m, err := t.ExecTree(moduleName(s.Path), s.tree)
	if err != nil {
		return err
	}
	if leaves != "" { // whatever is first by now is taken off, as in Locust
		if path, err = t.GetAttr(must(t.Import("sys")), "path"); err != nil {
			return err
		}
		if _, err := t.CallMethod(path, "__delitem__", python.NewInt(0)); err != nil {
			return err
		}
	}
	m.Attrs().All(func(_, v python.Value) bool {
		if cls, ok := v.(*python.Type); ok && f.runs(cls) {
			if f.classes[cls.Name()] == nil {
				f.order = append(f.order, cls)
			}
			f.classes[cls.Name()] = cls
		}
		return true
	})
	return nil
}

// runs says whether a class is one that users can be made of (load_locustfile.is_user_class), and that has a weight
// (Environment._remove_user_classes_with_weight_zero).
func (f *File) runs(cls *python.Type) bool {
	return cls.Is(f.locust.user) && cls.Lookup("abstract") == python.False && (positive(cls.Lookup("weight")) || positive(cls.Lookup("fixed_count")))
}

func positive(v python.Value) bool {
	x, ok := python.AsFloat(orNone(v))
	return ok && x > 0
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

// leaving is which of the folders that load_locustfile adds to sys.path it takes off again; "" is none, which is so for the
// working directory and for what is in sys.path already.
func leaving(added, path []string) string {
	if len(added) < 2 || slices.Contains(path, added[1]) {
		return ""
	}
	return added[1]
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
func (f *File) makeEnvironment(t *python.Thread, sources []Source) error {
	parsed, err := f.parseOptions(t, sources)
	if err != nil {
		return err
	}
	classes, byName, tasks, paths := python.NewList(), python.NewDict(), python.NewDict(), python.NewList()
	for _, cls := range f.order {
		byName.SetStr(cls.Name(), cls)
		tasks.SetStr(cls.Name(), orNone(cls.Lookup("tasks")))
	}
	if err := f.choose(t, parsed); err != nil {
		return err
	}
	for _, cls := range f.order {
		classes.Append(cls)
	}
	for _, s := range sources {
		paths.Append(python.NewStr(s.Path))
	}
	given := map[string]python.Value{
		"events": f.events, "user_classes": classes, "parsed_options": parsed, "available_user_classes": byName,
		"available_user_tasks": tasks, "locustfile": python.NewStr(filepath.Base(sources[0].Path)), "parsed_locustfiles": paths,
	}
	for _, name := range []string{"host", "reset_stats", "profile"} {
		if given[name], err = t.GetAttr(parsed, name); err != nil {
			return err
		}
	}
	if f.environment, err = f.construct(t, "locust.env", "Environment", given); err != nil {
		return err
	}
	if _, err := t.CallMethod(f.environment, "_obey_command_line"); err != nil {
		return problem(t, err)
	}
	if f.stats, err = t.GetAttr(f.environment, "stats"); err != nil {
		return err
	}
	if err := t.SetAttr(f.stats, "_source", must(t.Import("locust._worker")).Attrs().GetStr("drain")); err != nil {
		return err
	}
	f.addReporters(t)
	if err := f.addListeners(t); err != nil {
		return err
	}
	f.look(t)
	return nil
}

func (f *File) construct(t *python.Thread, module, class string, kw map[string]python.Value) (python.Value, error) {
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

// localModules finds the source of a module of the user's own along sys.path.
func localModules(f *File, sources []Source) func(string) (string, []byte, bool) {
	return func(name string) (string, []byte, bool) { return find(name, sources, f.searchPath()) }
}

// Search finds the source of a module of the user's own along sys.path.
func Search(sources []Source) func(module string, dirs []string) (file string, source []byte, ok bool) {
	return func(name string, dirs []string) (string, []byte, bool) { return find(name, sources, dirs) }
}

// SearchPath is sys.path before files have run that may change it.
func SearchPath(sources []Source) []string {
	var dirs []string
	for _, s := range Ours(sources) {
		if added, err := searchPath(s); err == nil {
			for _, dir := range added {
				dirs = append([]string{dir}, dirs...)
			}
		}
	}
	return append(dirs, filepath.SplitList(os.Getenv("PYTHONPATH"))...)
}

// Leaves is the folder that is taken off sys.path once the locustfile is loaded; "" is none.
func Leaves(s Source) string {
	added, err := searchPath(s)
	if err != nil {
		return ""
	}
	return leaving(added, filepath.SplitList(os.Getenv("PYTHONPATH")))
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
	for _, s := range sources { // Python has run it by now, so that it is in sys.modules
		if s.MasterOnly() && moduleName(s.Path) == name {
			return s.Path, s.Text, true
		}
	}
	return "", nil, false
}

// searchPath is sys.path, and what PYTHONPATH adds.
func (f *File) searchPath() []string {
	var dirs []string
	if m, ok := f.Modules().GetStr("sys").(*python.Module); ok {
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
