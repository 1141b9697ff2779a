package socket

import (
	"bytes"
	"encoding/binary"
	"net/netip"

	"gregaria/monitor/internal/kernel"
)

// parseFile reads /proc/net/tcp or tcp6: a line of titles, then one for each socket (Documentation/networking/proc_net_tcp.rst).
// Lines that are none of a socket are left out. Subtle: it does not show the backlog of a listening socket.
func parseFile(data []byte, states States, visit func(*Socket)) {
	var s Socket
	for {
		line, rest, ok := kernel.NextLine(data)
		if !ok {
			return
		}
		data = rest
		if parseLine(line, &s) && states.has(s.State) {
			visit(&s)
		}
	}
}

// parseLine reads
//
//	sl: local:port remote:port state tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ...
//
// where all numbers up to retrnsmt are hexadecimal.
func parseLine(line []byte, s *Socket) bool {
	local, line := kernel.NextWord(kernel.SkipWords(line, 1))
	remote, line := kernel.NextWord(line)
	state, line := kernel.NextWord(line)
	queues, line := kernel.NextWord(line)
	var ok [5]bool
	s.Local, ok[0] = parseAddress(local)
	s.Remote, ok[1] = parseAddress(remote)
	number, isHex := parseHex(state)
	s.State, ok[2] = State(number), isHex && number <= uint32(Closing)
	_, received, _ := bytes.Cut(queues, []byte{':'})
	s.Queue, ok[3] = parseHex(received)
	s.Inode, _, ok[4] = kernel.NextUint(kernel.SkipWords(line, 4))
	s.Backlog = 0
	return ok == [5]bool{true, true, true, true, true}
}

// parseAddress reads 0100007F:1F40, which is 127.0.0.1:8000: each four bytes of the address are shown as a number of this
// machine, the port is a number already.
func parseAddress(word []byte) (netip.AddrPort, bool) {
	text, portText, _ := bytes.Cut(word, []byte{':'})
	port, ok := parseHex(portText)
	if !ok || port > 1<<16-1 {
		return netip.AddrPort{}, false
	}
	var raw [16]byte
	if len(text) != 8 && len(text) != 32 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(text); i += 8 {
		part, ok := parseHex(text[i : i+8])
		if !ok {
			return netip.AddrPort{}, false
		}
		binary.NativeEndian.PutUint32(raw[i/2:], part)
	}
	ip := netip.AddrFrom4([4]byte(raw[:4]))
	if len(text) == 32 {
		ip = netip.AddrFrom16(raw).Unmap()
	}
	return netip.AddrPortFrom(ip, uint16(port)), true
}

// parseHex reads up to eight hexadecimal digits.
func parseHex(text []byte) (uint32, bool) {
	if len(text) == 0 || len(text) > 8 {
		return 0, false
	}
	var value uint32
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return 0, false
		}
		value = value<<4 | uint32(c)
	}
	return value, true
}
