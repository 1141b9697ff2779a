package requests

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"gregaria/worker/internal/wire"
)

// where OpenSSL says an error is from, in Python 3.11.
const sslLine = " (_ssl.c:1006)"

// TLSError is the text of a handshake that went wrong and whether it is the certificate that was wrong; "" if err is none.
func TLSError(err error) (text string, verify bool) {
	class, _, text := tlsError(err)
	return text, class == "SSLCertVerificationError"
}

// tlsError is the class of ssl, the number and the text of a handshake that went wrong, as OpenSSL 3 in Python 3.11 has them; the
// text is "" if err is none.
func tlsError(err error) (class string, number int64, text string) {
	var (
		bad    *tls.CertificateVerificationError
		record tls.RecordHeaderError
		shake  *wire.HandshakeError
		alert  tls.AlertError
		errno  syscall.Errno
	)
	switch {
	case errors.As(err, &bad):
		return "SSLCertVerificationError", 1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: " + distrusted(bad) + sslLine
	case errors.As(err, &record):
		return "SSLError", 1, "[SSL: WRONG_VERSION_NUMBER] wrong version number" + sslLine
	case !errors.As(err, &shake) || errors.As(err, &errno):
		return "", 0, ""
	case errors.As(err, &alert):
		return "SSLError", 1, alerted(alert) + sslLine
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "SSLEOFError", 8, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol" + sslLine
	case errors.Is(err, net.ErrClosed), isTimeout(err):
		return "", 0, ""
	}
	return "SSLError", 1, ourOwn(err) + sslLine
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// distrusted is why a certificate is not good enough.
func distrusted(bad *tls.CertificateVerificationError) string {
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	all := bad.UnverifiedCertificates
	switch {
	case errors.As(bad, &hostname) && net.ParseIP(hostname.Host) != nil:
		return fmt.Sprintf("IP address mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(bad, &hostname):
		return fmt.Sprintf("Hostname mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(bad, &invalid) && invalid.Reason == x509.Expired:
		return "certificate has expired"
	case len(all) == 1 && string(all[0].RawIssuer) == string(all[0].RawSubject):
		return "self-signed certificate"
	}
	return "unable to get local issuer certificate"
}

// alerted is the text of an alert that the other side sent.
func alerted(alert tls.AlertError) string {
	old := map[uint8]string{ // those that SSL 3 had
		10: "unexpected message", 20: "bad record mac", 30: "decompression failure", 40: "handshake failure", 41: "no certificate",
		42: "bad certificate", 43: "unsupported certificate", 44: "certificate revoked", 45: "certificate expired",
		46: "certificate unknown", 47: "illegal parameter",
	}
	newer := map[uint8]string{
		21: "tlsv1 alert decryption failed", 22: "tlsv1 alert record overflow", 48: "tlsv1 alert unknown ca", 49: "tlsv1 alert access denied",
		50: "tlsv1 alert decode error", 51: "tlsv1 alert decrypt error", 70: "tlsv1 alert protocol version",
		71: "tlsv1 alert insufficient security", 80: "tlsv1 alert internal error", 90: "tlsv1 alert user cancelled",
		112: "tlsv1 unrecognized name", 116: "tlsv13 alert certificate required", 120: "tlsv1 alert no application protocol",
	}
	text := newer[uint8(alert)]
	if s, ok := old[uint8(alert)]; ok {
		text = "sslv3 alert " + s
	}
	if text == "" {
		text = fmt.Sprintf("reason(%d)", 1000+int(alert))
	}
	return "[SSL: " + strings.ToUpper(strings.ReplaceAll(text, " ", "_")) + "] " + text
}

// ourOwn is the text of a handshake that this side gave up.
func ourOwn(err error) string {
	switch text := err.Error(); {
	case strings.Contains(text, "protocol version"):
		return "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol"
	case strings.Contains(text, "cipher"):
		return "[SSL: WRONG_CIPHER_RETURNED] wrong cipher returned"
	}
	return "[SSL] unknown error"
}
