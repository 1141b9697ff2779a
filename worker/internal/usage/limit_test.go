package usage

import "testing"

func TestParseLimit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]uint64{"max\n": 0, "536870912\n": 512 << 20, "": 0, "-1\n": 0} {
		if got := parseLimit(text); got != want {
			t.Errorf("parseLimit(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	if got := MemoryLimit(); got < 64<<20 {
		t.Errorf("MemoryLimit() = %d, want what this machine has", got)
	}
}
