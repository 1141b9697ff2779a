package nvidia

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestOnBus: of these, three are NVIDIA's and are GPUs; a sound device and a bridge of NVIDIA's are none.
func TestOnBus(t *testing.T) {
	t.Parallel()
	sys := t.TempDir()
	for _, d := range []struct{ at, vendor, class string }{
		{"10000:01:00.0", "0x10de", "0x030200"}, // behind Intel's VMD; after 2000 by number, before it by name
		{"2000:00:00.0", "0x10de", "0x030200"},
		{"0000:b1:00.0", "0x10de", "0x030000"},
		{"0000:b1:00.1", "0x10de", "0x040300"},
		{"0000:b2:00.0", "0x10de", "0x068000"},
		{"0000:00:02.0", "0x8086", "0x030000"},
		{"broken", "0x10de", "0x030000"},
	} {
		folder := filepath.Join(sys, "bus/pci/devices", d.at)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{"vendor": d.vendor, "class": d.class} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, want := fmt.Sprint(onBus(sys)), "[0000:b1:00.0 2000:00:00.0 10000:01:00.0]"; got != want {
		t.Errorf("onBus = %s, want %s", got, want)
	}
	if got := onBus(filepath.Join(sys, "none")); got != nil {
		t.Errorf("onBus without /sys = %v", got)
	}
}

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want address
		ok   bool
	}{
		{"0000:65:00.0", address{0, 0x65, 0}, true},
		{"00000001:b1:1f.0", address{1, 0xb1, 0x1f}, true},
		{"65:00.0", address{}, false},
		{"0000:650:00.0", address{}, false},
		{"0000:-5:00.0", address{}, false},
		{"", address{}, false},
	} {
		if got, ok := parseAddress(c.text); got != c.want || ok != c.ok {
			t.Errorf("parseAddress(%q) = %v, %v, want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

// FuzzParseAddress: an address that is read is written as one that reads the same.
func FuzzParseAddress(f *testing.F) {
	f.Add("0000:65:00.0")
	f.Add("10000:0:1")
	f.Fuzz(func(t *testing.T, text string) {
		a, ok := parseAddress(text)
		if again, alsoOK := parseAddress(a.String()); ok && (!alsoOK || again != a) {
			t.Errorf("parseAddress(%q) = %v, and of that %v, %v", text, a, again, alsoOK)
		}
	})
}
