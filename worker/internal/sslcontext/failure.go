package sslcontext

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
)

// A Failure is what OpenSSL in Python 3.11 says of a handshake or a connection that went wrong.
type Failure struct {
	// Class is the exception's in the module ssl, Number and Text are its arguments.
	Class  string
	Number int64
	Text   string
}

// FailureOf says what OpenSSL says where Go has err; nil if err is no failure of TLS.
func FailureOf(err error) *Failure {
	var (
		bad    *tls.CertificateVerificationError
		record tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &bad):
		return &Failure{"SSLCertVerificationError", 1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: " + unverified(bad) + " (_ssl.c:1006)"}
	case errors.As(err, &record):
		return plain("WRONG_VERSION_NUMBER", "wrong version number")
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return alerted(op.Err)
	}
	if alert, ok := errors.AsType[tls.AlertError](err); ok {
		return alerted(alert)
	}
	_, reason, ok := strings.Cut(err.Error(), "tls: ")
	if !ok {
		return nil
	}
	return ours(reason)
}

// EndOfHandshake is the failure of a connection that ended while TLS began; nil if err is no end.
func EndOfHandshake(err error) *Failure {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &Failure{"SSLEOFError", 8, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)"}
	}
	if errors.Is(err, syscall.ECONNRESET) {
		return nil
	}
	return FailureOf(err)
}

func plain(code, text string) *Failure {
	return &Failure{"SSLError", 1, "[SSL: " + code + "] " + text + " (_ssl.c:1006)"}
}

// unverified says what is wrong with a certificate.
func unverified(bad *tls.CertificateVerificationError) string {
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(bad, &hostname) && net.ParseIP(hostname.Host) != nil:
		return fmt.Sprintf("IP address mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(bad, &hostname):
		return fmt.Sprintf("Hostname mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(bad, &invalid) && invalid.Reason == x509.Expired:
		return "certificate has expired"
	case len(bad.UnverifiedCertificates) == 1 && string(bad.UnverifiedCertificates[0].RawIssuer) == string(bad.UnverifiedCertificates[0].RawSubject):
		return "self-signed certificate"
	}
	return "unable to get local issuer certificate"
}

// ours is a failure that this side found.
func ours(reason string) *Failure {
	switch {
	case strings.Contains(reason, "unsupported protocol version"), strings.Contains(reason, "no supported versions"), strings.Contains(reason, "version"):
		return plain("UNSUPPORTED_PROTOCOL", "unsupported protocol")
	case strings.Contains(reason, "cipher suite"):
		return plain("WRONG_CIPHER_RETURNED", "wrong cipher returned")
	case strings.Contains(reason, "ALPN"), strings.Contains(reason, "application protocol"):
		return plain("BAD_EXTENSION", "bad extension")
	case strings.Contains(reason, "first record does not look"):
		return plain("WRONG_VERSION_NUMBER", "wrong version number")
	}
	return plain("DECODE_ERROR", "decode error")
}
