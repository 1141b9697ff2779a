package requests

import (
	"context"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// A Session is requests.Session: connections, cookies and settings. Of one that nobody has touched, only the connections
// take memory.
type Session struct {
	classes *Classes
	link    Link
	// headers, jar and settings are nil until somebody looks at them; the instances show them to Python code.
	headers *python.Instance
	jar     *Jar
	cookies value
	made    *headerMemo
	set     *settings
	// NewAdapter makes an adapter of the kind that the session has for itself; nil is an HTTPAdapter.
	NewAdapter func(t *python.Thread) (python.Value, error)
	// Distrusts is trust_env=False, until it is set.
	Distrusts bool
	observed
}

// observed is what Stock has found out.
type observed struct {
	looked             uint32 // at the attributes of the object when this was their shape, less 1
	innerOwn, outerOwn bool   // it has none of the family's methods
}

// settings are the attributes of a session that few locustfiles set.
type settings struct {
	auth, params, proxies, hooks, verify, cert, adapters, stream, trustEnv, maxRedirects value
	// headers and cookies are those of the session where they are no objects of requests' own; foreign says so.
	headers, cookies value
	foreign          bool
}

// NewSession returns the state of a new session, for the thread's user if it runs one.
func (c *Classes) NewSession(t *thread) *Session {
	s := &Session{}
	c.Open(t, s)
	return s
}

// Open makes a zero Session a new one.
func (c *Classes) Open(t *thread, s *Session) {
	s.classes = c
	s.link.open(t)
}

// A Link is the connections of a session and the life that they end with.
type Link struct {
	Pool wire.Pool
	home context.Context //nolint:containedctx // of the user's life
}

// open ties the link to the life of the user that the thread runs.
func (l *Link) open(t *thread) { l.openFor(ownerOf(t)) }

// openFor ties the link to the life of a user; nil is none.
func (l *Link) openFor(owner Owner) {
	l.home, l.Pool.Wary = context.Background(), true
	if owner == nil {
		return
	}
	env := owner.Env()
	l.home = env.Done
	unhook := context.AfterFunc(env.Done, l.Pool.Cut)
	env.OnExit(func() {
		unhook()
		l.Pool.Close()
	})
}

// OpenLink ties a link to the life of the user that the thread runs.
func OpenLink(t *thread, l *Link) { l.open(t) }

// Do sends a call without the lock of the isolate. cut says that the user's time was up before there was an answer. The
// error is that of a user whose time is up before it begins, or of a thread that was cancelled meanwhile.
func (l *Link) Do(t *thread, q *wire.Call) (cut bool, err error) {
	ctx := context.Background()
	owner := ownerOf(t)
	if owner != nil {
		if ctx = owner.Context(); ctx.Err() != nil {
			return false, owner.Exit()
		}
	}
	err = t.BlockingUntil(q.Stopper(), func() { l.Pool.Do(ctx, l.home, q) })
	walked(t, q)
	if owner != nil && (q.Err != nil || q.BodyErr != nil) && ctx.Err() != nil {
		return true, owner.Exit()
	}
	return false, err
}

// options are what a request is sent with beside itself (merge_environment_settings).
type options struct {
	connect, gap         time.Duration
	connectText, gapText value // as the file has them, for messages
	stream, follow       bool
	max                  int
	verify, cert         value
	began                time.Time // of the first request, zero for any other
}

// options are those of a request on the short way.
func (s *Session) options(t *thread, q *Call, o *options) error {
	o.follow, o.max, o.began = true, 30, q.Began
	var err error
	if q.AllowRedirects != nil {
		if o.follow, err = t.Truth(q.AllowRedirects); err != nil {
			return err
		}
	}
	o.verify, o.cert = q.Verify, q.Cert
	if bundle := s.classes.environment(t).bundle; s.trusts() && bundle != nil && (!given(o.verify) || o.verify == python.True) {
		o.verify = bundle // before what the session says, as in requests
	}
	if !given(o.verify) {
		o.verify = s.verify()
	}
	if set := s.set; set != nil {
		if n, ok := python.AsInt(set.maxRedirects); ok {
			o.max = int(n)
		}
		if !given(o.cert) {
			o.cert = set.cert
		}
	}
	if o.stream, err = truthy(t, q.Stream); err != nil {
		return err
	}
	return o.times(t, q.Timeout)
}

// verify is the setting of that name, True until somebody sets it.
func (s *Session) verify() value {
	if s.set == nil || s.set.verify == nil {
		return python.True
	}
	return s.set.verify
}

// trusts says whether the session listens to the environment; what is set as trust_env and no bool is taken for true.
func (s *Session) trusts() bool {
	if s.set != nil && s.set.trustEnv != nil {
		return s.set.trustEnv != python.False && s.set.trustEnv != python.None
	}
	return !s.Distrusts
}

// times takes the argument timeout: seconds, or a pair of them to connect and to read.
func (o *options) times(t *thread, v value) (err error) {
	o.connectText, o.gapText = v, v
	if pair, ok := v.(*python.Tuple); ok {
		if len(pair.Items()) != 2 {
			s, err := t.Str(v)
			if err != nil {
				return err
			}
			return python.Errorf(python.ValueError, "Invalid timeout %s. Pass a (connect, read) timeout tuple, or a single float to set both timeouts to the same value.", s)
		}
		o.connectText, o.gapText = pair.Items()[0], pair.Items()[1]
	}
	if o.connect, err = seconds(t, o.connectText, "connect"); err != nil {
		return err
	}
	o.gap, err = seconds(t, o.gapText, "read")
	return err
}

// seconds is a timeout as urllib3 takes it (urllib3.util.timeout.Timeout._validate_timeout).
func seconds(t *thread, v value, name string) (time.Duration, error) {
	if !given(v) {
		return 0, nil
	}
	if _, ok := v.(python.Bool); ok {
		return 0, python.Errorf(python.ValueError, "Timeout cannot be a boolean value. It must be an int, float or None.")
	}
	s, err := t.Str(v)
	if err != nil {
		return 0, err
	}
	f, err := t.ToFloat(v)
	if err != nil {
		return 0, python.Errorf(python.ValueError, "Timeout value %s was %s, but it must be an int, float or None.", name, s)
	}
	if f <= 0 {
		return 0, python.Errorf(python.ValueError, "Attempted to set %s timeout to %s, but the timeout cannot be set to a value less than or equal to 0.", name, s)
	}
	return max(time.Duration(min(f, 1e9)*float64(time.Second)), 1), nil
}
