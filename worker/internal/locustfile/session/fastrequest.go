package session

import (
	"strconv"
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

// A fastField is one header of a request; several of a name have several lines.
type fastField struct {
	name  string
	value value
}

// A fastRequest is a request of FastHttpSession: a FastRequest, should Python code look.
type fastRequest struct {
	method  string
	to      fastPlace
	origin  *wire.Origin // where it was first to go, nil if that is where it goes
	fields  []fastField
	kept    *fastKept // its headers, instead of fields
	cookie  string
	payload []byte
	source  value  // the payload as Python code sees it; nil is the text of the payload
	params  string // that stand in the request's target, but not in its URL
	object  value
	lost    bool // there is no answer
}

// set replaces a header where it is, or adds it at the end.
func (q *fastRequest) set(name string, v value) {
	for i := range q.fields {
		if strings.EqualFold(q.fields[i].name, name) {
			q.fields[i] = fastField{name, v}
			return
		}
	}
	q.fields = append(q.fields, fastField{name, v})
}

// A fastCall is what FastHttpSession.request is called with.
type fastCall struct {
	method, url, name, data, catch, stream, headers, auth, json, redirect, context value
	params, files                                                                  value
	began                                                                          time.Time      // of the first exchange, until it is
	rest                                                                           []python.Value // other keywords: name, value, ...
}

// rare says that an argument needs the general way: a body that is made while it is sent, or a keyword of urlopen itself.
func (q *fastCall) rare() bool {
	switch v := q.data.(type) {
	case nil, *python.Str, *python.Bytes, *python.Dict:
	default:
		if v != python.None {
			return true
		}
	}
	for i := 0; i < len(q.rest); i += 2 {
		switch name, _ := python.AsStr(q.rest[i]); name {
		case "max_retries", "max_redirects", "to_string", "debug_stream", "payload", "self":
			return true
		}
	}
	return false
}

// slot returns where an argument goes, nil if it is none that is known.
func (q *fastCall) slot(name string) *value { //nolint:cyclop // a table
	switch name {
	case "method":
		return &q.method
	case "url":
		return &q.url
	case "name":
		return &q.name
	case "data":
		return &q.data
	case "catch_response":
		return &q.catch
	case "stream":
		return &q.stream
	case "headers":
		return &q.headers
	case "auth":
		return &q.auth
	case "json":
		return &q.json
	case "allow_redirects":
		return &q.redirect
	case "context":
		return &q.context
	case "params":
		return &q.params
	case "files":
		return &q.files
	}
	return nil
}

// build makes the request of the arguments (FastHttpSession.request, UserAgent.urlopen, _make_request).
func (s *fastSession) build(t *thread, q *fastCall, path string, to *fastRequest) error {
	to.method, _ = python.AsStr(q.method)
	to.method = strings.ToUpper(to.method)
	data := q.data
	hasData, err := truthy(t, data)
	if err != nil {
		return err
	}
	params, err := s.extra(t, q, to.method, &data)
	if err != nil {
		return err
	}
	to.to, to.params = s.place(path, params), params
	if to.to.full = s.url(path); params == "" && to.to.uri == "" {
		to.to.uri = "/"
	}
	if s.plain(q) {
		to.kept = s.classes.standard
		return nil
	}
	if to.kept = s.keptFor(q); to.kept != nil {
		if given(q.json) {
			to.payload, err = stdlib.DumpsBytes(t, q.json)
		}
		return err
	}
	if err := s.headers(t, q, to); err != nil {
		return err
	}
	if !hasData && given(q.json) {
		text, err := stdlib.Dumps(t, q.json)
		if err != nil {
			return err
		}
		data = python.NewStr(text)
		if given := to.given(q.headers, "Content-Type"); !given {
			to.set("Content-Type", python.NewStr("application/json"))
		}
		if given := to.given(q.headers, "Accept"); !given {
			to.set("Accept", python.NewStr("application/json"))
		}
	}
	if err := to.body(t, data, q.files); err != nil {
		return err
	}
	s.keepHeaders(t, q, to)
	return nil
}

// given says whether a dict of headers has a name, as it is or in small letters.
func (q *fastRequest) given(headers value, name string) bool {
	d, ok := python.Unwrap(or(headers, python.None)).(*python.Dict)
	return ok && (d.GetStr(name) != nil || d.GetStr(strings.ToLower(name)) != nil)
}

// plain says that a request has nothing but its method and its URL.
func (s *fastSession) plain(q *fastCall) bool {
	return q.headers == nil && q.auth == nil && s.auth == "" && q.data == nil && q.json == nil && q.files == nil && q.rest == nil &&
		s.defaults == nil && !given(s.settings.headers)
}

// headers makes the headers: the client's, then the caller's.
func (s *fastSession) headers(t *thread, q *fastCall, to *fastRequest) error {
	if s.defaults != nil {
		items, err := t.CallMethod(s.defaults, "items")
		if err != nil {
			return err
		}
		if err := requests.Pairs(t, items, to.add); err != nil {
			return err
		}
	} else {
		to.fields = append(make([]fastField, 0, 8), fastField{"User-Agent", python.NewStr(agentName)})
		if yes, err := truthy(t, s.settings.headers); err != nil {
			return err
		} else if yes {
			if err := requests.Pairs(t, s.settings.headers, to.add); err != nil {
				return err
			}
		}
	}
	yes, err := truthy(t, q.headers)
	if err != nil {
		return err
	}
	if yes {
		if err := requests.Pairs(t, q.headers, to.add); err != nil {
			return err
		}
	}
	if err := s.authorize(t, q.auth, to); err != nil {
		return err
	}
	if !to.given(q.headers, "Accept-Encoding") {
		to.set("Accept-Encoding", python.NewStr("gzip, deflate, br"))
	}
	return nil
}

func (q *fastRequest) add(k, v value) error {
	name, ok := python.AsStr(k)
	if !ok {
		return python.Errorf(python.AttributeError, "'%s' object has no attribute 'lower'", python.TypeOf(k).Name())
	}
	q.set(name, v)
	return nil
}

func (s *fastSession) authorize(t *thread, auth value, to *fastRequest) error {
	yes, err := truthy(t, auth)
	if err != nil {
		return err
	}
	if !yes {
		if s.auth != "" {
			to.set("Authorization", python.NewStr(s.auth))
		}
		return nil
	}
	user, err := t.GetItem(auth, python.NewInt(0))
	if err != nil {
		return err
	}
	password, err := t.GetItem(auth, python.NewInt(1))
	if err != nil {
		return err
	}
	for i, v := range []value{user, password} {
		_, text := python.AsStr(v)
		if _, raw := python.AsBytes(v); !text && !raw {
			return python.Errorf(python.TypeError, "sequence item %d: expected a bytes-like object, %s found", i, python.TypeOf(v).Name())
		}
	}
	text, err := requests.Basic(t, user, password)
	if err == nil {
		to.set("Authorization", python.NewStr(text))
	}
	return err
}

// extra takes the keywords that geventhttpclient does not know: parameters of the query, or of the form of a POST.
func (s *fastSession) extra(t *thread, q *fastCall, method string, data *value) (params string, err error) {
	more := q.params
	if len(q.rest) > 0 {
		d := python.NewDict()
		for i := 0; i < len(q.rest); i += 2 {
			if err := d.Set(t, q.rest[i], q.rest[i+1]); err != nil {
				return "", err
			}
		}
		to := &more
		if method == "POST" {
			to = data
		}
		if !given(*to) {
			*to = d
		} else if _, ok := python.Unwrap(*to).(*python.Dict); ok {
			if _, err := t.CallMethod(*to, "update", d); err != nil {
				return "", err
			}
		}
	}
	if !given(more) {
		return "", nil
	}
	return requests.EncodeParams(t, more)
}

// body makes the payload and the headers that describe it (_make_request).
func (q *fastRequest) body(t *thread, data, files value) error {
	kind, _ := python.AsStr(or(q.get("content-type"), python.None))
	if yes, err := truthy(t, files); err != nil {
		return err
	} else if yes {
		return q.multipart(t, data, files)
	}
	yes, err := truthy(t, data)
	if err != nil || !yes {
		return err
	}
	q.source = data
	if d, ok := python.Unwrap(data).(*python.Dict); ok {
		form, err := requests.URLEncode(t, d)
		if err != nil {
			return err
		}
		if kind == "" {
			q.set("content-type", python.NewStr("application/x-www-form-urlencoded; charset=utf-8"))
		}
		q.describe([]byte(form))
		return nil
	}
	if text, ok := python.AsStr(data); ok {
		if kind != "" {
			q.payload = []byte(text)
			return nil
		}
		q.set("content-type", python.NewStr("text/plain; charset=utf-8"))
		q.describe([]byte(text))
		return nil
	}
	if kind == "" {
		q.set("content-type", python.NewStr("application/octet-stream"))
	}
	return q.raw(t, data)
}

// describe makes b the payload and says its length.
func (q *fastRequest) describe(b []byte) {
	q.payload, q.source = b, python.NewBytes(b)
	q.set("content-length", python.NewStr(strconv.Itoa(len(b))))
}

// raw takes the payload from bytes.
func (q *fastRequest) raw(_ *thread, data value) error {
	b, ok := python.AsBytes(data)
	if !ok {
		return python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(data).Name())
	}
	q.payload = []byte(b)
	return nil
}

func (q *fastRequest) multipart(t *thread, data, files value) error {
	body, bound, err := fastMultipart(t, data, files)
	if err != nil {
		return err
	}
	q.set("content-type", python.NewStr("multipart/form-data; boundary="+bound))
	q.describe(body)
	return nil
}

// fastMultipart makes a form with files, and its boundary (_encode_multipart_formdata).
func fastMultipart(t *thread, data, files value) (body []byte, bound string, err error) {
	_, text := python.AsStr(or(data, python.None))
	if _, raw := python.AsBytes(or(data, python.None)); text || raw {
		return nil, "", python.Errorf(python.ValueError, "Data must not be a string.")
	}
	return requests.Multipart(t, data, files, func(s string) string { return strings.ReplaceAll(s, `"`, "%22") })
}
