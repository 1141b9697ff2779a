//go:build !linux

package sampler

import (
	"context"
	"time"
)

// Urgent is for Linux alone.
func Urgent(context.Context) (sleep func(context.Context, time.Duration), stop func()) {
	return nil, func() {}
}
