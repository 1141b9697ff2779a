package session

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"regexp"
	"syscall"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// goText is what Go's own errors say and Python's never do.
var goText = regexp.MustCompile(`dial tcp|lookup |\bEOF$|unexpected EOF|i/o timeout|context |no such host|tls: |x509: |use of closed|(read|write) tcp|broken pipe|connection re|missing port|poll\.|net/http`)

// kinds are the errors that a connection can meet.
func kinds() []error {
	tcp := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}
	op := func(what string, err error) error {
		return &net.OpError{Op: what, Net: "tcp", Source: tcp, Addr: tcp, Err: err}
	}
	o := wire.Origin{Address: "127.0.0.1:1"}
	var all []error
	for _, errno := range []syscall.Errno{
		syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE, syscall.ETIMEDOUT, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EMFILE,
		syscall.EADDRNOTAVAIL, syscall.ECONNABORTED, syscall.EINVAL, syscall.EACCES,
	} {
		all = append(all, op("dial", os.NewSyscallError("connect", errno)), op("read", errno), op("write", errno))
	}
	all = append(all,
		op("dial", &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}), op("dial", &net.DNSError{Err: "server misbehaving", Name: "x"}),
		op("dial", &net.AddrError{Err: "missing port in address", Addr: "x"}), op("dial", context.Canceled), op("dial", context.DeadlineExceeded),
		op("read", os.ErrDeadlineExceeded), op("read", net.ErrClosed), io.EOF, io.ErrUnexpectedEOF, io.ErrNoProgress, context.Canceled, context.DeadlineExceeded,
		&wire.ConnectTimeoutError{Origin: o, After: time.Second}, &wire.ReadTimeoutError{Origin: o, After: time.Second},
		&wire.ReadTimeoutError{Origin: o, After: time.Second, InBody: true}, &wire.BadHeadError{Class: "BadStatusLine", Arg: "x"},
		&wire.BrokenBodyError{Read: 1, Left: 2, Err: io.EOF}, &wire.BrokenBodyError{Early: true, Err: io.ErrUnexpectedEOF},
		&wire.BrokenBodyError{Chunk: "zz", Err: errors.New("chunks")}, &wire.BrokenBodyError{Err: op("read", syscall.ECONNRESET)},
		tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		op("remote error", errors.New("tls: handshake failure")), op("remote error", errors.New("tls: some new alert")), errors.New("tls: server selected unsupported protocol version 301"),
		errors.New("something that nobody knows: dial tcp"),
	)
	for _, err := range all[:len(all):len(all)] {
		all = append(all, &wire.ProxyError{Proxy: &wire.Proxy{Address: "127.0.0.1:1"}, Err: err}, &wire.HandshakeError{Err: err})
	}
	return append(all, &wire.ProxyError{Proxy: &wire.Proxy{}, Err: &wire.TunnelError{Line: "HTTP/1.1 407 No", Status: 407}},
		&wire.ProxyError{Proxy: &wire.Proxy{}, Err: wire.TunnelClosedError{}})
}

// TestNoTextOfGos walks all that can go wrong with a connection: what a file or the statistics see is in Python's words.
func TestNoTextOfGos(t *testing.T) {
	t.Parallel()
	th := newThread(&bytes.Buffer{})
	err := th.Do(func() error {
		c, err := New(th, Options{})
		if err != nil {
			return err
		}
		if err := c.loadFast(th); err != nil {
			return err
		}
		for _, kind := range kinds() {
			_, failed := c.fastFailure(th, kind)
			for name, e := range map[string]error{"answer": failed, "content": c.fastBodyFailure(th, kind), "sending": c.sendFailure(th, kind)} {
				text, err := th.Repr(python.AsException(e))
				if err != nil {
					return err
				}
				if goText.MatchString(text) {
					t.Errorf("%s: %v (%T) becomes %s", name, kind, kind, text)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(th.Traceback(err))
	}
}
