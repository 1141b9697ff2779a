package process

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/socket"
)

// listenersOf returns the sockets that listen on a port in the network namespace of the process with the folder dir, by their
// inodes. One that the kernel does not show has none that can be found.
func listenersOf(dir string, port int) (inodes []uint64) {
	table, err := socket.Open(dir)
	if err != nil {
		return nil
	}
	defer table.Close()
	inodes, _ = listenersIn(table, port)
	return inodes
}

// listenersIn is listenersOf in an open table.
func listenersIn(table *socket.Table, port int) (inodes []uint64, err error) {
	listeners, err := table.Listeners()
	for _, l := range listeners {
		if int(l.Local.Port()) == port && l.Inode != 0 {
			inodes = append(inodes, l.Inode)
		}
	}
	slices.Sort(inodes)
	return slices.Compact(inodes), err
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
