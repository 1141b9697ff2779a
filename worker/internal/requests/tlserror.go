package requests

import (
	"errors"
	"net"
	"os"
	"syscall"

	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire"
)

// tlsFailure is what OpenSSL says of a handshake that went wrong; nil if the handshake did not, or the connection did.
func tlsFailure(err error) *sslcontext.Failure {
	shake, ok := errors.AsType[*wire.HandshakeError](err)
	if !ok {
		return sslcontext.FailureOf(err)
	}
	_, system := errors.AsType[syscall.Errno](err)
	if system || errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	}
	if f := sslcontext.EndOfHandshake(shake.Err); f != nil {
		return f
	}
	return &sslcontext.Failure{Class: "SSLError", Number: 1, Text: "[SSL] unknown error (_ssl.c:1006)"}
}
