package client

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// staleAfter is how long a connection may rest before its next use looks first whether the server has closed it.
const staleAfter = 100 * time.Millisecond

// bufferSize is the size of the pooled buffers between a connection and a message.
const bufferSize = 4096

var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferSize) }}
)

// A conn is one keep-alive connection. Its buffers are borrowed for each exchange.
type conn struct {
	net.Conn
	origin  origin
	used    time.Time
	limited bool  // a deadline is set
	err     error // what ended the last read: fasthttp's own error does not always say
}

// Read implements io.Reader for the response's reader.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.err = err
	return n, err
}

func dial(ctx context.Context, o origin) (*conn, error) {
	var d net.Dialer
	raw, err := d.DialContext(ctx, "tcp", o.address)
	if err != nil {
		return nil, err
	}
	if o.tls {
		host, _, _ := net.SplitHostPort(o.address)
		secure := tls.Client(raw, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
		if err := secure.HandshakeContext(ctx); err != nil {
			_ = raw.Close()
			return nil, err
		}
		raw = secure
	}
	return &conn{Conn: raw, origin: o, used: time.Now()}, nil
}

// alive says whether the server still keeps the connection open, as urllib3 does before it uses one again
// (urllib3.util.connection.is_connection_dropped). A connection used a moment ago is trusted.
func (c *conn) alive() bool {
	return time.Since(c.used) < staleAfter || open(c.Conn)
}

// limit sets the time by which the exchange must be over: the timeout and the context's deadline, whichever is first,
// or DrainTime from now if the context ended just before.
func (c *conn) limit(ctx context.Context, timeout time.Duration) error {
	deadline, limited := ctx.Deadline()
	if timeout > 0 && (!limited || time.Until(deadline) > timeout) {
		deadline, limited = time.Now().Add(timeout), true
	}
	if limited || c.limited {
		c.limited = limited
		if !limited {
			deadline = time.Time{}
		}
		if err := c.SetDeadline(deadline); err != nil {
			return err
		}
	}
	if ctx.Err() != nil { // after the deadline is set: what cut set may have been overwritten
		return c.SetDeadline(time.Now().Add(DrainTime))
	}
	return nil
}

// roundTrip writes the request and reads the whole response.
func (c *conn) roundTrip(req *fasthttp.Request, resp *fasthttp.Response) error {
	if err := c.write(req); err != nil {
		return err
	}
	r := readers.Get().(*bufio.Reader)
	c.err = nil
	r.Reset(c)
	err := resp.Read(r)
	if err != nil && c.err != nil {
		err = c.err
	}
	if r.Buffered() > 0 { // more than was asked for: the connection is out of step
		resp.SetConnectionClose()
	}
	r.Reset(nil)
	readers.Put(r)
	c.used = time.Now()
	return err
}

func (c *conn) write(req *fasthttp.Request) error {
	w := writers.Get().(*bufio.Writer)
	w.Reset(c.Conn)
	err := req.Write(w)
	if err == nil {
		err = w.Flush()
	}
	w.Reset(nil)
	writers.Put(w)
	return err
}
