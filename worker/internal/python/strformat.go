package python

import (
	"strconv"
	"strings"
)

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
			end, err := fieldEnd(s, i)
			if err != nil {
				return "", err
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

// fieldEnd returns where the field ends that begins with the brace at i.
func fieldEnd(s string, i int) (int, error) {
	nest := 1
	for end := i + 1; end < len(s); end++ {
		switch s[end] {
		case '{':
			nest++
		case '}':
			if nest--; nest == 0 {
				return end + 1, nil
			}
		}
	}
	if i+1 == len(s) {
		return 0, Errorf(ValueError, "Single '{' encountered in format string")
	}
	return 0, Errorf(ValueError, "expected '}' before end of string")
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
		if args.Pos == nil {
			return nil, Errorf(ValueError, "Format string contains positional fields")
		}
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
