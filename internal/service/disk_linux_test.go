package service_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/service"
)

// TestFullDisk: on a disk that is full in the middle of a row the file ends with a whole one, and goes on when there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("a small disk needs root: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	path := filepath.Join(dir, "service.csv")
	w, err := service.Create(path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 4<<10), 0o644); err != nil {
		t.Fatal(err)
	}
	long := []service.Row{{Target: "t", Series: strings.Repeat("a", 900), Kind: service.Gauge, Value: 123456}}
	full := 0
	for n := range 30 {
		if err := w.Write(time.Unix(int64(n), 0), long); err != nil {
			if full++; !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("Write = %v, want %v", err, syscall.ENOSPC)
			}
		}
		if n == 24 {
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		}
	}
	data := content(t, path)
	rows, err := service.Parse([]byte(data))
	if err != nil || full == 0 || len(rows) != 30-full || !strings.HasSuffix(data, "\n") {
		t.Errorf("Parse = %d rows, %v, after %d of 30 were refused; the file ends in %q", len(rows), err, full, data[len(data)-20:])
	}
}
