package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
	"time"
)

// inGoroutine runs f in a goroutine of its own and waits for it. What needs a deep stack does not run on the user's, which
// would keep that depth for as long as the user lives: 8 KB instead of 4.
func inGoroutine(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

// dial makes a connection, within timeout if that is not 0, and adds it to the session's.
func (s *Session) dial(ctx context.Context, o *origin, timeout time.Duration) (c *conn, err error) {
	inGoroutine(func() {
		if c, err = s.handshake(ctx, *o, timeout); err == nil {
			s.mu.Lock()
			s.conns = append(s.conns, c)
			s.mu.Unlock()
		}
	})
	return c, err
}

func (s *Session) handshake(ctx context.Context, o origin, timeout time.Duration) (*conn, error) {
	d := net.Dialer{Timeout: timeout, KeepAlive: -1} // no keep-alive, as in Python; every option is a system call
	raw, err := d.DialContext(ctx, "tcp", o.address)
	if err != nil {
		if timeout > 0 && timedOut(ctx, err) {
			err = &connectTimeoutError{o, timeout}
		}
		return nil, err
	}
	c := &conn{Conn: raw, origin: o}
	if !o.tls {
		c.sender = newSender(raw)
		return c, nil
	}
	within := ctx
	if timeout > 0 {
		var cancel context.CancelFunc
		within, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	secure := tls.Client(raw, s.config(o))
	if err := secure.HandshakeContext(within); err != nil {
		_ = raw.Close()
		if timeout > 0 && timedOut(ctx, err) {
			err = &readTimeoutError{o, timeout, false}
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

// config is the session's TLS settings for one origin.
func (s *Session) config(o origin) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		config = s.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(o.address)
	}
	return config
}

// Insecure returns TLS settings that accept any certificate (requests' verify=False). Users share one.
func Insecure() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true} //nolint:gosec // this is what was asked for
}

// Certificates returns TLS settings that trust the certificates in the PEM file authorities instead of the system's,
// and show the certificate in the PEM files cert and key to a server that asks (requests' verify=path and cert=pair).
// "" leaves either out. Users share one: make it once, not for every user.
func Certificates(authorities, cert, key string) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if authorities != "" {
		pem, err := os.ReadFile(authorities)
		if err != nil {
			return nil, fmt.Errorf("read the trusted certificates: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read the trusted certificates: %s holds none in PEM form", authorities)
		}
	}
	if cert == "" && key == "" {
		return config, nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("read the client's certificate and key: %w", err)
	}
	config.Certificates = []tls.Certificate{pair}
	return config, nil
}

// A connectTimeoutError is a connection that took longer than the request's timeout.
type connectTimeoutError struct {
	origin origin
	after  time.Duration
}

func (e *connectTimeoutError) Error() string {
	return fmt.Sprintf("connect to %s: no answer within %v", e.origin.address, e.after)
}

// A readTimeoutError is an answer, or the rest of one, that kept the user waiting longer than the request's timeout.
type readTimeoutError struct {
	origin origin
	after  time.Duration
	inBody bool
}

func (e *readTimeoutError) Error() string {
	return fmt.Sprintf("read from %s: nothing came for %v", e.origin.address, e.after)
}
func (e *readTimeoutError) Unwrap() error { return os.ErrDeadlineExceeded }

// brokenBy is the error of a body whose connection failed.
func brokenBy(err error) error {
	var timeout *readTimeoutError
	if errors.As(err, &timeout) {
		return &readTimeoutError{timeout.origin, timeout.after, true}
	}
	if text := failure(err); !errors.Is(err, os.ErrDeadlineExceeded) {
		return &brokenBodyError{brokenConnection(text), err}
	}
	return err
}
