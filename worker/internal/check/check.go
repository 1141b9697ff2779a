// Package check says before a run what of a locustfile cannot run on this worker: modules, names, attributes, keywords, syntax
// and regular expressions that it lacks, all of them at once. It warns of what silently hurts under any worker of Locust.
// Nothing of the file is executed, except where it changes sys.path: then its body is rehearsed where it can reach nothing, to
// find its modules as the run does. The worker's own modules are loaded into an isolate that is thrown away.
package check

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// A Finding is something in a locustfile that cannot run, or that silently hurts.
type Finding struct {
	File string
	Line int
	Text string
	// Warning says that the file runs all the same.
	Warning bool
	// Placeholder is the module that the file imports, that this worker lacks and that nothing which a worker runs uses. The
	// file runs if [Placeholders] stand in for it.
	Placeholder string
}

func (f Finding) String() string {
	if f.Warning {
		return fmt.Sprintf("%s:%d: warning: %s", f.File, f.Line, f.Text)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// Maker makes a module for an isolate.
type Maker = func(*python.Thread) (*python.Module, error)

// Config says what the worker has.
type Config struct {
	// Modules are all the modules of the worker. If there is no "locust" among them, the names of stock Locust stand in for it.
	Modules map[string]Maker
	// Source finds the source of a local module; those that the file imports are checked with it. nil finds none.
	Source func(module string) (file string, source []byte, ok bool)
	// Search finds the source of a local module along sys.path, and Path is sys.path before the file runs. With them the check
	// follows what the file does to sys.path; without, only Source is asked.
	Search func(module string, dirs []string) (file string, source []byte, ok bool)
	Path   []string
	// Leaves is the folder that Locust takes off sys.path once the file is loaded, by taking off whatever is first; "" is none.
	Leaves string
	// Attributes returns the attributes of the objects of a class made in Go, such as "locust.env.Environment", as far as the
	// class itself does not show them. nil trusts that the objects have what Locust's have.
	Attributes func(class string) []string
}

// Files checks a locustfile and the local modules that it imports. The findings are in the order of file, line and text. An
// error is not about the file: the worker's own modules are broken.
func Files(cfg Config, path string, source []byte) ([]Finding, error) {
	w := newWorld(cfg)
	defer w.close()
	c := &checker{
		cfg: cfg, world: w, ref: w.ref, sources: map[string]*script{}, defined: map[string]bool{}, given: map[string]bool{}, spoken: map[string]bool{},
		memo: map[*binding]entity{}, varying: map[variable]bool{}, based: map[*class][]string{}, stored: map[string]bool{},
	}
	c.load(path, "", source, false, false)
	c.loadRan()
	c.reach()
	for _, f := range c.order {
		c.check(f)
	}
	return merge(c.out), w.err
}

// checker holds what is known about all files together.
type checker struct {
	cfg     Config
	world   *world
	ref     *reference
	sources map[string]*script // by module, "" is the locustfile
	order   []*script
	root    *syntax.Module  // the locustfile's tree
	defined map[string]bool // names that some file gives to anything
	spoken  map[string]bool // names in texts: getattr and its like may mean them
	given   map[string]bool // names that some file gives to an attribute or defines in a class
	stored  map[string]bool // those that it gives to an attribute
	dynamic bool            // a class answers for attributes that nobody sees: __getattr__, setattr
	out     []Finding
	depth   int        // of resolve
	moved   *rehearsal // of the locustfile, if sys.path changes

	memo    map[*binding]entity // of bound
	varying map[variable]bool   // of variesName
	based   map[*class][]string // of bases
	unknown bool                // a file imports a module that nobody knows, so objects may have any attribute
}

// rehearse finds out where modules are searched, if a file may change that. It is the locustfile that is rehearsed, with all
// that it imports.
func (c *checker) rehearse(f *script, tree *syntax.Module, text []byte) {
	if f.module == "" {
		c.root = tree
	}
	if c.cfg.Search != nil && c.moved == nil && movesPath.Match(text) {
		c.moved = rehearse(c.cfg, "__locustfile__", c.root)
	}
}

// loadRan checks the files that the locustfile runs without importing them by name: importlib.util.spec_from_file_location.
func (c *checker) loadRan() {
	if c.moved == nil {
		return
	}
	for _, file := range c.moved.ran {
		known := slices.ContainsFunc(c.order, func(f *script) bool { return f.path == file })
		if text, err := os.ReadFile(file); err == nil && !known {
			c.load(file, file, text, false, false)
		}
	}
}

// source finds a local module.
func (c *checker) source(module string) (file string, text []byte, ok bool) {
	switch {
	case c.moved != nil:
		return c.moved.source(module)
	case c.cfg.Source != nil:
		return c.cfg.Source(module)
	case c.cfg.Search != nil:
		return c.cfg.Search(module, c.cfg.Path)
	}
	return "", nil, false
}

// check looks at everything that was collected of a file.
func (c *checker) check(f *script) {
	for _, u := range f.imports {
		c.imported(u)
	}
	for _, u := range f.names {
		c.name(u)
	}
	for _, u := range f.attrs {
		c.attribute(u)
	}
	for _, u := range f.calls {
		c.call(u)
	}
	for _, u := range f.listeners {
		c.listener(u)
	}
	for _, k := range f.classes {
		c.classDef(k)
	}
	c.timeouts(f)
}

// load parses a file, lists its syntax errors and collects what it uses, and what the local modules that it imports use.
func (c *checker) load(path, module string, text []byte, guarded, pkg bool) *script {
	if f := c.sources[module]; f != nil {
		return f
	}
	f := &script{path: path, module: module, pkg: pkg, guarded: guarded, mentions: map[string]bool{}}
	c.sources[module] = f
	c.order = append(c.order, f)
	tree, err := syntax.Parse(path, text)
	if err != nil {
		f.broken = true
		c.out = append(c.out, syntaxFinding(path, err))
		return f
	}
	for _, p := range c.world.t.Check(tree) {
		c.out = append(c.out, Finding{File: path, Line: max(p.Line, 1), Text: p.Text + remedyFor(p.Text)})
	}
	c.rehearse(f, tree, text)
	f.scope = newScope(nil, f)
	v := &collector{c: c, f: f}
	v.block(tree.Body, &place{file: f, scope: f.scope})
	return f
}

func syntaxFinding(path string, err error) Finding {
	f := Finding{File: path, Line: 1, Text: err.Error()}
	var e *syntax.Error
	if errors.As(err, &e) {
		f.Line, f.Text = max(e.Line, 1), "SyntaxError: "+e.Msg
	}
	f.Text += remedyFor(f.Text)
	return f
}

// merge sorts the findings and drops those that say the same of the same line; an error beats a warning.
func merge(fs []Finding) []Finding {
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.Line != b.Line:
			return a.Line < b.Line
		case a.Text != b.Text:
			return a.Text < b.Text
		}
		return !a.Warning && b.Warning
	})
	var out []Finding
	for _, f := range fs {
		if n := len(out); n > 0 && out[n-1].File == f.File && out[n-1].Line == f.Line && out[n-1].Text == f.Text {
			continue
		}
		out = append(out, f)
	}
	return out
}
