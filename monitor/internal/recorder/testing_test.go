package recorder

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// A bench is a File whose rows are a second apart, and what it says.
type bench struct {
	t     *testing.T
	file  *File
	path  string
	notes []string
	next  int64 // the second of the next row
}

const firstSecond = 1700000000

func columns() []string { return []string{resource.CPUPercent, "Other", "Third"} }

func open(t *testing.T, path string, more bool) *bench {
	t.Helper()
	b := &bench{t: t, path: path, next: firstSecond}
	var err error
	if b.file, err = Open(path, more, func(line string) { b.notes = append(b.notes, line) }); err != nil {
		t.Fatal(err)
	}
	if _, err := b.file.Begin(columns()); err != nil {
		t.Fatal(err)
	}
	return b
}

// row writes the next row.
func (b *bench) row() error {
	at := time.Unix(b.next, 0)
	b.next++
	return b.file.Write(at, []resource.Cell{resource.Of(12.3456), {}, resource.Of(float64(b.next))})
}

func (b *bench) rows(n int) {
	b.t.Helper()
	for range n {
		if err := b.row(); err != nil {
			b.t.Fatal(err)
		}
	}
}

// want compares the file with a header and the rows of the seconds from first to last.
func want(t *testing.T, path string, first, last int64) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	var whole bytes.Buffer
	w, err := resource.NewWriter(&whole, columns())
	if err != nil {
		t.Fatal(err)
	}
	for second := first; second <= last; second++ {
		if err := w.Write(time.Unix(second, 0), []resource.Cell{resource.Of(12.3456), {}, resource.Of(float64(second + 1))}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(data, whole.Bytes()) {
		t.Errorf("%s = %q, want the rows from %d to %d: %q", filepath.Base(path), ends(data), first, last, ends(whole.Bytes()))
	}
}

// ends shortens a long text.
func ends(data []byte) string {
	if len(data) <= 400 {
		return string(data)
	}
	return fmt.Sprintf("%s ... %s (%d bytes)", data[:200], data[len(data)-200:], len(data))
}

// said wants the notes to be those, each by a part of it.
func (b *bench) said(parts ...string) {
	b.t.Helper()
	if len(b.notes) != len(parts) {
		b.t.Errorf("notes = %q, want %d: %q", b.notes, len(parts), parts)
		return
	}
	for i, part := range parts {
		if !strings.Contains(b.notes[i], part) {
			b.t.Errorf("note %d = %q, want %q in it", i, b.notes[i], part)
		}
	}
}

// smallDisk is a folder with room for 64 KB.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil { //nolint:noctx // the test's context has ended
			t.Errorf("umount %s: %v: %s", dir, err, out)
		}
	})
	return dir
}

// ballast fills a disk but for some bytes, which are less than a page.
func ballast(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for page := make([]byte, 4096); ; {
		if _, err := file.Write(page); err != nil {
			return path
		}
	}
}
