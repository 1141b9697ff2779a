package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

func TestExistingFileIsKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	if err := os.WriteFile(path, []byte("precious\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--output", path, "--duration", "1"}, "is not empty; name another, or continue it with --append"},
		{[]string{"--output", path, "--duration", "1", "--append"}, "the file is no metrics CSV"},
	} {
		code, _, stderr := monitor(t.Context(), c.args...)
		if code != exitcode.Usage || !strings.Contains(stderr, c.want) {
			t.Errorf("monitor %q = %d, %q, want %d, %q", c.args, code, stderr, exitcode.Usage, c.want)
		}
		if data, _ := os.ReadFile(path); string(data) != "precious\n" {
			t.Errorf("monitor %q left %q", c.args, data)
		}
	}
}

func TestAppendContinues(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "metrics.csv")
		for range 2 {
			if code, _, stderr := monitor(t.Context(), "--output", path, "--duration", "2", "--append"); code != exitcode.OK {
				t.Fatalf("monitor = %d, %q, want 0", code, stderr)
			}
		}
		rows := read(t, path)
		if len(rows) != 4 {
			t.Fatalf("%d rows, want 4", len(rows))
		}
		for i := 1; i < 4; i++ {
			if rows[i].Timestamp <= rows[i-1].Timestamp {
				t.Errorf("row %d is of %v, after one of %v", i, rows[i].Timestamp, rows[i-1].Timestamp)
			}
		}
	})
}

func TestFullDiskBeforeTheStart(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	code, _, stderr := monitor(t.Context(), "--output", "/dev/full")
	if code != exitcode.Output || !strings.Contains(stderr, "--output /dev/full: ") || !strings.Contains(stderr, "no space left") {
		t.Errorf("monitor = %d, %q, want %d and that the disk is full", code, stderr, exitcode.Output)
	}
}

// disk is standard output on a disk with room for some bytes.
type disk struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		n, _ := d.Buffer.Write(p[:d.room])
		d.room = 0
		return n, errFull
	}
	d.room -= len(p)
	return d.Buffer.Write(p)
}

func TestFullDiskInTheMiddle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var stderr bytes.Buffer
		out := &disk{room: 10_000}
		if code := run(t.Context(), []string{"--output", "-"}, out, &stderr); code != exitcode.Output {
			t.Errorf("monitor = %d, %q, want %d", code, stderr.String(), exitcode.Output)
		}
		if last := stderr.String(); !strings.Contains(last, errFull.Error()) || !strings.Contains(last, "write the row of") {
			t.Errorf("stderr = %q, want %q and which row", last, errFull)
		}
		if rows, err := resource.Parse(out.Bytes()); err != nil || len(rows) < 2 {
			t.Errorf("left %d rows, %v, want those before the disk was full", len(rows), err)
		}
	})
}
