package python

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"gregaria/worker/internal/python/charname"
)

func appendInt(b []byte, i int64) []byte { return strconv.AppendInt(b, i, 10) }

// maxDigits is sys.get_int_max_str_digits().
const maxDigits = 4300

func bigText(b *big.Int) (string, error) {
	if b.BitLen() > maxDigits*4 {
		return "", Errorf(ValueError, "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit")
	}
	s := b.String()
	if len(strings.TrimPrefix(s, "-")) > maxDigits {
		return "", Errorf(ValueError, "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit")
	}
	return s, nil
}

// FloatRepr is repr of a float: the shortest digits that read back the same (Python/pystrtod.c, format 'r').
func FloatRepr(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	if size := math.Abs(f); size >= 1e-4 && size < 1e16 || f == 0 {
		var room [32]byte
		b := strconv.AppendFloat(room[:0], f, 'f', -1, 64)
		if bytes.IndexByte(b, '.') < 0 {
			b = append(b, ".0"...)
		}
		return string(b)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	e := strings.IndexByte(s, 'e')
	exp, _ := strconv.Atoi(s[e+1:])
	return strings.TrimSuffix(s[:e], ".0") + "e" + fmt.Sprintf("%+03d", exp)
}

// Repr is repr(v).
func (t *Thread) Repr(v Value) (string, error) {
	switch x := v.(type) {
	case *Str:
		return reprStr(x.s), nil
	case Int:
		return strconv.FormatInt(int64(x), 10), nil
	case *BigInt:
		return bigText(x.v)
	case Float:
		return FloatRepr(float64(x)), nil
	case Bool:
		if x {
			return "True", nil
		}
		return "False", nil
	case *singleton:
		return x.name, nil
	case *Bytes:
		return reprBytes(x.s), nil
	case *ByteArray:
		return "bytearray(" + reprBytes(string(x.b)) + ")", nil
	case *List, *Tuple, *Dict, *Set, *dictView:
		return t.reprContainer(v)
	case *Instance, *Exception, *Type:
		return t.reprObject(v)
	}
	return t.reprOther(v)
}

func (t *Thread) reprOther(v Value) (string, error) {
	at := func(format string, a ...any) (string, error) {
		return fmt.Sprintf(format+" at %#012x>", append(a, idOf(v))...), nil
	}
	switch x := v.(type) {
	case *Range:
		if x.step == 1 {
			return fmt.Sprintf("range(%d, %d)", x.start, x.stop), nil
		}
		return fmt.Sprintf("range(%d, %d, %d)", x.start, x.stop, x.step), nil
	case *Slice:
		s, err := t.Repr(NewTuple(x.start, x.stop, x.step))
		return "slice" + s, err
	case *Function:
		return at("<function %s", x.qualname)
	case *Native:
		if x.owner != nil {
			return fmt.Sprintf("<method '%s' of '%s' objects>", x.name, x.owner.name), nil
		}
		return fmt.Sprintf("<built-in function %s>", x.name), nil
	case *BoundMethod:
		name := ""
		switch fn := x.fn.(type) {
		case *Function:
			name = fn.qualname
		case *Native:
			if x.self.typ() == fn.owner {
				return at("<built-in method %s of %s object", fn.name, x.self.typ().name)
			}
			name = x.self.typ().name + "." + fn.name
		}
		s, err := t.Repr(x.self)
		return fmt.Sprintf("<bound method %s of %s>", name, s), err
	case *Module:
		if f, ok := AsStr(orNone(x.attrs.GetStr("__file__"))); ok {
			return fmt.Sprintf("<module '%s' from '%s'>", x.name, f), nil
		}
		return fmt.Sprintf("<module '%s' (built-in)>", x.name), nil
	case *Generator:
		return at("<generator object %s", x.st.name)
	}
	return at("<%s object", v.typ().name)
}

func (t *Thread) reprObject(v Value) (string, error) {
	cls := v.typ()
	if c, ok := v.(*Type); ok {
		if m := c.meta; m != nil && m.heap {
			if fn := userMethod(m, "__repr__"); fn != nil {
				if n, ok := fn.(*Native); !ok || !n.plain {
					return t.textOf(fn, v, "__repr__")
				}
			}
		}
		name := c.qualname
		if c.module != "" && c.module != "builtins" {
			name = c.module + "." + name
		}
		return "<class '" + name + "'>", nil
	}
	if fn := userMethod(cls, "__repr__"); fn != nil {
		if n, ok := fn.(*Native); !ok || !n.plain {
			return t.textOf(fn, v, "__repr__")
		}
	}
	switch x := v.(type) {
	case *Exception:
		s, err := t.reprItems(x.args.items, "(", ")")
		return cls.name + s, err
	case *Instance:
		if x.base != nil {
			return t.Repr(x.base)
		}
	}
	return plainRepr(v), nil
}

// plainRepr is object.__repr__.
func plainRepr(v Value) string {
	cls := v.typ()
	name := cls.qualname
	if cls.module != "" && cls.module != "builtins" {
		name = cls.module + "." + name
	}
	return fmt.Sprintf("<%s object at %#012x>", name, idOf(v))
}

func (t *Thread) textOf(fn, v Value, what string) (string, error) {
	if err := t.enter(" while getting the repr of an object"); err != nil {
		return "", err
	}
	r, err := t.call(fn, []Value{v}, nil)
	t.depth--
	if err != nil {
		return "", err
	}
	s, ok := AsStr(r)
	if !ok {
		return "", Errorf(TypeError, "%s returned non-string (type %s)", what, r.typ().name)
	}
	return s, nil
}

func (t *Thread) reprItems(items []Value, open, end string) (string, error) {
	var sb strings.Builder
	sb.WriteString(open)
	for i := 0; i < len(items); i++ {
		if i > 0 {
			sb.WriteString(", ")
		}
		if err := t.tick(); err != nil {
			return "", err
		}
		s, err := t.Repr(items[i])
		if err != nil {
			return "", err
		}
		sb.WriteString(s)
		if err := t.grown(sb.Len(), len(s)); err != nil {
			return "", err
		}
	}
	sb.WriteString(end)
	return sb.String(), nil
}

func (t *Thread) reprContainer(v Value) (string, error) {
	x := t.more()
	for _, r := range x.reprs {
		if r == v {
			return map[*Type]string{listType: "[...]", dictType: "{...}", tupleType: "(...)", setType: "set(...)"}[v.typ()], nil
		}
	}
	if err := t.enter(" while getting the repr of an object"); err != nil {
		return "", err
	}
	x.reprs = append(x.reprs, v)
	defer func() {
		x.reprs = x.reprs[:len(x.reprs)-1]
		t.depth--
	}()
	switch x := v.(type) {
	case *List:
		return t.reprItems(x.items, "[", "]")
	case *Tuple:
		if len(x.items) == 1 {
			return t.reprItems(x.items, "(", ",)")
		}
		return t.reprItems(x.items, "(", ")")
	case *Set:
		return t.reprSet(x)
	case *dictView:
		items, err := t.ToSlice(x)
		if err != nil {
			return "", err
		}
		s, err := t.reprItems(items, "([", "])")
		return x.typ().name + s, err
	}
	return t.reprDict(v.(*Dict))
}

func (t *Thread) reprSet(x *Set) (string, error) {
	items, err := t.ToSlice(x)
	if err != nil {
		return "", err
	}
	switch {
	case len(items) == 0:
		return x.typ().name + "()", nil
	case x.frozen:
		return t.reprItems(items, "frozenset({", "})")
	}
	return t.reprItems(items, "{", "}")
}

func (t *Thread) reprDict(d *Dict) (string, error) {
	var sb strings.Builder
	sb.WriteByte('{')
	for i, first := 0, true; i < len(d.entries); i++ {
		e := d.entries[i]
		if e.key == nil {
			continue
		}
		if !first {
			sb.WriteString(", ")
		}
		first = false
		k, err := t.Repr(e.key)
		if err != nil {
			return "", err
		}
		v, err := t.Repr(e.val)
		if err != nil {
			return "", err
		}
		sb.WriteString(k + ": " + v)
	}
	return sb.String() + "}", nil
}

// Str is str(v).
func (t *Thread) Str(v Value) (string, error) {
	switch x := v.(type) {
	case *Str:
		return x.s, nil
	case *Exception:
		return exceptionStr(t, x)
	case *Instance:
		fn := userMethod(x.cls, "__str__")
		if n, ok := fn.(*Native); fn != nil && (!ok || !n.plain) {
			return t.textOf(fn, v, "__str__")
		}
		if s, ok := x.base.(*Str); ok {
			return s.s, nil
		}
	}
	return t.Repr(v)
}

// reprStr follows Objects/unicodeobject.c, unicode_repr.
func reprStr(s string) string {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b := make([]byte, 0, len(s)+2)
	b = append(b, quote)
	for len(s) > 0 {
		r, n := nextRune(s)
		switch {
		case r == rune(quote) || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r >= ' ' && r < 0x7f:
			b = append(b, byte(r))
		case r < 0x100 && !printable(r):
			b = fmt.Appendf(b, `\x%02x`, r)
		case printable(r):
			b = append(b, s[:n]...)
		case r < 0x10000:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = fmt.Appendf(b, `\U%08x`, r)
		}
		s = s[n:]
	}
	return string(append(b, quote))
}

// printable is str.isprintable for one code point.
func printable(r rune) bool {
	if r == ' ' {
		return true
	}
	if r >= 0xd800 && r < 0xe000 {
		return false
	}
	return unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) && !charname.Newer(r)
}

func asciiOnly(s string) string {
	var b []byte
	for len(s) > 0 {
		r, n := nextRune(s)
		switch {
		case r < 0x80:
			b = append(b, byte(r))
		case r < 0x100:
			b = fmt.Appendf(b, `\x%02x`, r)
		case r < 0x10000:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = fmt.Appendf(b, `\U%08x`, r)
		}
		s = s[n:]
	}
	return string(b)
}

func reprBytes(s string) string {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b := []byte{'b', quote}
	for i := range len(s) {
		switch c := s[i]; {
		case c == quote || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ' || c >= 0x7f:
			b = fmt.Appendf(b, `\x%02x`, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, quote))
}
