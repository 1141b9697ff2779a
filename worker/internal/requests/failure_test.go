package requests

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// failures are the kinds of errors that a request can meet, each as Go has it.
func failures() []error {
	dial := func(err error) error {
		return &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, Err: err}
	}
	here := wire.Origin{Address: "127.0.0.1:80"}
	all := []error{
		io.EOF, io.ErrUnexpectedEOF, io.ErrNoProgress, io.ErrClosedPipe, net.ErrClosed, os.ErrDeadlineExceeded, context.Canceled, context.DeadlineExceeded,
		&wire.ConnectTimeoutError{Origin: here, After: time.Second}, &wire.ReadTimeoutError{Origin: here, After: time.Second},
		&wire.BadHeadError{Class: "BadStatusLine", Arg: "x"}, &wire.BadHeadError{Class: "UnknownProtocol", Arg: "HTTP/3.0"}, &wire.BadHeadError{Class: "LineTooLong", Arg: "got more than 65536 bytes"},
		&wire.BrokenBodyError{Err: io.EOF}, &wire.BrokenBodyError{Err: errors.New("unknown")},
		&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}, &net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}, &net.DNSError{Err: "i/o timeout", IsTimeout: true},
		&net.AddrError{Err: "missing port in address", Addr: "x"}, net.InvalidAddrError("x"), net.UnknownNetworkError("x"), &net.ParseError{Type: "IP address", Text: "x"}, errors.New("anything else"),
		wire.TunnelClosedError{},
		&wire.TunnelError{Line: "HTTP/1.1 407 No", Status: 407, Reason: "No"},
	}
	for n := range syscall.Errno(134) {
		all = append(all, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", n)}, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", n)})
	}
	for _, err := range []error{
		io.EOF, io.ErrUnexpectedEOF,
		tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"},
		errors.New("tls: server selected unsupported protocol version 301"),
		errors.New("tls: no cipher suite supported by both client and server"), errors.New("tls: anything"), syscall.ECONNRESET, os.ErrDeadlineExceeded, net.ErrClosed,
		&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, &tls.CertificateVerificationError{Err: x509.HostnameError{Host: "h", Certificate: &x509.Certificate{}}},
		&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NameMismatch}},
	} {
		all = append(all, &wire.HandshakeError{Err: err})
	}
	for alert := range 130 {
		all = append(all, &wire.HandshakeError{Err: &net.OpError{Op: "remote error", Err: tls.AlertError(alert)}})
	}
	for _, err := range all[:len(all):len(all)] {
		all = append(all, dial(err), &wire.ProxyError{Proxy: &wire.Proxy{Address: "127.0.0.1:3128"}, Err: err})
	}
	return all
}

// goText is what no failure row may say: words of Go's errors.
func goText() *regexp.Regexp {
	return regexp.MustCompile(`dial tcp|read tcp|lookup |no such host|\bEOF\b(?: |$|'\))|deadline|context canceled|tls: |x509|i/o timeout|use of closed|syscall|connect: |read: |server misbehaving|anything|unexpected EOF|missing port`)
}

// TestFailuresHavePythonsWords walks all kinds of errors through both ways of a request: what a row of the statistics would
// say of them is Python's.
func TestFailuresHavePythonsWords(t *testing.T) {
	t.Parallel()
	th := newThread(&bytes.Buffer{})
	err := th.Do(func() error {
		c, err := Load(th)
		if err != nil {
			return err
		}
		p := &Prepared{to: prepared("http://127.0.0.1/x"), method: "GET", late: late{length: -1}}
		o := &options{connectText: python.Float(1), gapText: python.Float(1)}
		x := &exchange{classes: c, pool: python.None, scheme: "http", host: "h", port: 80, path: "/x", connect: python.Float(1), read: python.Float(1), call: &wire.Call{Origin: &wire.Origin{}}}
		for _, e := range failures() {
			for way, failed := range map[string]error{"short": c.failure(th, e, p, o), "general": x.failed(th, e), "body": c.bodyFailure(th, e, p)} {
				exception, ok := errors.AsType[*python.Exception](failed)
				if !ok {
					t.Errorf("%s: %v is no exception but %v", way, e, failed)
					continue
				}
				text, err := th.Repr(exception)
				if err != nil {
					return err
				}
				text = strings.ReplaceAll(text, "EOF occurred in violation of protocol", "")
				if found := goText().FindString(text); found != "" {
					t.Errorf("%s: %T %v says %q of Go: %s", way, e, e, found, text)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(th.Traceback(err))
	}
}

// TestBadBodiesHavePythonsWords holds that what a decoder says is put into zlib's words.
func TestBadBodiesHavePythonsWords(t *testing.T) {
	t.Parallel()
	for _, encoding := range []string{"gzip", "deflate", "br", "gzip, br"} {
		for _, content := range []string{"abcabcabc", "\x1f\x8b\x08\x00abcdefgh\xff\xff", zipped("x")[:12] + "zzzzzzzzzzzz"} {
			_, err := io.ReadAll(Decoder(encoding, strings.NewReader(content)))
			if err == nil {
				continue
			}
			var bad *wire.BadEncodingError
			if errors.As(err, new(*BrotliError)) {
				continue
			}
			if !errors.As(err, &bad) || errors.Is(err, gzip.ErrHeader) && bad.Why() != "incorrect header check" {
				t.Errorf("Decoder(%q) of %q fails with %v (%s), want a BadEncodingError", encoding, content, err, fmt.Sprintf("%T", err))
			}
		}
	}
}
