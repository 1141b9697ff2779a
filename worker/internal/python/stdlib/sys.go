package stdlib

import (
	"io"
	"os"
	"unsafe"

	"gregaria/worker/internal/python"
)

// stream is sys.stdout or sys.stderr.
func stream(name string, w io.Writer) value {
	cls := python.NewClass(python.ClassSpec{Name: "TextIOWrapper", Module: "_io", Methods: []*python.Native{
		python.Func("write(self, s, /)", func(_ *thread, a []value) (value, error) {
			s, ok := python.AsStr(a[1])
			if !ok {
				return nil, python.Errorf(python.TypeError, "write() argument must be str, not %s", python.TypeOf(a[1]).Name())
			}
			if _, err := io.WriteString(w, s); err != nil {
				return nil, python.OSException(err, "")
			}
			return python.NewInt(int64(len([]rune(s)))), nil
		}),
		python.Func("flush(self)", func(*thread, []value) (value, error) { return python.None, nil }),
		python.Func("isatty(self)", func(*thread, []value) (value, error) { return python.False, nil }),
	}})
	i := python.NewInstance(cls, nil)
	i.Attrs().SetStr("name", str("<"+name+">"))
	i.Attrs().SetStr("encoding", str("utf-8"))
	return i
}

func newSys(t *thread) (*python.Module, error) {
	opts := t.Isolate().Options()
	argv := python.NewList()
	for _, a := range opts.Args {
		argv.Append(str(a))
	}
	m := python.NewModule("sys", map[string]value{
		"argv": argv, "path": python.NewList(), "modules": t.Isolate().Modules(), "platform": str("linux"), "version": str("3.11.7 (gregaria)"),
		"version_info": python.NewTuple(python.NewInt(3), python.NewInt(11), python.NewInt(7), str("final"), python.NewInt(0)),
		"stdout":       stream("stdout", opts.Stdout), "stderr": stream("stderr", opts.Stderr), "maxsize": python.NewInt(1<<63 - 1), "executable": str("gregaria"),
		"byteorder": str("little"), "stdin": stdin(),
	},
		python.Func("exit(status=None, /)", func(_ *thread, a []value) (value, error) {
			if a[0] == nil {
				return nil, python.NewException(python.SystemExit)
			}
			return nil, python.NewException(python.SystemExit, a[0])
		}),
		python.Func("exc_info()", func(t *thread, _ []value) (value, error) {
			e := t.Handling()
			if e == nil {
				return python.NewTuple(python.None, python.None, python.None), nil
			}
			tb, err := t.GetAttr(e, "__traceback__")
			return python.NewTuple(e.Class(), e, tb), err
		}),
		python.Func("_getframe(depth=0, /)", func(t *thread, a []value) (value, error) {
			n, _ := python.AsInt(orNone(a[0]))
			f := t.CallStack()
			for ; n > 0 && f != python.None; n-- {
				f, _ = t.GetAttr(f, "f_back")
			}
			if f == python.None {
				return nil, python.Errorf(python.ValueError, "call stack is not deep enough")
			}
			return f, nil
		}),
		python.Func("getrecursionlimit()", func(*thread, []value) (value, error) { return python.NewInt(python.RecursionLimit), nil }),
		python.Func("setrecursionlimit(n)", func(*thread, []value) (value, error) { return python.None, nil }),
		python.Func("getsizeof(obj)", func(_ *thread, a []value) (value, error) { return python.NewInt(int64(unsafe.Sizeof(a[0]))), nil }),
		python.Func("getdefaultencoding()", func(*thread, []value) (value, error) { return str("utf-8"), nil }),
		python.Func("intern(s)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("exception()", func(t *thread, _ []value) (value, error) {
			if e := t.Handling(); e != nil {
				return e, nil //nolint:nilerr // the exception is the result
			}
			return python.None, nil
		}),
	)
	more, err := fromSource("_sys_more")(t)
	if err != nil {
		return nil, err
	}
	more.Attrs().All(func(k, v value) bool {
		if name, ok := python.AsStr(k); ok && name[0] != '_' {
			m.Attrs().SetStr(name, v)
		}
		return true
	})
	return m, nil
}

// stdin is sys.stdin: the standard input of a worker belongs to nobody, and is at its end.
func stdin() value {
	return python.NewFile(nothing{}, "r", "utf-8", "strict")
}

// nothing is an empty file.
type nothing struct{}

func (nothing) Read([]byte) (int, error)       { return 0, io.EOF }
func (nothing) Write([]byte) (int, error)      { return 0, os.ErrInvalid }
func (nothing) Seek(int64, int) (int64, error) { return 0, nil }
func (nothing) Truncate(int64) error           { return os.ErrInvalid }
func (nothing) Close() error                   { return nil }
