package session

import (
	"strings"

	"gregaria/worker/internal/python"
)

// saysHow says whether the headers of a call have one that says how the body is sent, in chunks or not before the server has asked
// for it: the general way knows that.
func (s *fastSession) saysHow(t *thread, q *fastCall) (bool, error) {
	if sendingNamed(q.headers) || sendingNamed(s.settings.headers) {
		return true, nil
	}
	if s.defaults == nil {
		return false, nil
	}
	for _, name := range []string{"Expect", "Transfer-Encoding"} {
		v, err := t.CallMethod(s.defaults, "__contains__", python.NewStr(name))
		if err != nil || v == python.True {
			return v == python.True, err
		}
	}
	return false, nil
}

// sendingNamed says whether headers have one of those names; headers that are no dict may.
func sendingNamed(headers value) (named bool) {
	if !given(headers) {
		return false
	}
	d, ok := python.Unwrap(headers).(*python.Dict)
	if !ok {
		return true
	}
	d.All(func(k, _ value) bool {
		name, _ := python.AsStr(k)
		named = len(name) == len("expect") && strings.EqualFold(name, "expect") ||
			len(name) == len("transfer-encoding") && strings.EqualFold(name, "transfer-encoding")
		return !named
	})
	return named
}
