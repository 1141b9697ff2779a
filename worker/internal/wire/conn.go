package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"time"
)

// DrainTime is how long a request in flight may still take when its user's time is up: long enough for a quick answer,
// shorter than the half second a headless master listens for the last report (MasterRunner.quit).
const DrainTime = 400 * time.Millisecond

// staleAfter is how long a connection may rest before its next use looks first whether the server has closed it.
const staleAfter = 100 * time.Millisecond

// DirectBody is the size of a body from which on it is written by itself instead of being put behind the head.
const DirectBody = 16 << 10

// A Conn is one keep-alive connection. Its buffers are borrowed for each exchange.
type Conn struct {
	net.Conn
	Origin Origin
	config *tls.Config
	// Used is when the connection had its last exchange.
	Used    time.Time
	busy    bool  // with an exchange; guarded by the pool
	retired bool  // it is closed when the exchange is over; guarded by the pool
	call    *Call // whose exchange it is; guarded by the pool
	streams bool  // that is a stream which is still coming; guarded by the pool
	limits
	trace  trace // of the exchange under way
	sender       // how a request is sent on a plain TCP connection, if that is what this is
}

// limits are the times that the exchange under way has.
type limits struct {
	ctx     context.Context //nolint:containedctx // of the exchange under way
	gap     time.Duration   // how long one wait for bytes may last; 0 is without end
	until   time.Time       // when the exchange must be over; zero is never
	drained time.Time       // when it must be over once ctx has ended
	set     bool            // a deadline is set
}

// Alive says whether the server still keeps the connection open, as urllib3 does before it uses one again
// (urllib3.util.connection.is_connection_dropped). A connection used a moment ago is trusted, unless the pool is
// wary.
func (c *Conn) Alive(now time.Time, wary bool) bool {
	if !wary && now.Sub(c.Used) < staleAfter {
		return true
	}
	if c.direct() {
		return c.atRest()
	}
	return open(c.Conn)
}

// Limit sets the times of the next exchange: no wait for bytes longer than gap, and an end when the context's time is
// up, or DrainTime from now if it ended just before.
func (c *Conn) Limit(ctx context.Context, gap time.Duration) error {
	c.ctx, c.gap, c.drained = ctx, gap, time.Time{}
	c.until, _ = ctx.Deadline()
	if gap > 0 || !c.until.IsZero() || c.set {
		return c.arm()
	}
	if ctx.Err() != nil {
		return c.drain()
	}
	return nil
}

// arm sets the deadline of one wait for bytes.
func (c *Conn) arm() error {
	deadline := c.until
	if c.gap > 0 {
		if end := time.Now().Add(c.gap); deadline.IsZero() || end.Before(deadline) {
			deadline = end
		}
	}
	c.set = !deadline.IsZero()
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	if c.ctx.Err() != nil { // after the deadline is set: what cut set may have been overwritten
		return c.drain()
	}
	return nil
}

// drain gives what is in flight its last time.
func (c *Conn) drain() error {
	if c.drained.IsZero() {
		c.drained = time.Now().Add(DrainTime)
	}
	c.set = true
	return c.SetDeadline(c.drained)
}

// Read implements io.Reader for the answer's reader.
func (c *Conn) Read(p []byte) (int, error) {
	if c.gap > 0 {
		if err := c.arm(); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Read(p)
	c.trace.read(n)
	if err != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		err = c.timeout(err)
	}
	return n, err
}

// timeout says which of the limits a deadline was.
func (c *Conn) timeout(err error) error {
	if c.gap > 0 && c.ctx.Err() == nil && (c.until.IsZero() || time.Now().Before(c.until)) {
		return &ReadTimeoutError{c.Origin, c.gap, false}
	}
	return err
}

// Send sends a request and, on a plain connection, waits for the answer and returns the beginning of it.
func (c *Conn) Send(message, content []byte) (answer *Buffer, err error) {
	if len(content) == 0 && c.direct() {
		answer, err = c.send(c.Conn, message, &c.trace)
	} else {
		both := net.Buffers{message, content}
		n, failed := both.WriteTo(c.Conn)
		err = failed
		c.trace.wrote(int(n))
	}
	if err != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		err = c.timeout(err)
	}
	return answer, err
}
