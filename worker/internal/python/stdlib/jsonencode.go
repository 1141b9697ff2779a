package stdlib

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// encoder writes JSON as Lib/json/encoder.py does.
type encoder struct {
	t          *thread
	b          []byte
	ascii, nan bool
	skip, sort bool
	indent     string
	pretty     bool
	item, key  string
	dflt       value
	stack      []value
	room       [4]value // of a small stack
}

func newEncoder(t *thread, a []value) (*encoder, error) {
	truth := func(v value, dflt bool) bool {
		if v == nil {
			return dflt
		}
		ok, _ := t.Truth(v)
		return ok
	}
	e := &encoder{t: t, skip: truth(a[1], false), ascii: truth(a[2], true), nan: truth(a[4], true), sort: truth(a[9], false), item: ", ", key: ": "}
	e.stack, e.b = e.room[:0], make([]byte, 0, 96)
	if given(a[6]) {
		e.pretty, e.item = true, ","
		if n, ok := python.AsInt(a[6]); ok {
			e.indent = strings.Repeat(" ", int(max(0, min(n, 1000))))
		} else {
			e.indent = textOr(a[6], "")
		}
	}
	if given(a[7]) {
		seps, err := t.ToSlice(a[7])
		if err != nil || len(seps) != 2 {
			return nil, python.Errorf(python.ValueError, "not enough values to unpack (expected 2)")
		}
		e.item, e.key = textOr(seps[0], ""), textOr(seps[1], "")
	}
	if given(a[8]) {
		e.dflt = a[8]
	}
	return e, nil
}

func (e *encoder) float(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		if !e.nan {
			return python.Errorf(python.ValueError, "Out of range float values are not JSON compliant")
		}
		e.b = append(e.b, map[bool]string{true: "NaN", false: map[bool]string{true: "Infinity", false: "-Infinity"}[f > 0]}[math.IsNaN(f)]...)
		return nil
	}
	e.b = append(e.b, python.FloatRepr(f)...)
	return nil
}

func (e *encoder) value(v value, depth int) error {
	if err := e.t.Tick(); err != nil {
		return err
	}
	if len(e.b) == cap(e.b) || e.pretty {
		if err := e.t.Grown(len(e.b), 0); err != nil {
			return err
		}
	}
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		e.b = appendJSONString(e.b, x.String(), e.ascii)
		return nil
	case python.Int:
		e.b = strconv.AppendInt(e.b, int64(x), 10)
		return nil
	case *python.BigInt:
		s, err := e.t.Repr(x)
		e.b = append(e.b, s...)
		return err
	case python.Float:
		return e.float(float64(x))
	case python.Bool:
		e.b = strconv.AppendBool(e.b, bool(x))
		return nil
	case *python.List:
		return e.list(v, x.Items(), depth)
	case *python.Tuple:
		return e.list(v, x.Items(), depth)
	case *python.Dict:
		return e.dict(v, x, depth)
	}
	if v == python.None {
		e.b = append(e.b, "null"...)
		return nil
	}
	if e.dflt == nil {
		return python.Errorf(python.TypeError, "Object of type %s is not JSON serializable", python.TypeOf(v).Name())
	}
	if err := e.push(v); err != nil {
		return err
	}
	r, err := e.t.Call(e.dflt, v)
	if err != nil {
		return err
	}
	err = e.value(r, depth)
	e.stack = e.stack[:len(e.stack)-1]
	return err
}

func (e *encoder) push(v value) error {
	for _, s := range e.stack {
		if s == v {
			return python.Errorf(python.ValueError, "Circular reference detected")
		}
	}
	if len(e.stack) > 990 {
		return python.Errorf(python.RecursionError, "maximum recursion depth exceeded while encoding a JSON object")
	}
	e.stack = append(e.stack, v)
	return nil
}

