package wire

import (
	"errors"
	"fmt"
	"os"
	"time"

	"gregaria/worker/internal/pytext"
)

// A ConnectTimeoutError is a connection that took longer than the request's timeout.
type ConnectTimeoutError struct {
	Origin Origin
	After  time.Duration
}

func (e *ConnectTimeoutError) Error() string {
	return fmt.Sprintf("connect to %s: no answer within %v", e.Origin.Address, e.After)
}

// A ReadTimeoutError is an answer, or the rest of one, that kept the user waiting longer than the request's timeout.
type ReadTimeoutError struct {
	Origin Origin
	After  time.Duration
	InBody bool
}

func (e *ReadTimeoutError) Error() string {
	return fmt.Sprintf("read from %s: nothing came for %v", e.Origin.Address, e.After)
}
func (e *ReadTimeoutError) Unwrap() error { return os.ErrDeadlineExceeded }

// A HandshakeError is why there is no TLS on a connection.
type HandshakeError struct{ Err error }

func (e *HandshakeError) Error() string { return "begin TLS: " + e.Err.Error() }
func (e *HandshakeError) Unwrap() error { return e.Err }

// A BadHeadError is an answer that is not HTTP. Class is the exception that Python has for it, with one argument.
type BadHeadError struct{ Class, Arg string }

func (e *BadHeadError) Error() string { return e.Class + "(" + pytext.Repr(e.Arg) + ")" }

// A BrokenBodyError is a body that ends too early. Err says why, if that is neither of the others.
type BrokenBodyError struct {
	// Read and Left are the bytes of a body, or of a chunk, that have come and have not. Left is 0 where they do not count.
	Read, Left int64
	// Chunk is a chunk's length that is none, as it was written.
	Chunk string
	// Early is an end where a chunk's length should be.
	Early bool
	Err   error
}

func (e *BrokenBodyError) Error() string { return "read body: " + e.Err.Error() }
func (e *BrokenBodyError) Unwrap() error { return e.Err }

var errBadChunk = errors.New("the answer's chunks are broken")

// brokenBy is the error of a body whose connection failed.
func brokenBy(err error) error {
	var timeout *ReadTimeoutError
	if errors.As(err, &timeout) {
		return &ReadTimeoutError{timeout.Origin, timeout.After, true}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	return &BrokenBodyError{Err: err}
}
