package requests

import (
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// A Call is what a request is asked for with: the arguments of Session.request. Those that are nil were not given.
type Call struct {
	Method, URL                                                string
	Params, Data, JSON, Headers, Cookies, Files, Auth, Timeout value
	AllowRedirects, Proxies, Hooks, Stream, Verify, Cert       value
	// Bypasses says that the variables of the process name proxies, but none for the URL (NO_PROXY).
	Bypasses bool
	// Began is when the request began, if the caller has looked at the clock.
	Began time.Time
}

// Slot returns where an argument goes, nil if there is none of that name.
func (q *Call) Slot(name string) *value { //nolint:cyclop // a table
	switch name {
	case "params":
		return &q.Params
	case "data":
		return &q.Data
	case "json":
		return &q.JSON
	case "headers":
		return &q.Headers
	case "cookies":
		return &q.Cookies
	case "files":
		return &q.Files
	case "auth":
		return &q.Auth
	case "timeout":
		return &q.Timeout
	case "allow_redirects":
		return &q.AllowRedirects
	case "proxies":
		return &q.Proxies
	case "hooks":
		return &q.Hooks
	case "stream":
		return &q.Stream
	case "verify":
		return &q.Verify
	case "cert":
		return &q.Cert
	}
	return nil
}

// SetURL takes the URL, which may be bytes or anything with a text.
func (q *Call) SetURL(t *thread, v value) (err error) {
	if s, ok := python.AsStr(v); ok {
		q.URL = s
		return nil
	}
	if b, ok := python.AsBytes(v); ok {
		q.URL, err = python.Decode(b, "utf-8", "strict")
		return err
	}
	q.URL, err = t.Str(v)
	return err
}

// prepareURL takes the URL apart, with what params add to it.
func (c *Classes) prepareURL(t *thread, p *Prepared, url string, own, shared value) error {
	params := ""
	merged, err := c.mergeParams(t, own, shared)
	if err != nil {
		return err
	}
	if given(merged) {
		if params, err = encodeParams(t, merged); err != nil {
			return err
		}
	}
	p.to, err = c.parse(t, url, params)
	return err
}

// mergeParams is merge_setting for params.
func (c *Classes) mergeParams(t *thread, own, shared value) (value, error) {
	if !given(shared) {
		return own, nil
	}
	if n, err := t.Truth(shared); err != nil || !n {
		return own, err
	}
	if !given(own) {
		return shared, nil
	}
	if _, text := isText(own); text {
		return own, nil
	}
	d := python.NewDict()
	add := func(k, v value) error { return d.Set(t, k, v) }
	if err := pairs(t, shared, add); err != nil {
		return nil, err
	}
	if err := pairs(t, own, add); err != nil {
		return nil, err
	}
	return d, nil
}

// truthy says whether an argument is there and true.
func truthy(t *thread, v value) (bool, error) {
	if !given(v) {
		return false, nil
	}
	return t.Truth(v)
}

// prepareBody makes the body of the arguments data, files and json (PreparedRequest.prepare_body).
func (c *Classes) prepareBody(t *thread, p *Prepared, q *Call) error {
	p.body, p.source = nil, nil
	hasData, err := truthy(t, q.Data)
	if err != nil {
		return err
	}
	hasFiles, err := truthy(t, q.Files)
	if err != nil {
		return err
	}
	switch {
	case hasFiles:
		return c.prepareFiles(t, p, q)
	case !hasData && given(q.JSON):
		return c.prepareJSON(t, p, q.JSON)
	case !hasData:
		if p.method != "GET" && p.method != "HEAD" && !p.has("Content-Length") {
			p.length = 0
		}
		return nil
	}
	if s, ok := isText(q.Data); ok {
		p.body = []byte(s)
		if _, isStr := python.AsStr(q.Data); isStr {
			p.source = q.Data
		}
		p.setLength(len(p.body))
		return nil
	}
	if stream, err := isStream(t, q.Data); err != nil || stream {
		if err != nil {
			return err
		}
		return p.prepareStream(t, q.Data)
	}
	form, err := encodeParams(t, q.Data)
	if err != nil {
		return err
	}
	p.body, p.source = []byte(form), python.NewStr(form)
	if len(form) > 0 { // of an empty one requests does not say that it is, so that it is sent in chunks
		p.setLength(len(p.body))
	}
	p.setType("application/x-www-form-urlencoded")
	return nil
}

func (c *Classes) prepareJSON(t *thread, p *Prepared, v value) error {
	b, err := stdlib.DumpsStrict(t, v)
	if err != nil {
		e := python.AsException(err)
		if !e.IsA(python.ValueError) {
			return err
		}
		return c.fail(t, "bad_json", e, c.object(p))
	}
	p.body = b
	p.setLength(len(b))
	p.setType("application/json")
	return nil
}

// isStream says whether data is read piece by piece: a file, a generator, but no text, sequence or mapping.
func isStream(t *thread, v value) (bool, error) {
	switch python.Unwrap(v).(type) {
	case *python.List, *python.Tuple, *python.Dict:
		return false, nil
	case *python.Generator, *python.Set:
		return true, nil
	}
	if headersOf(v) != nil {
		return false, nil
	}
	iter, err := t.HasAttr(v, "__iter__")
	if err != nil || iter != nil {
		return iter != nil, err
	}
	read, err := t.HasAttr(v, "read")
	return read != nil, err
}

// prepareStream takes a file or an iterator as the body, to be read when it is sent. Of unknown length it is sent in chunks.
func (p *Prepared) prepareStream(t *thread, v value) error {
	p.source, p.seen().position = v, nil
	if tell, err := t.HasAttr(v, "tell"); err != nil {
		return err
	} else if tell != nil {
		if p.seen().position, err = t.Call(tell); err != nil {
			p.seen().position = python.Ellipsis // there is one, but nobody knows which
		}
	}
	m, err := t.Import("requests.utils")
	if err != nil {
		return err
	}
	size, err := t.Call(m.Attrs().GetStr("super_len"), v)
	if err != nil {
		return err
	}
	if n, _ := python.AsInt(size); n > 0 {
		p.settled().Set("Content-Length", python.NewStr(itoa(int(n))))
	} else {
		p.settled().Set("Transfer-Encoding", python.NewStr("chunked"))
	}
	return nil
}

// blockSize is how much of a file is read at a time.
const blockSize = 16384

// read reads a file or an iterator as the body; framed makes chunks of what comes.
func (p *Prepared) read(t *thread, v value, framed bool) error {
	take := func(v value) error {
		n := len(p.body)
		if err := p.append(v); err != nil {
			return err
		}
		if size := len(p.body) - n; size > 0 && framed {
			chunk := append([]byte(hexOf(size)+"\r\n"), p.body[n:]...)
			p.body = append(append(p.body[:n], chunk...), "\r\n"...)
		}
		return nil
	}
	read, err := t.HasAttr(v, "read")
	switch {
	case err != nil:
		return err
	case read == nil:
		err = t.Each(v, take)
	default:
		err = eachBlock(t, read, take)
	}
	if err == nil && framed {
		p.body = append(p.body, "0\r\n\r\n"...)
	}
	return err
}

// eachBlock takes block after block of a file until there is none.
func eachBlock(t *thread, read value, take func(value) error) error {
	for {
		block, err := t.Call(read, python.NewInt(blockSize))
		if err != nil {
			return err
		}
		if more, err := t.Truth(block); err != nil || !more {
			return err
		}
		if err := take(block); err != nil {
			return err
		}
	}
}

func (p *Prepared) append(v value) error {
	s, ok := isText(v)
	if !ok {
		return python.Errorf(python.TypeError, "object of type '%s' has no len()", python.TypeOf(v).Name())
	}
	p.body = append(p.body, s...)
	return nil
}

// prepareAuth adds the credentials of the arguments, of the session or of the URL (PreparedRequest.prepare_auth).
func (c *Classes) prepareAuth(t *thread, p *Prepared, auth value) error {
	if !given(auth) {
		if i := strings.Index(p.to.before, "@"); i >= 0 {
			c.authFromURL(p)
		}
		return nil
	}
	if yes, err := t.Truth(auth); err != nil || !yes {
		return err
	}
	pair, isPair := auth.(*python.Tuple)
	if isPair = isPair && len(pair.Items()) == 2; isPair && !c.untouched() {
		m, err := t.Import("requests.auth")
		if err != nil {
			return err
		}
		if auth, err = t.Call(m.Attrs().GetStr("HTTPBasicAuth"), pair.Items()...); err != nil {
			return err
		}
	} else if isPair {
		s, err := basic(t, pair.Items()[0], pair.Items()[1])
		if err == nil {
			p.authorize(s)
		}
		return err
	}
	if user, password, ok := c.basicAuth(auth); ok {
		s, err := basic(t, user, password)
		if err == nil {
			p.authorize(s)
		}
		return err
	}
	r, err := t.Call(auth, c.object(p))
	if err != nil {
		return err
	}
	o := preparedOf(r)
	if o == nil {
		_, err = t.GetAttr(r, "__dict__")
		return err
	}
	if o != p { // the state of another request becomes this one's
		object := p.object
		*p = *o
		p.object = object
	}
	if p.body != nil {
		p.setLength(len(p.body))
	}
	return nil
}

// basicAuth takes an HTTPBasicAuth apart, so that no request needs an object for it.
func (c *Classes) basicAuth(auth value) (user, password value, ok bool) {
	i, ok := auth.(*python.Instance)
	if !ok || i.Class().Name() != "HTTPBasicAuth" || !c.pristine(i.Class()) {
		return nil, nil, false
	}
	user, password = i.Attrs().GetStr("username"), i.Attrs().GetStr("password")
	return user, password, user != nil && password != nil
}

// authorize sets the header Authorization.
func (p *Prepared) authorize(s string) {
	if p.own || p.has("Authorization") {
		p.settled().Set("Authorization", python.NewStr(s))
		return
	}
	p.authorization = s
}
