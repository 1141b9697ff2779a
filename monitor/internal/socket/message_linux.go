package socket

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"

	"golang.org/x/sys/unix"
)

// getSockets is the kernel's TCPDIAG_GETSOCK: a dump of TCP sockets of all families in one pass over its tables. Subtle: its
// successor SOCK_DIAG_BY_FAMILY takes one pass for IPv4 and another for IPv6, and a pass costs as much as the table of
// established sockets is long, not full (inet_diag_dump_compat and inet_diag_dump_icsk in net/ipv4/inet_diag.c).
const getSockets = 18

// byFamily is SOCK_DIAG_BY_FAMILY, for one socket by its addresses (include/uapi/linux/sock_diag.h).
const byFamily = 20

// The sizes of struct inet_diag_req and struct inet_diag_msg (include/uapi/linux/inet_diag.h).
const (
	sizeofRequest = 60
	sizeofLookup  = 56 // struct inet_diag_req_v2
	sizeofSocket  = 72
)

// errShortMessage means that the kernel's answer ends in the middle of a message.
var errShortMessage = errors.New("the kernel's answer ends in the middle of a message")

// appendRequest adds the question for the sockets in some states: struct nlmsghdr, then struct inet_diag_req.
func appendRequest(to []byte, sequence uint32, states States) []byte {
	native := binary.NativeEndian
	to = native.AppendUint32(to, unix.SizeofNlMsghdr+sizeofRequest)
	to = native.AppendUint16(to, getSockets)
	to = native.AppendUint16(to, unix.NLM_F_REQUEST|unix.NLM_F_DUMP)
	to = native.AppendUint32(to, sequence)
	to = native.AppendUint32(to, 0)        // to the kernel
	to = append(to, make([]byte, 4+48)...) // any family, no extensions, any addresses
	to = native.AppendUint32(to, uint32(states))
	return native.AppendUint32(to, 0) // idiag_dbs
}

// appendLookup adds the question for the socket that listens where l does: struct nlmsghdr, then struct inet_diag_req_v2.
func appendLookup(to []byte, sequence uint32, l *Socket) []byte {
	native, network := binary.NativeEndian, binary.BigEndian
	address := l.Local.Addr()
	family, bytes := byte(unix.AF_INET6), address.As16()
	if address.Is4() {
		four := address.As4()
		family, bytes = unix.AF_INET, [16]byte(append(four[:], make([]byte, 12)...))
	}
	to = native.AppendUint32(to, unix.SizeofNlMsghdr+sizeofLookup)
	to = native.AppendUint16(to, byFamily)
	to = native.AppendUint16(to, unix.NLM_F_REQUEST)
	to = native.AppendUint32(to, sequence)
	to = native.AppendUint32(to, 0) // to the kernel
	to = append(to, family, unix.IPPROTO_TCP, 0, 0)
	to = native.AppendUint32(to, uint32(Listening))
	to = network.AppendUint16(to, l.Local.Port())
	to = append(to, 0, 0) // of no peer
	to = append(to, bytes[:]...)
	to = append(to, make([]byte, 16)...)
	to = native.AppendUint32(to, l.Interface)
	return append(to, 255, 255, 255, 255, 255, 255, 255, 255) // INET_DIAG_NOCOOKIE
}

// parseAnswer reads one datagram of the answer to the question with a sequence number: what visit is given is good until it
// returns. done is true with the last.
func parseAnswer(data []byte, sequence uint32, visit func(*Socket)) (done bool, err error) {
	native := binary.NativeEndian
	var s Socket
	for len(data) > 0 {
		if len(data) < unix.SizeofNlMsghdr {
			return false, errShortMessage
		}
		size := uint64(native.Uint32(data))
		if size < unix.SizeofNlMsghdr || size > uint64(len(data)) {
			return false, errShortMessage
		}
		kind, of, payload := native.Uint16(data[4:]), native.Uint32(data[8:]), data[unix.SizeofNlMsghdr:size]
		data = data[min((size+3)&^3, uint64(len(data))):] // messages begin at multiples of 4
		if of != sequence {
			continue // of a question that was given up
		}
		switch kind {
		case unix.NLMSG_DONE, unix.NLMSG_ERROR:
			return true, parseStatus(payload)
		case getSockets, byFamily:
			if len(payload) < sizeofSocket {
				return false, errShortMessage
			}
			parseSocket(payload, &s)
			visit(&s)
		}
	}
	return false, nil
}

// parseStatus reads the number of an error, negative or 0, that a message of status begins with; an old kernel's DONE has none.
func parseStatus(payload []byte) error {
	if len(payload) < 4 {
		return nil
	}
	if code := int32(binary.NativeEndian.Uint32(payload)); code < 0 {
		return fmt.Errorf("list the sockets: %w", unix.Errno(-int64(code)))
	}
	return nil
}

// parseSocket reads struct inet_diag_msg.
func parseSocket(m []byte, s *Socket) {
	native, network := binary.NativeEndian, binary.BigEndian
	family := m[0]
	s.State = State(m[1])
	s.Local = netip.AddrPortFrom(address(family, m[8:24]), network.Uint16(m[4:]))
	s.Remote = netip.AddrPortFrom(address(family, m[24:40]), network.Uint16(m[6:]))
	s.Interface = native.Uint32(m[40:])
	s.Queue, s.Backlog, s.Inode = native.Uint32(m[56:]), 0, uint64(native.Uint32(m[68:]))
	if s.State == Listen {
		s.Backlog = native.Uint32(m[60:])
	}
}

// address reads an address in the order of the network, of which IPv4 takes the first four bytes.
func address(family byte, b []byte) netip.Addr {
	if family == unix.AF_INET {
		return netip.AddrFrom4([4]byte(b))
	}
	return netip.AddrFrom16([16]byte(b)).Unmap()
}
