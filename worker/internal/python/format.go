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
	if c <= ' ' || c >= 0x80 {
		return Errorf(ValueError, "Unknown format code '\\x%x' for object of type '%s'", c, typeName)
	}
	return Errorf(ValueError, "Unknown format code '%c' for object of type '%s'", c, typeName)
}

// pad fills to the width; sign and prefix stay in front of the fill for '='.
func (s formatSpec) pad(prefix, body string, dflt byte) string {
	n := s.width - countRunes(prefix) - countRunes(body)
	if n <= 0 {
		return prefix + body
	}
	fill := func(n int) string { return repeatRune(s.fill, n) }
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
		if isView(v) && spec != "" {
			return "", Errorf(TypeError, "unsupported format string passed to memoryview.__format__")
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
		if !b.IsInt64() {
			return "", Errorf(OverflowError, "Python int too large to convert to C long")
		}
		if b.Int64() < 0 || b.Int64() > 0x10ffff {
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
	if (math.IsInf(f, 0) || math.IsNaN(f)) && strings.IndexByte("eEfFgGn%\x00", s.typ) < 0 {
		return "", unknownCode(rune(s.typ), name)
	}
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
		switch point := strings.Contains(s, "."); {
		case alt && !point:
			return s + "."
		case alt || !point:
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
