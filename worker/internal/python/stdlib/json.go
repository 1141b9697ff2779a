package stdlib

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

func newJSONDecoder(*thread) (*python.Module, error) {
	cls := python.NewClass(python.ClassSpec{Name: "JSONDecodeError", Module: "json.decoder", Bases: []*python.Type{python.ValueError}})
	return python.NewModule("json.decoder", map[string]value{"JSONDecodeError": cls}), nil
}

// JSONError makes the JSONDecodeError of the isolate for a document and a position in code points.
func JSONError(t *thread, msg, doc string, pos int) error {
	m, err := t.Import("json.decoder")
	if err != nil {
		return err
	}
	cls := m.Attrs().GetStr("JSONDecodeError").(*python.Type)
	runes := []rune(doc)
	pos = min(pos, len(runes))
	line, col := 1, pos+1
	for i, r := range runes[:pos] {
		if r == '\n' {
			line++
			col = pos - i
		}
	}
	e := python.NewException(cls, str(msg+": line "+strconv.Itoa(line)+" column "+strconv.Itoa(col)+" (char "+strconv.Itoa(pos)+")"))
	for k, v := range map[string]value{"msg": str(msg), "doc": str(doc), "pos": python.NewInt(int64(pos)), "lineno": python.NewInt(int64(line)), "colno": python.NewInt(int64(col))} {
		e.Attrs().SetStr(k, v)
	}
	return e
}

