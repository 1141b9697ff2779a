package python

import "strings"

// A TracebackEntry is one frame of a traceback or of a stack.
type TracebackEntry struct {
	File, Name string
	Line       int
	Source     string // the line, without the blanks around it
	Text       string // as traceback.format_tb has it, with the marks below the part that failed
}

// Entries returns the frames of a traceback object, outermost first; other values have none. Frames of what CPython has in C
// are left out.
func Entries(tb Value) []TracebackEntry {
	v, ok := tb.(*tracebackValue)
	if !ok {
		return nil
	}
	var out []TracebackEntry
	for i := len(v.entries) - 1; i >= 0; i-- {
		if x := v.entries[i]; !inC(x.code.file) {
			line := int(x.at.Line)
			out = append(out, TracebackEntry{x.code.file, x.code.name, line, strings.TrimSpace(x.code.line(line)), x.format()})
		}
	}
	return out
}

// special are the attributes of a traceback: it starts at the outermost frame.
func (tb *tracebackValue) special(name string) Value {
	last := len(tb.entries) - 1
	if last < 0 {
		return nil
	}
	switch x := tb.entries[last]; name {
	case "tb_lineno":
		return NewInt(int64(x.at.Line))
	case "tb_lasti":
		return NewInt(-1)
	case "tb_frame":
		return frameObject(x.code, int(x.at.Line))
	case "tb_next":
		if last == 0 {
			return None
		}
		return &tracebackValue{tb.entries[:last]}
	}
	return nil
}

func frameObject(c *Code, line int) *Instance {
	i := NewInstance(frameType, nil)
	i.Attrs().SetStr("f_code", codeObject(c))
	i.Attrs().SetStr("f_lineno", NewInt(int64(line)))
	i.Attrs().SetStr("f_lasti", NewInt(-1))
	i.Attrs().SetStr("f_back", None)
	return i
}

// CallStack returns the frame of the code that called the stdlib code that runs now, with its callers as f_back, or None. A
// frame tells its code, line and globals; it has no f_locals.
func (t *Thread) CallStack() Value {
	var first, inner *Instance
	for f := t.frame; f != nil; f = f.back {
		if first == nil && strings.HasPrefix(f.code.file, "<stdlib>") || inC(f.code.file) {
			continue
		}
		i := frameObject(f.code, int(f.line))
		i.Attrs().SetStr("f_globals", f.globals)
		i.Data = strings.TrimSpace(f.code.line(int(f.line)))
		if inner != nil {
			inner.Attrs().SetStr("f_back", i)
		} else {
			first = i
		}
		inner = i
	}
	if first == nil {
		return None
	}
	return first
}
