package stdlib

import (
	"io"
	"slices"

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

// memoryOf returns the memory of a BytesIO or StringIO.
func memoryOf(v value) *memory {
	return v.(*python.Instance).Attrs().GetStr("_memory").(*python.Instance).Data.(*memory)
}

// memoryClass makes io.BytesIO or io.StringIO.
func memoryClass(name, mode string) *python.Type {
	bytes := mode == "w+b"
	content := func(m *memory) value {
		if bytes {
			return python.NewBytes(slices.Clone(m.b))
		}
		return str(string(m.b))
	}
	fill := "__init__(self, initial_value='', newline=None)"
	if bytes {
		fill = "__init__(self, initial_bytes=b'')"
	}
	getvalue := func(_ *thread, a []value) (value, error) { return content(memoryOf(a[0])), nil }
	return python.NewClass(python.ClassSpec{
		Name: name, Module: "_io", Bases: []*python.Type{python.TypeOf(python.NewFile(&memory{}, mode, "utf-8", "strict"))},
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			m := &memory{}
			i := python.NewInstance(cls, python.NewFile(m, mode, "utf-8", "strict").Data)
			i.Attrs().SetStr("_memory", python.NewInstance(python.ObjectType, m))
			return i, nil
		},
		Methods: []*python.Native{
			python.Func(fill, func(_ *thread, a []value) (value, error) {
				if !given(a[1]) {
					return python.None, nil
				}
				s, ok := python.AsStr(a[1])
				if bytes {
					if s, ok = python.AsBytes(a[1]); !ok {
						return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(a[1]).Name())
					}
				}
				if !ok {
					return nil, python.Errorf(python.TypeError, "initial_value must be str or None, not %s", python.TypeOf(a[1]).Name())
				}
				memoryOf(a[0]).b = []byte(s)
				return python.None, nil
			}),
			python.Func("getvalue(self)", getvalue), python.Func("getbuffer(self)", getvalue),
		},
	})
}

func newIO(t *thread) (*python.Module, error) {
	unsupported := python.NewClass(python.ClassSpec{Name: "UnsupportedOperation", Module: "io", Bases: []*python.Type{python.OSError, python.ValueError}})
	return python.NewModule("io", map[string]value{
		"BytesIO": memoryClass("BytesIO", "w+b"), "StringIO": memoryClass("StringIO", "w+"), "open": t.Isolate().Builtins().GetStr("open"),
		"SEEK_SET": python.NewInt(0), "SEEK_CUR": python.NewInt(1), "SEEK_END": python.NewInt(2), "UnsupportedOperation": unsupported,
		"DEFAULT_BUFFER_SIZE": python.NewInt(8192), "BlockingIOError": python.BlockingIOError,
	}), nil
}
