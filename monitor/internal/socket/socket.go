// Package socket reads the kernel's table of TCP sockets: of this machine, or of another network namespace.
package socket

import "net/netip"

// A State is a state of a TCP socket, in the kernel's numbers (include/net/tcp_states.h).
type State uint8

// The states of TCP (RFC 9293, section 3.3.2).
const (
	Established State = 1 + iota
	SynSent
	SynReceived
	FinWait1
	FinWait2
	TimeWait
	Closed
	CloseWait
	LastAck
	Listen
	Closing
)

// States is a set of states: bit n is State n.
type States uint32

// The sets that are asked for.
const (
	// Listening are the sockets that wait for connections.
	Listening = States(1 << Listen)
	// Connected are all sockets but those and the ones that nothing was done with.
	Connected = States(1<<(Closing+1)-2) &^ (1<<Listen | 1<<Closed)
)

// has says whether the set holds a state.
func (s States) has(state State) bool { return state < 32 && s&(1<<state) != 0 }

// A Socket is one TCP socket of a Table. IPv4 addresses are IPv4 also where the socket is one of IPv6.
type Socket struct {
	State         State
	Local, Remote netip.AddrPort

	// Queue is how many bytes were not read yet, and of a listening socket how many connections were not accepted yet.
	Queue uint32
	// Backlog is, of a listening socket, how many connections may wait: listen(2)'s backlog, cut to
	// net.core.somaxconn. One more than that does wait. It is 0 where the table does not have it (Table.Backlogs).
	Backlog uint32
	// Interface is the number of the one that it is bound to (SO_BINDTODEVICE); 0 for none, and where the table does not have it.
	Interface uint32
	// Inode is the number that /proc/PID/fd has for the socket; 0 for one that no process holds: it was not accepted yet, or was closed.
	Inode uint64
}
