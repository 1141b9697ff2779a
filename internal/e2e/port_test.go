//go:build e2e

package e2e

import (
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
)

// The ports that tests give to programs: below those that Linux gives by itself, to whoever listens on any port or connects (from 32768
// on), so that nobody takes one before its program does.
const (
	firstPort = 20_000
	portCount = 12_000
)

// portsGiven counts those that were given away, so that each test gets others.
var portsGiven atomic.Int64

// freePort returns a port that is free and was given to no other test of this run.
func freePort(t *testing.T) string {
	t.Helper()
	for range portCount {
		port := firstPort + (int64(os.Getpid())*37+portsGiven.Add(1))%portCount
		address := "127.0.0.1:" + strconv.FormatInt(port, 10)
		if listener, err := net.Listen("tcp", address); err == nil {
			listener.Close()
			return strconv.FormatInt(port, 10)
		}
	}
	t.Fatalf("no port from %d to %d is free", firstPort, firstPort+portCount-1)
	return ""
}
