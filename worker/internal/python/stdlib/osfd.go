package stdlib

import (
	"os"

	"golang.org/x/sys/unix"

	"gregaria/worker/internal/python"
)

// descriptors are the functions of os that work on file descriptors.
func descriptors() []*python.Native { //nolint:funlen,gocognit // a table of short functions
	number := func(t *thread, v value) (int, error) {
		n, err := t.Index(v)
		return int(n), err
	}
	return []*python.Native{
		python.Func("open(path, flags, mode=511, *, dir_fd=None)", func(t *thread, a []value) (value, error) {
			name, err := t.FSPath(a[0])
			if err != nil {
				return nil, err
			}
			flags, err := number(t, a[1])
			if err != nil {
				return nil, err
			}
			mode := uint32(0o777)
			if a[2] != nil {
				n, err := number(t, a[2])
				if err != nil {
					return nil, err
				}
				mode = uint32(n)
			}
			fd, err := unix.Open(name, flags|unix.O_CLOEXEC, mode)
			if err != nil {
				return nil, python.OSException(err, name)
			}
			return python.NewInt(int64(fd)), nil
		}),
		python.Func("close(fd)", func(t *thread, a []value) (value, error) {
			fd, err := number(t, a[0])
			if err != nil {
				return nil, err
			}
			if err := unix.Close(fd); err != nil {
				return nil, python.OSException(err, "")
			}
			return python.None, nil
		}),
		python.Func("read(fd, length, /)", func(t *thread, a []value) (value, error) {
			fd, err := number(t, a[0])
			if err != nil {
				return nil, err
			}
			n, err := number(t, a[1])
			if err != nil {
				return nil, err
			}
			if err := t.Grown(n, n); err != nil {
				return nil, err
			}
			b := make([]byte, max(n, 0))
			k, err := unix.Read(fd, b)
			if err != nil {
				return nil, python.OSException(err, "")
			}
			return python.NewBytes(b[:k]), nil
		}),
		python.Func("write(fd, data, /)", func(t *thread, a []value) (value, error) {
			fd, err := number(t, a[0])
			if err != nil {
				return nil, err
			}
			b, err := bytesOf(a[1])
			if err != nil {
				return nil, err
			}
			k, err := unix.Write(fd, []byte(b))
			if err != nil {
				return nil, python.OSException(err, "")
			}
			return python.NewInt(int64(k)), nil
		}),
		python.Func("fdopen(fd, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", func(t *thread, a []value) (value, error) {
			fd, err := number(t, a[0])
			if err != nil {
				return nil, err
			}
			if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
				return nil, python.OSException(err, "")
			}
			return python.NewFile(os.NewFile(uintptr(fd), ""), textOr(a[1], "r"), textOr(a[3], "utf-8"), textOr(a[4], "strict")), nil
		}),
	}
}
