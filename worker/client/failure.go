package client

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"gregaria/worker/internal/pytext"
)

// The texts below are those of Locust's HttpUser for the same failure, Python's repr of the exception, so that this
// worker's failures and a Python worker's are one row (locust.clients.ResponseContextManager.__exit__, which unwraps
// requests' and urllib3's exceptions to the innermost).

// A StatusError is an answer whose status says that the request failed: 400 to 599.
type StatusError struct {
	Status int
	Reason string
	// Name is the request's row in the statistics. The text says it where Python's says the URL, so that one kind of
	// failure is one row, whatever ids the URLs hold.
	Name string
}

func (e *StatusError) Error() string {
	kind := "Client"
	if e.Status >= 500 {
		kind = "Server"
	}
	return fmt.Sprintf("%d %s Error: %s for url: %s", e.Status, kind, e.Reason, e.Name)
}

// verdict says why a request with an answer failed, "" if it did not.
func verdict(q *Request, resp *Response) string {
	check := q.Check
	if check == nil {
		check = (*Response).StatusError
	}
	err := check(resp)
	var status *StatusError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &status):
		return "HTTPError(" + pytext.Repr(status.Error()) + ")"
	default:
		return "CatchResponseError(" + pytext.Repr(err.Error()) + ")"
	}
}

// failure says why a request has no answer.
func failure(err error) string {
	var errno syscall.Errno
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "ReadTimeout('Read timed out.')"
	case errors.As(err, &errno):
		return osError(errno)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "RemoteDisconnected('Remote end closed connection without response')"
	case errors.As(err, &dns):
		return "gaierror(-2, 'Name or service not known')"
	case errors.As(err, &unknown), errors.As(err, &cert):
		return "SSLCertVerificationError(" + pytext.Repr(err.Error()) + ")"
	case errors.Is(err, errTooManyRedirects):
		return "TooManyRedirects('Exceeded 30 redirects.')"
	default:
		return "ConnectionError(" + pytext.Repr(err.Error()) + ")"
	}
}

// osError is Python's exception for an errno (PEP 3151).
func osError(errno syscall.Errno) string {
	class := "OSError"
	text := errno.Error()
	switch errno {
	case syscall.ECONNREFUSED:
		class, text = "ConnectionRefusedError", "Connection refused"
	case syscall.ECONNRESET:
		class, text = "ConnectionResetError", "Connection reset by peer"
	case syscall.ECONNABORTED:
		class, text = "ConnectionAbortedError", "Software caused connection abort"
	case syscall.EPIPE:
		class, text = "BrokenPipeError", "Broken pipe"
	case syscall.ETIMEDOUT:
		class, text = "TimeoutError", "Connection timed out"
	case syscall.EHOSTUNREACH:
		text = "No route to host"
	case syscall.ENETUNREACH:
		text = "Network is unreachable"
	case syscall.EMFILE:
		text = "Too many open files"
	case syscall.EADDRNOTAVAIL:
		text = "Cannot assign requested address"
	}
	return fmt.Sprintf("%s(%d, '%s')", class, int(errno), text)
}
