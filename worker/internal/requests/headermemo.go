package requests

import "gregaria/worker/internal/python"

// A headerMemo is what the headers of the last request came from and came to: those of the next are mostly the same. Only
// headers that are all str are kept.
type headerMemo struct {
	shared  *Headers // the session's, at version
	version int
	own     Entries  // of the request's
	made    *Headers // checked
}

// find returns the headers that the session's and a request's come to, if that is known.
func (m *headerMemo) find(shared *Headers, own value) *Headers {
	if m == nil || m.shared != shared || shared != nil && m.version != shared.version || !m.own.Are(own) {
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
	var ok bool
	if m.own, ok = EntriesOf(own); !ok {
		return nil
	}
	for _, f := range made.fields {
		if _, ok := f.value.(*python.Str); !ok {
			return nil
		}
	}
	return m
}

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
