package python

import (
	"errors"
	"fmt"
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// Exception is an exception object, and the Go error as which it leaves Python code.
type Exception struct { //nolint:errname // Python's own name
	cls            *Type
	args           *Tuple
	attrs          *Dict
	tb             []traceEntry // innermost first, as unwinding adds them
	cause, context *Exception
	suppress       bool
	mark           *Frame // the frame that has added its entry
	Data           any    // Go state of a class made in Go
}

type traceEntry struct {
	code *Code
	at   syntax.Pos
}

func (e *Exception) typ() *Type { return e.cls }

// Error returns the exception as the last line of a traceback has it.
func (e *Exception) Error() string { return exceptionLine(nil, e) }

// IsA says whether the exception is of a class, for example python.KeyError.
func (e *Exception) IsA(cls *Type) bool { return e.cls.Is(cls) }

// Class returns the class of the exception.
func (e *Exception) Class() *Type { return e.cls }

// Args returns the arguments it was made with.
func (e *Exception) Args() []Value { return e.args.items }

// Attrs returns the exception's own attributes.
func (e *Exception) Attrs() *Dict {
	if e.attrs == nil {
		e.attrs = NewDict()
	}
	return e.attrs
}

// Errorf makes an exception with one str argument.
func Errorf(cls *Type, format string, args ...any) *Exception {
	return &Exception{cls: cls, args: NewTuple(NewStr(fmt.Sprintf(format, args...)))}
}

// NewException makes an exception with arguments, without calling __init__.
func NewException(cls *Type, args ...Value) *Exception {
	return &Exception{cls: cls, args: NewTuple(args...)}
}

// AsException returns the exception in an error. Errors that Go code returned become a RuntimeError.
func AsException(err error) *Exception {
	var e *Exception
	if errors.As(err, &e) {
		return e
	}
	var s *syntax.Error
	if errors.As(err, &s) {
		return syntaxException(s)
	}
	return Errorf(RuntimeError, "%s", err.Error())
}

func syntaxException(s *syntax.Error) *Exception {
	e := Errorf(SyntaxError, "%s", s.Msg)
	e.Attrs().SetStr("msg", NewStr(s.Msg))
	e.Attrs().SetStr("filename", NewStr(s.File))
	e.Attrs().SetStr("lineno", NewInt(int64(s.Line)))
	e.Attrs().SetStr("offset", NewInt(int64(s.Col)))
	return e
}

func isA(err error, cls *Type) bool {
	e, ok := err.(*Exception) //nolint:errorlint // exceptions are never wrapped inside this package
	return ok && e.cls.Is(cls)
}

// at notes where in the frame an exception passed. Only the first, innermost place in each frame counts.
func (f *Frame) at(p *syntax.Pos, err error) error {
	e, ok := err.(*Exception) //nolint:errorlint // see isA
	if !ok {
		e = AsException(err)
	}
	if e.mark == f {
		return e
	}
	if e.mark == nil && len(e.tb) == 0 {
		f.t.setContext(e)
	}
	e.mark = f
	e.tb = append(e.tb, traceEntry{f.code, *p})
	return e
}

// setContext links the exception that was being handled (Python/errors.c, _PyErr_SetObject).
func (t *Thread) setContext(e *Exception) {
	h := t.handling
	if h == nil || h == e || e.context != nil {
		return
	}
	for o := h; o != nil; o = o.context { // never a ring
		if o.context == e {
			o.context = nil
			break
		}
	}
	e.context = h
}

// exceptionStr is str(e) as BaseException has it (Objects/exceptions.c).
func exceptionStr(t *Thread, e *Exception) (string, error) {
	if fn := e.cls.lookup("__str__"); fn != nil {
		if n, ok := fn.(*Native); !ok || !n.plain {
			v, err := t.call(fn, []Value{e}, nil)
			if err != nil {
				return "", err
			}
			s, ok := AsStr(v)
			if !ok {
				return "", Errorf(TypeError, "__str__ returned non-string (type %s)", v.typ().name)
			}
			return s, nil
		}
	}
	return plainExceptionStr(t, e)
}

func plainExceptionStr(t *Thread, e *Exception) (string, error) {
	switch {
	case e.cls.Is(SyntaxError) && e.attrs != nil && e.attrs.GetStr("filename") != nil:
		file, _ := AsStr(e.attrs.GetStr("filename"))
		return fmt.Sprintf("%s (%s, line %s)", str0(e.attrs.GetStr("msg")), file[strings.LastIndexByte(file, '/')+1:], str0(e.attrs.GetStr("lineno"))), nil
	case e.cls.Is(OSError) && len(e.args.items) >= 2:
		return osErrorStr(t, e)
	case e.isCodecError():
		return codecText(e), nil
	}
	switch len(e.args.items) {
	case 0:
		return "", nil
	case 1:
		if e.cls.Is(KeyError) {
			return t.Repr(e.args.items[0])
		}
		return t.Str(e.args.items[0])
	}
	return t.Repr(e.args)
}

func str0(v Value) string {
	s, _ := (&Thread{iso: &Isolate{}}).Str(v)
	return s
}

func osErrorStr(t *Thread, e *Exception) (string, error) {
	no, err := t.Str(e.args.items[0])
	if err != nil {
		return "", err
	}
	text, err := t.Str(e.args.items[1])
	if err != nil {
		return "", err
	}
	if e.attrs != nil {
		if f := e.attrs.GetStr("filename"); f != nil && f != None {
			r, err := t.Repr(f)
			return fmt.Sprintf("[Errno %s] %s: %s", no, text, r), err
		}
	}
	return fmt.Sprintf("[Errno %s] %s", no, text), nil
}

// exceptionLine is the last line of a traceback (Lib/traceback.py, format_exception_only).
func exceptionLine(t *Thread, e *Exception) string {
	if t == nil {
		t = &Thread{iso: &Isolate{}}
	}
	name := e.cls.qualname
	if m := e.cls.module; m != "" && m != "builtins" && m != "__main__" {
		name = m + "." + name
	}
	s, err := exceptionStr(t, e)
	if err != nil {
		s = "<exception str() failed>"
	}
	if e.cls.Is(SyntaxError) && e.attrs != nil {
		if m := e.attrs.GetStr("msg"); m != nil {
			s = str0(m)
		}
	}
	if s == "" {
		return name
	}
	return name + ": " + s
}

const (
	causeText   = "\nThe above exception was the direct cause of the following exception:\n\n"
	contextText = "\nDuring handling of the above exception, another exception occurred:\n\n"
)

// maxChain is how many exceptions a traceback shows at most: code that catches and raises forever makes longer chains.
const maxChain = 200

// Traceback returns the whole text that CPython prints for an uncaught exception.
func (t *Thread) Traceback(err error) string {
	var sb strings.Builder
	chain, texts := chainOf(AsException(err))
	for i := len(chain) - 1; i >= 0; i-- {
		t.writeOne(&sb, chain[i])
		if i > 0 {
			sb.WriteString(texts[i-1])
		}
	}
	return sb.String()
}

// chainOf returns an exception, what it came from and so on, with the text between each two.
func chainOf(e *Exception) (chain []*Exception, texts []string) {
	seen := map[*Exception]bool{}
	for len(chain) < maxChain {
		chain, seen[e] = append(chain, e), true
		switch {
		case e.cause != nil && !seen[e.cause]:
			e, texts = e.cause, append(texts, causeText)
		case e.cause == nil && e.context != nil && !e.suppress && !seen[e.context]:
			e, texts = e.context, append(texts, contextText)
		default:
			return chain, texts
		}
	}
	return chain, texts
}

func (t *Thread) writeOne(sb *strings.Builder, e *Exception) {
	if len(e.tb) > 0 {
		sb.WriteString("Traceback (most recent call last):\n")
		for _, l := range FormatTB(e) {
			sb.WriteString(l)
		}
	}
	if e.cls.Is(SyntaxError) && e.attrs != nil && e.attrs.GetStr("filename") != nil {
		fmt.Fprintf(sb, "  File \"%s\", line %s\n", str0(e.attrs.GetStr("filename")), str0(e.attrs.GetStr("lineno")))
	}
	sb.WriteString(exceptionLine(t, e))
	sb.WriteByte('\n')
}

// inC says whether a file of the standard library is written in C in CPython, so that a traceback does not show it.
func inC(file string) bool {
	switch file {
	case "<stdlib>/functools.py", "<stdlib>/itertools.py", "<stdlib>/operator.py", "<stdlib>/_environ.py":
		return true
	}
	return false
}

// FormatTB returns what traceback.format_tb(e.__traceback__) returns: one text a frame, outermost first.
func FormatTB(e *Exception) []string {
	var out []string
	last, count := traceEntry{}, 0
	flush := func() {
		if count > 3 {
			out = append(out, fmt.Sprintf("  [Previous line repeated %d more time%s]\n", count-3, plural(count-3)))
		}
	}
	for i := len(e.tb) - 1; i >= 0; i-- {
		x := e.tb[i]
		if inC(x.code.file) {
			continue
		}
		if last.code != nil && x.code.file == last.code.file && x.at.Line == last.at.Line && x.code.name == last.code.name {
			if count++; count > 3 {
				continue
			}
		} else {
			flush()
			last, count = x, 1
		}
		out = append(out, x.format())
	}
	flush()
	return out
}

func (x traceEntry) format() string {
	var sb strings.Builder
	fmt.Fprintf(&sb, "  File \"%s\", line %d, in %s\n", x.code.file, x.at.Line, x.code.name)
	line := x.code.line(int(x.at.Line))
	text := strings.TrimSpace(line)
	if text == "" {
		return sb.String()
	}
	sb.WriteString("    " + text + "\n")
	x.carets(&sb, line, text)
	return sb.String()
}

// carets marks the part of the line that failed, unless that is the whole line (Lib/traceback.py, format_frame_summary).
func (x traceEntry) carets(sb *strings.Builder, line, text string) {
	from, to := int(x.at.Col), int(x.at.EndCol)
	trimmed := strings.TrimRight(line, " \t\n\r\f\v")
	if x.at.EndLine != x.at.Line {
		to = len(trimmed)
	}
	if from > len(line) || to > len(line) || from >= to {
		return
	}
	left := len(line) - len(strings.TrimLeft(line, " \t\f"))
	segment := line[from:to]
	a, b := anchors(segment, x)
	start, end := countRunes(line[:from])-left, countRunes(line[:to])-left
	if a < 0 && end-start >= countRunes(text) {
		return
	}
	if start < 0 {
		return
	}
	sb.WriteString("    " + strings.Repeat(" ", start))
	if a < 0 {
		sb.WriteString(strings.Repeat("^", end-start))
	} else {
		a, b = countRunes(segment[:a]), countRunes(segment[:b])
		sb.WriteString(strings.Repeat("~", a) + strings.Repeat("^", b-a) + strings.Repeat("~", end-start-b))
	}
	sb.WriteByte('\n')
}

// FormatTBValue is FormatTB of a traceback object.
func FormatTBValue(v Value) []string {
	if tb, ok := v.(*tracebackValue); ok {
		return FormatTB(&Exception{tb: tb.entries})
	}
	return nil
}
