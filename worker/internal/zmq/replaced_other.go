//go:build unix && !linux

package zmq

import "time"

// Replaced cannot tell here: see the one for Linux.
func Replaced(string, int, time.Duration) bool { return false }
