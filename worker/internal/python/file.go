package python

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
)

// fileState is an open file behind a Python file object.
type fileState struct {
	f        File
	name     Value
	mode     string
	text     bool
	encoding string
	errors   string
	raw      bool // newline="": no translation
	buf      []byte
	eof      bool
	closed   bool
}

func openFile(t *Thread, a []Value) (Value, error) {
	name, err := t.FSPath(a[0])
	if err != nil {
		return nil, err
	}
	mode := orStr(a[1], "r")
	flag, err := openFlag(mode)
	if err != nil {
		return nil, err
	}
	open := t.iso.opts.Open
	if open == nil {
		open = func(name string, flag int, perm os.FileMode) (File, error) { return os.OpenFile(name, flag, perm) }
	}
	var f File
	var oerr error
	if err := t.Blocking(func() {
		f, oerr = open(name, flag, 0o666)
		if of, ok := f.(*os.File); ok && oerr == nil {
			if st, serr := of.Stat(); serr == nil && st.IsDir() {
				oerr = errors.Join(of.Close(), syscall.EISDIR)
			}
		}
	}); err != nil {
		return nil, err
	}
	if oerr != nil {
		return nil, OSException(oerr, name)
	}
	v := NewFile(f, mode, orStr(a[3], "utf-8"), orStr(a[4], "strict"))
	st := v.Data.(*fileState)
	st.name = a[0]
	if nl, ok := a[5].(*Str); ok && nl.s != "\n" {
		st.raw = true
	}
	return v, nil
}

func openFlag(mode string) (int, error) {
	kinds := 0
	flag := 0
	for _, c := range mode {
		switch c {
		case 'r':
			kinds++
		case 'w':
			kinds++
			flag |= os.O_CREATE | os.O_TRUNC | os.O_WRONLY
		case 'a':
			kinds++
			flag |= os.O_CREATE | os.O_APPEND | os.O_WRONLY
		case 'x':
			kinds++
			flag |= os.O_CREATE | os.O_EXCL | os.O_WRONLY
		case 'b', 't', '+':
		default:
			return 0, Errorf(ValueError, "invalid mode: '%s'", mode)
		}
	}
	if kinds != 1 {
		return 0, Errorf(ValueError, "must have exactly one of create/read/write/append mode")
	}
	if strings.Contains(mode, "+") {
		flag = flag&^os.O_WRONLY | os.O_RDWR
	}
	return flag, nil
}

// FSPath is os.fspath(v) as text.
func (t *Thread) FSPath(v Value) (string, error) {
	if s, ok := AsStr(v); ok {
		return s, nil
	}
	if b, ok := AsBytes(v); ok {
		return b, nil
	}
	if m := v.typ().lookup("__fspath__"); m != nil {
		r, err := t.call(m, []Value{v}, nil)
		if err != nil {
			return "", err
		}
		return t.FSPath(r)
	}
	return "", Errorf(TypeError, "expected str, bytes or os.PathLike object, not %s", v.typ().name)
}

// NewFile makes a Python file object around a Go file. Without "b" in the mode it is a text file.
func NewFile(f File, mode, encoding, errs string) *Instance {
	st := &fileState{f: f, mode: mode, text: !strings.Contains(mode, "b"), encoding: encoding, errors: errs, name: None}
	cls := textFileType
	if !st.text {
		cls = binaryFileType
	}
	return NewInstance(cls, st)
}

func (st *fileState) fill(t *Thread, n int) error {
	for !st.eof && (n < 0 || len(st.buf) < n) {
		chunk := make([]byte, 64<<10)
		var k int
		var err error
		if berr := t.Blocking(func() { k, err = st.f.Read(chunk) }); berr != nil {
			return berr
		}
		st.buf = append(st.buf, chunk[:k]...)
		if errors.Is(err, io.EOF) {
			st.eof = true
		} else if err != nil {
			return OSException(err, "")
		}
		if err := t.grown(len(st.buf), k); err != nil {
			return err
		}
	}
	return nil
}

