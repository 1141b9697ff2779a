package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"syscall"
	"time"
)

// An Origin is what one connection leads to.
type Origin struct {
	TLS bool
	// Address is host:port to dial, Host is the Host header.
	Address, Host string
	// Proxy is what leads there; nil is the direct way.
	Proxy *Proxy
	// Local is how this end of a connection is made; nil is as usual. Origins with other pointers share no connections.
	Local *Local
}

// A Local is how this end of a connection is made; nil is as usual.
type Local struct {
	// Source is the address, host:port, that connections come from; "" is any.
	Source string
	// Options sets options of the socket before it connects; nil sets none but what is usual.
	Options func(fd uintptr) error
	// Delays says that small packets are gathered (Nagle's algorithm): what Options leaves counts, since Go switches that off.
	Delays bool
}

// InGoroutine runs f in a goroutine of its own and waits for it. What needs a deep stack does not run on the user's, which
// would keep that depth for as long as the user lives: 8 KB instead of 4.
func InGoroutine(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

// dial makes a connection, within timeout if that is not 0. config is for https; nil means the system's certificates.
func dial(ctx context.Context, o Origin, config *tls.Config, timeout time.Duration) (*Conn, error) {
	began := time.Now()
	raw, err := reach(ctx, o, timeout)
	if err != nil {
		return nil, err
	}
	c := &Conn{Conn: raw, Origin: o, config: config}
	c.trace.connect = max(time.Since(began), 1)
	if o.TLS {
		defer func() { c.trace.tls = max(time.Since(began)-c.trace.connect, 1) }()
		if c.Conn, err = handshake(ctx, raw, named(config, o.Address), o, timeout); err != nil {
			return nil, err
		}
	} else if _, secure := raw.(*tls.Conn); !secure {
		c.sender = newSender(raw)
	}
	return c, nil
}

// reach makes a connection on which TLS, if there is to be any, has not begun.
func reach(ctx context.Context, o Origin, timeout time.Duration) (net.Conn, error) {
	if o.Proxy == nil {
		return dialTCP(ctx, o, timeout)
	}
	return dialProxy(ctx, o, timeout)
}

// dialTCP makes a connection to the address of o.
func dialTCP(ctx context.Context, o Origin, timeout time.Duration) (net.Conn, error) {
	c, err := o.Local.Dial(ctx, o.Address, timeout)
	if err != nil && timeout > 0 && timedOut(ctx, err) {
		err = &ConnectTimeoutError{o, timeout}
	}
	return c, err
}

// Dial connects to an address, host:port, within timeout if that is not 0.
func (l *Local) Dial(ctx context.Context, address string, timeout time.Duration) (net.Conn, error) {
	d := net.Dialer{Timeout: timeout, KeepAlive: -1} // no keep-alive, as in Python; every option is a system call
	if err := l.prepare(&d); err != nil {
		return nil, err
	}
	c, err := d.DialContext(ctx, "tcp", address)
	if err != nil || l == nil || !l.Delays {
		return c, err
	}
	if err := c.(*net.TCPConn).SetNoDelay(false); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// prepare makes a dialer obey l.
func (l *Local) prepare(d *net.Dialer) error {
	if l == nil {
		return nil
	}
	if l.Source != "" {
		from, err := net.ResolveTCPAddr("tcp", l.Source)
		if err != nil {
			return err
		}
		d.LocalAddr = from
	}
	if l.Options != nil {
		d.Control = func(_, _ string, c syscall.RawConn) (failed error) {
			if err := c.Control(func(fd uintptr) { failed = l.Options(fd) }); err != nil {
				return err
			}
			return failed
		}
	}
	return nil
}

// handshake begins TLS with o on a connection, which it closes if that fails.
func handshake(ctx context.Context, c net.Conn, config *tls.Config, o Origin, timeout time.Duration) (net.Conn, error) {
	within := ctx
	if timeout > 0 {
		var cancel context.CancelFunc
		within, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	secure := tls.Client(c, config)
	if err := secure.HandshakeContext(within); err != nil {
		_ = c.Close()
		if timeout > 0 && timedOut(ctx, err) {
			return nil, &ReadTimeoutError{o, timeout, false}
		}
		return nil, &HandshakeError{err}
	}
	return secure, nil
}

// timedOut says whether err is a timeout of our own, not the kernel's and not the context's.
func timedOut(ctx context.Context, err error) bool {
	var timeout net.Error
	var errno syscall.Errno
	if deadline, ok := ctx.Deadline(); ctx.Err() != nil || ok && time.Now().After(deadline) {
		return false
	}
	return errors.As(err, &timeout) && timeout.Timeout() && !errors.As(err, &errno)
}

// named is the TLS settings for the host of an address.
func named(shared *tls.Config, address string) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if shared != nil {
		config = shared.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(address)
	}
	return config
}
