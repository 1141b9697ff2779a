package collector

import (
	"os"
	"path/filepath"
	"strings"

	"gregaria/monitor/internal/kernel"
)

// facts are what /sys/class/net says of an interface (Documentation/ABI/testing/sysfs-class-net).
type facts struct {
	loopback bool
	device   bool   // a card, or a hypervisor's: it is where packets leave the machine
	bond     bool   // made of several others
	tunnel   bool   // what a program reads and writes: its packets go over another interface too
	apart    bool   // its other end is none of this namespace's: a container's eth0
	stacked  bool   // on another of this namespace: a VLAN, a macvlan
	master   string // the bridge, bond, ... that it belongs to
}

// The kernel's numbers of kinds of interfaces (include/uapi/linux/if_arp.h).
const arpLoopback = 772

// readFacts reads the facts. Without /sys there are the facts that the names of old say.
func readFacts(class, name string) facts {
	folder := filepath.Join(class, name)
	if _, err := os.Stat(folder); err != nil {
		return facts{loopback: name == "lo", device: !isVirtual(name)}
	}
	there := func(file string) bool {
		_, err := os.Lstat(filepath.Join(folder, file))
		return err == nil
	}
	f := facts{device: there("device"), bond: there("bonding"), tunnel: there("tun_flags"), loopback: readNumber(folder, "type") == arpLoopback}
	f.apart = readNumber(folder, "iflink") != readNumber(folder, "ifindex")
	if master, err := os.Readlink(filepath.Join(folder, "master")); err == nil {
		f.master = filepath.Base(master)
	}
	lower, _ := filepath.Glob(filepath.Join(folder, "lower_*"))
	f.stacked = len(lower) > 0
	return f
}

// isVirtual says whether a name is one of those that software gives to interfaces.
func isVirtual(name string) bool {
	for _, prefix := range []string{"lo", "veth", "docker", "br-", "virbr", "cni", "cali", "flannel", "tun", "tap", "ifb", "dummy", "wg", "bond", "team", "vxlan"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// carriers chooses the interfaces over which what the machine receives and sends goes exactly once:
//
//  1. Those with a device, and bonds. Bridges, veths, tunnels, VLANs have none: what goes over them and leaves the machine goes over a
//     device too. Without those whose master is one of the others: a bond counts what its members carry, and so does
//     Hyper-V's card with the one that takes its load.
//  2. Where there is none, in a container or another namespace: those whose other end is elsewhere and that belong to nothing
//     and stand on nothing here.
//  3. Where there is none of these either, as under slirp4netns: what a program reads and writes.
func carriers(all map[string]facts) map[string]bool {
	for _, is := range []func(facts) bool{
		func(f facts) bool { return f.device || f.bond },
		func(f facts) bool { return f.apart && f.master == "" && !f.stacked && !f.tunnel },
		func(f facts) bool { return f.tunnel && f.master == "" },
	} {
		chosen := map[string]bool{}
		for name, f := range all {
			if !f.loopback && is(f) && !is(all[f.master]) {
				chosen[name] = true
			}
		}
		if len(chosen) > 0 {
			return chosen
		}
	}
	return nil
}

// readNumber reads a file of one number, -1 where there is none: an interface without a speed has -1 or refuses to be read.
func readNumber(folder, file string) int64 {
	data, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		return -1
	}
	word, _ := kernel.NextWord([]byte(strings.TrimSpace(string(data))))
	value, ok := kernel.Uint(word)
	if !ok || value > 1<<40 {
		return -1
	}
	return int64(value)
}
