package stdlib

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// decoder reads JSON as Lib/json/decoder.py does, error messages included.
type decoder struct {
	t     *thread
	s     string
	i     int
	hooks jsonHooks
	keys  [8]*python.Str // the first ones, which are all in most documents
	memo  map[string]*python.Str
}

// jsonHooks are what json.loads is given to make the values by; nil or None is the usual way. loose allows control
// characters in strings.
type jsonHooks struct {
	object, pairs, float, integer, constant value
	loose                                   bool
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
	return d.word()
}

func (d *decoder) word() (value, error) {
	rest := d.s[d.i:]
	switch {
	case strings.HasPrefix(rest, "null"):
		d.i += 4
		return python.None, nil
	case strings.HasPrefix(rest, "true"):
		d.i += 4
		return python.True, nil
	case strings.HasPrefix(rest, "false"):
		d.i += 5
		return python.False, nil
	case strings.HasPrefix(rest, "NaN"):
		return d.constant("NaN", math.NaN())
	case strings.HasPrefix(rest, "Infinity"):
		return d.constant("Infinity", math.Inf(1))
	}
	return nil, d.fail("Expecting value", d.i)
}

func (d *decoder) constant(name string, f float64) (value, error) {
	d.i += len(name)
	if given(d.hooks.constant) {
		return d.t.Call(d.hooks.constant, str(name))
	}
	return python.Float(f), nil
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
		return d.constant("-Infinity", math.Inf(-1))
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
	return d.made(text, isFloat)
}

// made is the value of a number that is well-formed.
func (d *decoder) made(text string, isFloat bool) (value, error) {
	if isFloat && given(d.hooks.float) {
		return d.t.Call(d.hooks.float, str(text))
	}
	if !isFloat && given(d.hooks.integer) {
		return d.t.Call(d.hooks.integer, str(text))
	}
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

// key is the str of a key: the same one throughout the document.
func (d *decoder) key(k string) *python.Str {
	for i, s := range d.keys {
		if s == nil {
			d.keys[i] = python.NewStr(k)
			return d.keys[i]
		}
		if s.String() == k {
			return s
		}
	}
	s := d.memo[k]
	if s == nil {
		if d.memo == nil {
			d.memo = map[string]*python.Str{}
		}
		s = python.NewStr(k)
		d.memo[k] = s
	}
	return s
}

func (d *decoder) object(depth int) (value, error) {
	d.i++
	out, pairs := python.NewDict(), (*python.List)(nil)
	if given(d.hooks.pairs) {
		pairs = python.NewList()
	}
	d.space()
	if d.i < len(d.s) && d.s[d.i] == '}' {
		d.i++
		return d.hooked(out, pairs)
	}
	for {
		if d.i >= len(d.s) || d.s[d.i] != '"' {
			return nil, d.fail("Expecting property name enclosed in double quotes", d.i)
		}
		k, err := d.str()
		if err != nil {
			return nil, err
		}
		key := d.key(k)
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
		if pairs != nil {
			pairs.Append(python.NewTuple(key, v))
		} else if err := out.Set(d.t, key, v); err != nil {
			return nil, err
		}
		d.space()
		if d.i < len(d.s) && d.s[d.i] == '}' {
			d.i++
			return d.hooked(out, pairs)
		}
		if d.i >= len(d.s) || d.s[d.i] != ',' {
			return nil, d.fail("Expecting ',' delimiter", d.i)
		}
		d.i++
		d.space()
	}
}

func (d *decoder) hooked(v value, pairs *python.List) (value, error) {
	if pairs != nil {
		return d.t.Call(d.hooks.pairs, pairs)
	}
	if given(d.hooks.object) {
		return d.t.Call(d.hooks.object, v)
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
		case c < 0x20 && !d.hooks.loose:
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
