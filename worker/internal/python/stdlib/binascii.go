package stdlib

import (
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"strings"

	"gregaria/worker/internal/python"
)

func newBinascii(*thread) (*python.Module, error) {
	bad := python.NewClass(python.ClassSpec{Name: "Error", Module: "binascii", Bases: []*python.Type{python.ValueError}})
	incomplete := python.NewClass(python.ClassSpec{Name: "Incomplete", Module: "binascii", Bases: []*python.Type{python.ExceptionType}})
	m := python.NewModule("binascii", map[string]value{"Error": bad, "Incomplete": incomplete})
	hexes := func(name string) {
		m.Attrs().SetStr(name, python.Func(name+"(data, sep=None, bytes_per_sep=1)", hexlify))
	}
	unhex := func(name string) {
		m.Attrs().SetStr(name, python.Func(name+"(hexstr, /)", func(_ *thread, a []value) (value, error) { return unhexlify(a[0], bad) }))
	}
	hexes("hexlify")
	hexes("b2a_hex")
	unhex("unhexlify")
	unhex("a2b_hex")
	for _, f := range append(sums(), codings(bad)...) {
		m.Attrs().SetStr(f.Name(), f)
	}
	return m, nil
}

// asciiOf returns the content of what a decoder takes: bytes, or a str of ASCII.
func asciiOf(v value) (string, error) {
	if s, ok := python.AsStr(v); ok {
		for i := range len(s) {
			if s[i] >= 0x80 {
				return "", python.Errorf(python.ValueError, "string argument should contain only ASCII characters")
			}
		}
		return s, nil
	}
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "argument should be bytes, buffer or ASCII string, not '%s'", python.TypeOf(v).Name())
	}
	return b, nil
}

// sums are the checksums.
func sums() []*python.Native {
	sum := func(name string, f func(b []byte, start uint32) uint32) *python.Native {
		return python.Func(name, func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			start, ok := python.AsBig(orNone(a[1]))
			if !ok {
				return python.NewInt(int64(f([]byte(b), 0))), err
			}
			return python.NewInt(int64(f([]byte(b), uint32(start.Int64())))), err
		})
	}
	return []*python.Native{
		sum("crc32(data, crc=0, /)", func(b []byte, start uint32) uint32 { return crc32.Update(start, crc32.IEEETable, b) }),
		sum("crc_hqx(data, crc, /)", func(b []byte, crc uint32) uint32 {
			for _, c := range b {
				crc ^= uint32(c) << 8
				for range 8 {
					crc = crc<<1 ^ crc>>15&1*0x1021
				}
			}
			return crc & 0xffff
		}),
	}
}

func hexlify(t *thread, a []value) (value, error) {
	b, err := bytesOf(a[0])
	if err != nil {
		return nil, err
	}
	if !given(a[1]) {
		return python.NewBytes([]byte(hex.EncodeToString([]byte(b)))), nil
	}
	args := []value{a[1]}
	if a[2] != nil {
		args = append(args, a[2])
	}
	s, err := t.CallMethod(python.NewBytes([]byte(b)), "hex", args...)
	if err != nil {
		return nil, err
	}
	return t.CallMethod(s, "encode")
}

func unhexlify(v value, bad *python.Type) (value, error) {
	s, err := asciiOf(v)
	if err != nil {
		return nil, err
	}
	if len(s)%2 != 0 {
		return nil, python.Errorf(bad, "Odd-length string")
	}
	b, err := hex.DecodeString(s)
	if err != nil {
		return nil, python.Errorf(bad, "Non-hexadecimal digit found")
	}
	return python.NewBytes(b), nil
}

