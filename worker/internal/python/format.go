package python

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// formatSpec is a parsed format specification (Python/formatter_unicode.c).
type formatSpec struct {
	fill      rune
	align     byte // 0 if not given
	sign      byte
	alt, zero bool
	width     int
	sep       byte
	prec      int // -1 if not given
	typ       byte
}

func parseSpec(spec, typeName string) (formatSpec, error) {
	s := formatSpec{fill: ' ', prec: -1}
	rs := []rune(spec)
	i := 0
	if len(rs) >= 2 && strings.ContainsRune("<>=^", rs[1]) {
		s.fill, s.align, i = rs[0], byte(rs[1]), 2
	} else if len(rs) >= 1 && strings.ContainsRune("<>=^", rs[0]) {
		s.align, i = byte(rs[0]), 1
	}
	at := func(set string) byte {
		if i < len(rs) && strings.ContainsRune(set, rs[i]) {
			i++
			return byte(rs[i-1])
		}
		return 0
	}
	number := func() (int, bool) {
		n, ok := 0, false
		for i < len(rs) && rs[i] >= '0' && rs[i] <= '9' {
			n, ok = min(n*10+int(rs[i]-'0'), maxAlloc+1), true
			i++
		}
		return n, ok
	}
	s.sign = at("+- ")
	at("z")
	s.alt = at("#") != 0
	if at("0") != 0 {
		s.zero = true
		if s.align == 0 {
			s.fill, s.align = '0', '='
		}
	}
	s.width, _ = number()
	s.sep = at(",_")
	if s.sep != 0 && at(",_") != 0 {
		return s, Errorf(ValueError, "Cannot specify both ',' and '_'.")
	}
	if at(".") != 0 {
		n, ok := number()
		if !ok {
			return s, Errorf(ValueError, "Format specifier missing precision")
		}
		s.prec = n
	}
	if i < len(rs)-1 {
		return s, Errorf(ValueError, "Invalid format specifier '%s' for object of type '%s'", spec, typeName)
	}
	if i < len(rs) {
		if rs[i] > 127 {
			return s, unknownCode(rs[i], typeName)
		}
		s.typ = byte(rs[i])
	}
	if s.width > maxAlloc || s.prec > maxAlloc {
		return s, Errorf(ValueError, "Too many decimal digits in format string")
	}
	return s, nil
}

func unknownCode(c rune, typeName string) error {
	return Errorf(ValueError, "Unknown format code '%c' for object of type '%s'", c, typeName)
}

// pad fills to the width; sign and prefix stay in front of the fill for '='.
func (s formatSpec) pad(prefix, body string, dflt byte) string {
	n := s.width - countRunes(prefix) - countRunes(body)
	if n <= 0 {
		return prefix + body
	}
	fill := func(n int) string { return strings.Repeat(string(s.fill), n) }
	align := s.align
	if align == 0 {
		align = dflt
	}
	switch align {
	case '<':
		return prefix + body + fill(n)
	case '^':
		return fill(n/2) + prefix + body + fill(n-n/2)
	case '=':
		return prefix + fill(n) + body
	}
	return fill(n) + prefix + body
}

// Format is format(v, spec).
func (t *Thread) Format(v Value, spec string) (string, error) {
	if i, ok := v.(*Instance); ok {
		if fn := userMethod(i.cls, "__format__"); fn != nil {
			if n, ok := fn.(*Native); !ok || !n.plain {
				r, err := t.call(fn, []Value{v, NewStr(spec)}, nil)
				if err != nil {
					return "", err
				}
				s, _ := AsStr(r)
				return s, nil
			}
		}
		if i.base != nil && spec != "" {
			v = i.base
		}
	}
	if spec == "" {
		return t.Str(v)
	}
	name := v.typ().name
	switch x := v.(type) {
	case *Str:
		return formatStr(x.s, spec)
	case Int, *BigInt, Bool:
		s, err := parseSpec(spec, name)
		if err != nil {
			return "", err
		}
		return formatInt(v, s, name)
	case Float:
		s, err := parseSpec(spec, name)
		if err != nil {
			return "", err
		}
		return formatFloat(float64(x), s, name)
	}
	return "", Errorf(TypeError, "unsupported format string passed to %s.__format__", name)
}

