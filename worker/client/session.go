// Package client is the HTTP client of Go scenarios: one session a user, with its own connections and cookies, every
// request measured as Locust measures it.
package client

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"time"

	"gregaria/worker/user"
)

// DrainTime is how long a request in flight may still take when its user's time is up: long enough for a quick answer,
// shorter than the half second a headless master listens for the last report (MasterRunner.quit).
const DrainTime = 400 * time.Millisecond

// maxRedirects is how many redirects one request follows (requests.models.DEFAULT_REDIRECT_LIMIT).
const maxRedirects = 30

// A Session is one user's HTTP client. It belongs to the user's goroutine.
type Session struct {
	// TLS are the settings of https connections; nil means the system's certificates. See Insecure and Certificates. The
	// session does not change them, so users share one.
	TLS *tls.Config

	env      *user.Env
	base     base
	err      error // why base is unusable
	last     *Response
	cookies  cookies
	defaults defaults

	mu    sync.Mutex // guards conns against the end of the user's time
	conns []*conn
}

// New returns the session of a new user. Its connections are closed when the user's life ends.
func New(env *user.Env) *Session {
	s := &Session{env: env}
	inGoroutine(func() { s.base, s.err = parseBase(env.Host) })
	unhook := context.AfterFunc(env.Done, s.cut)
	env.OnIdle(s.release)
	env.OnExit(func() {
		unhook()
		s.release()
		s.close()
	})
	return s
}

// Do sends a request, waits for the whole response and records both as one request. It never returns nil: a request
// without a response has Status 0 and says why in Err. The response is valid until the session's next request or the
// user's next wait.
//
// A request whose user's time is up before the response is there is recorded as incomplete, not as a failure; once the
// time is up nothing more is sent. A request that cannot be sent at all, such as one without a host, is an exception.
func (s *Session) Do(ctx context.Context, q *Request) *Response {
	s.release()
	resp := &Response{session: s}
	s.last = resp
	if resp.Err = ctx.Err(); resp.Err != nil {
		return resp
	}
	if resp.hop.to, resp.Err = s.target(q.URL, q.Query); resp.Err != nil {
		s.refuse(q, resp.Err)
		return resp
	}
	resp.hop.method, resp.hop.body = q.Method, q.Body
	resp.name = cmp.Or(q.Name, resp.hop.to.path)
	began := time.Now()
	resp.Err = s.follow(ctx, q, resp, began)
	end := time.Now()
	resp.Elapsed = end.Sub(began)
	if c := resp.body.c; c != nil {
		c.used = end
	}
	s.record(ctx, q, resp, end)
	return resp
}

// refuse reports a request that is not sent.
func (s *Session) refuse(q *Request, err error) {
	s.env.Report(user.Exception{Message: err.Error(), Traceback: "  Request " + q.Method + " of " + s.env.Class + "\n"})
}

// record reports the request.
func (s *Session) record(ctx context.Context, q *Request, resp *Response, end time.Time) {
	m := user.Request{Type: q.Method, Name: resp.name, ResponseTime: resp.Elapsed, End: end}
	switch {
	case resp.Err == nil:
		m.Length, m.Failure = resp.length(), resp.verdict(q)
	case ctx.Err() != nil && s.env.Stopped():
		m.Incomplete = true
	default:
		if bad, ok := errors.AsType[*badRequestError](resp.Err); ok {
			s.refuse(q, bad)
			return
		}
		m.Failure = failure(resp.Err)
	}
	if q.Catch {
		resp.catch(m)
		return
	}
	s.env.Record(m)
}

// follow sends the request and those that the answers redirect it to (requests.sessions.resolve_redirects). What it
// works on is in resp, not on the stack: see dial.
func (s *Session) follow(ctx context.Context, q *Request, resp *Response, now time.Time) error {
	for n := 0; ; n++ {
		if err := s.exchange(ctx, q, resp, now); err != nil {
			return err
		}
		if !redirects(resp.head.status) || q.NoRedirect || q.Method == http.MethodHead {
			return nil
		}
		more, err := resp.hop.next(resp.head.status, string(resp.head.value("Location")))
		if err != nil || !more {
			return err
		}
		if n == maxRedirects {
			return errTooManyRedirects
		}
	}
}