func newJSON(t *thread) (*python.Module, error) {
	dec, err := newJSONDecoder(t)
	if err != nil {
		return nil, err
	}
	t.Isolate().Modules().SetStr("json.decoder", dec)
	const dumpSig = "*, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw)"
	const loadSig = "*, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw)"
	dump := func(t *thread, a []value) (string, error) {
		e, err := newEncoder(t, a)
		if err != nil {
			return "", err
		}
		if err := e.value(a[0], 0); err != nil {
			return "", err
		}
		return string(e.b), nil
	}
	m := python.NewModule("json", map[string]value{"JSONDecodeError": dec.Attrs().GetStr("JSONDecodeError"), "decoder": dec},
		python.Func("dumps(obj, "+dumpSig, func(t *thread, a []value) (value, error) {
			s, err := dump(t, a)
			return str(s), err
		}),
		python.Func("dump(obj, fp, "+dumpSig, func(t *thread, a []value) (value, error) {
			s, err := dump(t, append([]value{a[0]}, a[2:]...))
			if err != nil {
				return nil, err
			}
			_, err = t.CallMethod(a[1], "write", str(s))
			return python.None, err
		}),
		python.Func("loads(s, "+loadSig, func(t *thread, a []value) (value, error) { return loads(t, a[0], a[2]) }),
		python.Func("load(fp, "+loadSig, func(t *thread, a []value) (value, error) {
			s, err := t.CallMethod(a[0], "read")
			if err != nil {
				return nil, err
			}
			return loads(t, s, a[2])
		}))
	m.Attrs().SetStr("__path__", python.NewList())
	return m, nil
}

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
				if c < 0x20 || (c == 0x7f && false) {
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

// Loads is json.loads(s) of text.
func Loads(t *thread, s string) (value, error) { return loads(t, str(s), nil) }

// Dumps is json.dumps(v) with the usual separators.
func Dumps(t *thread, v value) (string, error) {
	e, err := newEncoder(t, make([]value, 10))
	if err != nil {
		return "", err
	}
	if err := e.value(v, 0); err != nil {
		return "", err
	}
	return string(e.b), nil
}

// DumpsStrict is json.dumps(v, allow_nan=False) as bytes.
func DumpsStrict(t *thread, v value) ([]byte, error) {
	a := make([]value, 10)
	a[4] = python.False
	e, err := newEncoder(t, a)
	if err != nil {
		return nil, err
	}
	err = e.value(v, 0)
	return e.b, err
}

func loads(t *thread, v, hook value) (value, error) {
	s, ok := python.AsStr(v)
	if !ok {
		b, isBytes := python.AsBytes(v)
		if !isBytes {
			return nil, python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not %s", python.TypeOf(v).Name())
		}
		var err error
		if s, err = python.Decode(strings.TrimPrefix(b, "\ufeff"), "utf-8", "strict"); err != nil {
			return nil, err
		}
	} else if strings.HasPrefix(s, "\ufeff") {
		return nil, JSONError(t, "Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
	}
	d := &decoder{t: t, s: s, hook: hook, memo: map[string]*python.Str{}}
	d.space()
	r, err := d.value(0)
	if err != nil {
		return nil, err
	}
	d.space()
	if d.i < len(s) {
		return nil, d.fail("Extra data", d.i)
	}
	return r, nil
}

// decoder reads JSON as Lib/json/decoder.py does, error messages included.
type decoder struct {
	t    *thread
	s    string
	i    int
	hook value
	memo map[string]*python.Str
}

func (d *decoder) fail(msg string, at int) error {
	return JSONError(d.t, msg, d.s, utf8.RuneCountInString(d.s[:at]))
}

func (d *decoder) space() {
	for d.i < len(d.s) && (d.s[d.i] == ' ' || d.s[d.i] == '\n' || d.s[d.i] == '\t' || d.s[d.i] == '\r') {
		d.i++
	}
}

func (d *decoder) value(depth int) (value, error) {
	if depth > 990 {
		return nil, python.Errorf(python.RecursionError, "maximum recursion depth exceeded while decoding a JSON array from a unicode string")
	}
	if d.i >= len(d.s) {
		return nil, d.fail("Expecting value", d.i)
	}
	switch c := d.s[d.i]; {
	case c == '"':
		s, err := d.str()
		return str(s), err
	case c == '{':
		return d.object(depth)
	case c == '[':
		return d.array(depth)
	case c == '-' || (c >= '0' && c <= '9'):
		return d.number()
	}
	for word, v := range map[string]value{
		"null": python.None, "true": python.True, "false": python.False, "NaN": python.Float(math.NaN()), "Infinity": python.Float(math.Inf(1)),
	} {
		if strings.HasPrefix(d.s[d.i:], word) {
			d.i += len(word)
			return v, nil
		}
	}
	return nil, d.fail("Expecting value", d.i)
}

func (d *decoder) number() (value, error) {
	start, i := d.i, d.i
	digits := func() int {
		n := 0
		for i < len(d.s) && d.s[i] >= '0' && d.s[i] <= '9' {
			i++
			n++
		}
		return n
	}
	if d.s[i] == '-' {
		i++
	}
	if strings.HasPrefix(d.s[i:], "Infinity") {
		d.i = i + 8
		return python.Float(math.Inf(-1)), nil
	}
	if i < len(d.s) && d.s[i] == '0' {
		i++
	} else if digits() == 0 {
		return nil, d.fail("Expecting value", start)
	}
	end, isFloat := i, false
	if i+1 < len(d.s) && d.s[i] == '.' {
		i++
		if digits() > 0 {
			end, isFloat = i, true
		}
		i = end
	}
	if i < len(d.s) && (d.s[i] == 'e' || d.s[i] == 'E') {
		i++
		if i < len(d.s) && (d.s[i] == '+' || d.s[i] == '-') {
			i++
		}
		if digits() > 0 {
			end, isFloat = i, true
		}
	}
	d.i = end
	text := d.s[start:end]
	if isFloat {
		f, _ := strconv.ParseFloat(text, 64)
		return python.Float(f), nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return python.NewInt(n), nil
	}
	if len(text) > 4300 {
		return nil, python.Errorf(python.ValueError, "Exceeds the limit (4300 digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", len(text))
	}
	b, _ := new(big.Int).SetString(text, 10)
	return python.NewBig(b), nil
}

func (d *decoder) array(depth int) (value, error) {
	d.i++
	l := python.NewList()
	d.space()
	if d.i < len(d.s) && d.s[d.i] == ']' {
		d.i++
		return l, nil
	}
	for {
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		l.Append(v)
		d.space()
		if d.i < len(d.s) && d.s[d.i] == ']' {
			d.i++
			return l, nil
		}
		if d.i >= len(d.s) || d.s[d.i] != ',' {
			return nil, d.fail("Expecting ',' delimiter", d.i)
		}
		d.i++
		d.space()
	}
}

func (d *decoder) object(depth int) (value, error) {
	d.i++
	out := python.NewDict()
	d.space()
	if d.i < len(d.s) && d.s[d.i] == '}' {
		d.i++
		return d.hooked(out)
	}
	for {
		if d.i >= len(d.s) || d.s[d.i] != '"' {
			return nil, d.fail("Expecting property name enclosed in double quotes", d.i)
		}
		k, err := d.str()
		if err != nil {
			return nil, err
		}
		key := d.memo[k]
		if key == nil {
			key = python.NewStr(k)
			d.memo[k] = key
		}
		d.space()
		if d.i >= len(d.s) || d.s[d.i] != ':' {
			return nil, d.fail("Expecting ':' delimiter", d.i)
		}
		d.i++
		d.space()
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if err := out.Set(d.t, key, v); err != nil {
			return nil, err
		}
		d.space()
		if d.i < len(d.s) && d.s[d.i] == '}' {
			d.i++
			return d.hooked(out)
		}
		if d.i >= len(d.s) || d.s[d.i] != ',' {
			return nil, d.fail("Expecting ',' delimiter", d.i)
		}
		d.i++
		d.space()
	}
}

func (d *decoder) hooked(v value) (value, error) {
	if given(d.hook) {
		return d.t.Call(d.hook, v)
	}
	return v, nil
}

func (d *decoder) str() (string, error) {
	start := d.i
	d.i++
	for j := d.i; j < len(d.s); j++ { // most strings have no escapes
		c := d.s[j]
		if c == '"' {
			s := d.s[d.i:j]
			d.i = j + 1
			return s, nil
		}
		if c == '\\' || c < 0x20 {
			break
		}
	}
	var b []byte
	for {
		if d.i >= len(d.s) {
			return "", d.fail("Unterminated string starting at", start)
		}
		c := d.s[d.i]
		switch {
		case c == '"':
			d.i++
			return string(b), nil
		case c < 0x20:
			return "", d.fail("Invalid control character at", d.i)
		case c != '\\':
			b = append(b, c)
			d.i++
		default:
			var err error
			if b, err = d.escape(b, start); err != nil {
				return "", err
			}
		}
	}
}

var jsonEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (d *decoder) escape(b []byte, start int) ([]byte, error) {
	if d.i+1 >= len(d.s) {
		return nil, d.fail("Unterminated string starting at", start)
	}
	c := d.s[d.i+1]
	if r, ok := jsonEscapes[c]; ok {
		d.i += 2
		return append(b, r), nil
	}
	if c != 'u' {
		return nil, d.fail("Invalid \\escape", d.i)
	}
	u, ok := d.hex4(d.i + 2)
	if !ok {
		return nil, d.fail("Invalid \\uXXXX escape", d.i+1)
	}
	d.i += 6
	if u >= 0xd800 && u < 0xdc00 && strings.HasPrefix(d.s[d.i:], `\u`) {
		if v, ok := d.hex4(d.i + 2); ok && v >= 0xdc00 && v < 0xe000 {
			d.i += 6
			return utf8.AppendRune(b, 0x10000+(u-0xd800)<<10+(v-0xdc00)), nil
		}
	}
	if u >= 0xd800 && u < 0xe000 {
		return append(b, 0xe0|byte(u>>12), 0x80|byte(u>>6)&0x3f, 0x80|byte(u)&0x3f), nil
	}
	return utf8.AppendRune(b, u), nil
}

func (d *decoder) hex4(at int) (rune, bool) {
	if at+4 > len(d.s) {
		return 0, false
	}
	v, err := strconv.ParseUint(d.s[at:at+4], 16, 32)
	return rune(v), err == nil
}
