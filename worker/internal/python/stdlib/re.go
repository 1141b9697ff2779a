package stdlib

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// pattern is a compiled regular expression. Go's engine has no look-around and no back-references: those are refused when
// the pattern is compiled, never mismatched.
type pattern struct {
	re      *regexp.Regexp
	full    *regexp.Regexp
	start   *regexp.Regexp
	src     value
	isBytes bool
	flags   int64
	object  value // the Pattern that Python sees
}

func compilePattern(m *python.Module, src value, flags int64) (*pattern, error) {
	s, ok := python.AsStr(src)
	isBytes := false
	if !ok {
		if s, ok = python.AsBytes(src); !ok {
			return nil, python.Errorf(python.TypeError, "first argument must be string or compiled pattern")
		}
		isBytes = true
	}
	if strings.Contains(s, "(?=") || strings.Contains(s, "(?!") || strings.Contains(s, "(?<=") || strings.Contains(s, "(?<!") {
		return nil, python.Errorf(python.NotImplementedError, "look-around in a regular expression is not supported: %q", s)
	}
	mode := ""
	for bit, f := range map[int64]string{2: "i", 8: "m", 16: "s"} {
		if flags&bit != 0 {
			mode += f
		}
	}
	g := goPattern(s, flags&64 != 0)
	if mode != "" {
		g = "(?" + mode + ")" + g
	}
	p := &pattern{src: src, isBytes: isBytes, flags: flags}
	var err error
	if p.re, err = regexp.Compile(g); err == nil {
		if p.full, err = regexp.Compile(`\A(?:` + g + `)\z`); err == nil {
			p.start, err = regexp.Compile(`\A(?:` + g + `)`)
		}
	}
	if err != nil {
		msg := err.Error()
		if e, ok := err.(*syntax.Error); ok { //nolint:errorlint // regexp returns it bare
			msg = string(e.Code) + ": " + e.Expr
		}
		return nil, python.Errorf(m.Attrs().GetStr("error").(*python.Type), "%s", msg)
	}
	return p, nil
}

// goPattern translates what is spelled differently; $ matches before a last newline, as in Python.
func goPattern(s string, verbose bool) string {
	var sb strings.Builder
	class := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			i++
			switch {
			case s[i] == 'Z':
				sb.WriteString(`\z`)
			case s[i] == 'd' && !class:
				sb.WriteString(`\p{Nd}`)
			case s[i] == 'w' && !class:
				sb.WriteString(`[\p{L}\p{N}_]`)
			case s[i] == '/' || s[i] == '"' || s[i] == '\'' || s[i] == ' ' || s[i] == '@' || s[i] == ':' || s[i] == '=' || s[i] == '%' || s[i] == ',' || s[i] == ';' || s[i] == '<' || s[i] == '>' || s[i] == '!' || s[i] == '~' || s[i] == '`':
				sb.WriteByte(s[i])
			default:
				sb.WriteByte(c)
				sb.WriteByte(s[i])
			}
		case class:
			class = c != ']'
			if c == '[' {
				sb.WriteByte('\\')
			}
			sb.WriteByte(c)
		case c == '[':
			class = true
			sb.WriteByte(c)
			if strings.HasPrefix(s[i+1:], "^]") {
				sb.WriteString(`^\]`)
				i += 2
			} else if strings.HasPrefix(s[i+1:], "]") {
				sb.WriteString(`\]`)
				i++
			}
		case verbose && (c == ' ' || c == '\n' || c == '\t'):
		case verbose && c == '#':
			for i < len(s) && s[i] != '\n' {
				i++
			}
		default:
			sb.WriteByte(c)
		}
	}
	return sb.String()
}

