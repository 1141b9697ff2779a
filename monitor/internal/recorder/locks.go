package recorder

import (
	"strconv"
	"strings"
)

// parseHolder finds who holds the flock on a file in /proc/locks. It returns false where nobody does, and for a process that this
// one cannot see: the kernel shows those of another PID namespace as 0 or -1. A line is, by proc_locks(5),
//
//	1: FLOCK  ADVISORY  WRITE 4242 fd:01:1835009 0 EOF
//
// with the device's numbers in hexadecimal; one of who waits has "->" behind its number.
func parseHolder(table []byte, major, minor uint32, inode uint64) (pid int, ok bool) {
	for line := range strings.Lines(string(table)) {
		words := strings.Fields(line)
		if len(words) < 6 || words[1] != "FLOCK" {
			continue
		}
		device := strings.Split(words[5], ":")
		if len(device) != 3 || !is(device[0], 16, uint64(major)) || !is(device[1], 16, uint64(minor)) || !is(device[2], 10, inode) {
			continue
		}
		pid, err := strconv.Atoi(words[4])
		return pid, err == nil && pid > 0
	}
	return 0, false
}

// is says whether a word is this number.
func is(word string, base int, number uint64) bool {
	n, err := strconv.ParseUint(word, base, 64)
	return err == nil && n == number
}
