package client

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// staleAfter is how long a connection may rest before its next use looks first whether the server has closed it.
const staleAfter = 100 * time.Millisecond

// bufferSize is the size of the pooled buffers between a connection and a message.
const bufferSize = 4096

// directBody is the size of a body from which on a request is written through instead of being put together first.
const directBody = 16 << 10

// Pools of what an exchange borrows: a user who waits holds no buffer.
var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferSize) }}
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
)

// A conn is one keep-alive connection. Its buffers are borrowed for each exchange.
type conn struct {
	net.Conn
	origin  origin
	used    time.Time
	limited bool  // a deadline is set
	err     error // what ended the last read: fasthttp's own error does not always say
	sender        // how a request is sent on a plain TCP connection, if that is what this is
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
	c := &conn{Conn: raw, origin: o, used: time.Now()}
	if !o.tls {
		c.sender = newSender(raw)
		return c, nil
	}
	host, _, _ := net.SplitHostPort(o.address)
	secure := tls.Client(raw, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, err
	}
	c.Conn = secure
	return c, nil
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
	if !c.direct() || len(req.Body()) > directBody {
		return writeTo(c.Conn, req)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := writeTo(b, req); err != nil {
		return err
	}
	return c.send(c.Conn, b.Bytes())
}

func writeTo(out io.Writer, req *fasthttp.Request) error {
	w := writers.Get().(*bufio.Writer)
	defer writers.Put(w)
	w.Reset(out)
	err := req.Write(w)
	if err == nil {
		err = w.Flush()
	}
	w.Reset(nil)
	return err
}
