package collector

import (
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

const devTitles = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`

func TestNextInterface(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, text, name string
		want            traffic
		ok              bool
	}{
		{"a card", "  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", "eth0", traffic{1, 9, 2, 10, 4, 12, 3, 11}, true},
		{"Linux 2.6 with a long number", "  eth0:4294967296 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", "eth0", traffic{1 << 32, 9, 2, 10, 4, 12, 3, 11}, true},
		{"behind another that is broken", "eth0: 1 2 x\neth1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "eth1", traffic{1, 9, 2, 10, 4, 12, 3, 11}, true},
		{"a name of signs", "br-9f_é: 1 2 3 4 5 6 7 8 9 10 11 12", "br-9f_é", traffic{1, 9, 2, 10, 4, 12, 3, 11}, true},
		{"titles alone", "", "", traffic{}, false},
		{"no name", ": 1 2 3 4 5 6 7 8 9 10 11 12\n", "", traffic{}, false},
		{"a negative number", "eth0: 1 2 3 -4 5 6 7 8 9 10 11 12\n", "", traffic{}, false},
	} {
		name, got, _, ok := nextInterface([]byte(devTitles + c.text))
		if string(name) != c.name || ok && got != c.want || ok != c.ok {
			t.Errorf("%s: nextInterface = %q, %v, %v, want %q, %v", c.why, name, got, ok, c.name, c.want)
		}
	}
}

func FuzzInterfaces(f *testing.F) {
	f.Add([]byte(devTitles + "    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n  eth0:1 2 3 4 5 6 7 8 9 10 11 12"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for rest := data; ; {
			name, _, left, ok := nextInterface(rest)
			if !ok {
				return
			}
			if len(left) >= len(rest) || len(name) == 0 || strings.ContainsAny(string(name), ":\n") {
				t.Fatalf("nextInterface(%q) = %q and leaves %q", rest, name, left)
			}
			rest = left
		}
	})
}

func TestCarriers(t *testing.T) {
	t.Parallel()
	card, veth, loop := facts{device: true}, facts{apart: true}, facts{loopback: true}
	of := func(f facts, master string) facts { f.master = master; return f }
	for _, c := range []struct {
		why, want string
		all       map[string]facts
	}{
		{"a machine with containers", "eth0", map[string]facts{"lo": loop, "eth0": card, "docker0": {}, "veth1": of(veth, "docker0"), "cali1": veth, "flannel.1": {stacked: true, apart: true}}},
		{"two cards", "eth0 eth1", map[string]facts{"eth0": card, "eth1": card}},
		{"a card in a bridge", "eth0", map[string]facts{"eth0": of(card, "br0"), "br0": {}, "tap0": of(facts{tunnel: true}, "br0")}},
		{"a bond", "bond0", map[string]facts{"eth0": of(card, "bond0"), "eth1": of(card, "bond0"), "bond0": {bond: true, stacked: true}, "bond0.7": {apart: true, stacked: true}}},
		{"a bond in a bridge", "bond0", map[string]facts{"eth0": of(card, "bond0"), "bond0": {bond: true, master: "br0"}, "br0": {}}},
		{"a team has no device: its members count", "eth0 eth1", map[string]facts{"eth0": of(card, "team0"), "eth1": of(card, "team0"), "team0": {stacked: true}}},
		{"Hyper-V's card carries what its function does", "eth0", map[string]facts{"eth0": card, "eth1": of(card, "eth0")}},
		{"a VPN", "wlan0", map[string]facts{"wlan0": card, "tun0": {tunnel: true}, "wg0": {}}},
		{"a container", "eth0", map[string]facts{"lo": loop, "eth0": veth, "tunl0": {}}},
		{"an engine in a container", "eth0", map[string]facts{"eth0": veth, "docker0": {}, "veth1": of(veth, "docker0")}},
		{"a VLAN in a container", "eth0", map[string]facts{"eth0": veth, "eth0.5": {apart: true, stacked: true}}},
		{"a container without root", "tap0", map[string]facts{"lo": loop, "tap0": {tunnel: true}}},
		{"nothing but loopback", "", map[string]facts{"lo": loop, "ifb0": {}, "dummy0": {}}},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(carriers(c.all))), " "); got != c.want {
			t.Errorf("%s: carriers = %q, want %q", c.why, got, c.want)
		}
	}
}

// device makes a recording of an interface in /sys.
func device(t *testing.T, sys, name string, files map[string]string) {
	t.Helper()
	for file, data := range files {
		write(t, sys, "class/net/"+name+"/"+file, data)
	}
}

func dev(lines ...string) string { return devTitles + strings.Join(lines, "\n") + "\n" }

func TestNetworkOfRecordings(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	proc, sys := root+"/proc", root+"/sys"
	device(t, sys, "lo", map[string]string{"type": "772\n", "ifindex": "1\n", "iflink": "1\n"})
	device(t, sys, "eth0", map[string]string{"type": "1\n", "ifindex": "2\n", "iflink": "2\n", "device/uevent": "DRIVER=e1000e\n", "speed": "1000\n"})
	device(t, sys, "veth1", map[string]string{"type": "1\n", "ifindex": "4\n", "iflink": "3\n", "speed": "10000\n"})
	const lo = "lo: 500 5 0 0 0 0 0 0 500 5 0 0 0 0 0 0"
	write(t, proc, "net/dev", dev(lo, "eth0: 1000 10 1 2 0 0 0 0 2000 20 3 4 0 0 0 0", "veth1: 77 7 0 0 0 0 0 0 77 7 0 0 0 0 0 0"))
	c, err := openNetwork(Settings{Proc: proc, Sys: sys})
	if err != nil {
		t.Fatal(err)
	}
	each, err := openInterfaces(Settings{Proc: proc, Sys: sys})
	if err != nil {
		t.Fatal(err)
	}
	for _, tick := range []struct {
		why, file, want string  // whether cells are there
		receive         float64 // share of what is transmitted
	}{
		{"traffic", dev(lo, "eth0: 52429800 110 2 4 0 0 0 0 104859600 220 6 8 0 0 0 0", "veth1: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0"), "xxxxxxxxxxxx", 0.5},
		{"another order, one more interface", dev("new0: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0", "eth0: 52430800 110 2 4 0 0 0 0 104860600 220 6 8 0 0 0 0", lo), "xxxxxxxxxxxx", 1},
		{"the card was made anew", dev("eth0: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0", lo), "         xxx", 0},
		{"and goes on", dev("eth0: 1005 1 0 0 0 0 0 0 1005 1 0 0 0 0 0 0", lo), "xxxxxxxxxxxx", 1},
		{"no card", dev(lo), "         xxx", 0},
		{"no file", "", "", 0},
	} {
		write(t, proc, "net/dev", tick.file)
		if tick.file == "" {
			write(t, proc, "net/dev", "nothing\n")
		}
		cells, err := collect(c)
		if err != nil {
			t.Fatal(err)
		}
		there := ""
		for _, cell := range cells {
			if _, ok := cell.Value(); ok {
				there += "x"
			} else {
				there += " "
			}
		}
		if strings.TrimRight(there, " ") != tick.want {
			t.Errorf("%s: cells = %q (%q), want %q", tick.why, there, text(cells), tick.want)
		}
		receive, _ := cells[0].Value()
		transmit, _ := cells[1].Value()
		if tick.receive > 0 && (transmit <= 0 || receive/transmit < 0.999*tick.receive || receive/transmit > 1.001*tick.receive) {
			t.Errorf("%s: received %v, transmitted %v, want a ratio of %v", tick.why, receive, transmit, tick.receive)
		}
	}
	columns := strings.Join(each.Columns(), " ")
	if strings.Count(columns, "Link_Percent") != 1 || !strings.Contains(columns, "Network_Interface_eth0_Link_Percent") || len(each.Columns()) != 3*8+1 {
		t.Errorf("interfaces: columns = %q, want 8 for each of three, and the use of the card", columns)
	}
}

// TestLinkPercent: 52428800 bytes more of 125000000 a second, in the busier direction.
func TestLinkPercent(t *testing.T) {
	t.Parallel()
	l := link{real: true, carries: true, speed: 1e9 / 8}
	first := traffic{receiveBytes: 100, transmitBytes: 1000}
	l.take(&first)
	if got := l.use(2); got.String() != "" {
		t.Errorf("use in the first reading = %q, want none", got)
	}
	second := traffic{receiveBytes: 200, transmitBytes: 1000 + 52428800}
	l.take(&second)
	if got := l.use(2).String(); got != "20.9715" {
		t.Errorf("use = %q, want 20.9715", got)
	}
	if got := l.use(0).String(); got != "" {
		t.Errorf("use when no time has passed = %q, want none", got)
	}
}

// TestNetworkFolder: of the host where its /proc is named.
func TestNetworkFolder(t *testing.T) {
	t.Parallel()
	host, recording := t.TempDir(), t.TempDir()
	write(t, host, "1/net/dev", "")
	for proc, want := range map[string]string{"/proc": "/proc/self", "/proc/": "/proc/self", host: host + "/1", recording: recording} {
		if got := networkFolder(proc); got != want {
			t.Errorf("networkFolder(%s) = %s, want %s", proc, got, want)
		}
	}
}

// TestTrafficOfLoopback: 64 MB are 64 MB, and a bridge with its ports is not counted beside what is on it.
func TestTrafficOfLoopback(t *testing.T) {
	sys, inside := inNamespace(t)
	if !inside {
		return
	}
	command(t, "link", "add", "eth0", "type", "veth", "peer", "name", "port0")
	command(t, "link", "add", "br0", "type", "bridge")
	command(t, "link", "set", "port0", "master", "br0")
	command(t, "link", "add", "docker0", "type", "bridge") // of no container
	settings := Settings{Proc: "/proc", Sys: sys}
	c, err := openNetwork(settings)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range c.(*network).links.list {
		if link.carries != (link.name == "eth0") || link.loopback != (link.name == "lo") || link.speed != 0 {
			t.Errorf("%s: carries %v, loopback %v, speed %v; want eth0, whose 10 Gbit/s are none, to carry alone", link.name, link.carries, link.loopback, link.speed)
		}
	}
	l, address := listenWith(t, 10)
	client, server := pair(t, l, address)
	before := loopbackBytes(t, sys) / (1 << 20)
	if _, err := collect(c); err != nil {
		t.Fatal(err)
	}
	const size = 64 << 20
	go func() { _, _ = client.Write(make([]byte, size)) }()
	if _, err := io.CopyN(io.Discard, server, size); err != nil {
		t.Fatal(err)
	}
	cells := byColumn(t, c)
	perSecond, _ := cells[resource.NetworkLoopback].Value()
	got, counted := perSecond*c.(*network).links.seconds, loopbackBytes(t, sys)/(1<<20)-before
	if counted < 64 || counted > 64*1.1 { // headers, and on a busy machine what was sent twice
		t.Errorf("the kernel counted %v MB, want 64 and some headers", counted)
	}
	if math.Abs(got-counted) > 0.001*counted {
		t.Errorf("%s says that %v MB went over loopback, the kernel %v", resource.NetworkLoopback, got, counted)
	}
	if got := cells[resource.NetworkReceive].String(); got != "0" {
		t.Errorf("%s = %q, want 0: loopback is apart", resource.NetworkReceive, got)
	}
}

// loopbackBytes is what the kernel shows elsewhere than in the file that the collector reads.
func loopbackBytes(t *testing.T, sys string) float64 {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sys, "class/net/lo/statistics/rx_bytes"))
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := strconv.ParseFloat(strings.TrimSpace(string(data)), 64)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func BenchmarkCollectNetwork(b *testing.B) { benchmark(b, openNetwork) }

func BenchmarkCollectTCP(b *testing.B) { benchmark(b, openTCP) }

func benchmark(b *testing.B, open func(Settings) (Collector, error)) {
	c, err := open(Settings{Proc: "/proc", Sys: "/sys"})
	if err != nil {
		b.Fatal(err)
	}
	row := make([]resource.Cell, len(c.Columns()))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Collect(row); err != nil {
			b.Fatal(err)
		}
	}
}
