package stdlib

import (
	"io"

	"gregaria/worker/internal/python"
)

// maxFile is how large a file in memory may get.
const maxFile = 256 << 20

// memory is a file in memory.
type memory struct {
	b   []byte
	pos int64
}

func (m *memory) Read(p []byte) (int, error) {
	if m.pos >= int64(len(m.b)) {
		return 0, io.EOF
	}
	n := copy(p, m.b[m.pos:])
	m.pos += int64(n)
	return n, nil
}

func (m *memory) Write(p []byte) (int, error) {
	if end := m.pos + int64(len(p)); end > int64(len(m.b)) {
		if end > maxFile {
			return 0, python.NewException(python.MemoryError)
		}
		m.b = append(m.b, make([]byte, end-int64(len(m.b)))...)
	}
	n := copy(m.b[m.pos:], p)
	m.pos += int64(n)
	return n, nil
}

func (m *memory) Seek(off int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		off += m.pos
	case io.SeekEnd:
		off += int64(len(m.b))
	}
	m.pos = max(off, 0)
	return m.pos, nil
}

func (m *memory) Truncate(n int64) error {
	m.b = m.b[:min(n, int64(len(m.b)))]
	return nil
}

func (*memory) Close() error { return nil }

func newIO(t *thread) (*python.Module, error) {
	mk := func(name, mode string) *python.Type {
		base := python.TypeOf(python.NewFile(&memory{}, mode, "utf-8", "strict"))
		return python.NewClass(python.ClassSpec{
			Name: name, Module: "_io", Bases: []*python.Type{base},
			New: func(_ *thread, cls *python.Type, args python.Args) (value, error) {
				m := &memory{}
				if len(args.Pos) > 0 && given(args.Pos[0]) {
					s, ok := python.AsStr(args.Pos[0])
					if mode == "w+b" {
						s, ok = python.AsBytes(args.Pos[0])
					}
					if !ok {
						return nil, python.Errorf(python.TypeError, "initial_value must be str or None, not %s", python.TypeOf(args.Pos[0]).Name())
					}
					m.b = []byte(s)
				}
				f := python.NewFile(m, mode, "utf-8", "strict")
				i := python.NewInstance(cls, f.Data)
				i.Attrs().SetStr("_memory", python.NewInstance(python.ObjectType, m))
				return i, nil
			},
			Methods: []*python.Native{python.Func("getvalue(self)", func(_ *thread, a []value) (value, error) {
				m := a[0].(*python.Instance).Attrs().GetStr("_memory").(*python.Instance).Data.(*memory)
				if mode == "w+b" {
					return python.NewBytes(m.b), nil
				}
				return str(string(m.b)), nil
			}), python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil })},
		})
	}
	return python.NewModule("io", map[string]value{
		"BytesIO": mk("BytesIO", "w+b"), "StringIO": mk("StringIO", "w+"), "open": t.Isolate().Builtins().GetStr("open"),
		"SEEK_SET": python.NewInt(0), "SEEK_CUR": python.NewInt(1), "SEEK_END": python.NewInt(2), "UnsupportedOperation": python.OSError,
	}), nil
}
