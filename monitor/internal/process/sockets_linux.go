package process

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// stateListen is TCP_LISTEN (include/net/tcp_states.h).
const stateListen = 0x0A

// listenersOf returns the sockets that listen on a port in the network namespace of the process with the folder dir, by their
// inodes.
func listenersOf(dir string, port int) (inodes []uint64) {
	for _, name := range []string{"tcp", "tcp6"} {
		file, err := os.Open(filepath.Join(dir, "net", name))
		if err != nil {
			continue // tcp6 is not there without IPv6
		}
		inodes = append(inodes, listening(file, port)...)
		_ = file.Close()
	}
	slices.Sort(inodes)
	return slices.Compact(inodes)
}

// listening reads /proc/PID/net/tcp or tcp6 as far as listening sockets go. The kernel shows these first (tcp_get_idx in
// net/ipv4/tcp_ipv4.c), and thousands of others may follow.
func listening(table io.Reader, port int) (inodes []uint64) {
	lines := bufio.NewScanner(table)
	lines.Scan() // the header
	for lines.Scan() {
		s, ok := parseSocket(lines.Bytes())
		if ok && s.state != stateListen {
			break
		}
		if ok && s.port == port && s.inode != 0 {
			inodes = append(inodes, s.inode)
		}
	}
	return inodes
}

// A tcpSocket is a line of /proc/PID/net/tcp, as far as it is used.
type tcpSocket struct {
	port  int
	state int
	inode uint64
}

// parseSocket reads a line such as "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 12345 ...": the
// local address and port, the other's, the state, and the inode in the tenth place (Documentation/networking/proc_net_tcp.rst).
func parseSocket(line []byte) (s tcpSocket, ok bool) {
	local, rest := kernel.NextWord(kernel.SkipWords(line, 1))
	state, rest := kernel.NextWord(kernel.SkipWords(rest, 1))
	inode, _, ok := kernel.NextUint(kernel.SkipWords(rest, 5))
	colon := bytes.LastIndexByte(local, ':')
	if !ok || colon < 0 {
		return s, false
	}
	port, portErr := strconv.ParseUint(string(local[colon+1:]), 16, 16)
	number, stateErr := strconv.ParseUint(string(state), 16, 8)
	return tcpSocket{int(port), int(number), inode}, portErr == nil && stateErr == nil
}

// hasSocket says whether one of the sockets is among the open files in a folder /proc/PID/fd. The error is that it cannot be read
// by us; a process that has ended has none.
func hasSocket(dir string, sockets []uint64) (bool, error) {
	fds, err := kernel.Numbers(dir, nil)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ESRCH) {
		return false, nil
	}
	for _, fd := range fds {
		if inode, ok := socketInode(readLink(filepath.Join(dir, strconv.Itoa(fd)))); ok && slices.Contains(sockets, inode) {
			return true, nil
		}
	}
	return false, err
}

// socketInode reads what the link of an open socket shows: "socket:[12345]".
func socketInode(link string) (uint64, bool) {
	number, ok := strings.CutPrefix(link, "socket:[")
	if !ok || !strings.HasSuffix(number, "]") {
		return 0, false
	}
	return kernel.Uint([]byte(strings.TrimSuffix(number, "]")))
}

// readLink returns what a link shows, "" where it cannot be read.
func readLink(path string) string {
	link, _ := os.Readlink(path)
	return link
}
