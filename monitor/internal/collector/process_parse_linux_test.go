package collector

import (
	"fmt"
	"testing"
)

func TestParseOpenFilesLimit(t *testing.T) {
	t.Parallel()
	const limits = "Limit                     Soft Limit           Hard Limit           Units     \n" +
		"Max cpu time              unlimited            unlimited            seconds   \n" +
		"Max open files            %s                %s               files     \n" +
		"Max locked memory         3158065152           3158065152           bytes     \n"
	for _, c := range []struct {
		text string
		want uint64
		ok   bool
	}{
		{fmt.Sprintf(limits, "1024", "524288"), 1024, true},
		{fmt.Sprintf(limits, "unlimited", "unlimited"), 0, false},
		{fmt.Sprintf(limits, "0", "0"), 0, false},
		{"Max open file 5", 0, false},
		{"", 0, false},
	} {
		if got, ok := parseOpenFilesLimit([]byte(c.text)); ok != c.ok || ok && got != c.want {
			t.Errorf("parseOpenFilesLimit(%q) = %d, %v, want %d, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestParseSchedstat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want threadTime
		put  uint64
		ok   bool
	}{
		{"52345680 41814989 138\n", threadTime{52345680, 41814989}, 138, true},
		{"0 0 0\n", threadTime{}, 0, true},
		{"1 2\n", threadTime{}, 0, false},
		{"", threadTime{}, 0, false},
	} {
		if got, put, ok := parseSchedstat([]byte(c.text)); ok != c.ok || ok && (got != c.want || put != c.put) {
			t.Errorf("parseSchedstat(%q) = %v, %d, %v", c.text, got, put, ok)
		}
	}
}

// FuzzParseSchedstat: what the kernel prints is read back.
func FuzzParseSchedstat(f *testing.F) {
	f.Add(uint64(1), uint64(2), uint64(3), []byte("x"))
	f.Fuzz(func(t *testing.T, ran, waited, put uint64, junk []byte) {
		got, times, ok := parseSchedstat(fmt.Appendf(nil, "%d %d %d\n", ran, waited, put))
		if !ok || got != (threadTime{ran, waited}) || times != put {
			t.Errorf("parseSchedstat = %v, %d, %v, want %d %d %d", got, times, ok, ran, waited, put)
		}
		parseSwitches(junk)
		if limit, ok := parseOpenFilesLimit(junk); ok && limit == 0 {
			t.Errorf("parseOpenFilesLimit(%q) = 0", junk)
		}
	})
}
