package stdlib

import (
	"crypto/md5" //nolint:gosec // hashlib has it
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // hashlib has it
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"slices"
	"strings"

	"gregaria/worker/internal/python"
)

// digest is the Go state of a hash object.
type digest struct {
	hash.Hash
	name string
}

func hashes() map[string]func() hash.Hash {
	return map[string]func() hash.Hash{
		"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
		"sha3_224": func() hash.Hash { return sha3.New224() }, "sha3_256": func() hash.Hash { return sha3.New256() },
		"sha3_384": func() hash.Hash { return sha3.New384() }, "sha3_512": func() hash.Hash { return sha3.New512() },
	}
}

func newHashlib(*thread) (*python.Module, error) {
	cls, shake := hashClass(), shakeClass()
	makers := hashes()
	mk := func(name string, data value) (value, error) {
		if n := strings.ToLower(name); n == "shake_128" || n == "shake_256" {
			return newShake(shake, n, data)
		}
		f := makers[strings.ReplaceAll(strings.ToLower(name), "-", "_")]
		if f == nil {
			return nil, python.Errorf(python.ValueError, "unsupported hash type %s", name)
		}
		d := &digest{f(), strings.ToLower(name)}
		if given(data) {
			b, err := hashable(data)
			if err != nil {
				return nil, err
			}
			_, _ = d.Write([]byte(b))
		}
		return python.NewInstance(cls, d), nil
	}
	m := python.NewModule("hashlib", nil,
		python.Func("new(name, data=b'', *, usedforsecurity=True)", func(_ *thread, a []value) (value, error) { return mk(textOr(a[0], ""), a[1]) }),
		python.Func("pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)", func(t *thread, a []value) (value, error) {
			return pbkdf2Of(t, makers[textOr(a[0], "")], a)
		}))
	all := python.NewSet()
	for name := range makers {
		_ = all.Add(nil, str(name)) // text is hashed without a thread
		m.Attrs().SetStr(name, python.Func(name+"(string=b'', *, usedforsecurity=True)", func(_ *thread, a []value) (value, error) { return mk(name, a[0]) }))
	}
	addShakes(m, shake)
	_ = all.Add(nil, str("shake_128"))
	_ = all.Add(nil, str("shake_256"))
	m.Attrs().SetStr("algorithms_available", all)
	m.Attrs().SetStr("algorithms_guaranteed", all)
	return m, nil
}

// hashable returns the bytes of what a hash is fed with.
func hashable(v value) (string, error) {
	if _, ok := python.AsStr(v); ok {
		return "", python.Errorf(python.TypeError, "Strings must be encoded before hashing")
	}
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "object supporting the buffer API required")
	}
	return b, nil
}

func pbkdf2Of(t *thread, f func() hash.Hash, a []value) (value, error) {
	if f == nil {
		return nil, python.Errorf(python.ValueError, "unsupported hash type %s", textOr(a[0], ""))
	}
	password, err := bytesOf(a[1])
	if err != nil {
		return nil, err
	}
	salt, err := bytesOf(a[2])
	if err != nil {
		return nil, err
	}
	n, err := t.Index(a[3])
	if err != nil {
		return nil, err
	}
	size := f().Size()
	if given(a[4]) {
		k, err := t.Index(a[4])
		if err != nil {
			return nil, err
		}
		size = int(k)
	}
	key, err := pbkdf2.Key(f, password, []byte(salt), int(n), size)
	if err != nil {
		return nil, python.Errorf(python.ValueError, "%s", err)
	}
	return python.NewBytes(key), nil
}

func hashClass() *python.Type {
	get := func(v value) *digest { return v.(*python.Instance).Data.(*digest) }
	number := func(f func(d *digest) int) value {
		return python.Property(func(_ *thread, self value) (value, error) { return python.NewInt(int64(f(get(self)))), nil })
	}
	return python.NewClass(python.ClassSpec{
		Name: "HASH", Module: "_hashlib",
		Methods: []*python.Native{
			python.Func("update(self, data, /)", func(_ *thread, a []value) (value, error) {
				b, err := hashable(a[1])
				_, _ = get(a[0]).Write([]byte(b))
				return python.None, err
			}),
			python.Func("hexdigest(self)", func(_ *thread, a []value) (value, error) { return str(hex.EncodeToString(get(a[0]).Sum(nil))), nil }),
			python.Func("digest(self)", func(_ *thread, a []value) (value, error) {
				return python.NewBytes(slices.Clone(get(a[0]).Sum(nil))), nil
			}),
			python.Func("copy(self)", func(_ *thread, a []value) (value, error) {
				d := get(a[0])
				c, err := d.Hash.(hash.Cloner).Clone()
				if err != nil {
					return nil, python.Errorf(python.ValueError, "%s", err)
				}
				return python.NewInstance(python.TypeOf(a[0]), &digest{c, d.name}), nil
			}),
		},
		Attrs: map[string]value{
			"block_size":  number(func(d *digest) int { return d.BlockSize() }),
			"digest_size": number(func(d *digest) int { return d.Size() }),
			"name":        python.Property(func(_ *thread, self value) (value, error) { return str(get(self).name), nil }),
		},
	})
}
