package stdlib

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"gregaria/worker/internal/python"
)

// newOSGo makes what os, os.path and shutil in Python need of the operating system: each function takes paths and returns
// plain values. Errors become the OSError that CPython raises.
func newOSGo(*thread) (*python.Module, error) {
	return python.NewModule("_os_go", nil, slices.Concat(osStat(), osModes(), osLinks(), osProcess())...), nil
}

// onPath makes a function of a path.
func onPath(sig string, f func(name string, a []value) (value, error)) *python.Native {
	return python.Func(sig, func(t *thread, a []value) (value, error) {
		name, err := t.FSPath(a[0])
		if err != nil {
			return nil, err
		}
		v, err := f(name, a)
		if err != nil {
			return nil, python.OSException(err, name)
		}
		return v, nil
	})
}

// onPaths makes a function of two paths.
func onPaths(sig string, f func(from, to string) error) *python.Native {
	return python.Func(sig, func(t *thread, a []value) (value, error) {
		from, err := t.FSPath(a[0])
		if err != nil {
			return nil, err
		}
		to, err := t.FSPath(a[1])
		if err != nil {
			return nil, err
		}
		if err := f(from, to); err != nil {
			e := python.AsException(python.OSException(err, from))
			e.Attrs().SetStr("filename2", str(to))
			return nil, e
		}
		return python.None, nil
	})
}

func osStat() []*python.Native {
	return []*python.Native{
		onPath("stat(path, follow)", func(name string, a []value) (value, error) {
			var st syscall.Stat_t
			call := syscall.Lstat
			if a[1] == python.True {
				call = syscall.Stat
			}
			if err := call(name, &st); err != nil {
				return nil, err
			}
			return statTuple(&st), nil
		}),
		onPath("scan(path)", func(name string, _ []value) (value, error) {
			es, err := os.ReadDir(name)
			if err != nil {
				return nil, err
			}
			out := python.NewList()
			for _, e := range es {
				out.Append(python.NewTuple(str(e.Name()), python.NewBool(e.IsDir()), python.NewBool(e.Type()&os.ModeSymlink != 0)))
			}
			return out, nil
		}),
	}
}

func osModes() []*python.Native {
	return []*python.Native{
		onPath("chmod(path, mode)", func(name string, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			return python.None, syscall.Chmod(name, uint32(n))
		}),
		onPath("mkdir(path, mode)", func(name string, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			return python.None, syscall.Mkdir(name, uint32(n))
		}),
		onPath("utime(path, atime, mtime)", func(name string, a []value) (value, error) {
			at, _ := python.AsInt(a[1])
			mt, _ := python.AsInt(a[2])
			return python.None, os.Chtimes(name, time.Unix(0, at), time.Unix(0, mt))
		}),
		onPath("truncate(path, length)", func(name string, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			return python.None, syscall.Truncate(name, n)
		}),
		onPath("access(path, mode)", func(name string, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			return python.NewBool(syscall.Access(name, uint32(n)) == nil), nil
		}),
		onPath("chown(path, uid, gid)", func(name string, a []value) (value, error) {
			uid, _ := python.AsInt(a[1])
			gid, _ := python.AsInt(a[2])
			return python.None, os.Chown(name, int(uid), int(gid))
		}),
		onPath("statfs(path)", func(name string, _ []value) (value, error) {
			var st syscall.Statfs_t
			if err := syscall.Statfs(name, &st); err != nil {
				return nil, err
			}
			size := uint64(st.Bsize)
			return ints(int64(st.Blocks*size), int64((st.Blocks-st.Bfree)*size), int64(st.Bavail*size)), nil
		}),
		onPath("create(path)", func(name string, _ []value) (value, error) {
			f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
			if err != nil {
				return nil, err
			}
			return python.None, f.Close()
		}),
	}
}

