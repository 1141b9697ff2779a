// Package client is the HTTP client of Go scenarios: one session a user, with its own connections and cookies, every
// request measured as Locust measures it.
package client

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"gregaria/worker/user"
)

// DrainTime is how long a request in flight may still take when its user's time is up: long enough for a quick answer,
// shorter than the half second a headless master listens for the last report (MasterRunner.quit).
const DrainTime = 400 * time.Millisecond

// maxRedirects is how many redirects one request follows (requests.models.DEFAULT_REDIRECT_LIMIT).
const maxRedirects = 30

// A Session is one user's HTTP client. It belongs to the user's goroutine.
type Session struct {
	env     *user.Env
	base    base
	err     error // why base is unusable
	last    *Response
	cookies cookies

	mu    sync.Mutex // guards conns against the end of the user's time
	conns []*conn
}

// New returns the session of a new user. Its connections are closed when the user's life ends.
func New(env *user.Env) *Session {
	s := &Session{env: env}
	s.base, s.err = parseBase(env.Host)
	unhook := context.AfterFunc(env.Done, s.cut)
	env.OnIdle(s.release)
	env.OnExit(func() {
		unhook()
		s.release()
		s.close()
	})
	return s
}

// Get requests url. A url that does not begin with http:// or https:// is relative to the user's host.
func (s *Session) Get(ctx context.Context, url string) *Response {
	return s.Do(ctx, &Request{Method: fasthttp.MethodGet, URL: url})
}

// Post sends body to url.
func (s *Session) Post(ctx context.Context, url string, body Body) *Response {
	return s.Do(ctx, &Request{Method: fasthttp.MethodPost, URL: url, Body: body})
}

// Do sends a request, waits for the whole response and records both as one request. It never returns nil: a request
// without a response has Status 0 and says why in Err. The response is valid until the session's next request or the
// user's next wait.
//
// A request whose user's time is up before the response is there is recorded as incomplete, not as a failure; once the
// time is up nothing more is sent.
func (s *Session) Do(ctx context.Context, q *Request) *Response {
	s.release()
	resp := &Response{raw: fasthttp.AcquireResponse()}
	s.last = resp
	if err := ctx.Err(); err != nil {
		resp.Err = err
		return resp
	}
	target, err := s.target(q.URL)
	if err != nil {
		resp.Err = err
		s.env.Report(user.Exception{Message: err.Error(), Traceback: "  Request " + q.Method + " of " + s.env.Class + "\n"})
		return resp
	}
	resp.name = cmp.Or(q.Name, target.path)
	began := time.Now()
	resp.Err = s.follow(ctx, q, target, resp)
	end := time.Now()
	s.record(ctx, q, resp, end.Sub(began), end)
	return resp
}

// record reports the request.
func (s *Session) record(ctx context.Context, q *Request, resp *Response, took time.Duration, end time.Time) {
	m := user.Request{Type: q.Method, Name: resp.name, ResponseTime: took, End: end}
	switch {
	case resp.Err != nil && ctx.Err() != nil:
		m.Incomplete = true
	case resp.Err != nil:
		m.Failure = failure(resp.Err)
	default:
		m.Length = int64(len(resp.body))
		m.Failure = verdict(q, resp)
	}
	s.env.Recorder.Record(m)
}

// follow sends the request and those that the answers redirect it to (requests.sessions.resolve_redirects).
func (s *Session) follow(ctx context.Context, q *Request, to target, resp *Response) error {
	hop := hop{method: q.Method, body: q.Body, to: to}
	for n := 0; ; n++ {
		if err := s.exchange(ctx, q, hop, resp); err != nil {
			return err
		}
		next, ok, err := hop.next(resp)
		if err != nil || !ok || q.NoRedirect || q.Method == fasthttp.MethodHead {
			return err
		}
		if n == maxRedirects {
			return errTooManyRedirects
		}
		hop = next
	}
}

// exchange sends one request on the user's connection and reads the answer.
func (s *Session) exchange(ctx context.Context, q *Request, h hop, resp *Response) error {
	c, err := s.connect(ctx, h.to.origin)
	if err != nil {
		return err
	}
	if err := c.limit(ctx, q.Timeout); err != nil {
		return err
	}
	req := fasthttp.AcquireRequest()
	defer fasthttp.ReleaseRequest(req)
	s.fill(req, q, h)
	resp.reset(h.method == fasthttp.MethodHead)
	if err := c.roundTrip(req, resp.raw); err != nil {
		s.drop(c)
		return err
	}
	if resp.raw.ConnectionClose() {
		s.drop(c)
	}
	s.cookies.keep(h.to, resp.raw)
	return resp.decode()
}

// connect returns the session's connection to origin, a new one if there is none that still works.
func (s *Session) connect(ctx context.Context, origin origin) (*conn, error) {
	for _, c := range s.conns {
		if c.origin == origin {
			if c.alive() {
				return c, nil
			}
			s.drop(c)
			break
		}
	}
	c, err := dial(ctx, origin)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.conns = append(s.conns, c)
	s.mu.Unlock()
	return c, nil
}

// drop closes a connection that cannot be used again.
func (s *Session) drop(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.conns {
		if s.conns[i] == c {
			s.conns = append(s.conns[:i], s.conns[i+1:]...)
			break
		}
	}
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
