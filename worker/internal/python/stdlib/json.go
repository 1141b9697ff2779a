package stdlib

import (
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

const (
	dumpSig = "*, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw)"
	loadSig = "*, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw)"
)

// newJSON makes json: the functions are Go, the classes that a file extends are Python around them.
func newJSON(t *thread) (*python.Module, error) {
	classes, err := t.Import("_json_classes")
	if err != nil {
		return nil, err
	}
	m := python.NewModule("json", nil,
		python.Func("dumps(obj, "+dumpSig, func(t *thread, a []value) (value, error) { return dumps(t, classes, a) }),
		python.Func("dump(obj, fp, "+dumpSig, func(t *thread, a []value) (value, error) {
			s, err := dumps(t, classes, append([]value{a[0]}, a[2:]...))
			if err != nil {
				return nil, err
			}
			_, err = t.CallMethod(a[1], "write", s)
			return python.None, err
		}),
		python.Func("loads(s, "+loadSig, func(t *thread, a []value) (value, error) { return loadsWith(t, classes, a[0], a[1:]) }),
		python.Func("load(fp, "+loadSig, func(t *thread, a []value) (value, error) {
			s, err := t.CallMethod(a[0], "read")
			if err != nil {
				return nil, err
			}
			return loadsWith(t, classes, s, a[1:])
		}),
		python.Func("detect_encoding(b)", func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			return str(jsonEncoding(b)), err
		}))
	for _, name := range []string{"JSONEncoder", "JSONDecoder", "JSONDecodeError"} {
		m.Attrs().SetStr(name, classes.Attrs().GetStr(name))
	}
	m.Attrs().SetStr("__path__", python.NewList())
	for _, part := range []string{"decoder", "encoder"} {
		sub, err := jsonParts()["json."+part](t)
		if err != nil {
			return nil, err
		}
		m.Attrs().SetStr(part, sub)
		t.Isolate().Modules().SetStr("json."+part, sub)
	}
	return m, nil
}

// newJSONGo makes what the classes in _json_classes are made of.
func newJSONGo(*thread) (*python.Module, error) {
	return python.NewModule("_json_go", nil,
		python.Func("encode(obj, "+dumpSig, func(t *thread, a []value) (value, error) { return encode(t, a) }),
		python.Func("decode(s, idx, whole, strict, object_hook, parse_float, parse_int, parse_constant, object_pairs_hook)",
			func(t *thread, a []value) (value, error) {
				s, ok := python.AsStr(a[0])
				if !ok {
					return nil, python.Errorf(python.TypeError, "first argument must be a string, not %s", python.TypeOf(a[0]).Name())
				}
				h := jsonHooks{object: a[4], float: a[5], integer: a[6], constant: a[7], pairs: a[8], loose: a[3] == python.False}
				if a[2] == python.True {
					return loads(t, str(s), h)
				}
				return rawDecode(t, s, a[1], h)
			})), nil
}

// jsonParts makes the modules of the package json.
func jsonParts() map[string]maker {
	return map[string]maker{
		"json.decoder": newJSONPart("json.decoder", "JSONDecoder", "JSONDecodeError"),
		"json.encoder": newJSONPart("json.encoder", "JSONEncoder", "encode_basestring", "encode_basestring_ascii"),
	}
}

// newJSONPart makes json.decoder or json.encoder, which hold some of the names of json.
func newJSONPart(name string, names ...string) maker {
	return func(t *thread) (*python.Module, error) {
		classes, err := t.Import("_json_classes")
		if err != nil {
			return nil, err
		}
		m := python.NewModule(name, nil)
		for _, n := range names {
			m.Attrs().SetStr(n, classes.Attrs().GetStr(n))
		}
		return m, nil
	}
}

// JSONError makes the JSONDecodeError of the isolate for a document and a position in code points.
func JSONError(t *thread, msg, doc string, pos int) error {
	m, err := t.Import("_json_classes")
	if err != nil {
		return err
	}
	e, err := t.CallMethod(m, "JSONDecodeError", str(msg), str(doc), python.NewInt(int64(pos)))
	if err != nil {
		return err
	}
	return e.(*python.Exception)
}

func encode(t *thread, a []value) (value, error) {
	e, err := newEncoder(t, a)
	if err != nil {
		return nil, err
	}
	if err := e.value(a[0], 0); err != nil {
		return nil, err
	}
	return str(string(e.b)), nil
}

// dumps is json.dumps: a class of one's own does the work if there is one.
func dumps(t *thread, classes *python.Module, a []value) (value, error) {
	kw, _ := a[len(a)-1].(*python.Dict)
	if !given(a[5]) && (kw == nil || kw.Len() == 0) {
		return encode(t, a)
	}
	args := python.Args{}
	for i, name := range []string{"skipkeys", "ensure_ascii", "check_circular", "allow_nan", "", "indent", "separators", "default", "sort_keys"} {
		if v := a[i+1]; v != nil && name != "" {
			args.Names, args.Values = append(args.Names, python.NewStr(name)), append(args.Values, v)
		}
	}
	cls := a[5]
	if !given(cls) {
		cls = classes.Attrs().GetStr("JSONEncoder")
	}
	e, err := t.CallKw(cls, withKeywords(args, kw))
	if err != nil {
		return nil, err
	}
	return t.CallMethod(e, "encode", a[0])
}

