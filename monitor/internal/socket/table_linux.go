package socket

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// A Table is the TCP sockets of one network namespace. It is used by one goroutine.
type Table struct {
	netlink *netlink // nil where the kernel's files are read instead
	why     error    // why they are
	files   []*kernel.File
}

// Open opens the table of the network namespace of a process. folder is that of the process: /proc/self, /proc/1234, or
// a recorded one. The namespace stays the same when the process has ended. The kernel is asked through netlink, which
// is quicker than its files and knows backlogs; where it refuses that, and for a recording, net/tcp and net/tcp6 in folder are read.
func Open(folder string) (*Table, error) {
	n, err := open(folder)
	if err != nil {
		return openFiles(folder, err)
	}
	return &Table{netlink: n}, nil
}

// openFiles opens the table for reading from files; why is the reason.
func openFiles(folder string, why error) (*Table, error) {
	t := &Table{why: why}
	for _, name := range []string{"tcp", "tcp6"} {
		t.files = append(t.files, kernel.NewFile(filepath.Join(folder, "net", name)))
	}
	if _, err := t.files[0].Read(); err != nil {
		return nil, err
	}
	return t, nil
}

// errRecording means that a folder is none of the kernel's.
var errRecording = errors.New("the folder is not one of the kernel's /proc")

// open makes a netlink that was tried.
func open(folder string) (*netlink, error) {
	var system unix.Statfs_t
	if err := unix.Statfs(folder, &system); err != nil {
		return nil, fmt.Errorf("look at %s: %w", folder, err)
	}
	if system.Type != unix.PROC_SUPER_MAGIC {
		return nil, errRecording
	}
	n, err := dialIn(folder)
	if err != nil {
		return nil, err
	}
	if err := n.visit(Listening, func(*Socket) {}); err != nil { // a kernel without inet_diag
		n.close()
		return nil, err
	}
	return n, nil
}

// Visit calls a function for each socket that is in one of some states. The socket is good until the function returns. After
// an error the Table is of no more use.
func (t *Table) Visit(states States, visit func(*Socket)) error {
	if t.netlink != nil {
		return t.netlink.visit(states, visit)
	}
	for i, file := range t.files {
		data, err := file.Read()
		if i > 0 && errors.Is(err, fs.ErrNotExist) {
			continue // IPv6 is off
		}
		if err != nil {
			return err
		}
		parseFile(data, states, visit)
	}
	return nil
}

// Again renews the queue of a listening socket that Visit has shown. It returns false where that is not sure: of several listeners at one address
// (SO_REUSEPORT) it may be another that the kernel names, and a Table of files has none by itself. Visit shows what there is then.
func (t *Table) Again(l *Socket) bool { return t.netlink != nil && t.netlink.again(l) }

// Listeners returns the sockets that wait for connections.
func (t *Table) Listeners() ([]Socket, error) {
	var list []Socket
	err := t.Visit(Listening, func(s *Socket) { list = append(list, *s) })
	return list, err
}

// Backlogs says whether listening sockets have their Backlog, and why not.
func (t *Table) Backlogs() (bool, error) { return t.netlink != nil, t.why }

// Close closes what the Table has open.
func (t *Table) Close() {
	if t.netlink != nil {
		t.netlink.close()
	}
	for _, file := range t.files {
		file.Close()
	}
}
