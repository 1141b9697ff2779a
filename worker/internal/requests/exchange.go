package requests

import (
	"errors"
	"net"
	"strconv"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// An exchange is one request on a connection of a pool of urllib3, as the general way asks for it
// (HTTPConnectionPool._make_request).
type exchange struct {
	classes       *Classes
	pool          value // the pool, for messages
	scheme, host  string
	port          int64
	method, path  string
	connect, read value // the timeouts as the file has them
	call          *wire.Call
}

// newExchange takes the pool's attributes and the timeout.
func (c *Classes) newExchange(t *thread, pool, method, path, timeout value) (*exchange, error) {
	x := &exchange{classes: c, pool: pool}
	x.method, _ = isText(method)
	x.path, _ = isText(path)
	var scheme, host, port value
	err := attributes(t, pool, map[string]*value{"scheme": &scheme, "host": &host, "port": &port})
	if err == nil {
		err = attributes(t, timeout, map[string]*value{"connect_timeout": &x.connect, "read_timeout": &x.read})
	}
	if err != nil {
		return nil, err
	}
	x.scheme, _ = python.AsStr(scheme)
	x.host, _ = python.AsStr(host)
	var ok bool
	if x.port, ok = python.AsInt(port); !ok {
		x.port = 80
		if x.scheme == "https" {
			x.port = 443
		}
	}
	return x, nil
}

func attributes(t *thread, v value, slots map[string]*value) (err error) {
	for name, slot := range slots {
		if *slot, err = t.GetAttr(v, name); err != nil {
			return err
		}
	}
	return nil
}

// do sends the request with its headers and its body and returns urllib3's response, whose content is still to be read.
func (x *exchange) do(t *thread, headers, body, chunked, patience value) (value, error) {
	c := x.classes
	c.beforeProxy = false
	v, err := t.GetAttr(x.pool, "pool")
	if err != nil {
		return nil, err
	}
	p := connectionsOf(v)
	if p == nil {
		return nil, python.Errorf(python.TypeError, "a pool without connections of its own cannot send requests")
	}
	x.call = c.calls.Borrow()
	buf := wire.Tiny()
	defer buf.GiveBack()
	if err := x.prepare(t, buf, headers, body, chunked); err != nil {
		return nil, err
	}
	wait, err := seconds(t, patience, "pool")
	if err != nil {
		return nil, err
	}
	if entered, err := p.enter(t, wait); err != nil || !entered {
		if err == nil {
			err = c.fail(t, "empty_pool", x.pool)
		}
		return nil, err
	}
	return x.answer(t, p)
}

// prepare makes the call.
func (x *exchange) prepare(t *thread, buf *wire.Buffer, headers, body, chunked value) error {
	q := x.call
	origin, err := x.origin(t)
	if err != nil {
		return err
	}
	q.TLS, err = x.config(t)
	if q.Unready, err = unreadyError(err); err != nil {
		return err
	}
	if q.Connect, err = seconds(t, x.connect, "connect"); err != nil {
		return err
	}
	if q.Gap, err = seconds(t, x.read, "read"); err != nil {
		return err
	}
	m := message{method: x.method, path: x.path, host: origin.Host}
	if m.headers = headersOf(headers); m.headers == nil {
		m.headers = &Headers{}
		if err := m.headers.update(t, headers); err != nil {
			return err
		}
	}
	if err := m.take(t, body, chunked); err != nil {
		return err
	}
	if buf.B, err = m.append(buf.B); err != nil {
		return err
	}
	if origin.Proxy != nil && !origin.TLS {
		origin.Host = "" // the connection serves all hosts behind the proxy
	}
	q.Origin, q.Method, q.Stream, q.Decode, q.Unread = origin, x.method, true, Decoder, x.classes.Unread
	q.Message, q.Content = buf.B, m.content
	if len(m.content) <= wire.DirectBody {
		buf.B = append(buf.B, m.content...)
		q.Message, q.Content = buf.B, nil
	}
	return nil
}

// answer sends the call and shows what comes back.
func (x *exchange) answer(t *thread, p *connections) (value, error) {
	c, q := x.classes, x.call
	q.Began = time.Now()
	if p.slots != nil {
		q.Settled = p.leave
	}
	p.origin, p.config = *q.Origin, q.TLS
	cut, err := p.open().Do(t, q)
	if err == nil && q.Err != nil {
		err = x.failed(t, q.Err)
	}
	if err != nil {
		if cut {
			c.cut = t
		}
		q.Close()
		q.Answer.GiveBack()
		q.Message, q.Content = nil, nil
		c.calls.GiveBack(q)
		return nil, err
	}
	origin := *q.Origin
	r := &Response{classes: c, request: &Prepared{to: target{Origin: origin, path: x.path}, late: late{length: -1}}}
	if !r.take(c, q) {
		c.calls.GiveBack(q)
	}
	r.ended = q.Headed
	raw := python.NewInstance(c.HTTPResponse, r)
	r.look().raw = raw
	return raw, nil
}

// failed is the exception for a request without an answer, as urllib3 raises it: with nothing around it yet.
func (x *exchange) failed(t *thread, err error) error {
	c, proxy := x.classes, x.call.Origin.Proxy
	at := where{x.host, x.port, x.scheme == "https", x.path, x.pool}
	if proxy != nil {
		if host, port, err := net.SplitHostPort(proxy.Address); err == nil {
			n, _ := strconv.Atoi(port)
			at.host, at.port = host, int64(n)
		}
	}
	before, ok := errors.AsType[*wire.ProxyError](err)
	if c.beforeProxy = ok; ok {
		err = before.Err
	}
	if unlike, ok := errors.AsType[*unlikeError](err); ok {
		return c.unlike(t, unlike)
	}
	_, failed := c.reason(t, err, at, &options{connectText: x.connect, gapText: x.read})
	if e, ok := failed.(*python.Exception); ok && proxy != nil && e.IsA(python.ConnectionError) { //nolint:errorlint // never wrapped
		c.beforeProxy = true // http.client has closed the connection, so that urllib3 knows nothing of the proxy any more
	}
	return failed
}

// TakeCut says whether a request of the thread was cut off because its user's time was up, and forgets it.
func (c *Classes) TakeCut(t *thread) bool {
	cut := c.cut == t
	if cut {
		c.cut = nil
	}
	return cut
}

// A message is a request as urllib3 puts it on the wire.
type message struct {
	method, path, host string
	headers            *Headers
	content            []byte
	chunked, framed    bool
	length             int // to be said; -1 is not
}

// take takes the body: text as it is, anything else piece by piece.
func (m *message) take(t *thread, body, chunked value) error {
	m.length = -1
	yes, err := truthy(t, chunked)
	if err != nil {
		return err
	}
	said := m.headers.find("Content-Length") >= 0 || m.headers.find("Transfer-Encoding") >= 0
	if !given(body) {
		switch m.method {
		case "GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "CONNECT":
		default:
			if !said {
				m.length = 0
			}
		}
		m.chunked = yes
		return nil
	}
	s, text := isText(body)
	known := m.headers.find("Content-Length") >= 0
	if !text && !known && !yes {
		yes = true
	}
	m.chunked = yes
	if text {
		if m.content = []byte(s); !yes && !said {
			m.length = len(s)
		}
		m.frame()
		return nil
	}
	pieces := Prepared{}
	if err := pieces.read(t, body, yes); err != nil {
		return err
	}
	m.content, m.framed = pieces.body, yes
	m.frame()
	return nil
}

// frame makes chunks of a content that is sent in them.
func (m *message) frame() {
	if !m.chunked || m.framed {
		return
	}
	var b []byte
	if len(m.content) > 0 {
		b = append(append([]byte(hexOf(len(m.content))+"\r\n"), m.content...), "\r\n"...)
	}
	m.content, m.framed = append(b, "0\r\n\r\n"...), true
}

// append appends the head.
func (m *message) append(b []byte) ([]byte, error) {
	p := Prepared{method: m.method}
	if err := p.checkMethod(); err != nil {
		return b, err
	}
	b = append(append(append(b, m.method...), ' '), onWire(m.path)...)
	b = append(b, " HTTP/1.1\r\n"...)
	if m.headers.find("Host") < 0 {
		b = appendLine(b, "Host", m.host)
	}
	if m.chunked && m.headers.find("Transfer-Encoding") < 0 {
		b = appendLine(b, "Transfer-Encoding", "chunked")
	} else if m.length >= 0 {
		b = appendLine(b, "Content-Length", strconv.Itoa(m.length))
	}
	b, err := m.headers.appendTo(b, false)
	return append(b, "\r\n"...), err
}
