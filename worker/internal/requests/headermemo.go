package requests

import "gregaria/worker/internal/python"

// A headerMemo is what the headers of the last request came from and came to: those of the next are mostly the same. Only
// headers that are all str are kept.
type headerMemo struct {
	shared  *Headers // the session's, at version
	version int
	own     []*python.Str // names and values of the request's
	made    *Headers      // checked
}

// find returns the headers that the session's and a request's come to, if that is known.
func (m *headerMemo) find(shared *Headers, own value) *Headers {
	if m == nil || m.shared != shared || shared != nil && m.version != shared.version {
		return nil
	}
	rest := m.own
	same := eachStr(own, func(k, v *python.Str) bool {
		if len(rest) < 2 || !sameText(rest[0], k) || !sameText(rest[1], v) {
			return false
		}
		rest = rest[2:]
		return true
	})
	if !same || len(rest) > 0 {
		return nil
	}
	return m.made
}

// newHeaderMemo keeps headers that have been made; nil if it cannot.
func newHeaderMemo(shared *Headers, own value, made *Headers) *headerMemo {
	m := &headerMemo{shared: shared, made: made}
	made.final = true
	if shared != nil {
		m.version = shared.version
	}
	if !eachStr(own, func(k, v *python.Str) bool {
		m.own = append(m.own, k, v)
		return true
	}) {
		return nil
	}
	for _, f := range made.fields {
		if _, ok := f.value.(*python.Str); !ok {
			return nil
		}
	}
	return m
}

// eachStr calls f for the entries of a dict as long as it returns true, and says whether they were all str. Not given is
// no entry.
func eachStr(v value, f func(k, v *python.Str) bool) bool {
	if !given(v) {
		return true
	}
	d, ok := v.(*python.Dict)
	if !ok {
		return false
	}
	d.All(func(k, v value) bool {
		var name, text *python.Str
		if name, ok = k.(*python.Str); ok {
			if text, ok = v.(*python.Str); ok {
				ok = f(name, text)
			}
		}
		return ok
	})
	return ok
}

func sameText(a, b *python.Str) bool { return a == b || a.String() == b.String() }

// lines is what appendTo makes of headers that are never changed, made once.
func (h *Headers) lines() (string, error) {
	if h.sent == "" {
		b, err := h.appendTo(nil, false)
		if err != nil {
			return "", err
		}
		h.sent = string(b)
	}
	return h.sent, nil
}
