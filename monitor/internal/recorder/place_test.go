package recorder

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func do(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFileIsMadeAnew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		harm func(t *testing.T, path string)
		said string
	}{
		{"deleted", func(t *testing.T, path string) { do(t, os.Remove(path)) }, "the file was deleted; it is made anew, and the rows until "},
		{"moved away", func(t *testing.T, path string) { do(t, os.Rename(path, path+".old")) }, "the file was moved away; it is made anew"},
		{"emptied", func(t *testing.T, path string) { do(t, os.Truncate(path, 0)) }, "the file was emptied; it is made anew"},
		{"replaced by an empty one", func(t *testing.T, path string) {
			do(t, os.Rename(path, path+".old"))
			do(t, os.WriteFile(path, nil, 0o600))
		}, "the file was replaced by another file; it is made anew"},
		{"its folder is another", func(t *testing.T, path string) {
			do(t, os.RemoveAll(filepath.Dir(path)))
			do(t, os.Mkdir(filepath.Dir(path), 0o700))
		}, "the file was deleted; it is made anew"},
	} {
		dir := filepath.Join(t.TempDir(), "results")
		do(t, os.Mkdir(dir, 0o700))
		b := open(t, filepath.Join(dir, "metrics.csv"), false)
		b.rows(3)
		c.harm(t, b.path)
		b.rows(2)
		b.said(c.said)
		want(t, b.path, firstSecond+3, firstSecond+4)
		if _, err := os.Stat(b.path + ".old"); err == nil {
			want(t, b.path+".old", firstSecond, firstSecond+2)
		}
		if _, err := Open(b.path, true, nil); !errors.Is(err, ErrInUse) {
			t.Errorf("%s: another Open = %v, want %v", c.why, err, ErrInUse)
		}
		if err := b.file.Close(); !errors.Is(err, ErrRemade) || !strings.Contains(err.Error(), "during the measurement") {
			t.Errorf("%s: Close = %v, want %v", c.why, err, ErrRemade)
		}
	}
}

// TestWhatSomebodyElsePutThereStays: the monitor neither overwrites it nor goes on in it.
func TestWhatSomebodyElsePutThereStays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why string
		put func(path string) error
	}{
		{"a file", func(path string) error { return os.WriteFile(path, []byte("precious\n"), 0o600) }},
		{"a named pipe", func(path string) error {
			if err := exec.Command("mkfifo", path+".new").Run(); err != nil { //nolint:noctx // it is there at once
				return err
			}
			return os.Rename(path+".new", path)
		}},
		{"a folder", func(path string) error { return os.MkdirAll(filepath.Join(path, "precious"), 0o700) }},
	} {
		b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
		b.rows(2)
		do(t, os.Remove(b.path))
		do(t, c.put(b.path))
		if err := b.row(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "somebody has put another file there: it is left as it is") {
			t.Errorf("%s: Write = %v, want that it is not ours", c.why, err)
		}
		if info, err := os.Stat(b.path); err == nil && info.Mode().IsRegular() {
			if data, err := os.ReadFile(b.path); err != nil || string(data) != "precious\n" {
				t.Errorf("%s = %q, %v, want it untouched", c.why, data, err)
			}
		}
		if err := b.file.Close(); !errors.Is(err, ErrRemade) {
			t.Errorf("%s: Close = %v", c.why, err)
		}
	}
}

func TestRowsWaitForTheFolder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "results")
		do(t, os.Mkdir(dir, 0o700))
		b := open(t, filepath.Join(dir, "metrics.csv"), false)
		b.rows(3)
		do(t, os.RemoveAll(dir))
		for range 20 {
			b.rows(1)
			time.Sleep(time.Second)
		}
		b.said("was deleted; it is made anew", "no such file or directory; the rows wait in memory")
		do(t, os.Mkdir(dir, 0o700))
		b.rows(1)
		want(t, b.path, firstSecond+3, firstSecond+23)
		b.said("was deleted; it is made anew", "no such file or directory; the rows wait in memory", "written again; no row is lost")
		if err := b.file.Close(); !errors.Is(err, ErrRemade) {
			t.Errorf("Close = %v, want %v", err, ErrRemade)
		}
	})
}

func TestGivesUpOnAFolderThatStaysAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "results")
		do(t, os.Mkdir(dir, 0o700))
		b := open(t, filepath.Join(dir, "metrics.csv"), false)
		b.rows(3)
		do(t, os.RemoveAll(dir))
		began := time.Now()
		var err error
		for ; err == nil && b.next < firstSecond+100; time.Sleep(time.Second) {
			err = b.row()
		}
		if waited := time.Since(began); waited != Patience+time.Second || !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "31 later ones are lost") {
			t.Errorf("after %s Write = %v, want %v after %s", waited, err, ErrLost, Patience)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	b := open(t, filepath.Join(t.TempDir(), "metrics.csv"), false)
	b.file.handle = &torn{File: b.file.open}
	var err error
	for err == nil && b.next < firstSecond+1_000_000 {
		err = b.row()
	}
	if !errors.Is(err, ErrLost) || cap(b.file.waiting.lines) > 2*MaxWaiting {
		t.Errorf("after %d rows Write = %v with room for %d bytes, want %v", b.next-firstSecond, err, cap(b.file.waiting.lines), ErrLost)
	}
}
