package check_test

import (
	"fmt"
	"strings"
	"testing"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// A use is a name of a module, or an attribute of a class in it, on a line of its own.
type use struct{ module, name string }

// TestAgree asks for every public name of every module that the worker has or the original documents, and for every attribute of
// their classes: what the check passes is there when the file runs and does not only raise, and what it refuses is not there.
func TestAgree(t *testing.T) {
	t.Parallel()
	modules := locustfile.Modules()
	inventory, err := check.Inventory(check.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	var uses []use
	for _, m := range inventory {
		if other(m.Name) {
			continue
		}
		fmt.Fprintf(&source, "import %s\n", m.Name)
		uses = append(uses, use{})
	}
	for _, m := range inventory {
		for _, name := range append(m.Has, m.Lacks...) {
			if other(m.Name) || keyword(name) {
				continue
			}
			fmt.Fprintf(&source, "%s.%s\n", m.Name, name)
			uses = append(uses, use{m.Name, name})
		}
	}
	found, err := check.Files(check.Config{Modules: modules}, "f.py", []byte(source.String()))
	if err != nil {
		t.Fatal(err)
	}
	refused := map[use]string{}
	for _, f := range found {
		if strings.Contains(f.Text, "has no such") || strings.Contains(f.Text, "no attribute") || strings.Contains(f.Text, "no class of this worker") {
			refused[uses[f.Line-1]] = f.Text
		}
	}
	loaded := newReality(t, modules)
	there := 0
	for _, u := range uses {
		if u.module == "" {
			continue
		}
		why, has := refused[u], loaded.has(u)
		switch {
		case has && why != "":
			t.Errorf("%s.%s is there, and the check says: %s", u.module, u.name, why)
		case !has && why == "":
			t.Errorf("%s.%s is not there, and the check passes it", u.module, u.name)
		case has:
			there++
		}
	}
	if there < 2500 {
		t.Errorf("%d names are there, want those of all modules", there)
	}
}

// other says whether a module's dotted name leads elsewhere: to the same module by another name, or to a function.
func other(module string) bool {
	return strings.HasPrefix(module, "requests.packages.") || module == "locust.user.task"
}

func keyword(name string) bool { return name == "None" || name == "True" || name == "False" }

// reality is an isolate in which the modules are loaded as for a run.
type reality struct {
	t       *testing.T
	thread  *python.Thread
	modules map[string]*python.Module
}

func newReality(t *testing.T, modules map[string]check.Maker) *reality {
	r := &reality{t: t, thread: python.New(python.Options{Modules: modules}).NewThread(), modules: map[string]*python.Module{}}
	r.thread.Lock()
	t.Cleanup(r.thread.Unlock)
	for _, name := range []string{"locust"} {
		if _, err := r.thread.Import(name); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// has says whether a name is there: "name", or "Class.name".
func (r *reality) has(u use) bool {
	m, known := r.modules[u.module]
	if !known {
		var err error
		if m, err = r.thread.Import(u.module); err != nil {
			r.t.Fatalf("import %s: %v", u.module, err)
		}
		r.modules[u.module] = m
	}
	var v python.Value = m
	for name := range strings.SplitSeq(u.name, ".") {
		next, err := r.thread.HasAttr(v, name)
		if err != nil || next == nil {
			return false
		}
		v = next
	}
	i, ok := v.(*python.Instance)
	return !ok || i.Class().Module() != "_absent"
}

// TestNoStubs finds functions that do nothing but raise NotImplementedError: a file would pass the check and fail in the run.
// What the original leaves to subclasses raises there too.
func TestNoStubs(t *testing.T) {
	t.Parallel()
	abstract := map[string]bool{
		"logging.Handler.emit": true, "concurrent.futures.Executor.submit": true, "argparse.Action.__call__": true, "requests.auth.AuthBase.__call__": true,
		"requests.adapters.BaseAdapter.send": true, "requests.adapters.BaseAdapter.close": true, "locust.runners.WorkerRunner.start": true,
		"datetime.tzinfo.utcoffset": true, "datetime.tzinfo.tzname": true, "datetime.tzinfo.dst": true, "collections.Counter.fromkeys": true,
		"http.cookiejar.CookiePolicy.set_ok": true, "http.cookiejar.CookiePolicy.return_ok": true,
	}
	modules := locustfile.Modules()
	thread := python.New(python.Options{Modules: modules}).NewThread()
	thread.Lock()
	defer thread.Unlock()
	if _, err := thread.Import("locust"); err != nil {
		t.Fatal(err)
	}
	trees := map[*syntax.Module]bool{}
	for name := range modules {
		m, err := thread.Import(name)
		if err != nil {
			t.Fatalf("import %s: %v", name, err)
		}
		m.Attrs().All(func(_, v python.Value) bool {
			fn, ok := v.(*python.Function)
			if cls, isClass := v.(*python.Type); isClass {
				cls.Dict().All(func(_, v python.Value) bool {
					if f, isFn := v.(*python.Function); isFn {
						fn, ok = f, true
					}
					return !ok
				})
			}
			if !ok || fn.Tree() == nil || trees[fn.Tree()] {
				return true
			}
			trees[fn.Tree()] = true
			for _, stub := range stubs(fn.Tree().Body, "") {
				path := strings.TrimSuffix(strings.TrimPrefix(fn.Tree().File, "<stdlib>/"), ".py")
				path = strings.ReplaceAll(strings.TrimSuffix(path, "/__init__"), "/", ".") + "." + stub
				if last := path[strings.LastIndexByte(path, '.')+1:]; !abstract[path] && (!strings.HasPrefix(last, "_") || strings.HasPrefix(last, "__")) && !strings.Contains(path, "._") && !strings.HasPrefix(path, "_") {
					t.Errorf("%s only raises: leave it away, or name it in _absent", path)
				}
			}
			return true
		})
	}
	if len(trees) < 80 {
		t.Errorf("%d modules are written in Python, want all of them", len(trees))
	}
}

// stubs are the functions in a body that only raise NotImplementedError.
func stubs(body []syntax.Stmt, prefix string) []string {
	var out []string
	for _, s := range body {
		switch s := s.(type) {
		case *syntax.Class:
			out = append(out, stubs(s.Body, prefix+s.Name+".")...)
		case *syntax.Func:
			rest := s.Body
			if x, ok := rest[0].(*syntax.ExprStmt); ok && len(rest) > 1 {
				if _, isDoc := x.X.(*syntax.Str); isDoc {
					rest = rest[1:]
				}
			}
			if raise, ok := rest[0].(*syntax.Raise); ok && len(rest) == 1 && raisesNotImplemented(raise.X) {
				out = append(out, prefix+s.Name)
			}
		}
	}
	return out
}

func raisesNotImplemented(x syntax.Expr) bool {
	if call, ok := x.(*syntax.Call); ok {
		x = call.Func
	}
	n, ok := x.(*syntax.Name)
	return ok && n.ID == "NotImplementedError"
}