// codings are base64 and uuencode.
func codings(bad *python.Type) []*python.Native {
	return []*python.Native{
		python.Func("b2a_base64(data, /, *, newline=True)", func(t *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			if err != nil {
				return nil, err
			}
			s := base64.StdEncoding.EncodeToString([]byte(b))
			if a[1] == nil {
				return python.NewBytes([]byte(s + "\n")), nil
			}
			if line, err := t.Truth(a[1]); err != nil || !line {
				return python.NewBytes([]byte(s)), err
			}
			return python.NewBytes([]byte(s + "\n")), nil
		}),
		python.Func("a2b_base64(data, /, *, strict_mode=False)", func(t *thread, a []value) (value, error) {
			s, err := asciiOf(a[0])
			if err != nil {
				return nil, err
			}
			strict, err := t.Truth(orNone(a[1]))
			if err != nil {
				return nil, err
			}
			return decode64(s, strict, bad)
		}),
		python.Func("b2a_uu(data, /, *, backtick=False)", func(t *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			if err != nil {
				return nil, err
			}
			if len(b) > 45 {
				return nil, python.Errorf(bad, "At most 45 bytes at once")
			}
			tick, err := t.Truth(orNone(a[1]))
			return python.NewBytes(uuencode(b, tick)), err
		}),
		python.Func("a2b_uu(data, /)", func(_ *thread, a []value) (value, error) {
			s, err := asciiOf(a[0])
			if err != nil {
				return nil, err
			}
			return uudecode(s, bad)
		}),
	}
}

const alphabet64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decode64 reads base64: other characters and what follows the padding are skipped, or an error if strict.
func decode64(s string, strict bool, bad *python.Type) (value, error) {
	out := make([]byte, 0, len(s)*3/4+3)
	bits, digits, pads := uint32(0), 0, 0
	refuse := func(text string) (value, error) { return nil, python.Errorf(bad, "%s", text) }
	if strict && strings.HasPrefix(s, "=") {
		return refuse("Leading padding not allowed")
	}
	for i := range len(s) {
		if s[i] == '=' {
			pads++
			if digits%4 >= 2 && digits%4+pads >= 4 {
				if strict && i+1 < len(s) {
					return refuse("Excess data after padding")
				}
				return python.NewBytes(out), nil
			}
			continue
		}
		v := strings.IndexByte(alphabet64, s[i])
		if v < 0 {
			if strict {
				return refuse("Only base64 data is allowed")
			}
			continue
		}
		if strict && pads > 0 {
			return refuse("Discontinuous padding not allowed")
		}
		pads = 0
		bits = bits<<6 | uint32(v)
		if digits++; digits%4 != 1 {
			out = append(out, byte(bits>>(2*(3-uint(digits-1)%4))))
		}
	}
	switch digits % 4 {
	case 0:
		return python.NewBytes(out), nil
	case 1:
		return nil, python.Errorf(bad, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", digits)
	}
	return refuse("Incorrect padding")
}

// uuencode is one line: its length, and three bytes in four characters from the blank on.
func uuencode(b string, tick bool) []byte {
	char := func(v byte) byte {
		if v == 0 && tick {
			return '`'
		}
		return v + ' '
	}
	out := []byte{char(byte(len(b)))}
	for i := 0; i < len(b); i += 3 {
		var g [3]byte
		copy(g[:], b[i:])
		out = append(out, char(g[0]>>2), char(g[0]&3<<4|g[1]>>4), char(g[1]&15<<2|g[2]>>6), char(g[2]&63))
	}
	return append(out, '\n')
}

func uudecode(s string, bad *python.Type) (value, error) {
	s = strings.TrimRight(s, "\r\n")
	if s == "" {
		s = "@" // CPython reads a length of 32 zeros there
	}
	n := int(s[0]-' ') & 63
	out := make([]byte, 0, n+3)
	bits := uint32(0)
	for i := 1; len(out) < n; i++ {
		c := byte(' ') // blanks at the end of a line get lost
		if i < len(s) {
			c = s[i]
		}
		if c < ' ' || c > ' '+64 {
			return nil, python.Errorf(bad, "Illegal char")
		}
		bits = bits<<6 | uint32(c-' ')&63
		if i%4 != 1 {
			out = append(out, byte(bits>>(2*(3-uint(i-1)%4))))
		}
	}
	if rest := 1 + (n+2)/3*4; rest < len(s) && strings.Trim(s[rest:], " `") != "" {
		return nil, python.Errorf(bad, "Trailing garbage")
	}
	return python.NewBytes(out), nil
}
