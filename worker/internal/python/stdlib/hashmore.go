package stdlib

import (
	"crypto/sha3"
	"encoding/hex"

	"gregaria/worker/internal/python"
)

// sponge is the Go state of a hash of any length.
type sponge struct {
	name string
	size int64 // of a block
	data []byte
}

func (s *sponge) sum(n int) []byte {
	h := sha3.NewSHAKE128()
	if s.name == "shake_256" {
		h = sha3.NewSHAKE256()
	}
	out := make([]byte, n)
	_, _ = h.Write(s.data)
	_, _ = h.Read(out)
	return out
}

// addShakes adds shake_128, shake_256 and file_digest to hashlib.
func addShakes(m *python.Module, cls *python.Type) {
	for _, name := range []string{"shake_128", "shake_256"} {
		m.Attrs().SetStr(name, python.Func(name+"(string=b'', *, usedforsecurity=True)", func(_ *thread, a []value) (value, error) { return newShake(cls, name, a[0]) }))
	}
	m.Attrs().SetStr("file_digest", python.Func("file_digest(fileobj, digest, /, *, _bufsize=262144)", func(t *thread, a []value) (value, error) {
		maker := a[1]
		if name, ok := python.AsStr(maker); ok {
			h, err := t.Call(m.Attrs().GetStr("new"), str(name))
			if err != nil {
				return nil, err
			}
			return h, feed(t, h, a[0])
		}
		h, err := t.Call(maker)
		if err != nil {
			return nil, err
		}
		return h, feed(t, h, a[0])
	}))
}

// feed updates a hash with what is left of a binary file.
func feed(t *thread, h, file value) error {
	for {
		part, err := t.CallMethod(file, "read", python.NewInt(1<<18))
		if err != nil {
			return err
		}
		b, ok := python.AsBytes(part)
		if !ok {
			return python.Errorf(python.ValueError, "'%s' is not a file-like object in binary reading mode.", python.TypeOf(file).Name())
		}
		if b == "" {
			return nil
		}
		if _, err := t.CallMethod(h, "update", part); err != nil {
			return err
		}
	}
}

func newShake(cls *python.Type, name string, data value) (value, error) {
	s := &sponge{name: name, size: 168}
	if name == "shake_256" {
		s.size = 136
	}
	if given(data) {
		b, err := hashable(data)
		if err != nil {
			return nil, err
		}
		s.data = []byte(b)
	}
	return python.NewInstance(cls, s), nil
}

func shakeClass() *python.Type {
	get := func(v value) *sponge { return v.(*python.Instance).Data.(*sponge) }
	attr := func(f func(s *sponge) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return f(get(self)), nil })
	}
	sum := func(name string, as func(b []byte) value) *python.Native {
		return python.Func(name+"(self, length)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[1])
			if err != nil {
				return nil, err
			}
			if n < 0 || n >= 1<<29 {
				return nil, python.Errorf(python.ValueError, "value must be positive")
			}
			return as(get(a[0]).sum(int(n))), t.Grown(int(n), int(n))
		})
	}
	return python.NewClass(python.ClassSpec{
		Name: "HASHXOF", Module: "_hashlib",
		Methods: []*python.Native{
			sum("digest", func(b []byte) value { return python.NewBytes(b) }),
			sum("hexdigest", func(b []byte) value { return str(hex.EncodeToString(b)) }),
			python.Func("update(self, data, /)", func(t *thread, a []value) (value, error) {
				b, err := hashable(a[1])
				s := get(a[0])
				s.data = append(s.data, b...)
				if err == nil {
					err = t.Grown(len(s.data), len(b))
				}
				return python.None, err
			}),
			python.Func("copy(self)", func(_ *thread, a []value) (value, error) {
				s := *get(a[0])
				s.data = append([]byte(nil), s.data...)
				return python.NewInstance(python.TypeOf(a[0]), &s), nil
			}),
		},
		Attrs: map[string]value{
			"name": attr(func(s *sponge) value { return str(s.name) }), "block_size": attr(func(s *sponge) value { return python.NewInt(s.size) }),
			"digest_size": attr(func(*sponge) value { return python.NewInt(0) }),
		},
	})
}
