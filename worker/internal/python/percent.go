package python

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// percent is the % operator of str and bytes (Objects/unicodeobject.c, PyUnicode_Format).
func (t *Thread) percent(a, b Value) (Value, error) {
	if bs, ok := a.(*Bytes); ok {
		r, err := t.percentText(bs.s, b, true)
		return &Bytes{r}, err
	}
	if array, ok := a.(*ByteArray); ok {
		r, err := t.percentText(string(array.b), b, true)
		return &ByteArray{[]byte(r)}, err
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
	} else if _, isB := AsBytes(b); isBytes && isB && !isView(b) {
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
			if !ok && isInt(unwrap(v)) {
				return 0, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
			}
			if !ok {
				return 0, Errorf(TypeError, "* wants int")
			}
			return int(max(min(n, maxAlloc+1), -maxAlloc-1)), nil
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
			if text, err = t.Repr(v); f.typ == 'a' || isBytes {
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
		return percentChar(v, f, isBytes)
	}
	if !isView(v) {
		v = unwrap(v)
	}
	n, err := t.percentOperand(v, f.typ)
	if err != nil {
		return "", err
	}
	return t.percentNumber(n, f, at)
}

// percentOperand asks an object for the number that a conversion formats; what has none is left as it is.
func (t *Thread) percentOperand(v Value, typ byte) (Value, error) {
	i, ok := v.(*Instance)
	if !ok {
		return v, nil
	}
	names := []string{"__index__"}
	switch {
	case strings.IndexByte("eEfFgG", typ) >= 0:
		names = []string{"__float__", "__index__"}
	case strings.IndexByte("diu", typ) >= 0:
		names = []string{"__int__", "__index__"}
	}
	for _, name := range names {
		if m := userMethod(i.cls, name); m != nil {
			return t.call(m, []Value{i}, nil)
		}
	}
	return v, nil
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

// percentByte is %c of bytes.
func percentByte(v Value) (string, error) {
	if b, ok := AsBytes(v); ok && len(b) == 1 && !isView(v) {
		return b, nil
	}
	n, ok := AsInt(v)
	switch {
	case ok && n >= 0 && n < 256:
		return string([]byte{byte(n)}), nil
	case isInt(unwrap(v)):
		return "", Errorf(OverflowError, "%%c arg not in range(256)")
	}
	return "", Errorf(TypeError, "%%c requires an integer in range(256) or a single byte")
}

// percentChar is %c.
func percentChar(v Value, f formatSpec, isBytes bool) (string, error) {
	if isBytes {
		b, err := percentByte(v)
		return f.pad("", b, '>'), err
	}
	if s, ok := AsStr(v); ok && countRunes(s) == 1 {
		return f.pad("", s, '>'), nil
	}
	n, ok := AsInt(v)
	if ok && (n < 0 || n > utf8.MaxRune) || !ok && isInt(unwrap(v)) {
		return "", Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	if !ok {
		return "", Errorf(TypeError, "%%c requires int or char")
	}
	return f.pad("", string(appendRune(nil, rune(n))), '>'), nil
}
