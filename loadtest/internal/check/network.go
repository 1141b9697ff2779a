package check

import (
	"context"
	"net"
	"net/url"
	"strconv"
	"time"

	"gregaria/internal/mask"
	"gregaria/loadtest/internal/fault"
)

// DialTimeout is how long the host may take to accept a connection.
const DialTimeout = 5 * time.Second

// Loopback is where the master listens, for workers and for the web UI: both are for this machine alone.
const Loopback = "127.0.0.1"

// Host sees that something accepts connections at the base URL host. What it answers is for the test to find out. It returns the port
// where it is on this machine, 0 where it is on another.
func Host(ctx context.Context, host string) (port int, err error) {
	parsed, err := url.Parse(host)
	if err != nil {
		return 0, fault.New(fault.Usage, "--host %s is no URL", mask.URL(host))
	}
	number := PortOf(parsed)
	dialer := net.Dialer{Timeout: DialTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(parsed.Hostname(), strconv.Itoa(number)))
	if err != nil {
		return 0, fault.New(fault.NotReady, "--host %s cannot be reached: %w; start the API first, or correct --host", mask.URL(host), err)
	}
	if isHere(conn) {
		port = number
	}
	return port, conn.Close()
}

// isHere says that a connection has both ends on this machine: what goes to an address of one's own comes from it, too.
func isHere(conn net.Conn) bool {
	local, ok := conn.LocalAddr().(*net.TCPAddr)
	remote, alsoOK := conn.RemoteAddr().(*net.TCPAddr)
	return ok && alsoOK && (remote.IP.IsLoopback() || remote.IP.Equal(local.IP))
}

// PortOf returns the port of a base URL: the usual one of http or https where it names none.
func PortOf(host *url.URL) int {
	if port, err := strconv.Atoi(host.Port()); err == nil {
		return port
	}
	if host.Scheme == "https" {
		return 443
	}
	return 80
}

// Port sees that nothing listens on a loopback port. flag is the flag that chooses another.
func Port(port int, what, flag string) error {
	listener, err := net.Listen("tcp", net.JoinHostPort(Loopback, strconv.Itoa(port)))
	if err != nil {
		return fault.New(fault.NotReady, "port %d, for %s, is not free: %w; end what uses it or choose another %s", port, what, err, flag)
	}
	return listener.Close()
}
