package stdlib

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

// maxPatterns is how many patterns re remembers, as CPython does.
const maxPatterns = 512

// reModule is Python's re in one isolate, whose lock guards it. The work is done by package regex.
type reModule struct {
	errorClass, flagClass, pattern, match, scanner *python.Type

	compiled map[patternKey]*python.Instance
	oldest   []patternKey // in the order they came

	// The text of the last search: most searches that follow each other are on one text.
	lastStr  *python.Str
	lastText *regex.Text
}

type patternKey struct {
	source  string
	isBytes bool
	flags   regex.Flags
}

func newRe(t *thread) (*python.Module, error) {
	more, err := t.Import("_re_more")
	if err != nil {
		return nil, err
	}
	r := &reModule{compiled: map[patternKey]*python.Instance{}}
	r.errorClass = more.Attrs().GetStr("error").(*python.Type)
	r.flagClass = more.Attrs().GetStr("RegexFlag").(*python.Type)
	r.match, r.scanner = r.newMatchClass(), r.newScannerClass()
	r.pattern = r.newPatternClass()
	m := python.NewModule("re", map[string]value{
		"error": r.errorClass, "RegexFlag": r.flagClass, "Pattern": r.pattern, "Match": r.match,
		"Scanner": more.Attrs().GetStr("Scanner"), "template": more.Attrs().GetStr("template"),
	}, r.functions()...)
	var public []value
	for _, name := range strings.Fields(`match fullmatch search sub subn split findall finditer compile purge template escape error Pattern Match
		A I L M S X U ASCII IGNORECASE LOCALE MULTILINE DOTALL VERBOSE UNICODE NOFLAG RegexFlag`) {
		public = append(public, str(name))
	}
	m.Attrs().SetStr("__all__", python.NewList(public...))
	m.Attrs().SetStr("__version__", str("2.2.1"))
	for _, name := range strings.Fields("A I L M S X U T ASCII IGNORECASE LOCALE MULTILINE DOTALL VERBOSE UNICODE NOFLAG TEMPLATE DEBUG") {
		f, err := t.GetAttr(r.flagClass, name)
		if err != nil {
			return nil, err
		}
		m.Attrs().SetStr(name, f)
	}
	return m, nil
}

// functions are those of the module.
func (r *reModule) functions() []*python.Native {
	out := []*python.Native{
		python.Func("compile(pattern, flags=0)", func(t *thread, a []value) (value, error) {
			i, err := r.compile(t, a[0], a[1])
			if err != nil {
				return nil, err
			}
			return i, nil
		}),
		python.Func("purge()", func(*thread, []value) (value, error) {
			clear(r.compiled)
			r.oldest = nil
			return python.None, nil
		}),
		python.Func("escape(pattern)", func(_ *thread, a []value) (value, error) { return escapePattern(a[0]) }),
	}
	for name, f := range map[string]func(*thread, *regex.Pattern, []value) (value, error){
		"search(pattern, string, flags=0)":    r.finds(regex.Search),
		"match(pattern, string, flags=0)":     r.finds(regex.Match),
		"fullmatch(pattern, string, flags=0)": r.finds(regex.Full),
		"findall(pattern, string, flags=0)":   r.findAll, "finditer(pattern, string, flags=0)": r.findIter,
		"split(pattern, string, maxsplit=0, flags=0)":  r.split,
		"sub(pattern, repl, string, count=0, flags=0)": r.sub(false), "subn(pattern, repl, string, count=0, flags=0)": r.sub(true),
	} {
		out = append(out, python.Func(name, func(t *thread, a []value) (value, error) {
			i, err := r.compile(t, a[0], a[len(a)-1])
			if err != nil {
				return nil, err
			}
			var args [5]value // room for pos and endpos too, which only methods have
			copy(args[:], a[1:len(a)-1])
			return f(t, i.Data.(*regex.Pattern), args[:])
		}))
	}
	return out
}

// compile returns the Pattern of a pattern, which may be one already.
func (r *reModule) compile(t *thread, src, flags value) (*python.Instance, error) {
	n, ok := python.AsInt(orNone(flags))
	if !ok && given(flags) {
		return nil, python.Errorf(python.TypeError, "unsupported operand type(s) for &: '%s' and 'RegexFlag'", python.TypeOf(flags).Name())
	}
	if i, ok := src.(*python.Instance); ok && i.Class() == r.pattern {
		if n != 0 {
			return nil, python.Errorf(python.ValueError, "cannot process flags argument with a compiled pattern")
		}
		return i, nil
	}
	key := patternKey{flags: regex.Flags(n)}
	switch s := src.(type) {
	case *python.Str:
		key.source = s.String()
	default:
		if key.source, ok = python.AsStr(src); ok {
			break
		}
		if key.source, ok = python.AsBytes(src); !ok {
			return nil, python.Errorf(python.TypeError, "first argument must be string or compiled pattern")
		}
		key.isBytes = true
	}
	if i := r.compiled[key]; i != nil {
		return i, nil
	}
	if key.flags&regex.TemplateFlag != 0 {
		r.warn(t)(regex.Warning{
			Category: "DeprecationWarning",
			Text:     "The re.TEMPLATE/re.T flag is deprecated as it is an undocumented flag without an obvious purpose. Don't use it.",
		})
	}
	p, err := regex.Compile(key.source, key.isBytes, key.flags, r.warn(t))
	if err != nil {
		return nil, r.raised(t, err, src)
	}
	i := python.NewInstance(r.pattern, p)
	p.Object = i
	r.remember(key, i)
	return i, nil
}

func (r *reModule) remember(key patternKey, i *python.Instance) {
	if len(r.oldest) >= maxPatterns {
		delete(r.compiled, r.oldest[0])
		r.oldest = append([]patternKey(nil), r.oldest[1:]...)
	}
	r.compiled[key] = i
	r.oldest = append(r.oldest, key)
}

// escapePattern is re.escape.
func escapePattern(v value) (value, error) {
	s, isStr := python.AsStr(v)
	if !isStr {
		var ok bool
		if s, ok = python.AsBytes(v); !ok {
			return nil, python.Errorf(python.TypeError, "decoding to str: need a bytes-like object, %s found", python.TypeOf(v).Name())
		}
	}
	var sb strings.Builder
	for i := range len(s) {
		if strings.IndexByte("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", s[i]) >= 0 {
			sb.WriteByte('\\')
		}
		sb.WriteByte(s[i])
	}
	return textOf(!isStr, sb.String()), nil
}

// textOf makes a str, or bytes.
func textOf(isBytes bool, s string) value {
	if isBytes {
		return python.NewBytes([]byte(s))
	}
	return str(s)
}
