package process

import (
	"bytes"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
)

// behindProxy returns the processes in the container that docker's userland proxy forwards to, where that is all that
// listens: a published port is the proxy's on the host, and the server is in another network namespace.
func (f *byPort) behindProxy(holders []int) (pids []int) {
	for _, pid := range holders {
		to, ok := parseProxy(commandLine(f.proc, pid))
		if !ok {
			return nil
		}
		for _, dir := range namespaces(f.proc) {
			if !hasAddress(dir, to.Addr()) {
				continue
			}
			inside, _ := holdersOf(f.proc, listenersOf(dir, int(to.Port())))
			pids = append(pids, inside...)
		}
	}
	slices.Sort(pids)
	return slices.Compact(pids)
}

// parseProxy returns the address that a docker-proxy with these arguments forwards to.
func parseProxy(args []string) (to netip.AddrPort, ok bool) {
	if len(args) == 0 || path.Base(args[0]) != "docker-proxy" {
		return to, false
	}
	value := func(flag string) string {
		i := slices.Index(args, flag)
		if i < 0 || i+1 >= len(args) {
			return ""
		}
		return args[i+1]
	}
	ip, err := netip.ParseAddr(value("-container-ip"))
	port, portErr := strconv.ParseUint(value("-container-port"), 10, 16)
	return netip.AddrPortFrom(ip, uint16(port)), err == nil && portErr == nil && port > 0
}

// hasAddress says whether the network namespace of the process with the folder dir has an address of its own: one of those
// that fib_trie (IPv4) shows before "/32 host LOCAL".
func hasAddress(dir string, ip netip.Addr) bool {
	data, err := os.ReadFile(filepath.Join(dir, "net", "fib_trie"))
	return err == nil && isLocal(data, ip)
}

func isLocal(trie []byte, ip netip.Addr) bool {
	leaf := []byte("|-- " + ip.String())
	found := false
	for line := range bytes.Lines(trie) {
		line = bytes.TrimSpace(line)
		if bytes.HasPrefix(line, []byte("|--")) || bytes.HasPrefix(line, []byte("+--")) {
			found = bytes.Equal(line, leaf)
		} else if found && bytes.Equal(line, []byte("/32 host LOCAL")) {
			return true
		}
	}
	return false
}
