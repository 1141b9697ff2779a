package wiretest

import (
	"bytes"
	"testing"

	"gregaria/worker/internal/python"
)

// Run runs Python source in a new thread, whose output goes to out, and returns what it prints, a traceback at the end if it fails.
func Run(tb testing.TB, newThread func(out *bytes.Buffer) *python.Thread, source string, globals map[string]string) string {
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