func newRe(*thread) (*python.Module, error) { //nolint:funlen,gocognit // a table of short functions
	m := python.NewModule("re", map[string]value{
		"error":      python.NewClass(python.ClassSpec{Name: "error", Module: "re", Bases: []*python.Type{python.ExceptionType}}),
		"IGNORECASE": python.NewInt(2), "I": python.NewInt(2), "MULTILINE": python.NewInt(8), "M": python.NewInt(8), "DOTALL": python.NewInt(16),
		"S": python.NewInt(16), "VERBOSE": python.NewInt(64), "X": python.NewInt(64), "ASCII": python.NewInt(256), "A": python.NewInt(256), "UNICODE": python.NewInt(32), "U": python.NewInt(32),
		"NOFLAG": python.NewInt(0), "L": python.NewInt(4), "LOCALE": python.NewInt(4), "RegexFlag": python.IntType, // the flags are plain ints here
	})
	match := matchClass()
	methods := patternMethods(match)
	pat := python.NewClass(python.ClassSpec{Name: "Pattern", Module: "re", Methods: methods, Attrs: map[string]value{
		"pattern": python.Property(func(_ *thread, self value) (value, error) { return self.(*python.Instance).Data.(*pattern).src, nil }),
		"groups": python.Property(func(_ *thread, self value) (value, error) {
			return python.NewInt(int64(self.(*python.Instance).Data.(*pattern).re.NumSubexp())), nil
		}),
		"groupindex": python.Property(func(_ *thread, self value) (value, error) {
			d := python.NewDict()
			for i, n := range self.(*python.Instance).Data.(*pattern).re.SubexpNames() {
				if n != "" {
					d.SetStr(n, python.NewInt(int64(i)))
				}
			}
			return d, nil
		}),
		"flags": python.Property(func(_ *thread, self value) (value, error) {
			return python.NewInt(self.(*python.Instance).Data.(*pattern).flags | 32), nil
		}),
	}})
	m.Attrs().SetStr("Pattern", pat)
	m.Attrs().SetStr("Match", match)
	memo := map[string]*python.Instance{}
	m.Attrs().SetStr("purge", python.Func("purge()", func(*thread, []value) (value, error) {
		clear(memo)
		return python.None, nil
	}))
	compile := func(src, flags value) (*python.Instance, error) {
		if i, ok := src.(*python.Instance); ok {
			if _, ok := i.Data.(*pattern); ok {
				return i, nil
			}
		}
		n, _ := python.AsInt(orNone(flags))
		key, isStr := python.AsStr(src)
		key += "\x00" + string(rune(n))
		if i := memo[key]; i != nil && isStr {
			return i, nil
		}
		p, err := compilePattern(m, src, n)
		if err != nil {
			return nil, err
		}
		i := python.NewInstance(pat, p)
		p.object = i
		if isStr && len(memo) < 512 {
			memo[key] = i
		}
		return i, nil
	}
	m.Attrs().SetStr("compile", python.Func("compile(pattern, flags=0)", func(_ *thread, a []value) (value, error) {
		i, err := compile(a[0], a[1])
		if err != nil {
			return nil, err
		}
		return i, nil
	}))
	m.Attrs().SetStr("escape", python.Func("escape(pattern)", func(_ *thread, a []value) (value, error) {
		var sb strings.Builder
		for _, r := range textOr(a[0], "") {
			if strings.ContainsRune("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", r) {
				sb.WriteByte('\\')
			}
			sb.WriteRune(r)
		}
		return str(sb.String()), nil
	}))
	for _, f := range methods {
		name := f.Name()
		sig := name + "(pattern, string, flags=0)"
		switch name {
		case "sub", "subn":
			sig = name + "(pattern, repl, string, count=0, flags=0)"
		case "split":
			sig = name + "(pattern, string, maxsplit=0, flags=0)"
		}
		m.Attrs().SetStr(name, python.Func(sig, func(t *thread, a []value) (value, error) {
			i, err := compile(a[0], a[len(a)-1])
			if err != nil {
				return nil, err
			}
			args := []value{}
			for _, v := range a[1 : len(a)-1] {
				if v != nil {
					args = append(args, v)
				}
			}
			return t.CallMethod(i, name, args...)
		}))
	}
	return m, nil
}

// found is the Go state of a Match.
type found struct {
	p   *pattern
	s   string
	src value
	loc []int
}

func (f *found) group(n int) value {
	if f.loc[2*n] < 0 {
		return python.None
	}
	return f.p.text(f.s[f.loc[2*n]:f.loc[2*n+1]])
}

func (p *pattern) text(s string) value {
	if p.isBytes {
		return python.NewBytes([]byte(s))
	}
	return str(s)
}

func (f *found) index(v value) (int, error) {
	n, ok := python.AsInt(v)
	if s, isStr := python.AsStr(v); isStr {
		n = int64(f.p.re.SubexpIndex(s))
		ok = n > 0
	}
	if !ok || n < 0 || int(n) > f.p.re.NumSubexp() {
		return 0, python.Errorf(python.IndexError, "no such group")
	}
	return int(n), nil
}