// exchange sends one request on the user's connection and reads the answer.
func (s *Session) exchange(ctx context.Context, q *Request, resp *Response, now time.Time) error {
	c, err := s.connect(ctx, q, &resp.hop.to.origin, now)
	if err != nil {
		return err
	}
	if ctx != s.env.Done && ctx.Done() != nil { // the task's own: cancelled, it ends the request
		return s.bound(ctx, c, q, resp, now)
	}
	return s.on(ctx, c, q, resp, now)
}

// bound is on for a context of the task's own: cancelled, it ends the request, or the stream that it began.
func (s *Session) bound(ctx context.Context, c *conn, q *Request, resp *Response, now time.Time) error {
	stop := context.AfterFunc(ctx, func() { s.end(c) })
	err := s.on(ctx, c, q, resp, now)
	if resp.stream != nil {
		resp.stream.unbind = stop
	} else if !stop() { // end may still be about to set its deadline
		s.settle(c, false)
	}
	return err
}

// on is an exchange on a connection.
func (s *Session) on(ctx context.Context, c *conn, q *Request, resp *Response, now time.Time) error {
	resp.giveBack()
	resp.body.c = c
	err := c.limit(ctx, q.Timeout)
	if err == nil {
		err = s.send(q, resp, now)
	}
	if err == nil || errors.Is(err, syscall.EPIPE) { // a server that listens no more may have said why
		err = s.receive(q, resp)
	}
	if err != nil && resp.stream == nil {
		s.settle(c, false)
	}
	return err
}

// send sends the request and, on a plain connection, waits for the answer: with a tiny buffer, as that may take long. The
// answer begins in another.
func (s *Session) send(q *Request, resp *Response, now time.Time) (err error) {
	buf := tiny.borrow()
	if buf.b, err = s.appendHead(buf.b, q, &resp.hop, now); err == nil {
		rest := resp.hop.body.Bytes
		if len(rest) > 0 && len(rest) <= directBody {
			buf.b, rest = append(buf.b, rest...), nil
		}
		resp.body.buf, err = resp.body.c.write(buf.b, rest)
	}
	buf.giveBack()
	return err
}

// receive reads the answer.
func (s *Session) receive(q *Request, resp *Response) (err error) {
	if resp.body.buf == nil {
		resp.body.buf = small.borrow()
	}
	if err = resp.body.head(&resp.head); err != nil {
		return err
	}
	resp.body.begin(&resp.head, resp.hop.method)
	if resp.head.cookies {
		s.cookies.keep(&resp.hop.to, resp.head.setCookies())
	}
	if q.Stream && (!redirects(resp.head.status) || q.NoRedirect) {
		resp.open()
		return nil
	}
	if err = resp.read(); err != nil {
		return err
	}
	s.settle(resp.body.c, resp.body.whole() && !resp.head.closes)
	return resp.decode()
}

// connect returns the session's connection to an origin, a new one if there is none that still works.
func (s *Session) connect(ctx context.Context, q *Request, o *origin, now time.Time) (*conn, error) {
	for _, c := range s.conns {
		if c.origin == *o {
			if c.alive(now) {
				return c, nil
			}
			s.settle(c, false)
			break
		}
	}
	return s.dial(ctx, o, cmp.Or(q.ConnectTimeout, q.Timeout))
}

// settle ends an exchange: a connection that cannot be used again is closed.
func (s *Session) settle(c *conn, usable bool) {
	if usable {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = slices.DeleteFunc(s.conns, func(o *conn) bool { return o == c })
	_ = c.Close()
}

// cut runs when the user's time is up: what is in flight gets DrainTime to come home. The connection's deadline does
// it, so that no request needs a goroutine of its own to be cancelled.
func (s *Session) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		_ = c.SetDeadline(time.Now().Add(DrainTime))
	}
}

// end runs when a task cancels its own context: what is in flight is over, unless it is the user's time that is up.
func (s *Session) end(c *conn) {
	if s.env.Done.Err() == nil {
		_ = c.SetDeadline(time.Unix(1, 0))
	}
}

func (s *Session) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		_ = c.Close()
	}
	s.conns = nil
}

// release gives back the buffers of the last response: a user who waits holds none.
func (s *Session) release() {
	if s.last != nil {
		s.last.free()
		s.last = nil
	}
}

var errTooManyRedirects = errors.New("exceeded 30 redirects")
