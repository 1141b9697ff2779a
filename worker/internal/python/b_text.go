package python

import (
	"io"
	"strings"
)

func printTo(t *Thread, args Args) (Value, error) {
	sep, end := " ", "\n"
	var file Value
	for i, k := range args.Names {
		v := args.Values[i]
		switch k.s {
		case "sep", "end":
			if v == None {
				continue
			}
			s, ok := AsStr(v)
			if !ok {
				return nil, Errorf(TypeError, "%s must be None or a string, not %s", k.s, v.typ().name)
			}
			if k.s == "sep" {
				sep = s
			} else {
				end = s
			}
		case "file":
			file = v
		case "flush":
		default:
			return nil, Errorf(TypeError, "'%s' is an invalid keyword argument for print()", k.s)
		}
	}
	var sb strings.Builder
	for i, v := range args.Pos {
		if i > 0 {
			sb.WriteString(sep)
		}
		s, err := t.Str(v)
		if err != nil {
			return nil, err
		}
		sb.WriteString(s)
	}
	sb.WriteString(end)
	if file == nil || file == None {
		if m, ok := t.iso.modules.GetStr("sys").(*Module); ok {
			file = m.attrs.GetStr("stdout")
		}
	}
	if file != nil && file != None {
		_, err := t.CallMethod(file, "write", NewStr(sb.String()))
		return None, err
	}
	_, err := io.WriteString(t.iso.opts.Stdout, sb.String())
	if err != nil {
		return nil, Errorf(OSError, "%s", err.Error())
	}
	return None, nil
}

func textBuiltins() []*Native {
	return []*Native{
		Func("repr(obj, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Repr(a[0])
			return NewStr(s), err
		}),
		Func("ascii(obj, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Repr(a[0])
			return NewStr(asciiOnly(s)), err
		}),
		Func("format(value, format_spec='', /)", func(t *Thread, a []Value) (Value, error) {
			if _, ok := AsStr(orNone(a[1])); a[1] != nil && !ok {
				return nil, Errorf(TypeError, "format() argument 2 must be str, not %s", clinicName(a[1]))
			}
			spec, _ := AsStr(orNone(a[1]))
			s, err := t.Format(a[0], spec)
			return NewStr(s), err
		}),
		Func("chr(i, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := t.cInt(a[0])
			if err != nil {
				return nil, err
			}
			if n < 0 || n > 0x10ffff {
				return nil, Errorf(ValueError, "chr() arg not in range(0x110000)")
			}
			return NewStr(string(appendRune(nil, rune(n)))), nil
		}),
		Func("ord(c, /)", func(_ *Thread, a []Value) (Value, error) {
			if b, ok := AsBytes(a[0]); ok && len(b) == 1 {
				return NewInt(int64(b[0])), nil
			}
			s, ok := AsStr(a[0])
			if b, isBytes := AsBytes(a[0]); isBytes && !isView(a[0]) {
				return nil, Errorf(TypeError, "ord() expected a character, but string of length %d found", len(b))
			}
			if !ok {
				return nil, Errorf(TypeError, "ord() expected string of length 1, but %s found", a[0].typ().name)
			}
			if n := countRunes(s); n != 1 {
				return nil, Errorf(TypeError, "ord() expected a character, but string of length %d found", n)
			}
			r, _ := nextRune(s)
			return NewInt(int64(r)), nil
		}),
	}
}
