//go:build unix

package wire

import (
	"crypto/tls"
	"net"
	"syscall"
)

// open looks, without waiting, whether a connection at rest is still open: a readable one has been closed by the
// server, or has data nobody asked for, which is as bad.
func open(c net.Conn) bool {
	for secure, ok := c.(*tls.Conn); ok; secure, ok = c.(*tls.Conn) { // https through a proxy of https has two
		c = secure.NetConn()
	}
	raw, err := c.(syscall.Conn).SyscallConn()
	if err != nil {
		return false
	}
	quiet := false
	err = raw.Control(func(fd uintptr) {
		var b [1]byte
		_, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		quiet = err == syscall.EAGAIN
	})
	return err == nil && quiet
}
