//go:build unix && !linux

package stdlib

import "golang.org/x/sys/unix"

// socketNames are the constants of the module socket that options of sockets are named by.
func socketNames() map[string]int {
	return map[string]int{
		"IPPROTO_IP": unix.IPPROTO_IP, "IPPROTO_IPV6": unix.IPPROTO_IPV6, "IPPROTO_TCP": unix.IPPROTO_TCP, "IPPROTO_UDP": unix.IPPROTO_UDP,
		"IPV6_V6ONLY": unix.IPV6_V6ONLY, "IP_TOS": unix.IP_TOS, "IP_TTL": unix.IP_TTL, "SOL_SOCKET": unix.SOL_SOCKET, "SOL_TCP": unix.IPPROTO_TCP,
		"SOMAXCONN": unix.SOMAXCONN, "SO_BROADCAST": unix.SO_BROADCAST, "SO_DEBUG": unix.SO_DEBUG, "SO_DONTROUTE": unix.SO_DONTROUTE,
		"SO_ERROR": unix.SO_ERROR, "SO_KEEPALIVE": unix.SO_KEEPALIVE, "SO_LINGER": unix.SO_LINGER, "SO_OOBINLINE": unix.SO_OOBINLINE,
		"SO_RCVBUF": unix.SO_RCVBUF, "SO_RCVLOWAT": unix.SO_RCVLOWAT, "SO_RCVTIMEO": unix.SO_RCVTIMEO, "SO_REUSEADDR": unix.SO_REUSEADDR,
		"SO_REUSEPORT": unix.SO_REUSEPORT, "SO_SNDBUF": unix.SO_SNDBUF, "SO_SNDLOWAT": unix.SO_SNDLOWAT, "SO_SNDTIMEO": unix.SO_SNDTIMEO,
		"SO_TYPE": unix.SO_TYPE, "TCP_KEEPCNT": unix.TCP_KEEPCNT, "TCP_KEEPINTVL": unix.TCP_KEEPINTVL, "TCP_MAXSEG": unix.TCP_MAXSEG,
		"TCP_NODELAY": unix.TCP_NODELAY,
	}
}
