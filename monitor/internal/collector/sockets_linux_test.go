package collector

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// watching is the tree of some processes.
func watching(pids ...int) func() *process.Tree {
	return func() *process.Tree {
		if len(pids) == 0 {
			return &process.Tree{}
		}
		return &process.Tree{Roots: pids[:1], PIDs: pids}
	}
}

// opened is the collector after its first Collect, which reads nothing.
func opened(t *testing.T, proc string, tree func() *process.Tree, port int) *sockets {
	t.Helper()
	c, err := newSockets(proc, tree, port)
	if err != nil {
		t.Fatal(err)
	}
	c.wait = time.Minute // however busy the machine is
	if row, err := tick(c); err != nil || strings.TrimSpace(text(row)) != "" {
		t.Fatalf("the first Collect = %q, %v, want nothing yet", text(row), err)
	}
	if c.asked {
		t.Fatal("a census was begun for the row that is not used")
	}
	return c
}

// tick is what the sampler does.
func tick(c *sockets) ([]resource.Cell, error) {
	c.Start()
	return collect(c)
}

// ticked are the cells of a tick by column.
func ticked(t *testing.T, c *sockets) map[string]resource.Cell {
	t.Helper()
	c.Start()
	return byColumn(t, c)
}

func check(t *testing.T, cells map[string]resource.Cell, want map[string]string) {
	t.Helper()
	for column, want := range want {
		if got := cells[column].String(); got != want {
			t.Errorf("%s = %q, want %q", column, got, want)
		}
	}
}

// TestSocketsOfTheKernel: the process under test is this one, which has both ends of all connections.
func TestSocketsOfTheKernel(t *testing.T) {
	if _, inside := inNamespace(t); !inside {
		return
	}
	_, fullAddress := listenWith(t, 2)
	wide, wideAddress := listenWith(t, 99)
	for range 4 { // closed by the client, not by the server
		client, _ := pair(t, wide, wideAddress)
		client.Close()
	}
	for range 3 { // closed by the server first
		client, server := pair(t, wide, wideAddress)
		server.Close()
		waitForEnd(t, client)
		client.Close()
	}
	connect(t, fullAddress, 10)
	connect(t, wideAddress, 50)
	c := opened(t, "/proc", watching(os.Getpid()), 0)
	cells := ticked(t, c)
	check(t, cells, map[string]string{
		resource.TCPCloseWait: "4", resource.TCPFinWait: "4", resource.TCPSYNReceived: "0",
		resource.ProcessAcceptQueue: "3", resource.ProcessAcceptBacklog: "2", resource.ProcessAcceptQueuePercent: "100",
		// of 53 in queues one end is nobody's yet; of the seven that were accepted none is whole
		resource.ProcessSocketsEstablished: "53", resource.ProcessSocketsOutgoing: "53", resource.ProcessSocketsCloseWait: "4", resource.ProcessSocketsTimeWait: "3",
	})
	if c.pace.next.IsZero() || c.census.scans.next.IsZero() {
		t.Errorf("the next census is due at %v, the next look at open files at %v, want both to wait", c.pace.next, c.census.scans.next)
	}
	// 50 in the wide queue and 4 half closed are 54 ports to one destination, of 28232; 3 in the other queue may share some of those
	ports, _ := cells[resource.TCPEphemeralPorts].Value()
	if percent, _ := cells[resource.TCPEphemeralPortsPercent].Value(); ports < 54 || ports > 57 || percent < 100*ports/28232*0.99 || percent > 100*ports/28232*1.01 {
		t.Errorf("%v ports are %v %%, want 54 to 57 of 28232", ports, percent)
	}
	check(t, cells, map[string]string{resource.TCPDestinationPortsPercent: "0.1913"})

	byPort := opened(t, "/proc", watching(os.Getpid()), int(wideAddress.Port()))
	check(t, ticked(t, byPort), map[string]string{resource.ProcessAcceptQueue: "50", resource.ProcessAcceptBacklog: "99", resource.ProcessAcceptQueuePercent: "50"})

	byPort.pace.next = time.Now().Add(time.Hour) // many connections: only the queue is read
	accept(t, wide)
	check(t, ticked(t, byPort), map[string]string{
		resource.ProcessAcceptQueue: "49", resource.ProcessAcceptQueuePercent: "49", resource.TCPCloseWait: "", resource.ProcessSocketsEstablished: "",
	})

	byPort.pace.next, byPort.census.scans.next = time.Time{}, time.Now().Add(time.Hour) // many open files: all but those is counted
	check(t, ticked(t, byPort), map[string]string{resource.ProcessAcceptQueue: "49", resource.TCPCloseWait: "4", resource.ProcessSocketsEstablished: "", resource.ProcessSocketsTimeWait: "3"})

	gone := opened(t, "/proc", watching(), 0)
	check(t, ticked(t, gone), map[string]string{resource.ProcessAcceptQueue: "", resource.ProcessSocketsEstablished: "", resource.ProcessSocketsTimeWait: "", resource.TCPCloseWait: "4"})

	again := func(why, established string) {
		t.Helper()
		t.Log(why)
		byPort.pace.next = time.Time{}
		check(t, ticked(t, byPort), map[string]string{resource.ProcessSocketsEstablished: established})
	}
	byPort.census.scans.next = time.Time{}
	again("looked at anew", "54")
	byPort.census.scans.next = time.Now().Add(time.Hour)
	again("not looked at, and nothing has changed", "54")
	client, _ := pair(t, wide, wideAddress)
	again("who has the two new ones is not known", "")
	byPort.census.scans.next = time.Time{}
	again("looked at", "56")
	byPort.census.scans.next = time.Now().Add(time.Hour)
	again("as before", "56")
	client.Close()
	pair(t, wide, wideAddress)
	again("one for another", "")
}

