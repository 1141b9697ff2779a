package stdlib

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"gregaria/worker/internal/python"
)

func newOS(t *thread) (*python.Module, error) { //nolint:funlen // a table of short functions
	path, err := newOSPath(t)
	if err != nil {
		return nil, err
	}
	t.Isolate().Modules().SetStr("os.path", path)
	env, envFuncs, err := newEnviron(t)
	if err != nil {
		return nil, err
	}
	names := func(name string) ([]value, error) {
		es, err := os.ReadDir(name)
		if err != nil {
			return nil, python.OSException(err, name)
		}
		var out []value
		for _, e := range es {
			out = append(out, str(e.Name()))
		}
		return out, nil
	}
	m := python.NewModule("os", map[string]value{
		"path": path, "environ": env, "sep": str("/"), "linesep": str("\n"), "pathsep": str(":"), "name": str("posix"), "curdir": str("."), "devnull": str("/dev/null"), "error": python.OSError,
		"F_OK": python.NewInt(0), "R_OK": python.NewInt(4), "W_OK": python.NewInt(2), "X_OK": python.NewInt(1),
	},
		python.Func("getcwd()", func(*thread, []value) (value, error) {
			d, err := os.Getwd()
			if err != nil {
				return nil, python.OSException(err, "")
			}
			return str(d), nil
		}),
		python.Func("getpid()", func(*thread, []value) (value, error) { return python.NewInt(int64(os.Getpid())), nil }),
		python.Func("getppid()", func(*thread, []value) (value, error) { return python.NewInt(int64(os.Getppid())), nil }),
		python.Func("urandom(size, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			if n < 0 || n > 1<<26 {
				return nil, python.Errorf(python.ValueError, "negative argument not allowed")
			}
			b := make([]byte, n)
			_, _ = rand.Read(b)
			return python.NewBytes(b), nil
		}),
		python.Func("fspath(path)", func(t *thread, a []value) (value, error) {
			s, err := t.FSPath(a[0])
			return str(s), err
		}),
		python.Func("listdir(path='.')", func(t *thread, a []value) (value, error) {
			name := "."
			if given(a[0]) {
				var err error
				if name, err = t.FSPath(a[0]); err != nil {
					return nil, err
				}
			}
			out, err := names(name)
			return python.NewList(out...), err
		}),
	)
	for _, f := range osChanges() {
		m.Attrs().SetStr(f.Name(), f)
	}
	m.Attrs().SetStr("__path__", python.NewList())
	if err := addFrom(t, m, "_os_more"); err != nil {
		return nil, err
	}
	for _, f := range envFuncs {
		m.Attrs().SetStr(f.Name(), f)
	}
	for _, f := range descriptors() {
		m.Attrs().SetStr(f.Name(), f)
	}
	return m, nil
}

// osChanges are the functions that change the file system: each takes a path and returns None.
func osChanges() []*python.Native {
	change := func(sig string, f func(t *thread, name string, a []value) error) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) {
			name, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			if err := f(t, name, a); err != nil {
				return nil, python.OSException(err, name)
			}
			return python.None, nil
		})
	}
	return []*python.Native{
		change("chdir(path)", func(_ *thread, name string, _ []value) error { return os.Chdir(name) }),
		change("_rmtree(path)", func(_ *thread, name string, _ []value) error { return os.RemoveAll(name) }),
	}
}

// addFrom adds the public names of a module in Python to one in Go.
func addFrom(t *thread, m *python.Module, name string) error {
	more, err := t.Import(name)
	if err != nil {
		return err
	}
	more.Attrs().All(func(k, v value) bool {
		if s, ok := python.AsStr(k); ok && (!strings.HasPrefix(s, "_") || s == "_exit") {
			m.Attrs().SetStr(s, v)
		}
		return true
	})
	return nil
}

func newOSPath(t *thread) (*python.Module, error) { //nolint:funlen,gocognit // a table of short functions
	text := func(name string, f func(s string) value) *python.Native {
		return python.Func(name+"(path)", func(t *thread, a []value) (value, error) {
			s, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			return f(s), nil
		})
	}
	stat := func(name string, f func(st os.FileInfo) bool) *python.Native {
		return text(name, func(s string) value {
			st, err := os.Stat(s)
			return python.NewBool(err == nil && f(st))
		})
	}
	split := func(s string) (string, string) {
		i := strings.LastIndexByte(s, '/') + 1
		head := s[:i]
		if strings.Trim(head, "/") != "" {
			head = strings.TrimRight(head, "/")
		}
		return head, s[i:]
	}
	abs := func(s string) value {
		if r, err := filepath.Abs(s); err == nil {
			return str(r)
		}
		return str(s)
	}
	m := python.NewModule("os.path", map[string]value{"sep": str("/")},
		text("basename", func(s string) value { _, b := split(s); return str(b) }),
		text("dirname", func(s string) value { d, _ := split(s); return str(d) }),
		text("split", func(s string) value { d, b := split(s); return python.NewTuple(str(d), str(b)) }),
		text("splitext", func(s string) value {
			i := strings.LastIndexByte(s, '.')
			if j := strings.LastIndexByte(s, '/'); i <= j+1 || strings.Trim(s[j+1:i], ".") == "" {
				i = len(s)
			}
			return python.NewTuple(str(s[:i]), str(s[i:]))
		}),
		text("abspath", abs), text("normpath", func(s string) value { return str(filepath.Clean(s)) }),
		text("isabs", func(s string) value { return python.NewBool(strings.HasPrefix(s, "/")) }),
		text("expanduser", func(s string) value {
			if home, err := os.UserHomeDir(); err == nil && (s == "~" || strings.HasPrefix(s, "~/")) {
				return str(home + s[1:])
			}
			return str(s)
		}),
		text("expandvars", func(s string) value { return str(os.ExpandEnv(s)) }),
		stat("exists", func(os.FileInfo) bool { return true }),
		stat("isfile", func(st os.FileInfo) bool { return st.Mode().IsRegular() }), stat("isdir", os.FileInfo.IsDir),
		python.Func("getsize(path)", func(t *thread, a []value) (value, error) {
			s, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			st, serr := os.Stat(s)
			if serr != nil {
				return nil, python.OSException(serr, s)
			}
			return python.NewInt(st.Size()), nil
		}),
		python.Func("join(path, *paths)", func(t *thread, a []value) (value, error) {
			out, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			return joined(t, out, a[1])
		}),
		python.Func("relpath(path, start='.')", func(t *thread, a []value) (value, error) {
			s, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			base, berr := filepath.Abs(textOr(a[1], "."))
			full, ferr := filepath.Abs(s)
			if r, rerr := filepath.Rel(base, full); berr == nil && ferr == nil && rerr == nil {
				s = r
			}
			return str(s), nil
		}),
	)
	return m, addFrom(t, m, "_path_more")
}

func joined(t *thread, first string, rest value) (value, error) {
	out := []byte(first)
	err := t.Each(rest, func(v value) error {
		p, err := t.FSPath(v)
		if err != nil {
			return err
		}
		if err := t.Grown(len(out)+len(p), len(p)); err != nil {
			return err
		}
		switch {
		case strings.HasPrefix(p, "/"):
			out = out[:0]
		case len(out) > 0 && out[len(out)-1] != '/':
			out = append(out, '/')
		}
		out = append(out, p...)
		return nil
	})
	return str(string(out)), err
}

// Glob is glob.glob without recursion into "**".
func globFiles(pattern string) []value {
	names, _ := filepath.Glob(pattern)
	sort.Strings(names)
	out := make([]value, len(names))
	for i, n := range names {
		out[i] = str(n)
	}
	return out
}