func formatStr(v, spec string) (string, error) {
	s, err := parseSpec(spec, "str")
	if err != nil {
		return "", err
	}
	switch {
	case s.typ != 0 && s.typ != 's':
		return "", unknownCode(rune(s.typ), "str")
	case s.sign != 0:
		return "", Errorf(ValueError, "Sign not allowed in string format specifier")
	case s.alt:
		return "", Errorf(ValueError, "Alternate form (#) not allowed in string format specifier")
	case s.sep != 0:
		return "", Errorf(ValueError, "Cannot specify '%c' with 's'.", s.sep)
	}
	if s.align == '=' {
		if !s.zero {
			return "", Errorf(ValueError, "'=' alignment not allowed in string format specifier")
		}
		s.align = '<'
	}
	if s.prec >= 0 && s.prec < countRunes(v) {
		v = NewStr(v).sub(0, s.prec).s
	}
	return s.pad("", v, '<'), nil
}

func (s formatSpec) signOf(neg bool) string {
	switch {
	case neg:
		return "-"
	case s.sign == '+' || s.sign == ' ':
		return string(s.sign)
	}
	return ""
}

// group puts separators between digits, every size of them; with zero fill the zeros are grouped too.
func (s formatSpec) group(digits string, size int, used int) string {
	if s.sep == 0 {
		return digits
	}
	if s.align == '=' && s.fill == '0' {
		for {
			grouped := len(digits) + (len(digits)-1)/size
			if grouped+used >= s.width {
				break
			}
			digits = "0" + digits
		}
	}
	var b []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%size == 0 {
			b = append(b, s.sep)
		}
		b = append(b, digits[i])
	}
	return string(b)
}

func formatInt(v Value, s formatSpec, name string) (string, error) {
	b, _ := AsBig(v)
	base, prefix := 10, ""
	switch s.typ {
	case 0, 'd', 'n':
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	case 'o':
		base, prefix = 8, "0o"
	case 'b':
		base, prefix = 2, "0b"
	case 'c':
		if !b.IsInt64() || b.Int64() < 0 || b.Int64() > 0x10ffff {
			return "", Errorf(OverflowError, "%%c arg not in range(0x110000)")
		}
		return s.pad("", string(appendRune(nil, rune(b.Int64()))), '<'), nil
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		f, err := toFloat(v)
		if err != nil {
			return "", err
		}
		return formatFloat(f, s, name)
	default:
		return "", unknownCode(rune(s.typ), name)
	}
	if s.prec >= 0 {
		return "", Errorf(ValueError, "Precision not allowed in integer format specifier")
	}
	if base == 10 {
		if _, err := bigText(b); err != nil {
			return "", err
		}
	}
	digits := new(big.Int).Abs(b).Text(base)
	if s.typ == 'X' {
		digits = strings.ToUpper(digits)
	}
	sign := s.signOf(b.Sign() < 0)
	if s.alt {
		sign += prefix
	}
	size := 3
	if base != 10 {
		size = 4
		if s.sep == ',' {
			return "", Errorf(ValueError, "Cannot specify ',' with '%c'.", s.typ)
		}
	}
	return s.pad(sign, s.group(digits, size, len(sign)), '>'), nil
}

func formatFloat(f float64, s formatSpec, name string) (string, error) {
	neg := math.Signbit(f) && !math.IsNaN(f)
	body, err := floatBody(math.Abs(f), &s, name)
	if err != nil {
		return "", err
	}
	sign := s.signOf(neg)
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return s.pad(sign, body, '>'), nil
	}
	if s.sep != 0 {
		whole, rest := body, ""
		if i := strings.IndexAny(body, ".e%E"); i >= 0 {
			whole, rest = body[:i], body[i:]
		}
		body = s.group(whole, 3, len(sign)+len(rest)) + rest
	}
	return s.pad(sign, body, '>'), nil
}