// line reads up to and including the next line end.
func (st *fileState) line(t *Thread) (string, error) {
	for from := 0; ; {
		n := st.lineEnd(from)
		if n == 0 && st.eof {
			n = len(st.buf)
		}
		if n > 0 || st.eof {
			s := string(st.buf[:n])
			st.buf = st.buf[n:]
			return s, nil
		}
		from = max(len(st.buf)-1, 0)
		if err := st.fill(t, len(st.buf)+1); err != nil {
			return "", err
		}
	}
}

// lineEnd returns where the line ends in the buffer, 0 if that cannot be said yet. In text with universal newlines a
// carriage return ends a line too.
func (st *fileState) lineEnd(from int) int {
	rest := st.buf[from:]
	i := bytes.IndexByte(rest, '\n')
	if st.text && !st.raw {
		r := bytes.IndexByte(rest, '\r')
		alone := r >= 0 && (i < 0 || r < i-1)
		if alone && (r+1 < len(rest) || st.eof) {
			return from + r + 1
		}
	}
	if i < 0 {
		return 0
	}
	return from + i + 1
}

func (st *fileState) value(s string) (Value, error) {
	if !st.text {
		return &Bytes{s}, nil
	}
	s, err := Decode(s, st.encoding, st.errors)
	if !st.raw {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return NewStr(s), err
}

func (st *fileState) write(t *Thread, v Value) (Value, error) {
	var s string
	var n int
	if st.text {
		x, ok := unwrap(v).(*Str)
		if !ok {
			return nil, Errorf(TypeError, "write() argument must be str, not %s", clinicName(v))
		}
		var err error
		if s, err = encodeStr(x, st.encoding, st.errors); err != nil {
			return nil, err
		}
		n = x.length()
	} else {
		x, ok := AsBytes(v)
		if !ok {
			return nil, Errorf(TypeError, "a bytes-like object is required, not '%s'", v.typ().name)
		}
		s, n = x, len(x)
	}
	if strings.HasPrefix(st.mode, "r") && !strings.Contains(st.mode, "+") {
		return nil, Errorf(ValueError, "not writable")
	}
	if len(st.buf) > 0 {
		if _, err := st.f.Seek(-int64(len(st.buf)), io.SeekCurrent); err != nil {
			return nil, OSException(err, "")
		}
		st.buf, st.eof = nil, false
	}
	var werr error
	if err := t.Blocking(func() { _, werr = io.WriteString(st.f, s) }); err != nil {
		return nil, err
	}
	if werr != nil {
		return nil, OSException(werr, "")
	}
	return NewInt(int64(n)), nil
}

func (st *fileState) read(t *Thread, limit Value) (Value, error) {
	n := -1
	if limit != nil && limit != None {
		k, err := t.index(limit)
		if err != nil {
			return nil, err
		}
		n = int(k)
	}
	if n < 0 || st.text {
		if err := st.fill(t, -1); err != nil {
			return nil, err
		}
	} else if err := st.fill(t, n); err != nil {
		return nil, err
	}
	if n < 0 || n > len(st.buf) {
		n = len(st.buf)
	} else if st.text {
		n = NewStr(string(st.buf)).byteOffset(min(n, countRunes(string(st.buf))))
	}
	s := string(st.buf[:n])
	st.buf = st.buf[n:]
	return st.value(s)
}

func fileMethods() []*Native { //nolint:funlen // a table of short functions
	fn := func(sig string, f func(t *Thread, st *fileState, a []Value) (Value, error)) *Native {
		return Func(sig, func(t *Thread, a []Value) (Value, error) {
			st := a[0].(*Instance).Data.(*fileState)
			if st.closed {
				return nil, Errorf(ValueError, "I/O operation on closed file.")
			}
			return f(t, st, a)
		})
	}
	return append([]*Native{
		fn("read(self, size=-1, /)", func(t *Thread, st *fileState, a []Value) (Value, error) { return st.read(t, a[1]) }),
		fn("readline(self, size=-1, /)", func(t *Thread, st *fileState, _ []Value) (Value, error) {
			s, err := st.line(t)
			if err != nil {
				return nil, err
			}
			return st.value(s)
		}),
		fn("readlines(self, hint=-1, /)", func(t *Thread, _ *fileState, a []Value) (Value, error) {
			items, err := t.ToSlice(a[0])
			return &List{items}, err
		}),
		fn("write(self, data, /)", func(t *Thread, st *fileState, a []Value) (Value, error) { return st.write(t, a[1]) }),
		fn("writelines(self, lines, /)", func(t *Thread, st *fileState, a []Value) (Value, error) {
			return None, t.Each(a[1], func(v Value) error {
				_, err := st.write(t, v)
				return err
			})
		}),
		fn("seek(self, offset, whence=0, /)", func(t *Thread, st *fileState, a []Value) (Value, error) {
			off, err := t.index(a[1])
			if err != nil {
				return nil, err
			}
			whence := int64(0)
			if a[2] != nil {
				whence, _ = AsInt(a[2])
			}
			if whence == 1 {
				off -= int64(len(st.buf))
			}
			n, serr := st.f.Seek(off, int(whence))
			if serr != nil {
				return nil, OSException(serr, "")
			}
			st.buf, st.eof = nil, false
			return NewInt(n), nil
		}),
		fn("tell(self, /)", func(_ *Thread, st *fileState, _ []Value) (Value, error) {
			n, err := st.f.Seek(0, io.SeekCurrent)
			if err != nil {
				return nil, OSException(err, "")
			}
			return NewInt(n - int64(len(st.buf))), nil
		}),
		fn("truncate(self, size=None, /)", func(_ *Thread, st *fileState, a []Value) (Value, error) {
			n, ok := AsInt(orNone(a[1]))
			if !ok {
				n, _ = st.f.Seek(0, io.SeekCurrent)
				n -= int64(len(st.buf))
			}
			if err := st.f.Truncate(n); err != nil {
				return nil, OSException(err, "")
			}
			return NewInt(n), nil
		}),
	}, fileLife(fn)...)
}

func fileLife(fn func(sig string, f func(t *Thread, st *fileState, a []Value) (Value, error)) *Native) []*Native {
	yes := func(_ *Thread, _ *fileState, _ []Value) (Value, error) { return True, nil }
	closeIt := func(_ *Thread, a []Value) (Value, error) {
		st := a[0].(*Instance).Data.(*fileState)
		if st.closed {
			return None, nil
		}
		st.closed = true
		if err := st.f.Close(); err != nil {
			return nil, OSException(err, "")
		}
		return None, nil
	}
	return []*Native{
		fn("flush(self, /)", func(*Thread, *fileState, []Value) (Value, error) { return None, nil }),
		fn("fileno(self, /)", func(_ *Thread, st *fileState, _ []Value) (Value, error) {
			if f, ok := st.f.(*os.File); ok {
				return NewInt(int64(f.Fd())), nil
			}
			return nil, Errorf(OSError, "fileno")
		}),
		fn("readable(self, /)", yes), fn("writable(self, /)", yes), fn("seekable(self, /)", yes),
		fn("isatty(self, /)", func(*Thread, *fileState, []Value) (Value, error) { return False, nil }),
		Func("close(self, /)", closeIt),
		fn("__enter__(self, /)", func(_ *Thread, _ *fileState, a []Value) (Value, error) { return a[0], nil }),
		Func("__exit__(self, typ=None, val=None, tb=None, /)", closeIt),
		fn("__iter__(self, /)", func(_ *Thread, _ *fileState, a []Value) (Value, error) { return a[0], nil }),
		fn("__next__(self, /)", func(t *Thread, st *fileState, _ []Value) (Value, error) {
			s, err := st.line(t)
			if err != nil {
				return nil, err
			}
			if s == "" {
				return nil, NewException(StopIteration)
			}
			return st.value(s)
		}),
	}
}

// fillFile adds the attributes of files.
func fillFile() {
	attr := func(f func(st *fileState) Value) Value {
		return Property(func(_ *Thread, self Value) (Value, error) { return f(self.(*Instance).Data.(*fileState)), nil })
	}
	for _, c := range []*Type{textFileType, binaryFileType} {
		c.dict.SetStr("closed", attr(func(st *fileState) Value { return NewBool(st.closed) }))
		c.dict.SetStr("name", attr(func(st *fileState) Value { return st.name }))
		c.dict.SetStr("mode", attr(func(st *fileState) Value { return NewStr(st.mode) }))
		c.dict.SetStr("encoding", attr(func(st *fileState) Value { return NewStr(st.encoding) }))
	}
}