func matchClass() *python.Type { //nolint:funlen,gocognit // one case a kind of value
	get := func(v value) *found { return v.(*python.Instance).Data.(*found) }
	side := func(name string, k int) *python.Native {
		return python.Func(name+"(self, group=0, /)", func(_ *thread, a []value) (value, error) {
			f := get(a[0])
			n := 0
			if a[1] != nil {
				var err error
				if n, err = f.index(a[1]); err != nil {
					return nil, err
				}
			}
			i := f.loc[2*n+k]
			if i < 0 {
				return python.NewInt(-1), nil
			}
			return python.NewInt(int64(utf8.RuneCountInString(f.s[:i]))), nil
		})
	}
	return python.NewClass(python.ClassSpec{Name: "Match", Module: "re", Attrs: matchAttrs(), Methods: []*python.Native{
		python.Func("expand(self, template)", func(t *thread, a []value) (value, error) {
			s, err := replacement(t, get(a[0]), a[1], nil)
			return get(a[0]).p.text(s), err
		}),
		python.Func("group(self, *groups)", func(_ *thread, a []value) (value, error) {
			f := get(a[0])
			gs := a[1].(*python.Tuple).Items()
			if len(gs) == 0 {
				return f.group(0), nil
			}
			var out []value
			for _, g := range gs {
				n, err := f.index(g)
				if err != nil {
					return nil, err
				}
				out = append(out, f.group(n))
			}
			if len(out) == 1 {
				return out[0], nil
			}
			return python.NewTuple(out...), nil
		}),
		python.Func("groups(self, default=None)", func(_ *thread, a []value) (value, error) {
			f := get(a[0])
			var out []value
			for i := 1; i <= f.p.re.NumSubexp(); i++ {
				g := f.group(i)
				if g == python.None {
					g = orNone(a[1])
				}
				out = append(out, g)
			}
			return python.NewTuple(out...), nil
		}),
		python.Func("groupdict(self, default=None)", func(_ *thread, a []value) (value, error) {
			f := get(a[0])
			d := python.NewDict()
			for i, n := range f.p.re.SubexpNames() {
				if n != "" {
					d.SetStr(n, f.group(i))
				}
			}
			return d, nil
		}),
		side("start", 0), side("end", 1),
		python.Func("span(self, group=0, /)", func(t *thread, a []value) (value, error) {
			x, err := t.CallMethod(a[0], "start")
			if err != nil {
				return nil, err
			}
			y, err := t.CallMethod(a[0], "end")
			return python.NewTuple(x, y), err
		}),
		python.Func("__getitem__(self, g, /)", func(_ *thread, a []value) (value, error) {
			n, err := get(a[0]).index(a[1])
			if err != nil {
				return nil, err
			}
			return get(a[0]).group(n), nil
		}),
	}})
}

