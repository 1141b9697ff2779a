// Package web is what the monitor's clients of HTTP have in common.
package web

import (
	"context"
	"errors"
	"net"
	"net/url"
)

// Cause says why a request failed in a few words that are the same each time, so that it is said once: without the URL, which may
// have a password in it, and without the port of this side.
func Cause(err error) string {
	var network net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout() {
		return "no answer in time"
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err.Error()
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err.Error()
	}
	return err.Error()
}