// withKeywords adds **kw to the arguments of a call.
func withKeywords(args python.Args, kw *python.Dict) python.Args {
	if kw != nil {
		kw.All(func(k, v value) bool {
			name, _ := python.AsStr(k)
			args.Names, args.Values = append(args.Names, python.NewStr(name)), append(args.Values, v)
			return true
		})
	}
	return args
}

// loadsWith is json.loads with its keywords: cls, the hooks, **kw.
func loadsWith(t *thread, classes *python.Module, s value, a []value) (value, error) {
	kw, _ := a[6].(*python.Dict)
	if !given(a[0]) && (kw == nil || kw.Len() == 0) {
		return loads(t, s, jsonHooks{object: a[1], float: a[2], integer: a[3], constant: a[4], pairs: a[5]})
	}
	text, err := jsonText(t, s)
	if err != nil {
		return nil, err
	}
	cls := a[0]
	if !given(cls) {
		cls = classes.Attrs().GetStr("JSONDecoder")
	}
	args := python.Args{}
	for i, name := range []string{"object_hook", "parse_float", "parse_int", "parse_constant", "object_pairs_hook"} {
		if given(a[i+1]) {
			args.Names, args.Values = append(args.Names, python.NewStr(name)), append(args.Values, a[i+1])
		}
	}
	d, err := t.CallKw(cls, withKeywords(args, kw))
	if err != nil {
		return nil, err
	}
	return t.CallMethod(d, "decode", str(text))
}

// Loads is json.loads(s) of text.
func Loads(t *thread, s string) (value, error) { return loads(t, str(s), jsonHooks{}) }

// Dumps is json.dumps(v) with the usual separators.
func Dumps(t *thread, v value) (string, error) {
	b, err := DumpsBytes(t, v)
	return string(b), err
}

// DumpsBytes is json.dumps(v) as bytes.
func DumpsBytes(t *thread, v value) ([]byte, error) {
	e, err := newEncoder(t, make([]value, 10))
	if err != nil {
		return nil, err
	}
	if err := e.value(v, 0); err != nil {
		return nil, err
	}
	return e.b, nil
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

// jsonText returns the text of a document that is str or bytes.
func jsonText(t *thread, v value) (string, error) {
	if s, ok := python.AsStr(v); ok {
		if strings.HasPrefix(s, "\ufeff") {
			return "", JSONError(t, "Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
		}
		return s, nil
	}
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not %s", python.TypeOf(v).Name())
	}
	s, err := python.Decode(b, jsonEncoding(b), "surrogatepass")
	return strings.TrimPrefix(s, "\ufeff"), err
}

// jsonEncoding tells by the zero bytes at its beginning how a document is encoded (RFC 4627, section 3).
func jsonEncoding(b string) string {
	zero := func(i int) bool { return i < len(b) && b[i] == 0 }
	switch {
	case strings.HasPrefix(b, "\xff\xfe\x00\x00"), strings.HasPrefix(b, "\x00\x00\xfe\xff"):
		return "utf-32"
	case strings.HasPrefix(b, "\xff\xfe"), strings.HasPrefix(b, "\xfe\xff"):
		return "utf-16"
	case strings.HasPrefix(b, "\xef\xbb\xbf"):
		return "utf-8-sig"
	case zero(0) && zero(1) && len(b) >= 4:
		return "utf-32-be"
	case zero(0) && len(b) >= 2:
		return "utf-16-be"
	case zero(1) && zero(2) && zero(3) && len(b) >= 4:
		return "utf-32-le"
	case zero(1) && len(b) >= 2:
		return "utf-16-le"
	}
	return "utf-8"
}

func loads(t *thread, v value, hooks jsonHooks) (value, error) {
	s, err := jsonText(t, v)
	if err != nil {
		return nil, err
	}
	d := &decoder{t: t, s: s, hooks: hooks}
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

// rawDecode reads one document that begins at a code point, and returns it and where it ends.
func rawDecode(t *thread, s string, idx value, hooks jsonHooks) (value, error) {
	n, err := t.Index(idx)
	if err != nil {
		return nil, err
	}
	d := &decoder{t: t, s: s, hooks: hooks}
	for ; n > 0 && d.i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[d.i:])
		d.i += size
	}
	v, err := d.value(0)
	if err != nil {
		return nil, err
	}
	return python.NewTuple(v, python.NewInt(int64(utf8.RuneCountInString(s[:d.i])))), nil
}