func patternMethods(match *python.Type) []*python.Native { //nolint:funlen,gocognit // a table of short functions
	in := func(p *pattern, v value) (string, error) {
		s, ok := python.AsStr(v)
		if p.isBytes {
			s, ok = python.AsBytes(v)
		}
		if !ok {
			return "", python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", python.TypeOf(v).Name())
		}
		return s, nil
	}
	get := func(v value) *pattern { return v.(*python.Instance).Data.(*pattern) }
	result := func(p *pattern, s string, src value, loc []int) value {
		if loc == nil {
			return python.None
		}
		return python.NewInstance(match, &found{p, s, src, loc})
	}
	find := func(name string, re func(p *pattern) *regexp.Regexp) *python.Native {
		return python.Func(name+"(self, string)", func(_ *thread, a []value) (value, error) {
			p := get(a[0])
			s, err := in(p, a[1])
			if err != nil {
				return nil, err
			}
			return result(p, s, a[1], re(p).FindStringSubmatchIndex(s)), nil
		})
	}
	all := func(name string, f func(p *pattern, s string, src value, loc []int) value) *python.Native {
		return python.Func(name+"(self, string)", func(t *thread, a []value) (value, error) {
			p := get(a[0])
			s, err := in(p, a[1])
			if err != nil {
				return nil, err
			}
			l := python.NewList()
			for _, loc := range p.re.FindAllStringSubmatchIndex(s, -1) {
				l.Append(f(p, s, a[1], loc))
			}
			if name == "finditer" {
				return t.Iter(l)
			}
			return l, nil
		})
	}
	sub := func(name string) *python.Native {
		return python.Func(name+"(self, repl, string, count=0)", func(t *thread, a []value) (value, error) {
			p := get(a[0])
			s, err := in(p, a[2])
			if err != nil {
				return nil, err
			}
			n, _ := python.AsInt(orNone(a[3]))
			if n <= 0 {
				n = -1
			}
			var sb strings.Builder
			last, count := 0, int64(0)
			for _, loc := range p.re.FindAllStringSubmatchIndex(s, int(n)) {
				if err := t.Grown(sb.Len(), loc[0]-last); err != nil {
					return nil, err
				}
				sb.WriteString(s[last:loc[0]])
				f := &found{p, s, a[2], loc}
				r, err := replacement(t, f, a[1], match)
				if err != nil {
					return nil, err
				}
				if err := t.Grown(sb.Len()+len(r), len(r)); err != nil {
					return nil, err
				}
				sb.WriteString(r)
				last = loc[1]
				count++
			}
			sb.WriteString(s[last:])
			if name == "subn" {
				return python.NewTuple(p.text(sb.String()), python.NewInt(count)), nil
			}
			return p.text(sb.String()), nil
		})
	}
	return []*python.Native{
		find("search", func(p *pattern) *regexp.Regexp { return p.re }), find("match", func(p *pattern) *regexp.Regexp { return p.start }),
		find("fullmatch", func(p *pattern) *regexp.Regexp { return p.full }),
		all("findall", func(p *pattern, s string, src value, loc []int) value {
			f := &found{p, s, src, loc}
			n := p.re.NumSubexp()
			get := func(i int) value {
				if g := f.group(i); g != python.None {
					return g
				}
				return p.text("")
			}
			switch n {
			case 0:
				return get(0)
			case 1:
				return get(1)
			}
			var out []value
			for i := 1; i <= n; i++ {
				out = append(out, get(i))
			}
			return python.NewTuple(out...)
		}),
		all("finditer", result), sub("sub"), sub("subn"),
		python.Func("split(self, string, maxsplit=0)", func(_ *thread, a []value) (value, error) {
			p := get(a[0])
			s, err := in(p, a[1])
			if err != nil {
				return nil, err
			}
			n, _ := python.AsInt(orNone(a[2]))
			if n <= 0 {
				n = -1
			}
			l := python.NewList()
			last := 0
			for _, loc := range p.re.FindAllStringSubmatchIndex(s, int(n)) {
				l.Append(p.text(s[last:loc[0]]))
				f := &found{p, s, a[1], loc}
				for i := 1; i <= p.re.NumSubexp(); i++ {
					l.Append(f.group(i))
				}
				last = loc[1]
			}
			l.Append(p.text(s[last:]))
			return l, nil
		}),
	}
}

// replacement expands \1, \g<name> and escapes, or calls a function.
func replacement(t *thread, f *found, repl value, match *python.Type) (string, error) {
	tmpl, ok := python.AsStr(repl)
	if !ok {
		if tmpl, ok = python.AsBytes(repl); !ok {
			r, err := t.Call(repl, python.NewInstance(match, f))
			if err != nil {
				return "", err
			}
			s, _ := python.AsStr(r)
			return s, nil
		}
	}
	var sb strings.Builder
	for i := 0; i < len(tmpl); i++ {
		c := tmpl[i]
		if c != '\\' || i+1 >= len(tmpl) {
			sb.WriteByte(c)
			continue
		}
		i++
		var g value
		switch c = tmpl[i]; {
		case c >= '0' && c <= '9':
			g = python.NewInt(int64(c - '0'))
		case c == 'g' && strings.Contains(tmpl[i:], ">"):
			end := i + strings.IndexByte(tmpl[i:], '>')
			name := tmpl[i+2 : end]
			i = end
			g = str(name)
			if name != "" && name[0] >= '0' && name[0] <= '9' {
				g = python.NewInt(int64(name[0] - '0'))
			}
		case c == 'n':
			sb.WriteByte('\n')
			continue
		case c == 't':
			sb.WriteByte('\t')
			continue
		default:
			sb.WriteByte(c)
			continue
		}
		n, err := f.index(g)
		if err != nil {
			return "", err
		}
		if s, ok := python.AsStr(f.group(n)); ok {
			sb.WriteString(s)
		}
	}
	return sb.String(), nil
}