// floatBody writes the absolute value.
func floatBody(f float64, s *formatSpec, name string) (string, error) {
	prec := s.prec
	if prec < 0 {
		prec = 6
	}
	special := func() (string, bool) {
		text := ""
		switch {
		case math.IsNaN(f):
			text = "nan"
		case math.IsInf(f, 0):
			text = "inf"
		}
		if s.typ == 'E' || s.typ == 'F' || s.typ == 'G' {
			text = strings.ToUpper(text)
		}
		if s.typ == '%' && text != "" {
			text += "%"
		}
		return text, text != ""
	}
	if text, ok := special(); ok {
		return text, nil
	}
	switch s.typ {
	case 'e', 'E':
		r := strconv.FormatFloat(f, s.typ, prec, 64)
		if s.alt && prec == 0 {
			r = r[:1] + "." + r[1:]
		}
		return r, nil
	case 'f', 'F':
		r := strconv.FormatFloat(f, 'f', prec, 64)
		if s.alt && prec == 0 {
			r += "."
		}
		return r, nil
	case '%':
		return strconv.FormatFloat(f*100, 'f', prec, 64) + "%", nil
	case 'g', 'G', 'n':
		return general(f, max(prec, 1), s.alt, s.typ == 'G', 0), nil
	case 0:
		if s.prec < 0 {
			return FloatRepr(f), nil
		}
		return general(f, max(prec, 1), s.alt, false, 1), nil
	}
	return "", unknownCode(rune(s.typ), name)
}

