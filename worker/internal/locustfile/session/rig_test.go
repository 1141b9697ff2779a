package session

import (
	"bytes"
	"maps"
	"testing"

	"gregaria/worker/internal/extra"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire/wiretest"
)

// exceptions stands for the module locust.exception, which the package above has.
const exceptions = `
class LocustError(Exception): pass
class ResponseError(Exception): pass
class CatchResponseError(Exception): pass
`

// newThread returns a thread of an isolate that has both clients. What it prints goes to out.
func newThread(out *bytes.Buffer) *python.Thread { return newThreadWith(out, Options{}) }

// newGeneralThread is newThread whose clients take the general way.
func newGeneralThread(out *bytes.Buffer) *python.Thread {
	return newThreadWith(out, Options{General: true})
}

func newThreadWith(out *bytes.Buffer, o Options) *python.Thread {
	var c *Classes
	modules := stdlib.Modules()
	maps.Copy(modules, extra.Modules()) // the settings of TLS need ssl
	maps.Copy(modules, requests.Modules())
	maps.Copy(modules, Modules())
	modules["_ssl_go"] = sslcontext.NewModule
	modules["locust"] = func(*python.Thread) (*python.Module, error) { return python.NewModule("locust", nil), nil }
	modules["locust.exception"] = func(t *python.Thread) (*python.Module, error) {
		return t.LoadSource("locust.exception", "locust/exception.py", []byte(exceptions))
	}
	modules["locust.clients"] = func(t *python.Thread) (*python.Module, error) {
		if c == nil { // an isolate has its classes once
			var err error
			if c, err = New(t, o); err != nil {
				return nil, err
			}
		}
		attrs := map[string]python.Value{}
		for name, cls := range c.ByName() {
			attrs[name] = cls
		}
		return python.NewModule("locust.clients", attrs), nil
	}
	modules["locust.contrib"] = modules["locust"]
	modules["locust.contrib.fasthttp"] = func(t *python.Thread) (*python.Module, error) {
		if _, err := t.Import("locust.clients"); err != nil {
			return nil, err
		}
		return t.LoadSource("locust.contrib.fasthttp", "locust/contrib/fasthttp.py", []byte("from _locust_fast import *\nfrom _locust_fast import _construct_basic_auth_str\n"))
	}
	return python.New(python.Options{Stdout: out, Modules: modules}).NewThread()
}

// run runs Python source and returns what it prints.
func run(tb testing.TB, source string, globals map[string]string) string {
	tb.Helper()
	return wiretest.Run(tb, newThread, source, globals)
}
