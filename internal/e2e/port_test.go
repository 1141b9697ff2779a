//go:build e2e

package e2e

import (
	"net"
	"strconv"
	"testing"
)

// freePort returns a port that the kernel had free a moment ago. Subtle: Linux takes odd numbers for those who ask for any
// port and even ones for outgoing connections, so the load does not take it before its process does.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}