// general is format 'g'; extra is 1 for the empty type, which keeps one digit after the point.
func general(f float64, prec int, alt, upper bool, extra int) string {
	e := strconv.FormatFloat(f, 'e', prec-1, 64)
	i := strings.IndexByte(e, 'e')
	exp, _ := strconv.Atoi(e[i+1:])
	trim := func(s string) string {
		if alt || !strings.Contains(s, ".") {
			return s
		}
		return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	var r string
	if exp < -4 || exp >= prec-extra*b2i(exp == prec-1 && extra == 1) && exp >= prec-extra {
		r = trim(e[:i]) + e[i:]
	} else {
		r = trim(strconv.FormatFloat(f, 'f', max(prec-1-exp, 0), 64))
		if extra == 1 && !strings.Contains(r, ".") {
			r += ".0"
		}
	}
	if upper {
		return strings.ToUpper(r)
	}
	return r
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// percent is the % operator of str and bytes (Objects/unicodeobject.c, PyUnicode_Format).
func (t *Thread) percent(a, b Value) (Value, error) {
	if bs, ok := a.(*Bytes); ok {
		r, err := t.percentText(bs.s, b, true)
		return &Bytes{r}, err
	}
	r, err := t.percentText(a.(*Str).s, b, false)
	return NewStr(r), err
}

type percentArgs struct {
	items []Value
	next  int
	dict  Value
}

func (p *percentArgs) take() (Value, error) {
	if p.next >= len(p.items) {
		return nil, Errorf(TypeError, "not enough arguments for format string")
	}
	p.next++
	return p.items[p.next-1], nil
}

func (t *Thread) percentText(s string, b Value, isBytes bool) (string, error) {
	p := &percentArgs{items: []Value{b}}
	if tup, ok := unwrap(b).(*Tuple); ok {
		p.items = tup.items
	} else if _, isB := AsBytes(b); isBytes && isB {
		p.dict = nil
	} else if _, isStr := unwrap(b).(*Str); !isStr && b.typ().lookup("__getitem__") != nil {
		p.dict = b
	}
	var sb strings.Builder
	for i := 0; i < len(s); {
		j := strings.IndexByte(s[i:], '%')
		if j < 0 {
			sb.WriteString(s[i:])
			break
		}
		sb.WriteString(s[i : i+j])
		n, text, err := t.percentOne(s[i+j:], p, isBytes)
		if err != nil {
			return "", err
		}
		if err := t.grown(sb.Len()+len(text), len(text)); err != nil {
			return "", err
		}
		sb.WriteString(text)
		i += j + n
	}
	if p.next < len(p.items) && p.dict == nil {
		kind := "string"
		if isBytes {
			kind = "bytes"
		}
		return "", Errorf(TypeError, "not all arguments converted during %s formatting", kind)
	}
	return sb.String(), nil
}

// percentOne formats the conversion at the start of s and returns its length.
func (t *Thread) percentOne(s string, p *percentArgs, isBytes bool) (int, string, error) { //nolint:funlen,gocognit // one case a kind of value
	i := 1
	f := formatSpec{fill: ' ', prec: -1, align: '>'}
	var arg Value
	if i < len(s) && s[i] == '(' {
		j := strings.IndexByte(s, ')')
		if j < 0 {
			return 0, "", Errorf(ValueError, "incomplete format key")
		}
		if p.dict == nil {
			return 0, "", Errorf(TypeError, "format requires a mapping")
		}
		v, err := t.GetItem(p.dict, NewStr(s[2:j]))
		if err != nil {
			return 0, "", err
		}
		arg, i = v, j+1
	}
	for ; i < len(s) && strings.IndexByte("-+ #0", s[i]) >= 0; i++ {
		switch s[i] {
		case '-':
			f.align = '<'
		case '+', ' ':
			if f.sign != '+' {
				f.sign = s[i]
			}
		case '#':
			f.alt = true
		case '0':
			f.zero = true
		}
	}
	num := func(dflt int) (int, error) {
		if i < len(s) && s[i] == '*' {
			i++
			v, err := p.take()
			if err != nil {
				return 0, err
			}
			n, ok := AsInt(v)
			if !ok {
				return 0, Errorf(TypeError, "* wants int")
			}
			return int(n), nil
		}
		n := dflt
		for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			n = min(max(n, 0)*10+int(s[i]-'0'), maxAlloc+1)
		}
		return n, nil
	}
	var err error
	if f.width, err = num(0); err != nil {
		return 0, "", err
	}
	if f.width < 0 {
		f.width, f.align = -f.width, '<'
	}
	if i < len(s) && s[i] == '.' {
		i++
		if f.prec, err = num(0); err != nil {
			return 0, "", err
		}
	}
	if f.width > maxAlloc || f.prec > maxAlloc {
		return 0, "", NewException(MemoryError)
	}
	for i < len(s) && strings.IndexByte("hlL", s[i]) >= 0 {
		i++
	}
	if i >= len(s) {
		return 0, "", Errorf(ValueError, "incomplete format")
	}
	f.typ = s[i]
	i++
	if f.typ == '%' {
		return i, "%", nil
	}
	if arg == nil {
		if p.dict != nil && len(p.items) == 1 {
			p.dict = nil
		}
		if arg, err = p.take(); err != nil {
			return 0, "", err
		}
	}
	text, err := t.percentValue(arg, f, i-1, isBytes)
	return i, text, err
}

func (t *Thread) percentValue(v Value, f formatSpec, at int, isBytes bool) (string, error) {
	var text string
	var err error
	switch f.typ {
	case 's', 'r', 'a', 'b':
		switch {
		case isBytes && (f.typ == 's' || f.typ == 'b'):
			var ok bool
			if text, ok = AsBytes(v); !ok {
				return "", Errorf(TypeError, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", v.typ().name)
			}
		case f.typ == 's':
			text, err = t.Str(v)
		default:
			if text, err = t.Repr(v); f.typ == 'a' {
				text = asciiOnly(text)
			}
		}
		if err != nil {
			return "", err
		}
		if f.prec >= 0 && f.prec < countRunes(text) {
			text = NewStr(text).sub(0, f.prec).s
		}
		return f.pad("", text, '>'), nil
	case 'c':
		if s, ok := AsStr(v); ok && countRunes(s) == 1 {
			return f.pad("", s, '>'), nil
		}
		n, ok := AsInt(v)
		if !ok {
			return "", Errorf(TypeError, "%%c requires int or char")
		}
		return f.pad("", string(appendRune(nil, rune(n))), '>'), nil
	}
	return t.percentNumber(unwrap(v), f, at)
}

func (t *Thread) percentNumber(v Value, f formatSpec, at int) (string, error) { //nolint:gocognit // one case a kind of value
	if f.zero && f.align != '<' {
		f.fill, f.align = '0', '='
	}
	switch f.typ {
	case 'd', 'i', 'u', 'x', 'X', 'o':
		kind := f.typ
		if kind == 'i' || kind == 'u' {
			f.typ = 'd'
		}
		if x, ok := v.(Float); ok && f.typ == 'd' {
			n, err := floatToInt(float64(x))
			if err != nil {
				return "", err
			}
			v = n
		}
		if !isInt(v) {
			if f.typ == 'd' {
				return "", Errorf(TypeError, "%%%c format: a real number is required, not %s", kind, v.typ().name)
			}
			return "", Errorf(TypeError, "%%%c format: an integer is required, not %s", kind, v.typ().name)
		}
		prec := f.prec
		f.prec = -1
		if prec >= 0 {
			b, _ := AsBig(v)
			inner := formatSpec{typ: f.typ, prec: -1}
			digits, err := formatInt(NewBig(new(big.Int).Abs(b)), inner, "int")
			if err != nil {
				return "", err
			}
			return f.pad(f.signOf(b.Sign() < 0), strings.Repeat("0", max(0, prec-len(digits)))+digits, '>'), nil
		}
		return formatInt(v, f, v.typ().name)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		if !isInt(v) && !isFloat(v) {
			return "", Errorf(TypeError, "must be real number, not %s", v.typ().name)
		}
		x, err := toFloat(v)
		if err != nil {
			return "", err
		}
		return formatFloat(x, f, "float")
	}
	return "", Errorf(ValueError, "unsupported format character '%c' (0x%x) at index %d", f.typ, f.typ, at)
}

// formatMethod is str.format (Objects/stringlib/unicode_format.h).
func (t *Thread) formatMethod(s string, args Args, kw func(name string) (Value, error)) (string, error) {
	auto := 0
	return t.formatFields(s, args, kw, &auto, 2)
}

func (t *Thread) formatFields(s string, args Args, kw func(string) (Value, error), auto *int, depth int) (string, error) {
	if depth < 0 {
		return "", Errorf(ValueError, "Max string recursion exceeded")
	}
	var sb strings.Builder
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(s) && s[i+1] == c:
			sb.WriteByte(c)
			i += 2
		case c == '}':
			return "", Errorf(ValueError, "Single '}' encountered in format string")
		case c == '{':
			end, nest := i+1, 1
			for ; end < len(s) && nest > 0; end++ {
				switch s[end] {
				case '{':
					nest++
				case '}':
					nest--
				}
			}
			if nest > 0 {
				if i+1 == len(s) {
					return "", Errorf(ValueError, "Single '{' encountered in format string")
				}
				return "", Errorf(ValueError, "expected '}' before end of string")
			}
			text, err := t.formatField(s[i+1:end-1], args, kw, auto, depth)
			if err != nil {
				return "", err
			}
			if err := t.grown(sb.Len()+len(text), len(text)); err != nil {
				return "", err
			}
			sb.WriteString(text)
			i = end
		default:
			sb.WriteByte(c)
			i++
		}
	}
	return sb.String(), nil
}

