package requests

import (
	"bytes"
	"maps"
	"testing"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// newThread returns a thread of an isolate that has requests. What it prints goes to out.
func newThread(out *bytes.Buffer) *python.Thread {
	modules := stdlib.Modules()
	maps.Copy(modules, Modules())
	return python.New(python.Options{Stdout: out, Modules: modules}).NewThread()
}

// run runs Python source and returns what it prints, a traceback at the end if it fails.
func run(tb testing.TB, source string, globals map[string]string) string {
	tb.Helper()
	var out bytes.Buffer
	t := newThread(&out)
	err := t.Do(func() error {
		var head bytes.Buffer
		for k, v := range globals {
			r, err := t.Repr(python.NewStr(v))
			if err != nil {
				return err
			}
			head.WriteString(k + " = " + r + "\n")
		}
		_, err := t.Exec("__main__", "file.py", append(head.Bytes(), source...))
		return err
	})
	if err != nil {
		out.WriteString(t.Traceback(err))
	}
	return out.String()
}
