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
	d := net.Dialer{Timeout: timeout, KeepAlive: -1} // no keep-alive, as in Python; every option is a system call
	raw, err := d.DialContext(ctx, "tcp", o.Address)
	if err != nil {
		if timeout > 0 && timedOut(ctx, err) {
			err = &ConnectTimeoutError{o, timeout}
		}
		return nil, err
	}
	c := &Conn{Conn: raw, Origin: o, config: config}
	if !o.TLS {
		c.sender = newSender(raw)
		return c, nil
	}
	within := ctx
	if timeout > 0 {
		var cancel context.CancelFunc
		within, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	secure := tls.Client(raw, named(config, o))
	if err := secure.HandshakeContext(within); err != nil {
		_ = raw.Close()
		if timeout > 0 && timedOut(ctx, err) {
			err = &ReadTimeoutError{o, timeout, false}
		}
		return nil, err
	}
	c.Conn = secure
	return c, nil
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

// named is the TLS settings for one origin.
func named(shared *tls.Config, o Origin) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if shared != nil {
		config = shared.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(o.Address)
	}
	return config
}
