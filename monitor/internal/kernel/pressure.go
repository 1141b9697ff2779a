package kernel

import "bytes"

// A Pressure is what a file of pressure stall information counts (Documentation/accounting/psi.rst): microseconds in which
// some of the tasks, or all that were not idle, waited for a resource.
type Pressure struct {
	Some, Full       uint64
	HasSome, HasFull bool // the file has the line; the CPU's has no "full" before Linux 5.13
}

// ParsePressure reads /proc/pressure/* and a cgroup's *.pressure: the totals, not the kernel's averages over 10 s.
func ParsePressure(data []byte) Pressure {
	var p Pressure
	for len(data) > 0 {
		var line, word []byte
		line, data, _ = NextLine(data)
		word, line = NextWord(line)
		switch string(word) {
		case "some":
			p.Some, p.HasSome = total(line)
		case "full":
			p.Full, p.HasFull = total(line)
		}
	}
	return p
}

// total finds "total=" in the rest of a line.
func total(line []byte) (uint64, bool) {
	for len(line) > 0 {
		var word []byte
		word, line = NextWord(line)
		if number, ok := bytes.CutPrefix(word, []byte("total=")); ok {
			return Uint(number)
		}
	}
	return 0, false
}
