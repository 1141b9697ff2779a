package session

import (
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// fillFastGo makes what the modules in Python take from Go: the module _fast_go.
func (c *Classes) fillFastGo(t *thread) error {
	m, err := t.Import("_fast_go")
	if err != nil {
		return err
	}
	attrs := m.Attrs()
	attrs.SetStr("AGENT", python.NewStr(agentName))
	for name, cls := range map[string]*python.Type{
		"CompatResponse": c.compatResponse, "FastResponse": c.FastResponse, "ErrorResponse": c.ErrorResponse,
		"ResponseContextManager": c.FastContext, "RestResponseContextManager": c.FastRest, "HTTPSocketPoolResponse": c.socketResponse,
		"FastHttpSession": c.FastSession,
	} {
		attrs.SetStr(name, cls)
	}
	for _, f := range c.fastFunctions() {
		attrs.SetStr(f.Name(), f)
	}
	return nil
}

func (c *Classes) fastFunctions() []*python.Native {
	return []*python.Native{
		python.Func("pool(link, size)", func(_ *thread, a []value) (value, error) { return c.newFastPool(a[0], a[1]) }),
		python.Func("params(v)", func(t *thread, a []value) (value, error) {
			s, err := requests.EncodeParams(t, a[0])
			return python.NewStr(s), err
		}),
		python.Func("resolve(base, location)", func(_ *thread, a []value) (value, error) {
			from, _ := python.AsStr(a[0])
			to, _ := python.AsStr(a[1])
			full, _ := resolveFast(from, to)
			return python.NewStr(full), nil
		}),
		python.Func("multipart(data, files)", func(t *thread, a []value) (value, error) {
			body, bound, err := fastMultipart(t, a[0], a[1])
			return python.NewTuple(python.NewBytes(body), python.NewStr("multipart/form-data; boundary="+bound)), err
		}),
		python.Func("loaded()", func(t *thread, _ []value) (value, error) { return python.None, c.loaded(t) }),
		python.Func("now()", func(*thread, []value) (value, error) { return python.NewInt(time.Now().UnixNano()), nil }),
		python.Func("elapsed(response, since)", func(_ *thread, a []value) (value, error) {
			if x, since, ok := responseSince(a); ok {
				x.elapsed = time.Duration(time.Now().UnixNano() - since)
			}
			return python.None, nil
		}),
		python.Func("history(response, all)", func(_ *thread, a []value) (value, error) {
			if x := fastResponseOf(a[0]); x != nil {
				x.shown().history, _ = a[1].(*python.List)
			}
			return python.None, nil
		}),
	}
}

func responseSince(a []value) (x *fastResponse, since int64, ok bool) {
	x = fastResponseOf(a[0])
	since, ok = python.AsInt(a[1])
	return x, since, ok && x != nil
}
