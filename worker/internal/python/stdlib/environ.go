package stdlib

import (
	"os"
	"strings"

	"gregaria/worker/internal/python"
)

// newEnviron makes os.environ and the functions around it. Changes go to the environment of the process, too.
func newEnviron(t *thread) (environ value, funcs []*python.Native, err error) {
	data := python.NewDict()
	for _, kv := range os.Environ() {
		if k, v, ok := strings.Cut(kv, "="); ok {
			data.SetStr(k, str(v))
		}
	}
	m, err := t.Import("_environ")
	if err != nil {
		return nil, nil, err
	}
	put := python.Func("putenv(name, value, /)", func(t *thread, a []value) (value, error) {
		t.Isolate().Environ++
		if err := os.Setenv(textOr(a[0], ""), textOr(a[1], "")); err != nil {
			return nil, python.OSException(err, "")
		}
		return python.None, nil
	})
	unset := python.Func("unsetenv(name, /)", func(t *thread, a []value) (value, error) {
		t.Isolate().Environ++
		if err := os.Unsetenv(textOr(a[0], "")); err != nil {
			return nil, python.OSException(err, "")
		}
		return python.None, nil
	})
	if environ, err = t.CallMethod(m, "Environ", data, put, unset); err != nil {
		return nil, nil, err
	}
	get := python.Func("getenv(key, default=None)", func(t *thread, a []value) (value, error) {
		v, err := t.CallMethod(environ, "get", a[0], orNone(a[1]))
		return v, err
	})
	return environ, []*python.Native{put, unset, get}, nil
}
