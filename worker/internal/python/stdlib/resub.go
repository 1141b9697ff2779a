package stdlib

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

// expand is Match.expand.
func (r *reModule) expand(t *thread, f *found, template value) (value, error) {
	s, isBytes, ok := textValue(template)
	if !ok {
		return nil, python.Errorf(python.TypeError, "decoding to str: need a bytes-like object, %s found", python.TypeOf(template).Name())
	}
	tmpl, err := f.p.Template(s, isBytes, r.warn(t))
	if err != nil {
		return nil, r.raised(t, err, template)
	}
	return textOf(f.p.IsBytes, f.expand(tmpl)), nil
}

func (f *found) expand(tmpl *regex.Template) string {
	var sb strings.Builder
	for _, part := range tmpl.Parts {
		switch {
		case part.Group < 0:
			sb.WriteString(part.Text)
		case f.loc[2*part.Group] >= 0:
			sb.WriteString(f.search.text.Slice(f.loc[2*part.Group], f.loc[2*part.Group+1]))
		}
	}
	return sb.String()
}

// textValue is the content of a str or of bytes.
func textValue(v value) (s string, isBytes, ok bool) {
	if s, ok = python.AsStr(v); ok {
		return s, false, true
	}
	s, ok = python.AsBytes(v)
	return s, true, ok
}

// A replacer says what takes the place of a match; ok is false for None.
type replacer func(t *thread, f *found) (s string, ok bool, err error)

// replacer makes one of the repl of re.sub. n counts the parts of the result, for the message that names one.
func (r *reModule) replacer(t *thread, p *regex.Pattern, repl value, n *int) (replacer, error) {
	if python.Callable(repl) {
		return func(t *thread, f *found) (string, bool, error) {
			v, err := t.Call(repl, python.NewInstance(r.match, f))
			if err != nil {
				return "", false, err
			}
			if v == python.None {
				return "", false, nil
			}
			s, isBytes, ok := textValue(v)
			if !ok || isBytes != p.IsBytes {
				return "", false, badPart(p, *n, v)
			}
			return s, true, nil
		}, nil
	}
	s, isBytes, ok := textValue(repl)
	if !ok {
		return nil, python.Errorf(python.TypeError, "decoding to str: need a bytes-like object, %s found", python.TypeOf(repl).Name())
	}
	if isBytes != p.IsBytes {
		return func(*thread, *found) (string, bool, error) { return "", false, badPart(p, *n, repl) }, nil
	}
	if !strings.Contains(s, `\`) {
		return func(*thread, *found) (string, bool, error) { return s, true, nil }, nil
	}
	tmpl, err := p.Template(s, isBytes, r.warn(t))
	if err != nil {
		return nil, r.raised(t, err, repl)
	}
	return func(_ *thread, f *found) (string, bool, error) { return f.expand(tmpl), true, nil }, nil
}

// badPart is what join says of a part that is no text of the kind.
func badPart(p *regex.Pattern, n int, v value) error {
	if p.IsBytes {
		return python.Errorf(python.TypeError, "sequence item %d: expected a bytes-like object, %s found", n, python.TypeOf(v).Name())
	}
	return python.Errorf(python.TypeError, "sequence item %d: expected str instance, %s found", n, python.TypeOf(v).Name())
}

// most is how many matches a count allows: 0 is no limit to Python, and what is less is none.
func most(t *thread, count value) (int, error) {
	if count == nil {
		return -1, nil
	}
	n, err := t.Index(count)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return -1, nil
	}
	return int(max(n, 0)), nil
}

// sub is sub and subn: a holds repl, string and count.
func (r *reModule) sub(counted bool) func(*thread, *regex.Pattern, []value) (value, error) {
	return func(t *thread, p *regex.Pattern, a []value) (value, error) {
		out, count, err := r.substitute(t, p, a)
		if err != nil || !counted {
			return out, err
		}
		return python.NewTuple(out, python.NewInt(int64(count))), nil
	}
}

func (r *reModule) substitute(t *thread, p *regex.Pattern, a []value) (out value, count int, err error) {
	parts := 0
	replace, err := r.replacer(t, p, a[0], &parts)
	if err != nil {
		return nil, 0, err
	}
	limit, err := most(t, a[2])
	if err != nil {
		return nil, 0, err
	}
	in, err := r.search(t, p, a[1], nil, nil)
	if err != nil {
		return nil, 0, err
	}
	f := in.finder(t, p, limit)
	var sb strings.Builder
	last := 0
	for ; limit < 0 || count < limit; count++ {
		loc, err := r.nextOf(t, &f)
		if err != nil {
			return nil, 0, err
		}
		if loc == nil {
			break
		}
		if last < loc[0] {
			sb.WriteString(in.text.Slice(last, loc[0]))
			parts++
		}
		s, ok, err := replace(t, &found{p, in, loc, a[1]})
		if err != nil {
			return nil, 0, err
		}
		if ok {
			sb.WriteString(s)
			parts++
		}
		if err := t.Grown(sb.Len(), loc[0]-last+len(s)); err != nil {
			return nil, 0, err
		}
		last = loc[1]
	}
	if count == 0 && isPlain(a[1]) {
		return a[1], 0, nil
	}
	sb.WriteString(in.text.Slice(last, in.text.End()))
	return textOf(p.IsBytes, sb.String()), count, nil
}

// nextOf is the next match of a loop, which may go on for long.
func (r *reModule) nextOf(t *thread, f *regex.Finder) ([]int, error) {
	if err := t.Tick(); err != nil {
		return nil, err
	}
	loc, err := f.Next(regex.Search)
	if err != nil {
		return nil, r.raised(t, err, nil)
	}
	return loc, nil
}

// isPlain says that a value is a str or bytes and of no class that extends them.
func isPlain(v value) bool {
	switch v.(type) {
	case *python.Str, *python.Bytes:
		return true
	}
	return false
}

// split is split: a holds string and maxsplit.
func (r *reModule) split(t *thread, p *regex.Pattern, a []value) (value, error) {
	limit, err := most(t, a[1])
	if err != nil {
		return nil, err
	}
	in, err := r.search(t, p, a[0], nil, nil)
	if err != nil {
		return nil, err
	}
	f, text := in.finder(t, p, limit), in.text
	l := python.NewList()
	last := 0
	for n := 0; limit < 0 || n < limit; n++ {
		loc, err := r.nextOf(t, &f)
		if err != nil {
			return nil, err
		}
		if loc == nil {
			break
		}
		l.Append(textOf(p.IsBytes, text.Slice(last, loc[0])))
		m := &found{p, in, loc, a[0]}
		for i := range p.Groups {
			l.Append(m.group(i+1, python.None))
		}
		last = loc[1]
	}
	l.Append(textOf(p.IsBytes, text.Slice(last, text.End())))
	return l, nil
}
