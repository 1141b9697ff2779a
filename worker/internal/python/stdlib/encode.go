package stdlib

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"math/big"
	"strings"

	"gregaria/worker/internal/python"
)

func bytesOf(v value) (string, error) {
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(v).Name())
	}
	return b, nil
}

func newBase64(t *thread) (*python.Module, error) {
	bin, err := t.Import("binascii")
	if err != nil {
		return nil, err
	}
	bad := bin.Attrs().GetStr("Error").(*python.Type)
	enc := func(name string, f func([]byte) string) *python.Native {
		return python.Func(name+"(s, altchars=None)", func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			return python.NewBytes([]byte(f([]byte(b)))), err
		})
	}
	dec := func(name string, e *base64.Encoding) *python.Native {
		return python.Func(name+"(s, altchars=None, validate=False)", func(_ *thread, a []value) (value, error) {
			s, ok := python.AsStr(a[0])
			if !ok {
				var err error
				if s, err = bytesOf(a[0]); err != nil {
					return nil, python.Errorf(python.TypeError, "argument should be a bytes-like object or ASCII string, not '%s'", python.TypeOf(a[0]).Name())
				}
			}
			return decode64(s, e, bad)
		})
	}
	return python.NewModule("base64", nil,
		enc("b64encode", base64.StdEncoding.EncodeToString), enc("standard_b64encode", base64.StdEncoding.EncodeToString),
		enc("urlsafe_b64encode", base64.URLEncoding.EncodeToString), enc("b32encode", base32.StdEncoding.EncodeToString),
		enc("b16encode", func(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }),
		dec("b64decode", base64.StdEncoding), dec("standard_b64decode", base64.StdEncoding), dec("urlsafe_b64decode", base64.URLEncoding)), nil
}

func decode64(s string, e *base64.Encoding, bad *python.Type) (value, error) {
	url := e == base64.URLEncoding
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '=':
			return r
		case url && (r == '-' || r == '_'), !url && (r == '+' || r == '/'):
			return r
		}
		return -1
	}, s)
	body := strings.TrimRight(clean, "=")
	if i := strings.IndexByte(body, '='); i >= 0 {
		body = body[:i]
	}
	if len(body)%4 == 1 {
		return nil, python.Errorf(bad, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", len(body))
	}
	if need := (4 - len(body)%4) % 4; len(clean)-len(body) < need {
		return nil, python.Errorf(bad, "Incorrect padding")
	}
	raw, err := e.WithPadding(base64.NoPadding).DecodeString(body)
	if err != nil {
		return nil, python.Errorf(bad, "Incorrect padding")
	}
	return python.NewBytes(raw), nil
}

func newBinascii(*thread) (*python.Module, error) {
	bad := python.NewClass(python.ClassSpec{Name: "Error", Module: "binascii", Bases: []*python.Type{python.ValueError}})
	return python.NewModule("binascii", map[string]value{"Error": bad},
		python.Func("hexlify(data, sep=None)", func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			return python.NewBytes([]byte(hex.EncodeToString([]byte(b)))), err
		}),
		python.Func("unhexlify(data, /)", func(_ *thread, a []value) (value, error) {
			s, ok := python.AsStr(a[0])
			if !ok {
				s, _ = python.AsBytes(a[0])
			}
			b, err := hex.DecodeString(s)
			if err != nil {
				return nil, python.Errorf(bad, "Non-hexadecimal digit found")
			}
			return python.NewBytes(b), nil
		}),
		python.Func("crc32(data, value=0, /)", func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			v, _ := python.AsInt(orNone(a[1]))
			return python.NewInt(int64(crc32.Update(uint32(v), crc32.IEEETable, []byte(b)))), err
		})), nil
}

func newUUID(t *thread) (*python.Module, error) {
	m, err := fromSource("uuid")(t)
	if err != nil {
		return nil, err
	}
	m.Attrs().SetStr("_random", python.Func("_random()", func(*thread, []value) (value, error) {
		var b [16]byte
		_, _ = rand.Read(b[:])
		b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
		return python.NewBig(new(big.Int).SetBytes(b[:])), nil
	}))
	return m, nil
}
