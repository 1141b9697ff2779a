package session

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// client is what both sessions of Locust have.
type client struct {
	classes     *Classes
	base        requests.Base
	baseValue   value // as the file has it
	event, user value
	name        string // that of rename_request, "" if none
}

// httpSession is an HttpSession.
type httpSession struct {
	requests.Session
	client
}

func httpOf(v value) *httpSession {
	if i, ok := v.(*python.Instance); ok {
		s, _ := i.Data.(*httpSession)
		return s
	}
	return nil
}

// A holder is a state with a client.
type holder interface{ common() *client }

func (c *client) common() *client { return c }

func clientOf(v value) *client { return v.(*python.Instance).Data.(holder).common() }

// NewHTTP returns the client of an HttpUser: an HttpSession whose requests are relative to baseURL and reported to event, and
// which does not trust the environment. The user's pool_manager, if it has one, lends the connections.
func (c *Classes) NewHTTP(t *thread, baseURL string, event, user value) (value, error) {
	var pools value
	if given(user) {
		var err error
		if pools, err = t.HasAttr(user, "pool_manager"); err != nil {
			return nil, err
		}
	}
	base := python.NewStr(baseURL)
	if given(pools) || c.HTTPSession.Version() != c.httpVersion {
		v, err := t.CallKw(c.HTTPSession, python.Args{
			Pos: []value{base, event, user}, Names: []*python.Str{python.NewStr("pool_manager")}, Values: []value{or(pools, python.None)},
		})
		if s := httpOf(v); err == nil && s != nil {
			s.Distrusts = true
		}
		return v, err
	}
	s := c.newHTTP(t)
	s.Distrusts = true
	return python.NewInstance(c.HTTPSession, s), s.open(t, base, event, user)
}

// newHTTP makes the state of an HttpSession.
func (c *Classes) newHTTP(t *thread) *httpSession {
	s := &httpSession{client: client{classes: c, event: python.None, user: python.None, baseValue: python.None}}
	c.requests.Open(t, &s.Session)
	s.NewAdapter = s.adapter
	return s
}

// adapter makes an adapter of the kind that an HttpSession has for itself.
func (s *httpSession) adapter(t *thread) (value, error) {
	m, err := t.Import("_locust_http")
	if err != nil {
		return nil, err
	}
	a, err := t.Call(m.Attrs().GetStr("LocustHttpAdapter"), python.None)
	if err != nil {
		return nil, err
	}
	return a, s.Adopt(t, a)
}

// open says whose the session is and where its requests go.
func (s *httpSession) open(t *thread, base, event, user value) error {
	s.event, s.user = event, user
	text, err := t.Str(base)
	if err != nil {
		return err
	}
	bare, name, password := credentials(text)
	s.setBase(python.NewStr(bare))
	if name == "" {
		return nil
	}
	m, err := t.Import("requests.auth")
	if err != nil {
		return err
	}
	auth, err := t.Call(m.Attrs().GetStr("HTTPBasicAuth"), python.NewStr(name), python.NewStr(password))
	if err == nil {
		s.SetAuth(auth)
	}
	return err
}

func (c *client) setBase(v value) {
	text, _ := python.AsStr(v)
	c.baseValue, c.base = v, requests.NewBase(text)
}

// credentials takes a user and a password out of a URL, if it has both.
func credentials(text string) (bare, user, password string) {
	i := strings.Index(text, "://")
	if i < 0 {
		return text, "", ""
	}
	rest := text[i+3:]
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if at < 0 {
		return text, "", ""
	}
	user, password, _ = strings.Cut(rest[:at], ":")
	if user == "" || password == "" {
		return text, "", ""
	}
	plain := func(s string) string {
		if p, err := url.PathUnescape(s); err == nil {
			return p
		}
		return s
	}
	return text[:i+3] + rest[at+1:], plain(user), plain(password)
}

// An httpCall is what HttpSession.request is called with.
type httpCall struct {
	requests.Call
	method, url, name, catch, context value
}

// take takes an argument by its name, and says whether there is one.
func (q *httpCall) take(name string, v value) bool {
	slot := q.Slot(name)
	switch name {
	case "name":
		slot = &q.name
	case "catch_response":
		slot = &q.catch
	case "context":
		slot = &q.context
	case "method":
		slot = &q.method
	case "url":
		slot = &q.url
	}
	if slot == nil {
		return false
	}
	*slot = v
	return true
}