func (t *Thread) formatField(field string, args Args, kw func(string) (Value, error), auto *int, depth int) (string, error) {
	spec, conv := "", byte(0)
	name := field
	if i := strings.IndexAny(field, "!:"); i >= 0 {
		name = field[:i]
		rest := field[i:]
		if rest[0] == '!' {
			if len(rest) < 2 {
				return "", Errorf(ValueError, "end of string while looking for conversion specifier")
			}
			conv = rest[1]
			rest = rest[2:]
		}
		spec = strings.TrimPrefix(rest, ":")
	}
	v, err := t.formatArg(name, args, kw, auto)
	if err != nil {
		return "", err
	}
	if strings.Contains(spec, "{") {
		if spec, err = t.formatFields(spec, args, kw, auto, depth-1); err != nil {
			return "", err
		}
	}
	return t.formatConv(v, conv, spec)
}

// formatArg resolves "0.name[key]".
func (t *Thread) formatArg(name string, args Args, kw func(string) (Value, error), auto *int) (Value, error) {
	end := strings.IndexAny(name, ".[")
	if end < 0 {
		end = len(name)
	}
	first, rest := name[:end], name[end:]
	n, err := strconv.Atoi(first)
	if first == "" {
		n, err = *auto, nil
		*auto++
	}
	var v Value
	if err == nil {
		if n >= len(args.Pos) || n < 0 {
			return nil, Errorf(IndexError, "Replacement index %d out of range for positional args tuple", n)
		}
		v = args.Pos[n]
	} else if v, err = kw(first); err != nil {
		return nil, err
	}
	for rest != "" {
		if rest[0] == '[' {
			j := strings.IndexByte(rest, ']')
			if j < 0 {
				return nil, Errorf(ValueError, "Missing ']' in format string")
			}
			var key Value = NewStr(rest[1:j])
			if k, err := strconv.Atoi(rest[1:j]); err == nil {
				key = NewInt(int64(k))
			}
			if v, err = t.GetItem(v, key); err != nil {
				return nil, err
			}
			rest = rest[j+1:]
			continue
		}
		rest = rest[1:]
		j := strings.IndexAny(rest, ".[")
		if j < 0 {
			j = len(rest)
		}
		if v, err = t.GetAttr(v, rest[:j]); err != nil {
			return nil, err
		}
		rest = rest[j:]
	}
	return v, nil
}
