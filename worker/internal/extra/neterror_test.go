package extra

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"syscall"
	"testing"

	"gregaria/worker/internal/python"
)

// TestNetworkErrorsAreCPythons holds what each kind of error of a connection becomes: class and text of CPython's.
func TestNetworkErrorsAreCPythons(t *testing.T) {
	t.Parallel()
	op := func(what string, err error) error { return &net.OpError{Op: what, Net: "tcp", Err: err} }
	th := newThread(&bytes.Buffer{})
	th.Lock()
	defer th.Unlock()
	for _, c := range []struct {
		err  error
		want string
	}{
		{op("dial", os.NewSyscallError("connect", syscall.ECONNREFUSED)), "ConnectionRefusedError [Errno 111] Connection refused"},
		{op("read", syscall.ECONNRESET), "ConnectionResetError [Errno 104] Connection reset by peer"},
		{op("write", syscall.EPIPE), "BrokenPipeError [Errno 32] Broken pipe"},
		{op("dial", &net.DNSError{Err: "no such host", IsNotFound: true}), "gaierror [Errno -2] Name or service not known"},
		{op("dial", &net.DNSError{Err: "server misbehaving"}), "gaierror [Errno -3] Temporary failure in name resolution"},
		{op("dial", &net.AddrError{Err: "missing port in address"}), "gaierror [Errno -2] Name or service not known"},
		{op("read", os.ErrDeadlineExceeded), "TimeoutError timed out"},
		{context.DeadlineExceeded, "TimeoutError timed out"},
		{context.Canceled, "OSError [Errno 9] Bad file descriptor"},
		{op("read", net.ErrClosed), "OSError [Errno 9] Bad file descriptor"},
		{io.EOF, "RemoteDisconnected Remote end closed connection without response"},
		{io.ErrUnexpectedEOF, "RemoteDisconnected Remote end closed connection without response"},
		{tls.RecordHeaderError{Msg: "x"}, "SSLError [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"},
		{op("remote error", errors.New("tls: bad certificate")), "SSLError [SSL: SSLV3_ALERT_BAD_CERTIFICATE] sslv3 alert bad certificate (_ssl.c:1006)"},
		{errors.New("malformed HTTP response"), "BadStatusLine "},
	} {
		for _, err := range []error{c.err, fmt.Errorf("wrapped: %w", c.err)} {
			e := python.AsException(networkError(th, err))
			text, serr := th.Str(e)
			if got := e.Class().Name() + " " + text; serr != nil || regexp.MustCompile(`0x`).MatchString(got) || got != c.want {
				t.Errorf("networkError(%v) = %q, want %q", err, got, c.want)
			}
		}
	}
}