// TestLateCensus: what was not counted in time is for the next row, and meanwhile nothing is begun.
func TestLateCensus(t *testing.T) {
	t.Parallel()
	c := opened(t, "/proc", nil, 0)
	c.asked, c.start, c.wait = true, time.Now(), 0 // and no goroutine answers
	for range 2 {
		if row, err := tick(c); err != nil || strings.TrimSpace(text(row)) != "" {
			t.Errorf("Collect before the answer = %q, %v, want nothing", text(row), err)
		}
	}
	c.start = time.Now().Add(-time.Minute)
	if _, err := tick(c); !errors.Is(err, errCensus) {
		t.Errorf("Collect after a minute = %v, want %v", err, errCensus)
	}
	c.start, c.wait = time.Now(), time.Minute
	late := answer{cost: time.Hour}
	late.machine[0] = resource.Of(7)
	c.answers <- late
	for _, want := range []string{"7", ""} {
		if row, err := tick(c); err != nil || row[0].String() != want {
			t.Errorf("Collect = %q, %v, want %q: the next census is due in a hundred hours", row[0], err, want)
		}
	}
}

const serverVariable = "GREGARIA_TEST_SERVER"

// TestServer is a process under test in a namespace of its own: three connections wait to be accepted, one was closed by its peer.
func TestServer(t *testing.T) {
	if os.Getenv(serverVariable) == "" {
		t.Skip("started by other tests")
	}
	if err := linkUp("lo"); err != nil {
		t.Fatal(err)
	}
	l, address := listenWith(t, 4)
	client, _ := pair(t, l, address)
	client.Close()
	connect(t, address, 3)
	fmt.Println("ready")
	_, _ = io.ReadAll(os.Stdin)
}

// server starts TestServer and returns its number; end ends it.
func server(t *testing.T) (pid int, end func()) {
	t.Helper()
	child := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestServer$")
	child.Env = append(os.Environ(), serverVariable+"=1")
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Skipf("no namespace can be made: %v", err)
	}
	end = func() { in.Close(); _ = child.Wait() }
	t.Cleanup(end)
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the server says %q, %v", line, err)
	}
	return child.Process.Pid, end
}

// TestSocketsElsewhere: the process is in another namespace than the machine, ends, and comes back in yet another.
func TestSocketsElsewhere(t *testing.T) {
	t.Parallel()
	pid, end := server(t)
	pids := []int{pid}
	c := opened(t, "/proc", func() *process.Tree { return watching(pids...)() }, 0)
	want := map[string]string{
		resource.ProcessAcceptQueue: "3", resource.ProcessAcceptBacklog: "4", resource.ProcessAcceptQueuePercent: "60",
		resource.ProcessSocketsEstablished: "3", resource.ProcessSocketsCloseWait: "1", resource.ProcessSocketsTimeWait: "0",
	}
	none := map[string]string{resource.ProcessAcceptQueue: "", resource.ProcessSocketsEstablished: "", resource.ProcessSocketsTimeWait: ""}
	check(t, ticked(t, c), want)
	end()
	c.pace.next = time.Time{}
	check(t, ticked(t, c), none) // it has ended and the tree does not know yet
	pids = nil
	check(t, ticked(t, c), none)
	again, _ := server(t)
	pids = []int{again}
	c.pace.next = time.Time{}
	check(t, ticked(t, c), want)
}

