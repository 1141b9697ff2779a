package wire

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/user"
)

// A Call is one request and what became of it.
type Call struct {
	Origin *Origin
	TLS    *tls.Config
	// Unready is why TLS cannot begin, though the server may be reached: what was to be trusted or shown is no such thing.
	Unready error
	// Connect bounds how long a new connection may take, Gap each wait for bytes; 0 is no limit.
	Connect, Gap time.Duration
	Method       string
	// Message is the head of the request, with its content if that is small; Content follows it.
	Message, Content []byte
	// Stream leaves the content to be read later, unless the answer redirects and Redirects is true.
	Stream, Redirects bool
	// Settled, if not nil, is called once when the call needs no connection any more. Begun says that it is, too, where the stream is
	// forgotten: urllib3 then gives no place in its pool back, but the generators in which it reads do, when they are closed.
	Settled func()
	Begun   bool
	// Decode is for contents that are encoded; nil is Decoder.
	Decode func(encoding string, r io.Reader) io.Reader

	// Watch, if not nil, sees what is read of a stream. Unread, if not nil, counts the streams that are open.
	Watch  Watch
	Unread *Unread

	// Answer is what came back.
	Answer Answer
	// Began, Headed and Ended are when the call began, when the head of the answer was there, and when all was. A caller
	// who has just looked at the clock says when it began.
	Began, Headed, Ended time.Time
	// Took is what the exchange took. Of a stream that is until its head; Whole, which only a stream has, is then all of it, once the
	// stream is over.
	Took  user.Exchange
	Whole *user.Exchange
	// Err is why there is no answer, BodyErr why there is no whole one.
	Err, BodyErr error
	// Streaming says that the content is still to be read. The call must then be closed.
	Streaming bool

	reading sync.Mutex // held while a stream is read, or ended

	stopper func() // stop, made once
	stopped atomic.Bool
	dialing atomic.Pointer[context.CancelFunc]

	pool   atomic.Pointer[Pool] // nil once a stream is over
	spared func() bool          // undoes what the end of the context would do
	body   io.Reader
	plain  bool  // what body reads is the decoded content
	broken error // what comes behind the bytes that were read last
	last   error // why nothing more is read; nil is that nobody wants to
}

// A Watch sees a stream as it is read: Saw gets the next of its content, decoded, and Ended comes once, at its end. whole is that all has been
// read; err is why not, nil that its reader had enough.
type Watch interface {
	Saw(piece []byte)
	Ended(whole bool, err error)
}

// Do sends the call on a connection of the pool and waits for the answer. home is the context on whose end somebody calls
// Cut; any other ctx that ends gives what is in flight DrainTime, too.
func (p *Pool) Do(ctx, home context.Context, q *Call) {
	c := p.begin(ctx, home, q)
	if c == nil {
		return
	}
	q.answered(q.Answer.Exchange(ctx, c, q.Gap, q.Method, q.Message, q.Content))
}

// begin takes a connection for the call; nil is why there is none.
func (p *Pool) begin(ctx, home context.Context, q *Call) *Conn {
	q.pool.Store(p)
	if q.Began.IsZero() {
		q.Began = time.Now()
	}
	c, err := q.take(ctx, p)
	if err == nil && q.stopped.Load() { // before the connection was the call's
		p.Settle(c, false)
		err = net.ErrClosed
	}
	if err != nil {
		q.Err, q.Ended = err, time.Now()
		q.settled()
		return nil
	}
	if ctx != home && ctx.Done() != nil {
		q.spared = context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Now().Add(DrainTime)) })
	}
	return c
}

// take takes a connection of the pool.
func (q *Call) take(ctx context.Context, p *Pool) (*Conn, error) {
	if q.Unready == nil {
		return p.take(ctx, q, q.Origin, q.TLS, q.Connect, q.Began)
	}
	return nil, q.unready(ctx)
}

// unready reaches the server in vain.
func (q *Call) unready(ctx context.Context) (err error) {
	ctx, done := q.dials(ctx)
	defer done()
	InGoroutine(func() {
		var c net.Conn
		if c, err = reach(ctx, *q.Origin, q.Connect); err == nil {
			_ = c.Close()
			err = &HandshakeError{q.Unready}
		}
	})
	return err
}

// answered goes on when the head of the answer is there, or err is why not.
func (q *Call) answered(err error) {
	if q.Err = err; err != nil {
		q.Ended = time.Now()
		q.Took = q.Answer.Took(time.Time{})
		q.settle(false)
		return
	}
	q.Headed = q.Began.Add(time.Since(q.Began)) // half of time.Now: one clock is read, not two
	if q.Stream && (!q.Redirects || !q.Answer.Head.Redirects()) {
		q.Ended, q.Streaming = q.Headed, true
		q.Took = q.Answer.Took(time.Time{})
		q.Whole = &user.Exchange{}
		q.pool.Load().streams(q.Answer.Conn())
		q.Unread.Opened()
		return
	}
	q.finish()
}

// finish reads all of the content.
func (q *Call) finish() {
	a := &q.Answer
	q.BodyErr = a.ReadAll()
	q.Ended = q.Headed
	if a.more != nil {
		q.Ended = time.Now()
	}
	q.Took = a.Took(q.Ended)
	q.settle(q.BodyErr == nil && a.Reusable())
	if q.BodyErr == nil && a.Head.Encoded {
		q.BodyErr = a.Decode(q.decoder())
		q.Ended = time.Now()
	}
}

func (q *Call) decoder() func(string, io.Reader) io.Reader {
	if q.Decode != nil {
		return q.Decode
	}
	return Decoder
}

// settle gives the connection back.
func (q *Call) settle(usable bool) {
	if q.spared != nil && !q.spared() { // it may be about to set its deadline
		usable = false
	}
	q.spared = nil
	c := q.Answer.Conn()
	c.Used = q.Ended
	q.pool.Load().Settle(c, usable)
	q.settled()
}

func (q *Call) settled() {
	if f := q.Settled; f != nil {
		q.Settled = nil
		f()
	}
}

// ReadChunk reads the next of a streamed content as urllib3 does: from a body in chunks, no more than the rest of a chunk,
// from any other all that fits into p. decoded undoes the content's encoding. Its end is io.EOF.
func (q *Call) ReadChunk(p []byte, decoded bool) (n int, err error) {
	q.reading.Lock()
	defer q.reading.Unlock()
	unread := q.Unread
	unread.Reads(1)
	defer unread.Reads(-1)
	if q.broken != nil {
		return 0, q.broken
	}
	if !q.Streaming {
		return 0, io.EOF
	}
	a := &q.Answer
	if q.body == nil {
		q.body, q.plain = &a.Body, decoded || !a.Head.Encoded
		if decoded && a.Head.Encoded {
			q.body = q.decoder()(string(a.Head.Value("Content-Encoding")), &a.Body)
		}
	}
	for n < len(p) && err == nil {
		var m int
		m, err = q.body.Read(p[n:])
		if m > 0 && q.plain && q.Watch != nil {
			q.Watch.Saw(p[n : n+m])
		}
		n += m
		if a.Body.kind == chunked && (a.Body.left == 0 || q.body != io.Reader(&a.Body)) && n > 0 {
			break
		}
	}
	if err == nil && a.Body.err == io.EOF && q.body == io.Reader(&a.Body) { //nolint:errorlint // the body's own
		err = io.EOF
	}
	if err != nil {
		q.last = err
		q.close()
	}
	if n > 0 && err != nil {
		if err != io.EOF {
			q.broken = err
		}
		err = nil // it comes with the next call
	}
	return n, err
}
