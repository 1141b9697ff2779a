package collector

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// copyRecording copies files of testdata to a folder.
func copyRecording(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(filepath.Join("testdata", from))); err != nil {
		t.Fatal(err)
	}
}

// change replaces text in a file of a recording.
func change(t *testing.T, path, from, to string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), from) {
		t.Fatalf("%s has no %q (%v)", path, from, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTCPOfAnOldKernel(t *testing.T) {
	t.Parallel()
	proc := t.TempDir()
	copyRecording(t, "tcp/linux-2.6.32", proc)
	c, err := openTCP(Settings{Proc: proc})
	if err != nil {
		t.Fatal(err)
	}
	if columns := c.Columns(); len(columns) != 16 || slices.Contains(columns, resource.TCPSYNRetransmits) {
		t.Errorf("columns = %q, want all but %s", columns, resource.TCPSYNRetransmits)
	}
	first := byColumn(t, c)
	for column, want := range map[string]string{
		resource.TCPEstablished: "17", resource.TCPTimeWait: "31", resource.TCPOrphans: "2", resource.TCPMemoryMB: "2", resource.TCPOpened: "", resource.TCPListenOverflows: "",
	} {
		if os.Getpagesize() == 4096 && first[column].String() != want {
			t.Errorf("%s at first = %q, want %q", column, first[column], want)
		}
	}
	change(t, filepath.Join(proc, "net/snmp"), "-1 100 200 3 4 17 1000 900 5 0 6", "-1 110 220 33 44 18 1000 990 15 0 66")
	change(t, filepath.Join(proc, "net/netstat"), "1 0 0 0 0 0 0 0 0 0 9 0 0 0 0 0 8 0 0 30 40 0 50 2", "8 0 0 0 0 0 0 0 0 0 9 0 0 0 0 0 8 0 0 50 70 0 90 52")
	second := byColumn(t, c)
	opened, _ := second[resource.TCPOpened].Value()
	for column, want := range map[string]float64{ // in units of what was opened
		resource.TCPAccepted: 2, resource.TCPFailedAttempts: 3, resource.TCPConnectionsReset: 4, resource.TCPRetransmits: 1, resource.TCPResetsSent: 6,
		resource.TCPListenOverflows: 2, resource.TCPListenDrops: 3, resource.TCPTimeouts: 4, resource.TCPMemoryAborts: 5, resource.TCPSYNCookies: 0.7,
	} {
		if got, ok := second[column].Value(); !ok || got/opened < 0.999*want || got/opened > 1.001*want {
			t.Errorf("%s = %v, want %v of the %v that were opened", column, got, want, opened)
		}
	}
	if got := second[resource.TCPRetransmitPercent].String(); got != "10" {
		t.Errorf("%s = %q, want 10: 10 beside 90 new ones", resource.TCPRetransmitPercent, got)
	}
	if got := second[resource.TCPEstablished].String(); got != "18" {
		t.Errorf("%s = %q, want 18", resource.TCPEstablished, got)
	}
	if got := byColumn(t, c)[resource.TCPRetransmitPercent].String(); got != "" {
		t.Errorf("%s when nothing was sent = %q, want none", resource.TCPRetransmitPercent, got)
	}
}

// TestTCPFileGoesAndComes: rates do not cover the time in which they could not be read.
func TestTCPFileGoesAndComes(t *testing.T) {
	t.Parallel()
	proc := t.TempDir()
	copyRecording(t, "tcp/linux-6.18", proc)
	c, err := openTCP(Settings{Proc: proc})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Columns(), len(tcpCells()); len(got) != want {
		t.Errorf("columns = %q, want all %d", got, want)
	}
	byColumn(t, c)
	c.(*tcp).files[fileNetstat].(*snmp).file.Close()
	if err := os.Remove(filepath.Join(proc, "net/netstat")); err != nil {
		t.Fatal(err)
	}
	row, err := collect(c)
	cell := row[slices.Index(c.Columns(), resource.TCPListenDrops)]
	if _, ok := cell.Value(); ok || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Collect without netstat = %q, %v, want no drops", cell, err)
	}
	copyRecording(t, "tcp/linux-6.18/net", filepath.Join(proc, "again"))
	if err := os.Rename(filepath.Join(proc, "again/netstat"), filepath.Join(proc, "net/netstat")); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "0"} {
		if got := byColumn(t, c)[resource.TCPListenDrops].String(); got != want {
			t.Errorf("drops in reading %d after that = %q, want %q", i, got, want)
		}
	}
	if _, err := openTCP(Settings{Proc: t.TempDir()}); !errors.Is(err, ErrAbsent) {
		t.Errorf("openTCP of nothing = %v, want %v", err, ErrAbsent)
	}
}

