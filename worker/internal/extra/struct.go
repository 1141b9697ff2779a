package extra

import (
	"encoding/binary"
	"math"
	"math/big"
	"strconv"

	"gregaria/worker/internal/python"
)

// field is one item of a struct format: a repeat count and a code.
type field struct {
	count int
	code  byte
}

// layout is a parsed struct format.
type layout struct {
	order  binary.ByteOrder
	native bool // sizes and alignment of the machine
	fields []field
}

// codeSize returns the bytes of a code; native l and L have eight.
func (l *layout) codeSize(c byte) int {
	switch c {
	case 'x', 'c', 'b', 'B', '?', 's', 'p':
		return 1
	case 'h', 'H', 'e':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'l', 'L':
		if l.native {
			return 8
		}
		return 4
	case 'q', 'Q', 'd':
		return 8
	case 'n', 'N', 'P':
		if l.native {
			return 8
		}
	}
	return 0
}

func parseLayout(s string, bad *python.Type) (*layout, error) {
	l := &layout{order: binary.LittleEndian, native: true}
	if s != "" {
		switch s[0] {
		case '@':
			s = s[1:]
		case '=', '<':
			s, l.native = s[1:], false
		case '>', '!':
			s, l.native, l.order = s[1:], false, binary.BigEndian
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' || s[i] == '\n' || s[i] == '\t' {
			continue
		}
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		n := 1
		if j > i {
			var err error
			if n, err = strconv.Atoi(s[i:j]); err != nil || n > 1<<28 {
				return nil, python.Errorf(bad, "total struct size too long")
			}
			if j == len(s) {
				return nil, python.Errorf(bad, "repeat count given without format specifier")
			}
		}
		if l.codeSize(s[j]) == 0 {
			return nil, python.Errorf(bad, "bad char in struct format")
		}
		l.fields = append(l.fields, field{n, s[j]})
		i = j
	}
	return l, nil
}

// pad returns how many bytes of alignment come before a field at an offset.
func (l *layout) pad(offset int, f field) int {
	if size := l.codeSize(f.code); l.native && size > 1 {
		return (size - offset%size) % size
	}
	return 0
}

func (l *layout) size() int {
	n := 0
	for _, f := range l.fields {
		n += l.pad(n, f) + f.count*l.codeSize(f.code)
	}
	return n
}

// items is how many values the format takes.
func (l *layout) items() int {
	n := 0
	for _, f := range l.fields {
		switch f.code {
		case 'x':
		case 's', 'p':
			n++
		default:
			n += f.count
		}
	}
	return n
}

func (l *layout) unpack(b []byte) []value {
	var out []value
	at := 0
	for _, f := range l.fields {
		at += l.pad(at, f)
		size := l.codeSize(f.code)
		switch f.code {
		case 'x':
			at += f.count
			continue
		case 's', 'p':
			raw := b[at : at+f.count]
			if f.code == 'p' && f.count > 0 {
				raw = raw[1:min(int(raw[0])+1, f.count)]
			}
			out = append(out, python.NewBytes(append([]byte(nil), raw...)))
			at += f.count
			continue
		}
		for range f.count {
			out = append(out, l.decode(f.code, b[at:at+size]))
			at += size
		}
	}
	return out
}

func (l *layout) decode(code byte, b []byte) value {
	var u uint64
	switch len(b) {
	case 1:
		u = uint64(b[0])
	case 2:
		u = uint64(l.order.Uint16(b))
	case 4:
		u = uint64(l.order.Uint32(b))
	default:
		u = l.order.Uint64(b)
	}
	switch code {
	case 'c':
		return python.NewBytes([]byte{b[0]})
	case '?':
		return python.NewBool(u != 0)
	case 'e':
		return python.Float(halfToFloat(uint16(u)))
	case 'f':
		return python.Float(math.Float32frombits(uint32(u)))
	case 'd':
		return python.Float(math.Float64frombits(u))
	case 'B', 'H', 'I', 'L', 'Q', 'N', 'P':
		return python.NewBig(new(big.Int).SetUint64(u))
	}
	shift := 64 - 8*len(b)
	return python.NewInt(int64(u<<shift) >> shift)
}

// halfToFloat converts IEEE 754 binary16.
func halfToFloat(h uint16) float64 {
	sign, exp, frac := 1.0, int(h>>10&31), float64(h&1023)
	if h>>15 == 1 {
		sign = -1
	}
	switch exp {
	case 0:
		return sign * math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			return math.NaN()
		}
		return sign * math.Inf(1)
	}
	return sign * math.Ldexp(1024+frac, exp-25)
}
