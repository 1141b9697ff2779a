package kernel

import (
	"bytes"
	"strconv"
	"testing"
)

func TestValue(t *testing.T) {
	t.Parallel()
	const meminfo = "MemTotal:       24684268 kB\nMemFree:        23101268 kB\nMemTotalX: 1 kB\nHugePages_Total:       0\n"
	const stat = "usage_usec 123\nnr_periods 57\nnr_throttled 55"
	for _, c := range []struct {
		data, key string
		want      uint64
		ok        bool
	}{
		{meminfo, "MemTotal", 24684268, true},
		{meminfo, "MemFree", 23101268, true},
		{meminfo, "HugePages_Total", 0, true},
		{meminfo, "Mem", 0, false},
		{meminfo, "MemTotalXY", 0, false},
		{stat, "nr_throttled", 55, true},
		{stat, "nr_period", 0, false},
		{"max 5\n", "max", 5, true},
		{"key max\n", "key", 0, false},
		{"key", "key", 0, false},
		{"", "key", 0, false},
	} {
		if got, ok := Value([]byte(c.data), c.key); got != c.want || ok != c.ok {
			t.Errorf("Value(%q, %q) = %d, %v, want %d, %v", c.data, c.key, got, ok, c.want, c.ok)
		}
	}
}

func TestNextValue(t *testing.T) {
	t.Parallel()
	const status = "Name:\tpython\nVmRSS:\t    1056 kB\nVmSwap:\t  7 kB\nThreads:\t1\n"
	rest := []byte(status)
	for _, c := range []struct {
		key  string
		want uint64
		left string
	}{
		{"VmRSS", 1056, "VmSwap:\t  7 kB\nThreads:\t1\n"},
		{"VmPin", 0, "VmSwap:\t  7 kB\nThreads:\t1\n"}, // it is not there, and what follows is not lost
		{"VmSwap", 7, "Threads:\t1\n"},
		{"VmRSS", 0, "Threads:\t1\n"}, // it stood before
		{"Threads", 1, ""},
		{"Threads", 0, ""},
	} {
		var got uint64
		var ok bool
		if got, rest, ok = NextValue(rest, c.key); got != c.want || string(rest) != c.left || ok != (c.want > 0) {
			t.Errorf("NextValue(%q) = %d, %q, %v, want %d, %q", c.key, got, rest, ok, c.want, c.left)
		}
	}
}

func TestUint(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want uint64
		ok   bool
	}{
		{"0", 0, true},
		{"007", 7, true},
		{"18446744073709551615", 18446744073709551615, true},
		{"18446744073709551616", 0, false},
		{"99999999999999999999", 0, false},
		{"-1", 0, false},
		{"1.5", 0, false},
		{"", 0, false},
		{"max", 0, false},
	} {
		if got, ok := Uint([]byte(c.text)); got != c.want || ok != c.ok {
			t.Errorf("Uint(%q) = %d, %v, want %d, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestParsingAllocatesNothing(t *testing.T) {
	data := []byte("cpu  1 2 3\nMemTotal: 7 kB\n")
	if n := testing.AllocsPerRun(100, func() {
		line, _, _ := NextLine(data)
		_, _, _ = NextUint(SkipWords(line, 2))
		_, _ = Value(data, "MemTotal")
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func FuzzWords(f *testing.F) {
	f.Add([]byte("cpu  1 2\n\tx 3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var lines [][]byte
		for rest := data; ; {
			line, left, ok := NextLine(rest)
			if !ok {
				break
			}
			lines, rest = append(lines, line), left
			for len(line) > 0 {
				var word []byte
				word, line = NextWord(line)
				if value, ok := Uint(word); ok {
					if want, err := strconv.ParseUint(string(word), 10, 64); err != nil || want != value {
						t.Errorf("Uint(%q) = %d, want %d, %v", word, value, want, err)
					}
				}
			}
		}
		if got := bytes.Join(lines, []byte("\n")); !bytes.Equal(got, bytes.TrimSuffix(data, []byte("\n"))) {
			t.Errorf("lines of %q = %q", data, got)
		}
	})
}