const nobodyVariable = "GREGARIA_TEST_NOBODY"

// TestSocketsOfAnotherUser: a monitor without rights sees the queue of the port that is named, and says what it cannot see.
func TestSocketsOfAnotherUser(t *testing.T) {
	t.Parallel()
	if named := os.Getenv(nobodyVariable); named != "" {
		asNobody(t, named)
		return
	}
	if os.Getuid() != 0 {
		t.Skip("we are not another user than we are")
	}
	_, address := listenWith(t, 99)
	connect(t, address, 2)
	child := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestSocketsOfAnotherUser$")
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%d", nobodyVariable, address.Port()))
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said, _, _ := strings.Cut(string(out), "\n")
	if row, _, _ := strings.Cut(said, ":"); !strings.HasSuffix(row, "ports 2      ") {
		t.Errorf("row = %q, want the queue alone", row)
	}
	for _, part := range []string{"permission denied: run the monitor as root", resource.ProcessAcceptBacklog + ": "} {
		if !strings.Contains(said, part) {
			t.Errorf("said = %q, want %q in it", said, part)
		}
	}
}

// asNobody looks at the process that started this one.
func asNobody(t *testing.T, named string) {
	t.Helper()
	port, err := strconv.Atoi(named)
	if err != nil {
		t.Fatal(err)
	}
	parent := os.Getppid()
	if err := syscall.Setresuid(65534, 65534, 65534); err != nil {
		t.Fatal(err)
	}
	c := opened(t, "/proc", watching(parent), port)
	row, err := tick(c)
	fmt.Printf("ports %s: %s\n", text(row[queueCells:]), strings.ReplaceAll(fmt.Sprint(err), "\n", "; "))
}

// TestSocketsOfRecordings: IPv6 is off, the process is in another namespace, and no backlog is known.
func TestSocketsOfRecordings(t *testing.T) {
	t.Parallel()
	proc := t.TempDir()
	const titles = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	line := func(local, remote, state string, queue, inode int) string {
		return fmt.Sprintf("   0: %s %s %s 00000000:%08X 00:00000000 00000000     0        0 %d 1 0000000000000000 100 0 0 10 0\n", local, remote, state, queue, inode)
	}
	write(t, proc, "sys/net/ipv4/ip_local_port_range", "32768\t32777\n")
	write(t, proc, "net/tcp", titles+
		line("00000000:1F40", "00000000:0000", "0A", 0, 1)+line("00000000:8007", "00000000:0000", "0A", 0, 6)+
		line("0100007F:8007", "0100007F:9000", "01", 0, 7)+ // accepted: it takes no port of its own
		line("0100007F:8000", "0100007F:1F40", "01", 0, 2)+line("0100007F:8001", "0100007F:1F40", "06", 0, 0)+
		line("0100007F:8001", "0200007F:1F40", "08", 0, 3)+line("0100007F:8009", "0300007F:1F40", "02", 0, 4)+
		line("0100007F:800A", "0300007F:1F40", "04", 0, 5)+line("0100007F:1F40", "0100007F:8000", "03", 0, 0))
	write(t, proc, "77/net/tcp", titles+
		line("00000000:1F40", "00000000:0000", "0A", 3, 101)+line("00000000:2328", "00000000:0000", "0A", 9, 999)+
		line("0100007F:1F40", "0100007F:8000", "01", 0, 102)+line("0100007F:8002", "0500007F:1538", "01", 0, 103)+
		line("0100007F:1F40", "0100007F:8003", "06", 0, 0)+line("0100007F:2328", "0100007F:8003", "06", 0, 0)+
		line("0100007F:1F40", "0100007F:8004", "08", 0, 104)+line("0100007F:1F40", "0100007F:8005", "08", 0, 888))
	for fd, link := range []string{"/dev/null", "socket:[101]", "socket:[102]", "socket:[103]", "socket:[104]", "pipe:[888]"} {
		path := filepath.Join(proc, "77/fd", fmt.Sprint(fd))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(link, path); err != nil {
			t.Fatal(err)
		}
	}
	c := opened(t, proc, watching(77), 0)
	row, err := tick(c)
	if err == nil || !strings.HasPrefix(err.Error(), resource.ProcessAcceptBacklog+": ") {
		t.Errorf("Collect = %v, want that the backlog is not known", err)
	}
	// close-wait, fin-wait, syn-received, syn-sent, ports (8000 8001 8009, of ten), the most to one destination; queue; established, outgoing, close-wait, time-wait
	if got, want := text(row), "1 1 1 1 3 30 20 3   2 1 1 1"; got != want {
		t.Errorf("Collect = %q, want %q", got, want)
	}
	if _, err := newSockets(t.TempDir(), nil, 0); !errors.Is(err, ErrAbsent) {
		t.Errorf("newSockets of nothing = %v, want %v", err, ErrAbsent)
	}
}

