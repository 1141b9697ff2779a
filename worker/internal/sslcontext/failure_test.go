package sslcontext_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"

	"gregaria/worker/internal/sslcontext"
)

// TestFailureOf compares with what ssl of Python 3.11 on OpenSSL 3 says.
func TestFailureOf(t *testing.T) {
	t.Parallel()
	remote := func(err error) error { return &net.OpError{Op: "remote error", Err: err} }
	for _, test := range []struct {
		why  string
		err  error
		want string // "" is no failure of TLS
	}{
		{"an alert of SSL 3", remote(tls.AlertError(40)), "SSLError(1, '[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:1006)')"},
		{"one of TLS 1", remote(tls.AlertError(48)), "SSLError(1, '[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:1006)')"},
		{"one of TLS 1.3", remote(tls.AlertError(116)), "SSLError(1, '[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:1006)')"},
		{"one without alert in its name", remote(tls.AlertError(112)), "SSLError(1, '[SSL: TLSV1_UNRECOGNIZED_NAME] tlsv1 unrecognized name (_ssl.c:1006)')"},
		{"no TLS", tls.RecordHeaderError{}, "SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)')"},
		{"expired", &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, "SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)')"},
		{"not TLS at all", syscall.ECONNREFUSED, ""},
		{"an end outside the handshake", io.EOF, ""},
	} {
		if got := said(sslcontext.FailureOf(test.err)); got != test.want {
			t.Errorf("%s: FailureOf(%v) = %s, want %s", test.why, test.err, got, test.want)
		}
	}
	if got, want := said(sslcontext.EndOfHandshake(io.ErrUnexpectedEOF)), "SSLEOFError(8, '[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)')"; got != want {
		t.Errorf("EndOfHandshake(io.ErrUnexpectedEOF) = %s, want %s", got, want)
	}
}

// TestRealAlert has a server that wants a client's certificate, so that the error is one that crypto/tls made.
func TestRealAlert(t *testing.T) {
	t.Parallel()
	client, server := net.Pipe()
	go func() { // a server without a certificate refuses every client
		failed := tls.Server(server, &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, errors.New("none") }}).Handshake()
		if failed == nil {
			t.Error("a handshake without a certificate succeeded")
		}
	}()
	err := tls.Client(client, &tls.Config{ServerName: "example.test"}).Handshake()
	if got, want := said(sslcontext.FailureOf(err)), "SSLError(1, '[SSL: TLSV1_ALERT_INTERNAL_ERROR] tlsv1 alert internal error (_ssl.c:1006)')"; got != want {
		t.Errorf("FailureOf(%v) = %s, want %s", err, got, want)
	}
}

func said(f *sslcontext.Failure) string {
	if f == nil {
		return ""
	}
	return fmt.Sprintf("%s(%d, '%s')", f.Class, f.Number, f.Text)
}
