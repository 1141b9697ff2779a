// Package client is the HTTP client of Go scenarios: one session a user, with its own connections and cookies, every
// request measured as Locust measures it.
package client

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"time"

	"gregaria/worker/internal/wire"
	"gregaria/worker/user"
)

// DrainTime is how long a request in flight may still take when its user's time is up: long enough for a quick answer,
// shorter than the half second a headless master listens for the last report (MasterRunner.quit).
const DrainTime = wire.DrainTime

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
	pool     wire.Pool
}

// New returns the session of a new user. Its connections are closed when the user's life ends.
func New(env *user.Env) *Session {
	s := &Session{env: env}
	wire.InGoroutine(func() { s.base, s.err = parseBase(env.Host) })
	unhook := context.AfterFunc(env.Done, s.pool.Cut)
	env.OnIdle(s.release)
	env.OnExit(func() {
		unhook()
		s.release()
		s.pool.Close()
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
		s.env.Leave()
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
	if c := resp.answer.Conn(); c != nil {
		c.Used = end
	}
	s.record(ctx, q, resp, end)
	resp.watch(q.Method, began)
	return resp
}

// refuse reports a request that is not sent.
func (s *Session) refuse(q *Request, err error) {
	s.env.Report(user.Exception{Message: err.Error(), Traceback: "  Request " + q.Method + " of " + s.env.Class + "\n"})
}

// record reports the request.
func (s *Session) record(ctx context.Context, q *Request, resp *Response, end time.Time) {
	m := user.Request{
		Type: q.Method, Name: resp.name, ResponseTime: resp.Elapsed, End: end, Earlier: resp.earlier,
		URL: (*place)(resp), Answer: resp.answer.Content, Head: resp,
	}
	if resp.stream != nil {
		end = time.Time{} // its content is still coming
	}
	m.Exchange = resp.answer.Took(end)
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
		if !redirects(resp.answer.Head.Status) || q.NoRedirect || q.Method == http.MethodHead {
			return nil
		}
		first := resp.hop.to
		more, err := resp.hop.next(resp.answer.Head.Status, string(resp.answer.Head.Value("Location")))
		if err != nil || !more {
			return err
		}
		if n == maxRedirects {
			return errTooManyRedirects
		}
		if n == 0 {
			resp.asked = first.url().String()
		}
		resp.earlier = append(resp.earlier, resp.answer.Took(time.Now()))
	}
}

// exchange sends one request on the user's connection and reads the answer.
func (s *Session) exchange(ctx context.Context, q *Request, resp *Response, now time.Time) error {
	c, err := s.pool.Take(ctx, &resp.hop.to.Origin, s.TLS, cmp.Or(q.ConnectTimeout, q.Timeout), now)
	if err != nil {
		return err
	}
	if ctx != s.env.Done && ctx.Done() != nil { // the task's own: cancelled, it ends the request
		return s.bound(ctx, c, q, resp, now)
	}
	return s.on(ctx, c, q, resp, now)
}

// bound is on for a context of the task's own: cancelled, it ends the request, or the stream that it began.
func (s *Session) bound(ctx context.Context, c *wire.Conn, q *Request, resp *Response, now time.Time) error {
	stop := context.AfterFunc(ctx, func() { s.end(c) })
	err := s.on(ctx, c, q, resp, now)
	if resp.stream != nil {
		resp.stream.unbind = stop
	} else if !stop() { // end may still be about to set its deadline
		s.pool.Settle(c, false)
	}
	return err
}

// on is an exchange on a connection.
func (s *Session) on(ctx context.Context, c *wire.Conn, q *Request, resp *Response, now time.Time) error {
	err := s.send(ctx, c, q, resp, now)
	if err == nil {
		err = s.receive(c, q, resp)
	}
	if err != nil && resp.stream == nil {
		s.pool.Settle(c, false)
	}
	return err
}

// send sends the request and, on a plain connection, waits for the answer: with a tiny buffer, as that may take long. The
// answer begins in another.
func (s *Session) send(ctx context.Context, c *wire.Conn, q *Request, resp *Response, now time.Time) (err error) {
	buf := wire.Tiny()
	if buf.B, err = s.appendHead(buf.B, q, &resp.hop, now); err == nil {
		rest := resp.hop.body.Bytes
		if len(rest) > 0 && len(rest) <= wire.DirectBody {
			buf.B, rest = append(buf.B, rest...), nil
		}
		err = resp.answer.Exchange(ctx, c, q.Timeout, resp.hop.method, buf.B, rest)
	}
	buf.GiveBack()
	return err
}

// receive reads the answer that has begun.
func (s *Session) receive(c *wire.Conn, q *Request, resp *Response) (err error) {
	a := &resp.answer
	if a.Head.Cookies {
		s.cookies.keep(&resp.hop.to, setCookies(&a.Head))
	}
	if q.Stream && (!redirects(a.Head.Status) || q.NoRedirect) {
		resp.open()
		return nil
	}
	if err = a.ReadAll(); err != nil {
		return err
	}
	s.pool.Settle(c, a.Reusable())
	return a.Decode(wire.Decoder)
}

// end runs when a task cancels its own context: what is in flight is over, unless it is the user's time that is up.
func (s *Session) end(c *wire.Conn) {
	if s.env.Done.Err() == nil {
		_ = c.SetDeadline(time.Unix(1, 0))
	}
}

// release gives back the buffers of the last response: a user who waits holds none.
func (s *Session) release() {
	if s.last != nil {
		s.last.free()
		s.last = nil
	}
}

var errTooManyRedirects = errors.New("exceeded 30 redirects")
