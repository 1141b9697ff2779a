package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// isText says whether v is a str or bytes, and its bytes.
func isText(v value) (string, bool) {
	if s, ok := python.AsStr(v); ok {
		return s, true
	}
	return python.AsBytes(v)
}

// given says that an argument is there and not None.
func given(v value) bool { return v != nil && v != python.None }

// pairs calls f for every key and value of a dict or of a sequence of pairs (requests.utils.to_key_val_list).
func pairs(t *thread, v value, f func(k, v value) error) error {
	if d, ok := python.Unwrap(v).(*python.Dict); ok {
		var err error
		d.All(func(k, v value) bool {
			err = f(k, v)
			return err == nil
		})
		return err
	}
	if _, text := isText(v); text || isInt(v) {
		return python.Errorf(python.ValueError, "cannot encode objects that are not 2-tuples")
	}
	items, err := t.HasAttr(v, "items")
	if err != nil {
		return err
	}
	if items != nil {
		if v, err = t.Call(items); err != nil {
			return err
		}
	}
	return t.Each(v, func(item value) error {
		pair, err := t.ToSlice(item)
		if err != nil {
			return err
		}
		if len(pair) != 2 {
			return unpackError(len(pair))
		}
		return f(pair[0], pair[1])
	})
}

func unpackError(n int) error {
	if n < 2 {
		return python.Errorf(python.ValueError, "not enough values to unpack (expected 2, got %d)", n)
	}
	return python.Errorf(python.ValueError, "too many values to unpack (expected 2)")
}

func isInt(v value) bool {
	_, ok := python.AsBig(v)
	return ok
}

// each calls f for the value, or for each of its values if it has several.
func each(t *thread, v value, f func(v value) error) error {
	if _, text := isText(v); text {
		return f(v)
	}
	switch v.(type) {
	case python.Int, python.Float, python.Bool, *python.BigInt:
		return f(v)
	}
	if v == python.None {
		return nil
	}
	iter, err := t.HasAttr(v, "__iter__")
	if err != nil {
		return err
	}
	if iter == nil && !iterable(v) {
		return f(v)
	}
	return t.Each(v, func(v value) error {
		if v == python.None {
			return nil
		}
		return f(v)
	})
}

func iterable(v value) bool {
	switch python.Unwrap(v).(type) {
	case *python.List, *python.Tuple, *python.Dict, *python.Set, *python.Range, *python.Generator:
		return true
	}
	return false
}

// encodeParams makes a query or a form of a mapping or of pairs (RequestEncodingMixin._encode_params).
func encodeParams(t *thread, v value) (string, error) {
	if s, ok := isText(v); ok {
		return s, nil
	}
	switch v.(type) {
	case python.Int, python.Float, python.Bool, *python.BigInt:
		return "", python.Errorf(python.TypeError, "Cannot mix str and non-str arguments")
	}
	var b []byte
	err := pairs(t, v, func(k, vs value) error {
		return each(t, vs, func(v value) (err error) {
			if len(b) > 0 {
				b = append(b, '&')
			}
			if b, err = appendPlus(t, b, k); err != nil {
				return err
			}
			b, err = appendPlus(t, append(b, '='), v)
			return err
		})
	})
	return string(b), err
}

// appendPlus appends quote_plus of a value.
func appendPlus(t *thread, b []byte, v value) ([]byte, error) {
	s, ok := isText(v)
	if !ok {
		var err error
		if s, err = t.Str(v); err != nil {
			return b, err
		}
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b = append(b, '+')
		case alnum(c) || strings.IndexByte("_.-~", c) >= 0:
			b = append(b, c)
		default:
			b = percent(b, c)
		}
	}
	return b, nil
}
