package recorder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOneMonitorAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	b := open(t, path, false)
	for _, more := range []bool{false, true} {
		_, err := Open(path, more, nil)
		if !errors.Is(err, ErrInUse) {
			t.Fatalf("a second Open, more %v = %v, want %v", more, err, ErrInUse)
		}
		if _, statErr := os.Stat("/proc/locks"); statErr == nil && !strings.Contains(err.Error(), fmt.Sprintf("(pid %d)", os.Getpid())) {
			t.Errorf("Open = %v, want the pid of the other: %d", err, os.Getpid())
		}
	}
	b.rows(1)
	want(t, path, firstSecond, firstSecond)
	do(t, b.file.Close())
	second := open(t, path, true)
	second.next++
	second.rows(1)
	want(t, path, firstSecond, firstSecond+1)
}

const lockTable = `1: POSIX  ADVISORY  READ  701 fd:00:8413 128 128
2: FLOCK  ADVISORY  WRITE 4242 fd:01:1835009 0 EOF
2: -> FLOCK  ADVISORY  WRITE 4243 fd:01:1835009 0 EOF
3: FLOCK  ADVISORY  WRITE 0 00:2b:77 0 EOF
4: OFDLCK ADVISORY  WRITE -1 00:2b:78 0 EOF
5: FLOCK  ADVISORY  WRITE 9 00:2b:78 0 EOF
`

func TestParseHolder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why          string
		major, minor uint32
		inode        uint64
		pid          int
		ok           bool
	}{
		{"the holder, not who waits", 0xfd, 1, 1835009, 4242, true},
		{"a lock of another kind", 0xfd, 0, 8413, 0, false},
		{"a process of another namespace", 0, 0x2b, 77, 0, false},
		{"a second kind of lock on the file", 0, 0x2b, 78, 9, true},
		{"another device", 0xfe, 1, 1835009, 0, false},
		{"no lock", 0xfd, 1, 1, 0, false},
	} {
		if pid, ok := parseHolder([]byte(lockTable), c.major, c.minor, c.inode); pid != c.pid || ok != c.ok {
			t.Errorf("%s: parseHolder = %d, %v, want %d, %v", c.why, pid, ok, c.pid, c.ok)
		}
	}
}

// FuzzParseHolder: who is found has a pid, and stands in a line of the table with the file's inode.
func FuzzParseHolder(f *testing.F) {
	f.Add([]byte(lockTable), uint32(0xfd), uint32(1), uint64(1835009))
	f.Add([]byte("1: FLOCK A W 1 0:0:0"), uint32(0), uint32(0), uint64(0))
	f.Fuzz(func(t *testing.T, table []byte, major, minor uint32, inode uint64) {
		pid, ok := parseHolder(table, major, minor, inode)
		if !ok {
			if pid > 0 {
				t.Errorf("parseHolder = %d, false", pid)
			}
			return
		}
		if pid <= 0 {
			t.Errorf("parseHolder = %d, true", pid)
		}
		line := fmt.Sprintf("9: FLOCK  ADVISORY  WRITE %d %02x:%02x:%d 0 EOF\n", pid, major, minor, inode)
		if again, ok := parseHolder([]byte(line), major, minor, inode); again != pid || !ok {
			t.Errorf("parseHolder of the kernel's line %q = %d, %v, want %d", line, again, ok, pid)
		}
	})
}