func (e *encoder) newline(depth int) {
	if e.pretty {
		e.b = append(e.b, '\n')
		for range depth {
			e.b = append(e.b, e.indent...)
		}
	}
}

func (e *encoder) list(self value, items []value, depth int) error {
	if len(items) == 0 {
		e.b = append(e.b, "[]"...)
		return nil
	}
	if err := e.push(self); err != nil {
		return err
	}
	e.b = append(e.b, '[')
	for i, v := range items {
		if i > 0 {
			e.b = append(e.b, e.item...)
		}
		e.newline(depth + 1)
		if err := e.value(v, depth+1); err != nil {
			return err
		}
	}
	e.newline(depth)
	e.b = append(e.b, ']')
	e.stack = e.stack[:len(e.stack)-1]
	return nil
}

func (e *encoder) dict(self value, d *python.Dict, depth int) error {
	if d.Len() == 0 {
		e.b = append(e.b, "{}"...)
		return nil
	}
	if err := e.push(self); err != nil {
		return err
	}
	e.b = append(e.b, '{')
	if e.sort {
		sorted, err := sortedDict(e.t, d)
		if err != nil {
			return err
		}
		d = sorted
	}
	first := true
	var failed error
	d.All(func(k, v value) bool {
		key, ok, err := e.keyText(k)
		if err != nil {
			failed = err
			return false
		}
		if !ok {
			return true
		}
		if !first {
			e.b = append(e.b, e.item...)
		}
		first = false
		e.newline(depth + 1)
		e.b = appendJSONString(e.b, key, e.ascii)
		e.b = append(e.b, e.key...)
		failed = e.value(v, depth+1)
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	e.newline(depth)
	e.b = append(e.b, '}')
	e.stack = e.stack[:len(e.stack)-1]
	return nil
}

func sortedDict(t *thread, d *python.Dict) (*python.Dict, error) {
	keys, err := t.Call(t.Isolate().Builtins().GetStr("sorted"), d)
	if err != nil {
		return nil, err
	}
	out := python.NewDict()
	return out, t.Each(keys, func(k value) error {
		v, err := d.Get(t, k)
		if err != nil {
			return err
		}
		return out.Set(t, k, v)
	})
}

func (e *encoder) keyText(k value) (string, bool, error) {
	switch x := python.Unwrap(k).(type) {
	case *python.Str:
		return x.String(), true, nil
	case python.Float:
		old := e.b
		e.b = nil
		err := e.float(float64(x))
		s := string(e.b)
		e.b = old
		return s, true, err
	case python.Bool:
		return strconv.FormatBool(bool(x)), true, nil
	case python.Int, *python.BigInt:
		s, err := e.t.Repr(x)
		return s, true, err
	}
	if k == python.None {
		return "null", true, nil
	}
	if e.skip {
		return "", false, nil
	}
	return "", false, python.Errorf(python.TypeError, "keys must be str, int, float, bool or None, not %s", python.TypeOf(k).Name())
}

const hexDigits = "0123456789abcdef"

func appendJSONString(b []byte, s string, ascii bool) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\r':
				b = append(b, '\\', 'r')
			case '\t':
				b = append(b, '\\', 't')
			case '\b':
				b = append(b, '\\', 'b')
			case '\f':
				b = append(b, '\\', 'f')
			default:
				if c < 0x20 || c == 0x7f && ascii {
					b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
				} else {
					b = append(b, c)
				}
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 && i+2 < len(s) && c == 0xed {
			r, n = rune(c&0xf)<<12|rune(s[i+1]&0x3f)<<6|rune(s[i+2]&0x3f), 3
		}
		switch {
		case !ascii:
			b = append(b, s[i:i+n]...)
		case r >= 0x10000:
			v := r - 0x10000
			b = appendU(appendU(b, 0xd800+v>>10), 0xdc00+v&0x3ff)
		default:
			b = appendU(b, r)
		}
		i += n
	}
	return append(b, '"')
}

func appendU(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}
