package client

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"

	"gregaria/worker/internal/pytext"
	"gregaria/worker/internal/wire"
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

// judged is the text of the error that a request with an answer is judged by.
func judged(err error) string {
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

// failure says why a request has no answer, or no whole one.
func failure(err error) string {
	var (
		connect *wire.ConnectTimeoutError
		read    *wire.ReadTimeoutError
		broken  *wire.BrokenBodyError
		coding  *wire.BadEncodingError
		answer  *wire.BadHeadError
		errno   syscall.Errno
		dns     *net.DNSError
	)
	switch {
	case errors.As(err, &connect):
		return connectTimeout(connect)
	case errors.As(err, &read):
		return readTimeout(read)
	case errors.As(err, &broken):
		return "ChunkedEncodingError(" + brokenBody(broken) + ")"
	case errors.As(err, &coding):
		return badEncoding(coding)
	case errors.As(err, &answer):
		return answer.Error()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "TimeoutError('timed out')"
	case errors.As(err, &errno):
		return osError(errno)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "RemoteDisconnected('Remote end closed connection without response')"
	case errors.As(err, &dns):
		return dnsError(dns)
	case errors.Is(err, errTooManyRedirects):
		return "TooManyRedirects('Exceeded 30 redirects.')"
	}
	return cmp.Or(tlsError(err), "ConnectionError("+pytext.Repr(err.Error())+")")
}

func dnsError(err *net.DNSError) string {
	if err.IsNotFound {
		return "gaierror(-2, 'Name or service not known')"
	}
	return "gaierror(-3, 'Temporary failure in name resolution')"
}

func poolOf(o wire.Origin) string {
	kind := "HTTP"
	if o.TLS {
		kind = "HTTPS"
	}
	host, port, _ := net.SplitHostPort(o.Address)
	return fmt.Sprintf("%sConnectionPool(host='%s', port=%s)", kind, host, port)
}

// connectTimeout is the exception, with the object's address left out as Locust does where it knows how to.
func connectTimeout(e *wire.ConnectTimeoutError) string {
	host, port, _ := net.SplitHostPort(e.Origin.Address)
	class := "HTTPConnection"
	if e.Origin.TLS {
		class = "HTTPSConnection"
	}
	return fmt.Sprintf("ConnectTimeoutError(<%s(host='%s', port=%s) at 0x....>, 'Connection to %s timed out. (connect timeout=%s)')",
		class, host, port, host, seconds(e.After))
}

func readTimeout(e *wire.ReadTimeoutError) string {
	if e.InBody {
		return fmt.Sprintf(`ReadTimeoutError("%s: Read timed out.")`, poolOf(e.Origin))
	}
	return fmt.Sprintf(`ReadTimeout(ReadTimeoutError("%s: Read timed out. (read timeout=%s)"))`, poolOf(e.Origin), seconds(e.After))
}

// seconds writes a timeout as a locustfile would.
func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'g', -1, 64) }

// brokenBody is what is inside ChunkedEncodingError.
func brokenBody(e *wire.BrokenBodyError) string {
	var inner string
	switch {
	case e.Early:
		return "ProtocolError('Response ended prematurely')"
	case e.Chunk != "":
		inner = "InvalidChunkLength(got length b" + pytext.Repr(e.Chunk) + ", 0 bytes read)"
	case e.Left > 0:
		inner = fmt.Sprintf("IncompleteRead(%d bytes read, %d more expected)", e.Read, e.Left)
	default:
		inner = failure(e.Err)
	}
	return "ProtocolError(" + pytext.Repr("Connection broken: "+inner) + ", " + inner + ")"
}

func badEncoding(e *wire.BadEncodingError) string {
	return fmt.Sprintf("ContentDecodingError(DecodeError('Received response with content-encoding: %s, but failed to decode it.', "+
		"error('Error -3 while decompressing data: %s')))", e.Encoding, e.Why())
}

// tlsError is the text of a handshake that went wrong, with the source line of OpenSSL in Python 3.11; "" if err is none.
func tlsError(err error) string {
	var (
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
	)
	var why string
	switch {
	case errors.As(err, &record):
		return "SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)'))"
	case !errors.As(err, &verify):
		return ""
	case errors.As(err, &hostname) && net.ParseIP(hostname.Host) != nil:
		why = fmt.Sprintf("IP address mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(err, &hostname):
		why = fmt.Sprintf("Hostname mismatch, certificate is not valid for '%s'.", hostname.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		why = "certificate has expired"
	case len(verify.UnverifiedCertificates) == 1 && selfSigned(verify.UnverifiedCertificates[0]):
		why = "self-signed certificate"
	default:
		why = "unable to get local issuer certificate"
	}
	text := "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: " + why + " (_ssl.c:1006)"
	return "SSLError(SSLCertVerificationError(1, " + pytext.Repr(text) + "))"
}

func selfSigned(c *x509.Certificate) bool { return string(c.RawIssuer) == string(c.RawSubject) }

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
