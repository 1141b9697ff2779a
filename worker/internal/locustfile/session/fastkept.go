package session

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// A fastKept is the headers of a request, with what they came from: those of the next request are mostly the same. It is
// never changed. Only headers that are all str are kept.
type fastKept struct {
	auth, lines string
	shared, own requests.Entries // of the client's headers and of the request's
	fields      []fastField
	host        bool // they have a header Host
}

// newStandard makes the headers of a request that has no others.
func newStandard() *fastKept {
	return &fastKept{lines: fastStandard, fields: []fastField{
		{"User-Agent", python.NewStr(agentName)}, {"Accept-Encoding", python.NewStr("gzip, deflate, br")},
	}}
}

// usual says that the headers of a request depend on nothing but what a fastKept knows, and on whether it has a JSON.
func (s *fastSession) usual(q *fastCall) bool {
	return q.auth == nil && q.data == nil && q.files == nil && q.rest == nil && s.defaults == nil
}

// slotFor is where the headers of a usual request are kept.
func (s *fastSession) slotFor(q *fastCall) **fastKept {
	if given(q.json) {
		return &s.kept[1]
	}
	return &s.kept[0]
}

// keptFor returns the headers of a request, if they are known.
func (s *fastSession) keptFor(q *fastCall) *fastKept {
	if !s.usual(q) {
		return nil
	}
	k := *s.slotFor(q)
	if k == nil || k.auth != s.auth || !k.own.Are(q.headers) || !k.shared.Are(s.settings.headers) {
		return nil
	}
	return k
}

// keepHeaders remembers the headers of a request, if the next may have the same.
func (s *fastSession) keepHeaders(t *thread, q *fastCall, from *fastRequest) {
	if !s.usual(q) || from.get("Content-Length") != nil {
		return
	}
	k := &fastKept{auth: s.auth, fields: from.fields, host: from.get("Host") != nil}
	var ok, too bool
	k.own, ok = requests.EntriesOf(q.headers)
	k.shared, too = requests.EntriesOf(s.settings.headers)
	if !ok || !too {
		return
	}
	var b []byte
	for _, f := range k.fields {
		var err error
		if b, err = appendFastField(t, b, f); err != nil {
			return // it will be raised where the message is made
		}
	}
	k.lines = string(b)
	*s.slotFor(q) = k
	from.kept, from.fields = k, nil
}

// all are the headers as far as they are fields.
func (q *fastRequest) all() []fastField {
	if q.kept != nil {
		return q.kept.fields
	}
	return q.fields
}

// settle makes fields of headers that are only implied.
func (q *fastRequest) settle() {
	if q.kept != nil {
		q.fields = append([]fastField(nil), q.kept.fields...)
		q.kept = nil
	}
	if q.cookie != "" {
		q.set("Cookie", python.NewStr(q.cookie))
		q.cookie = ""
	}
}

func (q *fastRequest) get(name string) value {
	for _, f := range q.all() {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return nil
}

// drop removes headers.
func (q *fastRequest) drop(names ...string) {
	gone := func(f fastField) bool {
		for _, n := range names {
			if strings.EqualFold(f.name, n) {
				return true
			}
		}
		return false
	}
	for _, f := range q.all() {
		if gone(f) {
			q.settle()
			q.fields = slices.DeleteFunc(slices.Clone(q.fields), gone)
			return
		}
	}
}
