package process

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"gregaria/monitor/internal/socket"
)

// byPort finds who listens on a TCP port: in the monitor's own network namespace, or, where nobody does there, in any other
// that can be seen.
type byPort struct {
	proc string
	port int

	table   *socket.Table // of our own namespace; nil before it is needed
	sockets []uint64      // what listened when it was found
	holders []int         // and who had it open
}

func (f *byPort) find() ([]int, error) {
	sockets, container := f.listeners()
	if len(sockets) == 0 {
		f.sockets, f.holders = nil, nil
		return nil, nil
	}
	if slices.Equal(sockets, f.sockets) && f.allThere() {
		return f.holders, nil
	}
	holders, hidden := holdersOf(f.proc, sockets)
	if len(holders) == 0 {
		f.sockets, f.holders = nil, nil
		if hidden > 0 {
			return nil, fmt.Errorf("something listens on port %d, but whose it is cannot be seen: run the monitor as root, or as the user of that process", f.port)
		}
		return nil, nil
	}
	if !container {
		if inside := f.behindProxy(holders); len(inside) > 0 {
			holders = inside
		}
	}
	f.sockets, f.holders = sockets, holders
	return holders, nil
}

// allThere says that each holder still lives.
func (f *byPort) allThere() bool {
	return !slices.ContainsFunc(f.holders, func(pid int) bool {
		stat, ok := statOf(f.proc, pid)
		return !ok || stat.ended()
	})
}

// listeners returns the sockets that listen on the port, and whether they are in another namespace than ours.
func (f *byPort) listeners() (sockets []uint64, elsewhere bool) {
	if sockets = f.own(); len(sockets) > 0 {
		return sockets, false
	}
	for _, dir := range namespaces(f.proc) {
		sockets = append(sockets, listenersOf(dir, f.port)...)
	}
	slices.Sort(sockets)
	return slices.Compact(sockets), true
}

// own returns those in our own namespace. Its table stays open: it is asked for every few seconds.
func (f *byPort) own() (sockets []uint64) {
	if f.table == nil {
		f.table, _ = socket.Open(filepath.Join(f.proc, "self"))
	}
	if f.table == nil {
		return nil
	}
	sockets, err := listenersIn(f.table, f.port)
	if err != nil { // then it is of no more use
		f.table.Close()
		f.table = nil
	}
	return sockets
}

// namespaces returns the folder of one process in each network namespace. Those whose namespace is not shown to us count as
// being in ours.
func namespaces(proc string) (dirs []string) {
	var seen []string
	for _, pid := range processes(proc) {
		dir := filepath.Join(proc, strconv.Itoa(pid))
		namespace := readLink(filepath.Join(dir, "ns", "net"))
		if namespace != "" && !slices.Contains(seen, namespace) {
			seen, dirs = append(seen, namespace), append(dirs, dir)
		}
	}
	return dirs
}

// holdersOf returns the processes that have one of the sockets open, and how many processes do not show what they have open.
func holdersOf(proc string, sockets []uint64) (pids []int, hidden int) {
	for _, pid := range processes(proc) {
		dir := filepath.Join(proc, strconv.Itoa(pid), "fd")
		holds, err := hasSocket(dir, sockets)
		if err != nil {
			hidden++
		}
		if holds {
			pids = append(pids, pid)
		}
	}
	return pids, hidden
}
