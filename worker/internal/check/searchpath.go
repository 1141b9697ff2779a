package check

import (
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// movesPath finds what may change where modules are searched.
var movesPath = regexp.MustCompile(`sys\s*\.\s*path|from\s+sys\s+import|import\s+sys\s+as|addsitedir|\bsys\b.*\bpath\b|\bpath\b.*\bsys\b|os\.chdir|spec_from_file_location|SourceFileLoader`)

// pathSteps bounds the rehearsal, in loop turns and calls.
const pathSteps = 2_000_000

// A rehearsal runs the body of a file for the sake of sys.path alone, statement by statement, in an isolate that reaches nothing
// beyond the names of files: no network, no process, no file that changes. What fails in it, for the lack of those, is passed
// over. So a check finds modules where the run does, in whatever way the file computes the folder.
type rehearsal struct {
	search func(module string, dirs []string) (file string, source []byte, ok bool)
	found  map[string]localFile // what the file imported, along sys.path as it was then
	last   []string             // sys.path at the end
	dirs   []string             // the same, then what else was in it
	missed map[string]bool      // what it looked for in vain
	ran    []string             // the files that ran
	unsure bool                 // a statement that changes sys.path failed
}

// localFile is the file of a local module.
type localFile struct {
	file   string
	source []byte
}

// rehearse finds out about sys.path. It needs the parsed file.
func rehearse(cfg Config, name string, tree *syntax.Module) *rehearsal {
	r := &rehearsal{search: cfg.Search, found: map[string]localFile{}, missed: map[string]bool{}}
	var iso *python.Isolate
	iso = python.New(python.Options{
		Modules: pathModules(cfg.Modules), MaxSteps: pathSteps, Stdout: io.Discard, Stderr: io.Discard,
		Open: func(name string, flag int, _ os.FileMode) (python.File, error) {
			if flag != os.O_RDONLY {
				return nil, os.ErrPermission
			}
			return os.Open(name)
		},
		Source: func(module string) (string, []byte, bool) {
			r.note(iso)
			file, text, ok := cfg.Search(module, pathOf(iso))
			if r.missed[module] = !ok; ok {
				r.found[module] = localFile{file, text}
			}
			return file, text, ok
		},
		Rewrite: func(tree *syntax.Module) *syntax.Module {
			r.ran = append(r.ran, tree.File)
			return tolerant(tree)
		},
	})
	t := iso.NewThread()
	_ = t.Do(func() error { // what fails is passed over
		iso.Builtins().SetStr(unsureName, python.Func(unsureName+"()", func(*python.Thread, []python.Value) (python.Value, error) {
			r.unsure = true
			return python.None, nil
		}))
		if _, err := t.Exec("_rehearsal", "<rehearsal>", []byte(harmless)); err != nil {
			r.unsure = true
			return err
		}
		setPath(iso, cfg.Path)
		_, err := t.ExecTree(name, tolerant(tree))
		return err
	})
	r.byFile(iso)
	r.note(iso)
	r.last = pathOf(iso)
	r.dirs = append(pathOf(iso), r.dirs...)
	return r
}

// byFile finds the modules that the file made of files by itself, under the names that it gave them.
func (r *rehearsal) byFile(iso *python.Isolate) {
	iso.Modules().All(func(k, v python.Value) bool {
		name, _ := python.AsStr(k)
		m, ok := v.(*python.Module)
		if _, known := r.found[name]; !ok || known {
			return true
		}
		file, _ := python.AsStr(m.Attrs().GetStr("__file__"))
		if !slices.Contains(r.ran, file) {
			return true
		}
		if text, err := os.ReadFile(file); err == nil {
			r.found[name] = localFile{file, text}
		}
		return true
	})
}

// source finds a local module as the file would.
func (r *rehearsal) source(module string) (file string, text []byte, ok bool) {
	if m, ok := r.found[module]; ok {
		return m.file, m.source, true
	}
	return r.search(module, r.dirs)
}

// note remembers the folders that are in sys.path now.
func (r *rehearsal) note(iso *python.Isolate) { r.dirs = append(r.dirs, pathOf(iso)...) }

func pathOf(iso *python.Isolate) []string {
	var dirs []string
	if sys, ok := iso.Modules().GetStr("sys").(*python.Module); ok {
		if path, ok := sys.Attrs().GetStr("path").(*python.List); ok {
			for _, v := range path.Items() {
				if dir, ok := python.AsStr(v); ok {
					dirs = append(dirs, dir)
				}
			}
		}
	}
	return dirs
}

func setPath(iso *python.Isolate, dirs []string) {
	if sys, ok := iso.Modules().GetStr("sys").(*python.Module); ok {
		path := python.NewList()
		for _, dir := range dirs {
			path.Append(python.NewStr(dir))
		}
		sys.Attrs().SetStr("path", path)
	}
}

// pathModules are the modules with which paths are computed. Nothing in them reaches the network or starts a process.
func pathModules(all map[string]Maker) map[string]Maker {
	out := map[string]Maker{}
	for name, mk := range all {
		root, _, _ := strings.Cut(name, ".")
		if has(" abc argparse collections contextlib copy dataclasses decouple dotenv enum errno fnmatch functools getpass glob importlib inspect io itertools json"+
			" logging math operator os pathlib platform re shutil site string sys textwrap time traceback types typing typing_extensions urllib.parse warnings weakref ", root) ||
			(strings.HasPrefix(name, "_") && !strings.HasPrefix(name, "_extra_")) || name == "_extra_importlib" {
			out[name] = mk
		}
	}
	return out
}

const unsureName = "__sys_path_unsure__"

// tolerant has every statement of a module's body pass over what it raises.
func tolerant(tree *syntax.Module) *syntax.Module {
	var body []syntax.Stmt
	for _, s := range tree.Body {
		pos := s.Span()
		var then syntax.Stmt = &syntax.Simple{Pos: pos, Kind: "pass"}
		if first, last := int(pos.Line)-1, int(pos.EndLine); first >= 0 && last <= len(tree.Lines()) && movesPath.MatchString(strings.Join(tree.Lines()[first:last], " ")) {
			if _, isImport := s.(*syntax.Import); !isImport {
				then = &syntax.ExprStmt{Pos: pos, X: &syntax.Call{Pos: pos, Func: &syntax.Name{Pos: pos, ID: unsureName}}}
			}
		}
		if i, ok := s.(*syntax.ImportFrom); ok && i.Module == "__future__" {
			continue
		}
		body = append(body, &syntax.Try{Pos: pos, Body: []syntax.Stmt{s}, Handlers: []syntax.Handler{{Pos: pos, Body: []syntax.Stmt{then}}}})
	}
	return tree.With(body)
}

// harmless takes from the rehearsal what would change anything.
const harmless = `
import _os_go, os, shutil, sys, time, _thread

def refuse(*args, **kwargs):
    raise PermissionError("this is a rehearsal")

for module, names in (
    (_os_go, "chmod mkdir utime truncate chown create rename symlink link unlink rmdir umask kill run spawn"),
    (os, "chdir mkdir makedirs rename replace renames unlink remove rmdir removedirs symlink link chmod chown utime truncate system popen kill killpg fork"
         " execv execve execvp spawnl spawnv wait waitpid putenv unsetenv umask open close read write fdopen abort _exit _rmtree"),
    (shutil, "rmtree move copy copy2 copyfile copytree make_archive unpack_archive"),
    (_thread, "start"),
):
    for name in names.split():
        if hasattr(module, name):
            setattr(module, name, refuse)
environ = dict(os.environ)
os.environ, os.getenv = environ, environ.get
time.sleep = refuse
`
