package stdlib

import (
	"gregaria/worker/internal/python"
)

func newTracebackGo(*thread) (*python.Module, error) {
	return python.NewModule("_traceback_go", nil,
		python.Func("format_tb(e)", func(_ *thread, a []value) (value, error) {
			out := python.NewList()
			if e, ok := a[0].(*python.Exception); ok {
				for _, l := range python.FormatTB(e) {
					out.Append(str(l))
				}
			} else if ls := python.FormatTBValue(a[0]); ls != nil {
				for _, l := range ls {
					out.Append(str(l))
				}
			}
			return out, nil
		}),
		python.Func("format_exception(e)", func(t *thread, a []value) (value, error) {
			e, ok := a[0].(*python.Exception)
			if !ok {
				return str("NoneType: None\n"), nil
			}
			return str(t.Traceback(e)), nil
		}),
		python.Func("only(e)", func(_ *thread, a []value) (value, error) {
			e, ok := a[0].(*python.Exception)
			if !ok {
				return str("NoneType: None"), nil
			}
			return str(e.Error()), nil
		}),
		python.Func("entries(tb)", func(_ *thread, a []value) (value, error) {
			out := python.NewList()
			for _, e := range python.Entries(a[0]) {
				out.Append(python.NewTuple(str(e.File), python.NewInt(int64(e.Line)), str(e.Name), str(e.Source), str(e.Text)))
			}
			return out, nil
		}),
		python.Func("stack()", func(t *thread, _ []value) (value, error) { return t.CallStack(), nil }),
		python.Func("line(frame)", func(_ *thread, a []value) (value, error) {
			if i, ok := a[0].(*python.Instance); ok {
				if source, ok := i.Data.(string); ok {
					return str(source), nil
				}
			}
			return str(""), nil
		}),
		python.Func("handling()", func(t *thread, _ []value) (value, error) {
			if e := t.Handling(); e != nil {
				return e, nil //nolint:nilerr // the exception is the result
			}
			return python.None, nil
		}),
		python.Func("globfiles(pattern)", func(_ *thread, a []value) (value, error) { return python.NewList(globFiles(textOr(a[0], ""))...), nil }),
	), nil
}

func newLoggingGo(*thread) (*python.Module, error) {
	return python.NewModule("_logging_go", nil, python.Func("where()", func(t *thread, _ []value) (value, error) {
		file, line, fn := t.Caller()
		return python.NewTuple(str(file), python.NewInt(int64(line)), str(fn)), nil
	})), nil
}
