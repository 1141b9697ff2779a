package stdlib

import (
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// matchAttrs are the attributes of a Match that are no methods.
func matchAttrs() map[string]value {
	attr := func(f func(f *found) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return f(self.(*python.Instance).Data.(*found)), nil })
	}
	return map[string]value{
		"string": attr(func(f *found) value { return f.src }),
		"re":     attr(func(f *found) value { return orNone(f.p.object) }),
		"regs":   attr(func(f *found) value { return f.spans() }),
		"pos":    attr(func(*found) value { return python.NewInt(0) }),
		"endpos": attr(func(f *found) value { return python.NewInt(int64(f.length())) }),
		"lastindex": attr(func(f *found) value {
			if i := f.last(); i > 0 {
				return python.NewInt(int64(i))
			}
			return python.None
		}),
		"lastgroup": attr(func(f *found) value {
			if i := f.last(); i > 0 && f.p.re.SubexpNames()[i] != "" {
				return str(f.p.re.SubexpNames()[i])
			}
			return python.None
		}),
	}
}

// spans are the ends of the match and of its groups, in characters.
func (f *found) spans() value {
	at := func(i int) value {
		switch {
		case i < 0 || f.p.isBytes:
			return python.NewInt(int64(i))
		}
		return python.NewInt(int64(utf8.RuneCountInString(f.s[:i])))
	}
	out := make([]value, len(f.loc)/2)
	for i := range out {
		out[i] = python.NewTuple(at(f.loc[2*i]), at(f.loc[2*i+1]))
	}
	return python.NewTuple(out...)
}

func (f *found) length() int {
	if f.p.isBytes {
		return len(f.s)
	}
	return utf8.RuneCountInString(f.s)
}

// last is the group that closed last: the one that ends last, the outermost of those that end there; 0 if none matched.
func (f *found) last() int {
	best := 0
	for i := 1; 2*i < len(f.loc); i++ {
		if f.loc[2*i] >= 0 && (best == 0 || f.loc[2*i+1] > f.loc[2*best+1]) {
			best = i
		}
	}
	return best
}