func TestParsePortRange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text      string
		low, high uint16
		ok        bool
	}{
		{"32768\t60999\n", 32768, 60999, true},
		{"1 65535", 1, 65535, true},
		{"5 5", 5, 5, true},
		{"60999 32768", 0, 0, false},
		{"0 10", 0, 0, false},
		{"1 65536", 0, 0, false},
		{"32768", 0, 0, false},
		{"", 0, 0, false},
	} {
		if low, high, ok := parsePortRange([]byte(c.text)); low != c.low || high != c.high || ok != c.ok {
			t.Errorf("parsePortRange(%q) = %d, %d, %v, want %d, %d, %v", c.text, low, high, ok, c.low, c.high, c.ok)
		}
	}
}

func FuzzSocketLink(f *testing.F) {
	f.Add([]byte("socket:[12345]"))
	f.Add([]byte("32768\t60999\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if inode, ok := parseSocketLink(data); ok && strings.TrimLeft(string(data[len("socket:["):len(data)-1]), "0") != strings.TrimLeft(fmt.Sprint(inode), "0") {
			t.Errorf("parseSocketLink(%q) = %d", data, inode)
		}
		if low, high, ok := parsePortRange(data); ok && (low == 0 || low > high) {
			t.Errorf("parsePortRange(%q) = %d, %d", data, low, high)
		}
	})
}

// TestPace: what took CPU time is not read before a thousand times of it is over; what waited is read at once.
func TestPace(t *testing.T) {
	t.Parallel()
	var p pace
	if !p.due() {
		t.Error("the first reading is not due")
	}
	began := time.Now()
	p.spent(cpuCost(func() {
		for before := cpuClock(); cpuClock()-before < 20*time.Millisecond; {
		}
	}))
	if wait := p.next.Sub(began); p.due() || wait < 20*time.Second || wait > 100*time.Second {
		t.Errorf("the next reading after 20 ms is due in %s, want 20 s", wait)
	}
	p.spent(cpuCost(func() { time.Sleep(50 * time.Millisecond) }))
	if wait := time.Until(p.next); wait > 500*time.Millisecond {
		t.Errorf("the next reading after 50 ms of waiting is due in %s, want at once", wait)
	}
}

func BenchmarkCollectSockets(b *testing.B) {
	c, err := newSockets("/proc", watching(os.Getpid()), 0)
	if err != nil {
		b.Fatal(err)
	}
	row := make([]resource.Cell, len(c.Columns()))
	b.ReportAllocs()
	for b.Loop() {
		c.Start()
		if err := c.Collect(row); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCensus counts all connections of the machine, with so many more; each has two sockets here.
func BenchmarkCensus(b *testing.B) {
	for _, connections := range []int{0, 500, 5000} {
		b.Run(fmt.Sprint(2*connections), func(b *testing.B) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			for range connections {
				client, err := net.Dial("tcp", l.Addr().String())
				if err != nil {
					b.Fatal(err)
				}
				defer client.Close()
				server, err := l.Accept()
				if err != nil {
					b.Fatal(err)
				}
				defer server.Close()
			}
			c := newCensus("/proc", watching(os.Getpid()), 0)
			b.ReportAllocs()
			var cost time.Duration
			for b.Loop() {
				a := c.take()
				if a.err != nil {
					b.Fatal(a.err)
				}
				cost += a.cost
			}
			b.ReportMetric(float64(cost.Microseconds())/1000/float64(b.N), "cpu-ms/op")
			const looks = 10
			look := cpuCost(func() {
				for range looks {
					socketsOf("/proc", []int{os.Getpid()})
				}
			})
			b.ReportMetric(float64(look.Microseconds())/1000/looks, "cpu-ms/look") // at what is open: as many files as connections, and some
		})
	}
}
