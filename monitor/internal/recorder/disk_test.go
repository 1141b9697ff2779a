package recorder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestRowsWaitForAFullDisk(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	b := open(t, filepath.Join(dir, "metrics.csv"), false)
	filler := ballast(t, dir)
	b.rows(200) // 60 bytes each, and a page has 4096
	before, err := os.ReadFile(b.path)
	if err != nil || len(before) == 0 || before[len(before)-1] != '\n' || b.next-firstSecond == int64(b.file.written) {
		t.Fatalf("on the full disk the file = %q, %v, with %d of 200 rows, want whole rows and not all", ends(before), err, b.file.written)
	}
	b.said("no space left on device; the rows wait in memory")
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	b.rows(1)
	want(t, b.path, firstSecond, firstSecond+200)
	b.said("no space left on device", "written again; no row is lost")
	if err := b.file.Close(); err != nil {
		t.Errorf("Close = %v, want nil: every row is there", err)
	}
}

func TestGivesUpOnADiskThatStaysFull(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	synctest.Test(t, func(t *testing.T) {
		b := open(t, filepath.Join(dir, "metrics.csv"), false)
		ballast(t, dir)
		var err error
		for err == nil {
			err = b.row()
			if b.file.trouble.IsZero() {
				continue // the page is not full yet
			}
			if time.Sleep(time.Second); b.next > firstSecond+1000 {
				t.Fatal("no end after 1000 rows")
			}
		}
		if waited := time.Since(b.file.trouble); waited != Patience+time.Second {
			t.Errorf("gave up after %s, want %s", waited, Patience)
		}
		if !errors.Is(err, ErrLost) || !errors.Is(err, syscall.ENOSPC) ||
			!strings.Contains(err.Error(), " rows are kept, the last of ") || !strings.Contains(err.Error(), ", and 31 later ones are lost") {
			t.Errorf("Write = %v, want what is kept and what is lost", err)
		}
		if err := b.file.Close(); err != nil {
			t.Errorf("Close = %v, want nil: it has been said", err)
		}
		want(t, b.path, firstSecond, firstSecond+int64(b.file.written)-1)
	})
}

func TestTheEndSaysWhatStillWaits(t *testing.T) {
	t.Parallel()
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.rows(2)
	b.file.handle = &torn{File: b.file.open, room: 0}
	b.rows(3)
	if err := b.file.Close(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "2 rows are kept, the last of ") || !strings.Contains(err.Error(), "and 3 later ones are lost") {
		t.Errorf("Close = %v, want that 3 rows are lost", err)
	}
}

// torn is a file on a disk with room for some bytes.
type torn struct {
	*os.File

	room   int
	keep   bool // the disk cannot cut a file either
	behind []byte
}

func (f *torn) Write(p []byte) (int, error) {
	if len(p) <= f.room {
		f.room -= len(p)
		return f.File.Write(p)
	}
	n, err := f.File.Write(p[:f.room])
	f.room = 0
	if err == nil {
		_, err = f.File.Write(f.behind)
	}
	return n, errors.Join(err, syscall.ENOSPC)
}

func (f *torn) Truncate(size int64) error {
	if f.keep {
		return syscall.EIO
	}
	return f.File.Truncate(size)
}

var _ handle = (*torn)(nil)

// TestNoHalfRow tears the write of three rows at every byte.
func TestNoHalfRow(t *testing.T) {
	t.Parallel()
	const three = 3 * len("1700000000,12.3456,2023-11-14T22:13:20Z,,1700000001\n")
	for room := range three {
		b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
		b.rows(1)
		tearing := &torn{File: b.file.open}
		b.file.handle = tearing
		b.rows(2)
		tearing.room = room
		b.rows(1)
		data, err := os.ReadFile(b.path)
		if err != nil {
			t.Fatal(err)
		}
		if kept := room / (three / 3); b.file.written != 1+kept || len(data) == 0 || data[len(data)-1] != '\n' {
			t.Errorf("with room for %d bytes: %d rows in %q, want %d, all whole", room, b.file.written, data, 1+kept)
		}
		want(t, b.path, firstSecond, firstSecond+int64(b.file.written)-1)
		tearing.room = 1 << 20
		b.rows(1)
		want(t, b.path, firstSecond, firstSecond+4)
		if err := b.file.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	}
}

func TestHalfARowIsCutLater(t *testing.T) {
	t.Parallel()
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.rows(2)
	tearing := &torn{File: b.file.open, room: 20, keep: true}
	b.file.handle = tearing
	b.rows(2)
	b.said("no space left on device; cut off half a row: input/output error; the rows wait")
	tearing.keep, tearing.room = false, 1<<20
	if err := b.file.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	want(t, b.path, firstSecond, firstSecond+3)
}

// TestOthersBytesAreNotCut: what is behind half a row is not the monitor's.
func TestOthersBytesAreNotCut(t *testing.T) {
	t.Parallel()
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.rows(2)
	b.file.handle = &torn{File: b.file.open, room: 20, behind: []byte("mine\n")}
	if err := b.row(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "somebody else writes to the file") {
		t.Errorf("Write = %v, want that somebody else writes", err)
	}
	if data, _ := os.ReadFile(b.path); !strings.HasSuffix(string(data), "mine\n") {
		t.Errorf("the file = %q, want what somebody else wrote", data)
	}
}

func TestRowsOfOthersStay(t *testing.T) {
	t.Parallel()
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.rows(1)
	other, err := os.OpenFile(b.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.WriteString("# a remark\n"); err != nil {
		t.Fatal(err)
	}
	b.file.handle = &torn{File: b.file.open, room: 20}
	b.rows(1)
	if data, _ := os.ReadFile(b.path); !strings.HasSuffix(string(data), "\n# a remark\n") {
		t.Errorf("the file = %q, want it to end with the remark: half a row behind it is cut", data)
	}
}

func TestWriteAllocatesLittle(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.rows(10)
	if n := testing.AllocsPerRun(100, func() { b.rows(1) }); n > 4 { // os.Stat
		t.Errorf("a row takes %v allocations, want at most 4", n)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "none", "metrics.csv"), false, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open in no folder = %v", err)
	}
	path := filepath.Join(dir, "metrics.csv")
	b := open(t, path, false)
	b.rows(1)
	if err := b.file.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, false, nil); !errors.Is(err, ErrExists) {
		t.Errorf("Open of a file with rows = %v, want %v", err, ErrExists)
	}
	want(t, path, firstSecond, firstSecond)
}
