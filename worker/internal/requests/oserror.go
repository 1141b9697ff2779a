package requests

import (
	"net"
	"strings"
	"syscall"
	"unicode"

	"gregaria/worker/internal/python"
)

// OSError is the exception of an errno (PEP 3151).
func OSError(errno syscall.Errno) *python.Exception {
	class := python.OSError
	switch errno { //nolint:exhaustive // the others have no class of their own
	case syscall.ECONNREFUSED:
		class = python.ConnectionRefusedError
	case syscall.ECONNRESET:
		class = python.ConnectionResetError
	case syscall.ECONNABORTED:
		class = python.ConnectionAbortedError
	case syscall.EPIPE, syscall.ESHUTDOWN:
		class = python.BrokenPipeError
	case syscall.ETIMEDOUT:
		class = python.TimeoutError
	case syscall.EACCES, syscall.EPERM:
		class = python.PermissionError
	}
	text := strerror(errno)
	e := python.NewException(class, python.NewInt(int64(errno)), python.NewStr(text))
	e.Attrs().SetStr("errno", python.NewInt(int64(errno)))
	e.Attrs().SetStr("strerror", python.NewStr(text))
	return e
}

// strerror is the C library's text of an errno: Go's begins small, and differs in a few.
func strerror(errno syscall.Errno) string {
	switch errno { //nolint:exhaustive // those that differ
	case syscall.EADDRNOTAVAIL:
		return "Cannot assign requested address"
	case syscall.ENETUNREACH:
		return "Network is unreachable"
	}
	text := errno.Error()
	if strings.HasPrefix(text, "errno ") {
		return "Unknown error " + strings.TrimPrefix(text, "errno ")
	}
	r := []rune(text)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// ResolutionError is the number and the text of a gaierror.
func ResolutionError(err *net.DNSError) (number int64, text string) {
	if err.IsNotFound {
		return -2, "Name or service not known"
	}
	return -3, "Temporary failure in name resolution"
}