func FuzzSNMP(f *testing.F) {
	f.Add([]byte("Tcp: A B\nTcp: 1 -1\n"), "B")
	f.Add([]byte("TCP: inuse 19 orphan 2 tw 31"), "tw")
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		titles, numbers := findSNMP(data, []byte("Tcp:"))
		if (titles == nil) != (numbers == nil) && titles == nil {
			t.Errorf("findSNMP(%q) = %q, %q", data, titles, numbers)
		}
		if place := placeOf(titles, key); place >= 0 && strings.FieldsFunc(string(titles), isBlank)[place] != key {
			t.Errorf("placeOf(%q, %q) = %d", titles, key, place)
		}
		if _, ok := findSockstat(data, "TCP:", key); ok && !strings.Contains(string(data), key) {
			t.Errorf("findSockstat(%q, %q) found it", data, key)
		}
	})
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' }

// TestTCPOfTheKernel makes the kernel count, where nobody else does.
func TestTCPOfTheKernel(t *testing.T) {
	if _, inside := inNamespace(t); !inside {
		return
	}
	c, err := openTCP(Settings{Proc: "/proc"})
	if err != nil {
		t.Fatal(err)
	}
	l, address := listenWith(t, 2)
	byColumn(t, c)
	began := time.Now()
	for range 5 { // the server resets
		client, server := pair(t, l, address)
		if err := server.SetLinger(0); err != nil {
			t.Fatal(err)
		}
		server.Close()
		waitForEnd(t, client)
		client.Close()
	}
	for range 4 { // and orderly
		client, server := pair(t, l, address)
		server.Close()
		waitForEnd(t, client)
		client.Close()
	}
	for range 3 {
		if _, err := net.DialTimeout("tcp", "127.0.0.1:1", time.Second); err == nil {
			t.Fatal("somebody listens on port 1")
		}
	}
	connect(t, address, 10) // three wait in the queue, one found it full and six more beside it
	took := time.Since(began).Seconds()
	cells := byColumn(t, c)
	for column, want := range map[string][2]float64{
		resource.TCPEstablished:      {6, 6}, // both ends of three
		resource.TCPTimeWait:         {4, 4},
		resource.TCPOrphans:          {0, 1e6}, // of the whole machine
		resource.TCPAccepted:         {12, 12},
		resource.TCPOpened:           {22, 22},
		resource.TCPFailedAttempts:   {3, 10}, // refused; those that gave up count when their time is up
		resource.TCPResetsSent:       {8, 8},  // by the server, and by port 1
		resource.TCPConnectionsReset: {10, 10},
		resource.TCPListenOverflows:  {7, 100},
		resource.TCPListenDrops:      {7, 100},
		resource.TCPMemoryAborts:     {0, 0},
	} {
		got, ok := cells[column].Value()
		if strings.HasSuffix(column, "_Per_Second") {
			got *= took
		}
		if !ok || got < 0.98*want[0] || got > 1.02*want[1] {
			t.Errorf("%s = %v (over the time), want %v", column, got, want)
		}
	}
}
