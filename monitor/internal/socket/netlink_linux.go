package socket

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// answerSize is as much as the kernel puts into one datagram of a dump (netlink_dump in net/netlink/af_netlink.c: 32 KiB).
const answerSize = 1 << 15

// A netlink is a socket to the kernel's list of sockets (sock_diag(7)). It is of the network namespace that it was made in.
type netlink struct {
	fd       int
	sequence uint32
	request  []byte
	answer   []byte
}

// dial makes a netlink in the namespace of the calling thread.
func dial() (*netlink, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, unix.NETLINK_SOCK_DIAG)
	if err != nil {
		return nil, fmt.Errorf("open a netlink socket: %w", err)
	}
	return &netlink{fd: fd, answer: make([]byte, answerSize)}, nil
}

// visit asks for the sockets in some states. After an error the netlink is of no more use: the rest of an answer may be in it.
func (n *netlink) visit(states States, visit func(*Socket)) error {
	n.sequence++
	n.request = appendRequest(n.request[:0], n.sequence, states)
	if _, err := unix.Write(n.fd, n.request); err != nil { // it does not wait, so no signal interrupts it
		return fmt.Errorf("ask for the sockets: %w", err)
	}
	for {
		size, err := unix.Read(n.fd, n.answer)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return fmt.Errorf("list the sockets: %w", err)
		}
		if done, err := parseAnswer(n.answer[:size], n.sequence, visit); done || err != nil {
			return err
		}
	}
}

// again asks for a listening socket alone, which costs the same however long the kernel's tables are, and renews its queue. It returns false where the one that
// listens there now is another or none.
func (n *netlink) again(l *Socket) bool {
	n.sequence++
	n.request = appendLookup(n.request[:0], n.sequence, l)
	if _, err := unix.Write(n.fd, n.request); err != nil {
		return false
	}
	for {
		size, err := unix.Read(n.fd, n.answer)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return false
		}
		answered, found := false, false
		done, err := parseAnswer(n.answer[:size], n.sequence, func(s *Socket) {
			answered, found = true, s.State == Listen && s.Inode == l.Inode && s.Local == l.Local
			if found {
				l.Queue, l.Backlog = s.Queue, s.Backlog
			}
		})
		if answered || done || err != nil {
			return found
		}
	}
}

func (n *netlink) close() { _ = unix.Close(n.fd) }
