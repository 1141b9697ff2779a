package requests

import (
	"bytes"
	"maps"
	"testing"

	"gregaria/worker/internal/extra"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/wire/wiretest"
)

// newThread returns a thread of an isolate that has requests. What it prints goes to out.
func newThread(out *bytes.Buffer) *python.Thread {
	modules := stdlib.Modules()
	maps.Copy(modules, extra.Modules()) // the settings of TLS need ssl
	maps.Copy(modules, Modules())
	return python.New(python.Options{Stdout: out, Modules: modules}).NewThread()
}

// newGeneralThread is newThread whose requests take the general way.
func newGeneralThread(out *bytes.Buffer) *python.Thread {
	t := newThread(out)
	err := t.Do(func() error {
		c, err := Load(t)
		if err == nil {
			c.General = true
		}
		return err
	})
	if err != nil {
		panic(t.Traceback(err))
	}
	return t
}

// run runs Python source and returns what it prints.
func run(tb testing.TB, source string, globals map[string]string) string {
	tb.Helper()
	return wiretest.Run(tb, newThread, source, globals)
}