// request is HttpSession.request on the short way.
func (s *httpSession) request(t *thread, q *httpCall) (value, error) {
	named, err := s.named(t, q.name)
	if err != nil {
		return nil, err
	}
	catch, err := truthy(t, q.catch)
	if err != nil {
		return nil, err
	}
	x := &response{session: &s.client, outcome: outcome{catch: catch}}
	object := python.NewInstance(s.classes.ResponseContextManager, x)
	x.Bind(object)
	x.Embedder = x
	x.Prepare(s.classes.requests, &x.prepared)
	method, _ := python.AsStr(q.method)
	q.Method = method
	if err := s.aim(t, q, x); err != nil {
		return nil, err
	}
	x.prepared.SetName(named)
	outer := requests.BeginTrail(t)
	defer requests.EndTrail(t, outer)
	began := time.Now()
	q.Began = began
	if err := s.send(t, q, x); err != nil {
		return nil, s.cutOff(t, x, method, named, began, err)
	}
	x.meta = Request{Type: method, ResponseTime: milliseconds(x.took(began)), Response: object, StartTime: unixSeconds(began)}
	if catch {
		x.meta.keep(t)
	}
	return object, s.report(t, q, x, named)
}

// named is the name that a request is to count under, "" if none was given.
func (c *client) named(t *thread, v value) (string, error) {
	if yes, err := truthy(t, v); err != nil || !yes {
		return c.name, err
	}
	if s, ok := python.AsStr(v); ok {
		return s, nil
	}
	return t.Str(v)
}

// aim takes the URL.
func (s *httpSession) aim(t *thread, q *httpCall, x *response) error {
	path, ok := python.AsStr(q.url)
	if !ok {
		if _, bytes := python.AsBytes(q.url); bytes {
			return python.Errorf(python.TypeError, "cannot use a string pattern on a bytes-like object")
		}
		r, err := t.Repr(python.TypeOf(q.url))
		if err != nil {
			return err
		}
		_ = r
		return python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", python.TypeOf(q.url).Name())
	}
	s.base.Aim(&q.Call, &x.prepared, path)
	return nil
}

// send sends the request; what requests raises for one without an answer becomes the response's error.
func (s *httpSession) send(t *thread, q *httpCall, x *response) error {
	err := s.Do(t, &q.Call, &x.Response)
	if err == nil || x.Cut() {
		return err
	}
	e := python.AsException(err)
	if ours, err2 := s.classes.requests.IsA(t, e, "RequestException"); err2 != nil || !ours {
		return e
	}
	if bad, err2 := s.classes.requests.IsA(t, e, "MissingSchema", "InvalidSchema", "InvalidURL"); err2 != nil || bad {
		return e
	}
	x.Fail(s.classes.requests, requests.PreparedBy(e))
	x.err = e
	return nil
}

// cutOff records a request whose user's time was up; other errors it only passes on.
func (c *client) cutOff(t *thread, x *response, method, named string, began time.Time, err error) error {
	if !x.Cut() {
		return err
	}
	r := Request{Type: method, Name: named, ResponseTime: milliseconds(time.Since(began)), StartTime: unixSeconds(began), Incomplete: true}
	if named == "" {
		r.Name = x.prepared.Path()
	}
	if err2 := r.fire(t, c.event); err2 != nil {
		return err2
	}
	return err
}

// report completes what is known of the request, and records it unless the file is to judge it.
func (s *httpSession) report(t *thread, q *httpCall, x *response, named string) (err error) {
	m := &x.meta
	m.Name = named
	if first := x.First(); first != nil {
		if m.URL = ""; named == "" {
			m.Name = first.Path()
		}
	} else {
		path, _ := python.AsStr(q.url)
		if m.URL = path; !requests.Absolute(path) {
			m.URL = s.base.Text() + path
		}
		if named == "" {
			m.Name = path
		}
	}
	if m.context, err = contextOf(t, s.user, q.context); err != nil {
		return err
	}
	if m.Length, err = x.length(t, q.Stream); err != nil {
		return err
	}
	if q.Stream != nil && x.Streaming() {
		x.watch(t, q.Began)
	}
	if x.catch {
		return nil
	}
	m.ended = true
	_, err = x.exit(t, python.None, python.None)
	return err
}

// length is the size of the content, or what the head says of it if it is streamed.
func (x *response) length(t *thread, stream value) (int64, error) {
	streamed, err := truthy(t, stream)
	if err != nil {
		return 0, err
	}
	if !streamed {
		return x.Length(), nil
	}
	text, ok := x.DeclaredLength()
	if !ok {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		r, err := t.Repr(python.NewStr(text))
		if err != nil {
			return 0, err
		}
		return 0, python.Errorf(python.ValueError, "invalid literal for int() with base 10: %s", r)
	}
	return n, nil
}

// took is how long the request took.
func (x *response) took(began time.Time) time.Duration {
	if end := x.Ended(); x.err == nil && !end.IsZero() {
		return end.Sub(began)
	}
	return time.Since(began)
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func unixSeconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }
