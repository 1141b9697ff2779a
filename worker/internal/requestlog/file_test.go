package requestlog

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/worker/user"
)

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	used, other := filepath.Join(dir, "used.jsonl"), filepath.Join(dir, "other.csv")
	_, _ = logged(t, (&diary{}).config(used))
	if err := os.WriteFile(other, []byte("precious\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{used: ErrInUse, other: ErrExists, dir: syscall.EISDIR, filepath.Join(dir, "a", "b"): os.ErrNotExist, pipe: syscall.ENXIO} {
		if _, err := Open((&diary{}).config(path)); !errors.Is(err, want) {
			t.Errorf("Open(%s) = %v, want %v", path, err, want)
		}
	}
	if got := lines(t, other); len(got) != 1 || got[0] != "precious" {
		t.Errorf("the other file has %q", got)
	}
}

// record records n requests, and waits until they are in the file.
func record(t *testing.T, l *Log, r user.Recorder, from, n int) {
	t.Helper()
	before := l.written.Load()
	for i := range n {
		r.Record(user.Request{Name: fmt.Sprint(from + i)})
	}
	for deadline := time.Now().Add(10 * time.Second); l.written.Load() < before+int64(n); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d lines written after 10 s, want %d", l.written.Load()-before, n)
		}
	}
}

// TestFileGoesAway has a file that is moved, deleted and emptied while it is written.
func TestFileGoesAway(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		how  string
		do   func(path string) error
		lost int64
		says string
	}{
		{"moved", func(path string) error { return os.Rename(path, path+".1") }, 0, "the file was moved away; it is made anew"},
		{"deleted", os.Remove, 3, "the file was deleted; it is made anew, and the lines until now, 3, are lost"},
		{"emptied", func(path string) error { return os.Truncate(path, 0) }, 3, "somebody has emptied the file; the lines until now, 3, are lost"},
	} {
		t.Run(tt.how, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "requests.csv")
			said := &diary{}
			l, r := logged(t, said.config(path))
			record(t, l, r, 0, 3)
			if err := tt.do(path); err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(10 * time.Second); said.lines()[0] == ""; time.Sleep(5 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("nothing said after 10 s")
				}
			}
			record(t, l, r, 3, 4)
			err := l.Close()
			if l.lost() != tt.lost || (err != nil) != (tt.lost > 0) {
				t.Errorf("Close = %v, %d lost, want %d", err, l.lost(), tt.lost)
			}
			if got := lines(t, path); len(got) != 5 || !strings.HasPrefix(got[0], "timestamp,") || !strings.Contains(got[1], ",3,") {
				t.Errorf("the file has %q, want a header and the four later lines", got)
			}
			said.said(t, tt.says)
		})
	}
}

// TestSmallDisk fills a real one: of half a line nothing is there, and when there is room again all lines are.
func TestSmallDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() }) //nolint:noctx // the test's context has ended
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 40<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	path, said := filepath.Join(dir, "requests.jsonl"), &diary{}
	l, r := logged(t, said.config(path))
	for i := range 300 { // 100 bytes each and more, and there is room for 24 KB
		r.Record(user.Request{Name: fmt.Sprint(i)})
	}
	for deadline := time.Now().Add(10 * time.Second); said.lines()[0] == ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing said after 10 s")
		}
	}
	if got := lines(t, path); len(got) < 100 || len(got) >= 300 {
		t.Errorf("%d lines on the full disk, want some", len(got))
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); len(said.lines()) < 2 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	record(t, l, r, 300, 1)
	if err := l.Close(); err != nil || len(lines(t, path)) != 301 {
		t.Errorf("Close = %v, %d lines, want 301", err, len(lines(t, path)))
	}
	said.said(t, "no space left on device", "written again")
}

// TestKill kills a process that logs: its file has whole lines, but for the last, and everything of the second before.
func TestKill(t *testing.T) {
	t.Parallel()
	path := os.Getenv("REQUESTLOG_KILL")
	if path != "" {
		l, err := Open((&diary{}).config(path))
		if err != nil {
			t.Fatal(err)
		}
		r := recorderOf(l)
		for i := 0; ; i++ {
			r.Record(user.Request{Name: fmt.Sprint(i)})
			if time.Sleep(100 * time.Microsecond); i%100 == 0 {
				fmt.Println(i)
			}
		}
	}
	path = filepath.Join(t.TempDir(), "requests.jsonl")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKill$")
	cmd.Env = append(os.Environ(), "REQUESTLOG_KILL="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	recorded, enough := 0, time.Now().Add(1500*time.Millisecond)
	said := bufio.NewScanner(out)
	at := map[int]time.Time{}
	for said.Scan() && time.Now().Before(enough) {
		if _, err := fmt.Sscan(said.Text(), &recorded); err == nil {
			at[recorded] = time.Now()
		}
	}
	killed := time.Now()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.Split(string(data), "\n")
	whole = whole[:len(whole)-1] // behind the last end of a line is nothing, or half of one
	for i, text := range whole {
		if got := parsed(t, text)["name"]; got != fmt.Sprint(i) {
			t.Fatalf("line %d is of request %v", i, got)
		}
	}
	for i, when := range at {
		if killed.Sub(when) > time.Second && i >= len(whole) {
			t.Errorf("request %d was made %s before the end and is not in the %d lines", i, killed.Sub(when), len(whole))
		}
	}
	if len(whole) == 0 {
		t.Error("no line")
	}
}
