package extra

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// child is a process that Python code has started. Its fields belong to whoever holds the lock of the isolate.
type child struct {
	process *os.Process
	done    chan struct{} // closed when code is set
	code    int           // the exit code, or minus the signal
}

// The streams of a child as subprocess names them.
const (
	inherit = -100
	devNull = -3
	toPipe  = -1
)

// newProcess makes what subprocess and os need to start processes. Whatever waits gives the lock of the isolate away, and ends
// with the user on whose behalf it waits.
func newProcess(*thread) (*python.Module, error) {
	return python.NewModule("_extra_process", nil,
		python.Func("start(args, executable, cwd, env, streams, session, /)", startChild),
		python.Func("wait(child, timeout, /)", func(t *thread, a []value) (value, error) {
			c := a[0].(*python.Instance).Data.(*child)
			timeout := time.Duration(-1)
			if s, ok := python.AsFloat(a[1]); ok {
				timeout = time.Duration(min(max(s, 0), 9e9) * 1e9)
			}
			over, err := stdlib.Wait(t, c.done, timeout)
			if err != nil || !over {
				return python.None, err
			}
			return python.NewInt(int64(c.code)), nil
		}),
		python.Func("pid(child, /)", func(_ *thread, a []value) (value, error) {
			return python.NewInt(int64(a[0].(*python.Instance).Data.(*child).process.Pid)), nil
		}),
		python.Func("read(pipe, size, timeout, /)", readPipe),
		python.Func("readline(pipe, /)", readLine),
		python.Func("write(pipe, data, /)", writePipe),
		python.Func("close(pipe, /)", func(_ *thread, a []value) (value, error) {
			return python.None, a[0].(*python.Instance).Data.(*pipe).close()
		}),
		python.Func("fileno(pipe, /)", func(_ *thread, a []value) (value, error) {
			return python.NewInt(int64(a[0].(*python.Instance).Data.(*pipe).file.Fd())), nil
		}),
	), nil
}

// startChild starts a process; it returns the child and its pipes, None where there is none.
func startChild(t *thread, a []value) (value, error) {
	args, err := texts(t, a[0])
	if err != nil {
		return nil, err
	}
	attr := &os.ProcAttr{Env: os.Environ(), Sys: &syscall.SysProcAttr{Setsid: a[5] == python.True}}
	if attr.Dir, err = pathOrNone(t, a[2]); err != nil {
		return nil, err
	}
	if a[3] != python.None {
		if attr.Env, err = texts(t, a[3]); err != nil {
			return nil, err
		}
	}
	name, err := pathOrNone(t, a[1])
	if err != nil {
		return nil, err
	}
	if name == "" && len(args) > 0 {
		name = args[0]
	}
	path, err := lookUp(name, attr.Env, attr.Dir)
	if err != nil {
		return nil, python.OSException(err, name)
	}
	if attr.Dir != "" {
		if _, err := os.Stat(attr.Dir); err != nil {
			return nil, python.OSException(err, attr.Dir)
		}
	}
	ours, theirs, err := streams(t, a[4])
	defer closeAll(theirs)
	if err != nil {
		closeAll(ours[:])
		return nil, err
	}
	attr.Files = theirs
	process, err := os.StartProcess(path, args, attr)
	if err != nil {
		closeAll(ours[:])
		return nil, python.OSException(err, name)
	}
	c := &child{process: process, done: make(chan struct{})}
	go c.await()
	out := []value{python.NewInstance(python.ObjectType, c)}
	for i, f := range ours {
		if f == nil {
			out = append(out, python.None)
			continue
		}
		out = append(out, python.NewInstance(python.ObjectType, newPipe(f, i > 0)))
	}
	return python.NewTuple(out...), nil
}

// await reaps the child.
func (c *child) await() {
	state, err := c.process.Wait()
	if status, ok := state.Sys().(syscall.WaitStatus); err == nil && ok {
		c.code = status.ExitStatus()
		if status.Signaled() {
			c.code = -int(status.Signal())
		}
	}
	close(c.done)
}

// lookUp finds a program as execvpe does, in the PATH of the child.
func lookUp(name string, env []string, dir string) (string, error) {
	if strings.ContainsRune(name, '/') {
		full := name
		if !filepath.IsAbs(name) && dir != "" {
			full = filepath.Join(dir, name)
		}
		info, err := os.Stat(full)
		switch {
		case err != nil:
			return "", syscall.ENOENT
		case info.IsDir() || info.Mode()&0o111 == 0:
			return "", syscall.EACCES
		}
		return name, nil
	}
	path := "/bin:/usr/bin"
	for _, kv := range env {
		if v, ok := strings.CutPrefix(kv, "PATH="); ok {
			path = v
		}
	}
	for _, folder := range filepath.SplitList(path) {
		if full := filepath.Join(folder, name); name != "" {
			if _, err := exec.LookPath(full); err == nil {
				return full, nil
			}
		}
	}
	return "", syscall.ENOENT
}

// streams makes the standard input, output and error of a child: descriptors, or one of the names above.
func streams(t *thread, v value) (ours [3]*os.File, theirs []*os.File, err error) {
	items, err := t.ToSlice(v)
	if err != nil {
		return ours, nil, err
	}
	for i, item := range items {
		n, _ := python.AsInt(item)
		var f *os.File
		switch n {
		case inherit:
			f, err = duplicate(i)
		case devNull:
			f, err = os.OpenFile(os.DevNull, os.O_RDWR, 0)
		case toPipe:
			var r, w *os.File
			if r, w, err = os.Pipe(); err == nil && i == 0 {
				f, ours[i] = r, w
			} else if err == nil {
				f, ours[i] = w, r
			}
		case -2:
			f, err = duplicate(int(theirs[1].Fd()))
		default:
			f, err = duplicate(int(n))
		}
		if err != nil {
			return ours, theirs, python.OSException(err, "")
		}
		theirs = append(theirs, f)
	}
	return ours, theirs, nil
}

// duplicate makes a file of one's own of a descriptor.
func duplicate(fd int) (*os.File, error) {
	n, err := syscall.Dup(fd)
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(n)
	return os.NewFile(uintptr(n), ""), nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		if f != nil {
			_ = f.Close() // nobody waits for what is in it
		}
	}
}

func texts(t *thread, v value) ([]string, error) {
	var out []string
	err := t.Each(v, func(item value) error {
		s, err := t.FSPath(item)
		if err == nil && strings.ContainsRune(s, 0) {
			err = python.Errorf(python.ValueError, "embedded null byte")
		}
		out = append(out, s)
		return err
	})
	return out, err
}

func pathOrNone(t *thread, v value) (string, error) {
	if v == python.None {
		return "", nil
	}
	return t.FSPath(v)
}