// statTuple has the ten fields of os.stat_result, then the three times in nanoseconds, then blksize, blocks and rdev.
func statTuple(st *syscall.Stat_t) value {
	return ints(int64(st.Mode), int64(st.Ino), int64(st.Dev), int64(st.Nlink), int64(st.Uid), int64(st.Gid), st.Size,
		//nolint:unconvert // Blksize is an int32 on arm64
		st.Atim.Sec, st.Mtim.Sec, st.Ctim.Sec, st.Atim.Nano(), st.Mtim.Nano(), st.Ctim.Nano(), int64(st.Blksize), st.Blocks, int64(st.Rdev))
}

func ints(ns ...int64) value {
	out := make([]value, len(ns))
	for i, n := range ns {
		out[i] = python.NewInt(n)
	}
	return python.NewTuple(out...)
}

func osLinks() []*python.Native {
	return []*python.Native{
		onPaths("rename(src, dst)", syscall.Rename),
		onPaths("symlink(src, dst)", os.Symlink),
		onPaths("link(src, dst)", os.Link),
		onPath("readlink(path)", func(name string, _ []value) (value, error) {
			s, err := os.Readlink(name)
			return str(s), err
		}),
		onPath("unlink(path)", func(name string, _ []value) (value, error) { return python.None, syscall.Unlink(name) }),
		onPath("rmdir(path)", func(name string, _ []value) (value, error) { return python.None, syscall.Rmdir(name) }),
	}
}

func osProcess() []*python.Native {
	number := func(name string, f func() int) *python.Native {
		return python.Func(name+"()", func(*thread, []value) (value, error) { return python.NewInt(int64(f())), nil })
	}
	return []*python.Native{
		number("getuid", os.Getuid), number("getgid", os.Getgid), number("geteuid", os.Geteuid), number("getegid", os.Getegid),
		number("cpus", runtime.NumCPU), number("getpgrp", syscall.Getpgrp),
		python.Func("kill(pid, signal, /)", func(t *thread, a []value) (value, error) {
			pid, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			sig, err := t.Index(a[1])
			if err != nil {
				return nil, err
			}
			if err := syscall.Kill(int(pid), syscall.Signal(sig)); err != nil {
				return nil, python.OSException(err, "")
			}
			return python.None, nil
		}),
		python.Func("umask(mask, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			return python.NewInt(int64(syscall.Umask(int(n)))), nil
		}),
		python.Func("strerror(code, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			text := syscall.Errno(n).Error()
			return str(strings.ToUpper(text[:1]) + text[1:]), nil
		}),
		python.Func("uname()", func(*thread, []value) (value, error) { return unameTuple() }),
		python.Func("loadavg()", func(*thread, []value) (value, error) {
			var s syscall.Sysinfo_t
			if err := syscall.Sysinfo(&s); err != nil {
				return nil, python.OSException(err, "")
			}
			f := func(i int) value { return python.Float(float64(s.Loads[i]) / 65536) }
			return python.NewTuple(f(0), f(1), f(2)), nil
		}),
		python.Func("times()", func(*thread, []value) (value, error) {
			var self, kids syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &self); err != nil {
				return nil, python.OSException(err, "")
			}
			if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &kids); err != nil {
				return nil, python.OSException(err, "")
			}
			f := func(v syscall.Timeval) value { return python.Float(float64(v.Nano()) / 1e9) }
			return python.NewTuple(f(self.Utime), f(self.Stime), f(kids.Utime), f(kids.Stime)), nil
		}),
	}
}

func unameTuple() (value, error) {
	var u syscall.Utsname
	if err := syscall.Uname(&u); err != nil {
		return nil, python.OSException(err, "")
	}
	text := func(f [65]int8) value {
		var b []byte
		for _, c := range f {
			if c == 0 {
				break
			}
			b = append(b, byte(c))
		}
		return str(string(b))
	}
	return python.NewTuple(text(u.Sysname), text(u.Nodename), text(u.Release), text(u.Version), text(u.Machine)), nil
}
