package socket

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
)

const titles = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

func parseText(text string, states States) (list []Socket) {
	parseFile([]byte(text), states, func(s *Socket) { list = append(list, *s) })
	return list
}

// TestParseFile: lines of Linux 6.18 on a little-endian machine.
func TestParseFile(t *testing.T) {
	t.Parallel()
	at := netip.MustParseAddrPort
	for _, c := range []struct {
		why, text string
		want      []Socket
	}{
		{
			"a listener with three that wait",
			"   0: 0100007F:1F40 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 9167051 1 ffff888101cdc000 100 0 0 10 0\n",
			[]Socket{{Listen, at("127.0.0.1:8000"), at("0.0.0.0:0"), 3, 0, 0, 9167051}},
		},
		{
			"a connection that waits for its close",
			"  12: 0100007F:1F40 0100007F:C350 08 00000000:00000001 00:00000000 00000000  1000        0 9167052 1 ffff888101cdc000 20 4 30 10 -1",
			[]Socket{{CloseWait, at("127.0.0.1:8000"), at("127.0.0.1:50000"), 1, 0, 0, 9167052}},
		},
		{
			"one of no process",
			"   3: 0100007F:C350 0100007F:1F40 06 00000000:00000000 03:00001770 00000000     0        0 0 3 ffff888101cdc000\n",
			[]Socket{{TimeWait, at("127.0.0.1:50000"), at("127.0.0.1:8000"), 0, 0, 0, 0}},
		},
		{
			"IPv6",
			"   0: B80D0120000000000000000001000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1 0000000000000000 100 0 0 10 0\n",
			[]Socket{{Listen, at("[2001:db8::1]:443"), at("[::]:0"), 0, 0, 0, 77}},
		},
		{
			"IPv4 on a socket of IPv6",
			"   0: 0000000000000000FFFF00000100007F:01BB 0000000000000000FFFF00000200007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 78 1 0000000000000000 100 0 0 10 0\n",
			[]Socket{{Established, at("127.0.0.1:443"), at("127.0.0.2:50000"), 0, 0, 0, 78}},
		},
		{"none", "", nil},
		{"half a line", "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000003 00:00000000 0000\n", nil},
		{"no address", "   0: 0100007F1F40 00000000:0000 0A 00000000:00000003 00:00000000 00000000 0 0 1 1 0\n", nil},
		{"a port above 65535", "   0: 0100007F:11F40 00000000:0000 0A 00000000:00000003 00:00000000 00000000 0 0 1 1 0\n", nil},
		{"a state that TCP has not", "   0: 0100007F:1F40 00000000:0000 0D 00000000:00000003 00:00000000 00000000 0 0 1 1 0\n", nil},
	} {
		if got := parseText(titles+c.text, Listening|Connected); !slices.Equal(got, c.want) {
			t.Errorf("%s: parseFile = %v, want %v", c.why, got, c.want)
		}
	}
}

func TestParseFileTakesTheStatesAlone(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/linux-4.9/net/tcp")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		states States
		want   int
	}{{Listening, 2}, {1 << TimeWait, 3}, {Connected, 6}, {0, 0}} {
		if got := parseText(string(data), c.states); len(got) != c.want {
			t.Errorf("parseFile of the states %b = %d, want %d", c.states, len(got), c.want)
		}
	}
}

// line is what tcp4_seq_show and tcp6_seq_show print.
func line(s Socket) string {
	text := func(a netip.AddrPort) string {
		var b strings.Builder
		for raw := a.Addr().AsSlice(); len(raw) > 0; raw = raw[4:] {
			fmt.Fprintf(&b, "%08X", binary.NativeEndian.Uint32(raw))
		}
		return fmt.Sprintf("%s:%04X", b.String(), a.Port())
	}
	return fmt.Sprintf("%4d: %s %s %02X %08X:%08X 00:00000000 00000000  1000        0 %d 1 0000000000000000\n",
		0, text(s.Local), text(s.Remote), s.State, 0, s.Queue, s.Inode)
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(titles + "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000003 00:00000000 00000000 0 0 9167051 1 0\n"))
	f.Add([]byte("   0: B80D0120000000000000000001000000:01BB 00000000000000000000000000000000:0000 0A 0:0 0 0 0 0 77\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, s := range parseText(string(data), ^States(0)) { // what was understood is shown as the kernel shows it
			again := parseText(line(s), ^States(0))
			if len(again) != 1 || again[0] != s {
				t.Errorf("parseFile(%q) = %v, want %v", line(s), again, s)
			}
		}
	})
}
