package zmq

import (
	"net"
	"os"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// receivedMargin is how much later than the last message of a peer the last bytes of its connection may have come: those of
// one message come together.
const receivedMargin = 500 * time.Millisecond

// Replaced says whether this process's connections to host:port are younger than the last message from there, which is that
// long ago: bytes have come since that were no message, and all that ever comes unasked is the greeting of a new connection.
// libzmq makes one by itself when the peer has closed the old one; it does not tell.
//
// With several connections to one peer it is true only when that goes for all of them.
func Replaced(host string, port int, silence time.Duration) bool {
	addresses, err := net.LookupIP(host)
	if err != nil {
		return false
	}
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return false
	}
	found := false
	for _, e := range fds {
		fd, err := strconv.Atoi(e.Name())
		if err != nil || !connectedTo(fd, addresses, port) {
			continue
		}
		info, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO)
		if err != nil || time.Duration(info.Last_data_recv)*time.Millisecond > silence-receivedMargin {
			return false
		}
		found = true
	}
	return found
}

// connectedTo says whether fd is a TCP connection to one of the addresses.
func connectedTo(fd int, addresses []net.IP, port int) bool {
	peer, err := unix.Getpeername(fd)
	if err != nil {
		return false
	}
	var ip net.IP
	switch peer := peer.(type) {
	case *unix.SockaddrInet4:
		ip = peer.Addr[:]
		if peer.Port != port {
			return false
		}
	case *unix.SockaddrInet6:
		ip = peer.Addr[:]
		if peer.Port != port {
			return false
		}
	default:
		return false
	}
	return slices.ContainsFunc(addresses, ip.Equal)
}
