package extra

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sslcontext"
)

// networkError is the exception that CPython raises where Go has err: none of Go's texts is in it.
func networkError(t *thread, err error) error {
	var (
		errno   syscall.Errno
		unknown *net.DNSError
		address *net.AddrError
		timeout net.Error
	)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return python.Errorf(python.TimeoutError, "timed out")
	case errors.As(err, &unknown):
		if unknown.IsNotFound {
			return raise(t, "gaierror", python.NewInt(-2), str("Name or service not known"))
		}
		return raise(t, "gaierror", python.NewInt(-3), str("Temporary failure in name resolution"))
	case errors.As(err, &address):
		return raise(t, "gaierror", python.NewInt(-2), str("Name or service not known"))
	case errors.As(err, &errno):
		return python.OSException(errno, "")
	case errors.Is(err, net.ErrClosed), errors.Is(err, context.Canceled):
		return python.OSException(syscall.EBADF, "")
	}
	if f := sslcontext.FailureOf(err); f != nil {
		return raise(t, f.Class, python.NewInt(f.Number), str(f.Text))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return raise(t, "RemoteDisconnected", str("Remote end closed connection without response"))
	}
	if errors.As(err, &timeout) && timeout.Timeout() {
		return python.Errorf(python.TimeoutError, "timed out")
	}
	return raise(t, "BadStatusLine", str(""))
}

// raise makes an exception of socket, ssl or http.client.
func raise(t *thread, class string, args ...value) error {
	m, err := t.Import("http_errors")
	if err != nil {
		return err
	}
	e, err := t.Call(m.Attrs().GetStr(class), args...)
	if err != nil {
		return err
	}
	return e.(*python.Exception)
}
