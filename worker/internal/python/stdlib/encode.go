package stdlib

import (
	"crypto/rand"
	"math/big"

	"gregaria/worker/internal/python"
)

func bytesOf(v value) (string, error) {
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(v).Name())
	}
	return b, nil
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
