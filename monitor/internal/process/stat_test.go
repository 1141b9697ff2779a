package process

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

func TestParseStat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want Stat
		ok   bool
	}{
		{ // a uvicorn, from this machine's kernel
			"4242 (uvicorn) S 4240 4242 4240 34816 4242 4194304 5210 810 3 4 912 55 17 6 20 0 41 0 9876543 123456 6789 18446744073709551615 1 1 0 0 0 0 0 16781312 2 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
			Stat{State: 'S', Parent: 4240, Flags: 4194304, MinorFaults: 5210, MajorFaults: 3, WaitedMajorFaults: 4, User: 912, System: 55, WaitedUser: 17, WaitedSystem: 6, Threads: 41, Start: 9876543},
			true,
		},
		{ // the name is the program's to choose
			"7 (a) R 1 (b c) Z 1 7 7 0 -1 64 1 2 3 4 5 6 7 8 39 19 1 0 10 0",
			Stat{State: 'Z', Parent: 1, Flags: 64, MinorFaults: 1, MajorFaults: 3, WaitedMajorFaults: 4, User: 5, System: 6, WaitedUser: 7, WaitedSystem: 8, Threads: 1, Start: 10},
			true,
		},
		{ // while a process ends, its groups are gone
			"7 (sh) X 0 -1 -1 0 -1 4228100 1 2 3 4 5 6 7 8 0 -20 0 0 10 0",
			Stat{State: 'X', Flags: 4228100, MinorFaults: 1, MajorFaults: 3, WaitedMajorFaults: 4, User: 5, System: 6, WaitedUser: 7, WaitedSystem: 8, Start: 10},
			true,
		},
		{"7 (sh) S 1 7 7 0 -1 64 1 2 3 4 5 6 7 8 20 0 1 0", Stat{}, false},
		{"7 sh S 1 7 7 0 -1 64 1 2 3 4 5 6 7 8 20 0 1 0 10", Stat{}, false},
		{"7 (sh) S 1 7 7 0 -1 64 1 2 3 4 -5 6 7 8 20 0 1 0 10", Stat{}, false},
		{"", Stat{}, false},
	} {
		if got, ok := ParseStat([]byte(c.text)); got != c.want || ok != c.ok {
			t.Errorf("ParseStat(%q) = %+v, %v, want %+v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		stat Stat
		want bool
	}{
		{"it sleeps", Stat{State: 'S', Flags: 4194304}, false},
		{"a zombie", Stat{State: 'Z'}, true},
		{"it runs its last lines: flags of a process that was killed, from this machine's kernel", Stat{State: 'R', Flags: 4228100}, true},
	} {
		if got := c.stat.Ending(); got != c.want {
			t.Errorf("%s: Ending = %v, want %v", c.why, got, c.want)
		}
	}
}

// FuzzParseStat: whatever the name is, the numbers behind it are read.
func FuzzParseStat(f *testing.F) {
	f.Add("uvicorn", uint64(5), uint64(6), uint64(77))
	f.Add(") S 1 2 3", uint64(0), uint64(1), uint64(1<<63))
	f.Fuzz(func(t *testing.T, name string, user, waited, start uint64) {
		text := fmt.Sprintf("7 (%s) S 3 1 1 0 -1 5 1 2 3 4 %d 6 %d 8 20 0 9 0 %d 1 2 3\n", name, user, waited, start)
		got, ok := ParseStat([]byte(text))
		want := Stat{State: 'S', Parent: 3, Flags: 5, MinorFaults: 1, MajorFaults: 3, WaitedMajorFaults: 4, User: user, System: 6, WaitedUser: waited, WaitedSystem: 8, Threads: 9, Start: start}
		if !ok || got != want {
			t.Errorf("ParseStat(%q) = %+v, %v, want %+v", text, got, ok, want)
		}
		for i := range text { // half a file is no Stat, or one without a wrong number in it
			if got, ok := ParseStat([]byte(text[:i])); ok && got.Start != start && !strings.HasPrefix(strconv.FormatUint(start, 10), strconv.FormatUint(got.Start, 10)) {
				if !strings.Contains(name, ")") {
					t.Errorf("ParseStat(%q) = %+v", text[:i], got)
				}
			}
		}
	})
}
