package requests

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// failure is the exception for a request that has no answer (HTTPAdapter.send), with all that led to it.
func (c *Classes) failure(t *thread, err error, p *Prepared, o *options) error {
	host, port := p.to.hostPort()
	kind, failed := c.reason(t, err, where{host, port, p.to.TLS, p.to.path, nil}, o)
	e, ok := failed.(*python.Exception) //nolint:errorlint // exceptions are never wrapped
	if !ok {
		return failed
	}
	at := []value{c.object(p), python.NewStr(host), python.NewInt(port), python.NewBool(p.to.TLS), python.NewStr(p.to.path)}
	return c.fail(t, "failed", append(at, python.NewStr(kind), e)...)
}

// A where is what messages show of the place that a request went to. pool is urllib3's, nil if there is none yet.
type where struct {
	host   string
	port   int64
	secure bool
	path   string
	pool   value
}

// reason is the exception that urllib3 raises for a request without an answer before it thinks of retries, and its kind.
func (c *Classes) reason(t *thread, err error, at where, o *options) (kind string, failed error) {
	place := []value{python.NewStr(at.host), python.NewInt(at.port), python.NewBool(at.secure)}
	var (
		connect *wire.ConnectTimeoutError
		read    *wire.ReadTimeoutError
		dns     *net.DNSError
	)
	switch {
	case errors.As(err, &connect):
		return "connect", c.fail(t, "connect_timeout", append(place, o.connectText)...)
	case errors.As(err, &read):
		return "read", c.fail(t, "read_timeout", append(place, python.NewStr(at.path), o.gapText, or(at.pool, python.None))...)
	case errors.As(err, &dns):
		number, text := ResolutionError(dns)
		return "connect", c.fail(t, "not_resolved", append(place, python.NewInt(number), python.NewStr(text))...)
	case errors.As(err, new(*net.AddrError)):
		return "connect", c.fail(t, "not_resolved", append(place, python.NewInt(-2), python.NewStr("Name or service not known"))...)
	}
	if e, ok := errors.AsType[*python.Exception](err); ok {
		return "unready", e
	}
	if f := tlsFailure(err); f != nil {
		return "tls", c.fail(t, "insecure", python.NewStr(f.Class), python.NewInt(f.Number), python.NewStr(f.Text))
	}
	inner, err2 := c.cause(t, err)
	if err2 != nil {
		return "", err2
	}
	if dialing(err) {
		return "connect", c.fail(t, "not_connected", append(place, inner)...)
	}
	return "abort", inner.(*python.Exception)
}

func dialing(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

func (t *target) hostPort() (string, int64) {
	host, port, _ := net.SplitHostPort(t.Address)
	n, _ := strconv.ParseInt(port, 10, 64)
	return host, n
}

// cause is the exception of the socket, or of http.client, that is behind an error. No text of Go's is ever in it.
func (c *Classes) cause(t *thread, err error) (value, error) {
	var errno syscall.Errno
	var failed error
	head, bad := errors.AsType[*wire.BadHeadError](err)
	tunnel, refused := errors.AsType[*wire.TunnelError](err)
	switch {
	case bad:
		failed = c.fail(t, "http_error", python.NewStr(head.Class), python.NewStr(head.Arg))
	case refused:
		failed = python.Errorf(python.OSError, "Tunnel connection failed: %d %s", tunnel.Status, strings.TrimSpace(tunnel.Reason))
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		failed = python.Errorf(python.TimeoutError, "timed out")
	case errors.As(err, &errno):
		failed = OSError(errno)
	case errors.Is(err, net.ErrClosed):
		failed = OSError(syscall.EBADF)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		failed = c.fail(t, "http_error", python.NewStr("RemoteDisconnected"), python.NewStr("Remote end closed connection without response"))
	default:
		failed = OSError(syscall.EIO)
	}
	e, ok := failed.(*python.Exception) //nolint:errorlint // exceptions are never wrapped
	if !ok {
		return nil, failed
	}
	return e, nil
}

// bodyFailure is the exception for a content that is not whole (Response.iter_content).
func (c *Classes) bodyFailure(t *thread, err error, p *Prepared) error {
	host, port := p.to.hostPort()
	if coding, ok := errors.AsType[*wire.BadEncodingError](err); ok {
		return c.fail(t, "bad_encoding", python.NewStr(coding.Encoding), python.NewStr(coding.Why()))
	}
	if coding, ok := errors.AsType[*BrotliError](err); ok {
		return c.fail(t, "bad_brotli", python.NewStr(coding.Encoding))
	}
	if _, ok := errors.AsType[*wire.ReadTimeoutError](err); ok {
		return c.fail(t, "body_timeout", python.NewStr(host), python.NewInt(port), python.NewBool(p.to.TLS))
	}
	broken, ok := errors.AsType[*wire.BrokenBodyError](err)
	switch {
	case ok && broken.Early:
		return c.fail(t, "ended_early")
	case ok && broken.Chunk != "":
		return c.fail(t, "bad_chunk", python.NewBytes([]byte(broken.Chunk)))
	case ok && broken.Left > 0:
		return c.fail(t, "incomplete", python.NewInt(broken.Read), python.NewInt(broken.Left))
	}
	inner, err := c.cause(t, err)
	if err != nil {
		return err
	}
	return c.fail(t, "broken_connection", inner)
}
