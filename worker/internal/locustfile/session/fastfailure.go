package session

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire"
)

// errBadChunk is an error that the parser meets as soon as it sees the chunk.
func errBadChunk(err error) error {
	if e, ok := errors.AsType[*wire.BrokenBodyError](err); ok && e.Chunk != "" {
		return e
	}
	return nil
}

// closed says whether a connection ended before the first byte of an answer.
func closed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// fastFailure is the exception for a request without an answer. retry says that another attempt may be made.
func (c *Classes) fastFailure(t *thread, err error) (retry bool, _ error) {
	var dns *net.DNSError
	var address *net.AddrError
	var connect *wire.ConnectTimeoutError
	var errno syscall.Errno
	if text := noTunnel(err); text != "" {
		return false, python.Errorf(python.RuntimeError, "%s", text)
	}
	switch {
	case errors.As(err, &connect), errors.Is(err, os.ErrDeadlineExceeded):
		return true, python.Errorf(python.TimeoutError, "timed out")
	case errors.As(err, &dns):
		n, text := requests.ResolutionError(dns)
		return false, c.newFast(t, "gaierror", []value{python.NewInt(n), python.NewStr(text)}, "", nil)
	case errors.As(err, &address):
		return false, c.newFast(t, "gaierror", []value{python.NewInt(-2), python.NewStr("Name or service not known")}, "", nil)
	case errors.As(err, new(*wire.HandshakeError)):
		if f := sslcontext.EndOfHandshake(err); f != nil {
			return false, c.newFast(t, f.Class, []value{python.NewInt(f.Number), python.NewStr(f.Text)}, "", nil)
		}
	}
	switch {
	case closed(err) && !errors.Is(err, syscall.EPIPE):
		return false, c.newFast(t, "HTTPConnectionClosed", []value{python.NewStr("connection closed.")}, "", nil)
	case errors.As(err, &errno):
		return errno == syscall.ETIMEDOUT || errno == syscall.EPIPE, requests.OSError(errno)
	}
	if f := sslcontext.FailureOf(err); f != nil {
		return false, c.newFast(t, f.Class, []value{python.NewInt(f.Number), python.NewStr(f.Text)}, "", nil)
	}
	return false, c.parseFailure(t, err)
}

// parseFailure is what llhttp says of an answer that is none.
func (c *Classes) parseFailure(t *thread, err error) error {
	text, number := "Invalid EOF state", int64(14)
	if head, ok := errors.AsType[*wire.BadHeadError](err); ok {
		switch {
		case head.Class == "UnknownProtocol":
			text, number = "Invalid HTTP version", 9
		case head.Class == "BadStatusLine" && strings.HasPrefix(head.Arg, "HTTP/"):
			text, number = "Invalid status code", 13
		case head.Class == "BadStatusLine":
			text, number = "Expected HTTP/, RTSP/ or ICE/", 8
		default:
			text, number = head.Arg, 12
		}
	}
	if errBadChunk(err) != nil {
		text, number = "Invalid character in chunk size", 12
	}
	return c.newFast(t, "HTTPParseError", []value{python.NewStr(text), python.NewInt(number)}, "", nil)
}

// newFast makes an exception of geventhttpclient, with one keyword unless its name is "".
func (c *Classes) newFast(t *thread, class string, args []value, name string, v value) error {
	kw := python.Args{Pos: args}
	if name != "" {
		kw.Names, kw.Values = []*python.Str{python.NewStr(name)}, []value{v}
	}
	e, err := t.CallKw(c.fast.Attrs().GetStr(class), kw)
	if err != nil {
		return err
	}
	return e.(*python.Exception)
}

// spares is what an exception raises in the task; nil if it makes the request a failure instead. It does what `except
// FAILURE_EXCEPTIONS` does in locust.contrib.fasthttp, where a file may have put others under that name, or none.
func (c *Classes) spares(e *python.Exception) error {
	var fails bool
	m := c.module()
	now := c.noted.names[failureExceptions]
	if m != nil {
		now = m.Attrs().GetStr(failureExceptions)
	}
	switch now {
	case nil:
		return python.Errorf(python.NameError, "name '%s' is not defined", failureExceptions)
	case c.noted.names[failureExceptions]:
		fails = c.fails(e)
	default:
		var err error
		if fails, err = python.Matches(e, now); err != nil {
			return err
		}
	}
	if fails {
		return nil
	}
	return e
}

// failureExceptions is the name that says what makes a request of locust.contrib.fasthttp a failure.
const failureExceptions = "FAILURE_EXCEPTIONS"

// fails says whether Locust's own FAILURE_EXCEPTIONS have an exception.
func (c *Classes) fails(e *python.Exception) bool {
	for _, name := range []string{"ConnectionError", "HTTPParseError", "ZlibError"} {
		if e.IsA(c.fast.Attrs().GetStr(name).(*python.Type)) {
			return true
		}
	}
	return e.IsA(python.OSError) || isTimeout(e)
}

// isTimeout says whether an exception is gevent's Timeout, which is no Exception.
func isTimeout(e *python.Exception) bool {
	for _, cls := range e.Class().MRO() {
		if cls.Name() == "Timeout" && cls.Module() == "gevent.timeout" {
			return true
		}
	}
	return false
}

// noTunnel is the text of the RuntimeError of a proxy that gives no tunnel; "" if err is none.
func noTunnel(err error) string {
	if !errors.As(err, new(*wire.ProxyError)) {
		return ""
	}
	var line string
	if tunnel, ok := errors.AsType[*wire.TunnelError](err); ok {
		if line = tunnel.Line; tunnel.Status == http.StatusProxyAuthRequired {
			line += " (proxy authentication required?)"
		}
	} else if head, ok := errors.AsType[*wire.BadHeadError](err); ok {
		line = strings.TrimRight(head.Arg, "\r\n")
	} else if errors.As(err, new(wire.TunnelClosedError)) {
		return "Proxy closed the connection before answering the CONNECT request"
	} else {
		return ""
	}
	return "Proxy CONNECT failed: " + line
}

// sendFailure is the exception for a request that could not be sent.
func (c *Classes) sendFailure(t *thread, err error) error {
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return requests.OSError(errno)
	}
	_, failed := c.fastFailure(t, err)
	return failed
}
