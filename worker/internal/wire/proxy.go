package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"time"
)

// A Proxy stands between a client and its origins: it is handed requests for http as they are, with the whole URL in them,
// and asked with CONNECT for a tunnel to an origin of https. Two origins whose proxies are not the same pointer share no
// connection.
type Proxy struct {
	// Address is host:port to dial.
	Address string
	// TLS says that the proxy itself is spoken to by https, with Config; nil means the system's certificates.
	TLS    bool
	Config *tls.Config
	// Unready is why TLS cannot begin with the proxy, though it may be reached.
	Unready error
	// Connect makes the request for a tunnel to host:port, its empty last line included; nil is ConnectRequest.
	Connect func(target string) string
}

// ConnectRequest is the request for a tunnel to host:port, with more header lines, each with its line end.
func ConnectRequest(target, lines string) string {
	return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + lines + "\r\n"
}

// A ProxyError is why there is no way through a proxy: it cannot be reached, or gives no tunnel. What goes wrong with the
// origin behind it, its TLS handshake for one, is no ProxyError.
type ProxyError struct {
	Proxy *Proxy
	Err   error
}

func (e *ProxyError) Error() string {
	return "connect by proxy " + e.Proxy.Address + ": " + e.Err.Error()
}
func (e *ProxyError) Unwrap() error { return e.Err }

// A TunnelError is an answer to CONNECT other than 200.
type TunnelError struct {
	// Line is the status line as it came, without its end. Status and Reason are what it says.
	Line   string
	Status int
	Reason string
}

func (e *TunnelError) Error() string { return fmt.Sprintf("open tunnel: the proxy answers %q", e.Line) }

// A TunnelClosedError is a proxy that closes the connection instead of answering CONNECT.
type TunnelClosedError struct{}

func (TunnelClosedError) Error() string { return "open tunnel: the proxy closed the connection" }
func (TunnelClosedError) Unwrap() error { return io.EOF }

// dialProxy makes a connection that leads through the origin's proxy as far as bytes for the origin can follow.
func dialProxy(ctx context.Context, o Origin, timeout time.Duration) (net.Conn, error) {
	p := o.Proxy
	c, err := dialTCP(ctx, Origin{TLS: p.TLS, Address: p.Address, Local: o.Local}, timeout)
	if err == nil && p.TLS {
		c, err = p.secure(ctx, c, timeout)
	}
	if err == nil && o.TLS {
		c, err = p.tunnel(ctx, c, o, timeout)
	}
	if err != nil {
		return nil, &ProxyError{p, err}
	}
	return c, nil
}

// secure begins TLS with the proxy itself.
func (p *Proxy) secure(ctx context.Context, c net.Conn, timeout time.Duration) (net.Conn, error) {
	if p.Unready != nil {
		_ = c.Close()
		return nil, &HandshakeError{p.Unready}
	}
	return handshake(ctx, c, named(p.Config, p.Address), Origin{TLS: true, Address: p.Address}, timeout)
}

// tunnel asks for a tunnel to the origin.
func (p *Proxy) tunnel(ctx context.Context, c net.Conn, o Origin, timeout time.Duration) (net.Conn, error) {
	request := ConnectRequest(o.Address, "")
	if p.Connect != nil {
		request = p.Connect(o.Address)
	}
	if err := Tunnel(ctx, c, request, timeout); err != nil {
		_ = c.Close()
		if timeout > 0 && timedOut(ctx, err) {
			err = &ReadTimeoutError{Origin{Address: p.Address}, timeout, false}
		}
		return nil, err
	}
	return c, nil
}

// Tunnel sends a request for a tunnel and waits for the answer, no longer than timeout unless that is 0. What follows the
// answer's head in the same packet is dropped, as Python's clients do: behind a tunnel nobody speaks first. The connection
// is the caller's to close.
func Tunnel(ctx context.Context, c net.Conn, request string, timeout time.Duration) error {
	deadline, _ := ctx.Deadline()
	if end := time.Now().Add(timeout); timeout > 0 && (deadline.IsZero() || end.Before(deadline)) {
		deadline = end
	}
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Now()) })
	err := openTunnel(c, request)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	return c.SetDeadline(time.Time{})
}

func openTunnel(c net.Conn, request string) error {
	if _, err := io.WriteString(c, request); err != nil {
		return err
	}
	b := Small()
	defer b.GiveBack()
	for from := 0; ; {
		b.Grow(512)
		n, err := c.Read(b.B[len(b.B):cap(b.B)])
		b.B = b.B[:len(b.B)+n]
		if end := headEnd(b.B, from); end > 0 {
			return tunnelAnswer(b.B[:end])
		}
		if from = len(b.B); from > maxLine {
			return lineTooLong("header line")
		}
		if err == io.EOF { //nolint:errorlint // a connection's own
			return TunnelClosedError{}
		}
		if err != nil {
			return err
		}
	}
}

// tunnelAnswer judges the head of an answer to CONNECT.
func tunnelAnswer(head []byte) error {
	var h Head
	if err := h.parse(head); err != nil {
		return err
	}
	if h.Status == 200 {
		return nil
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return &TunnelError{Latin1(bytes.TrimSuffix(line, []byte("\r"))), h.Status, Latin1(h.Reason)}
}
