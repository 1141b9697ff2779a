package collector

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
)

func TestDisks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		s := show(tree, "disks")
		note, lines := notes()
		s.Note = note
		d, err := openDisk(s)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.Concat(resource.DiskColumns("sda"), resource.DiskColumns("nvme0n1"), resource.DiskColumns("cciss/c0d0"))
		if got := d.Columns(); !slices.Equal(got, want) {
			t.Errorf("Columns = %q, want those of sda, nvme0n1 and cciss/c0d0", got)
		}
		if cells, err := collect(d); strings.TrimSpace(text(cells)) != "" || err != nil {
			t.Errorf("the baseline = %q, %v, want nothing", text(cells), err)
		}
		time.Sleep(500 * time.Millisecond)
		show(tree, "disks-later")
		for _, want := range []string{
			"2 4 10 30 50 3 0 0 0 0 0       ", // 10 + 50 ms for 20 requests; no request has no average
			"0 0 0 0 0  0 0 0 0 0       ",
		} {
			cells, err := collect(d)
			if got := text(cells); got != want || err == nil || err.Error() != "disk cciss/c0d0 is gone" {
				t.Errorf("Collect = %q, %v, want %q", got, err, want)
			}
			time.Sleep(500 * time.Millisecond)
		}
		if want := []string{"the disk sdb is new; it has no columns, since they are those of the start"}; !slices.Equal(*lines, want) {
			t.Errorf("notes = %q, want %q", *lines, want)
		}
	})
}

// TestDisksOfOldKernels: a partition's line is shorter there; numbers are those of the later recording.
func TestDisksOfOldKernels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tree := kerneltest.NewTree(t)
		d, err := openDisk(show(tree, "linux-2.6"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = collect(d)
		time.Sleep(2 * time.Second)
		show(tree, "linux-2.6-later")
		if cells, err := collect(d); text(cells) != "0.5 1 10 10 25 5" || err != nil {
			t.Errorf("Collect = %q, %v", text(cells), err)
		}
		show(tree, "linux-2.6") // back to lower numbers: another disk
		time.Sleep(2 * time.Second)
		if cells, err := collect(d); text(cells) != "     " || err != nil {
			t.Errorf("Collect of a counter that went back = %q, %v", text(cells), err)
		}
	})
}

func TestNoDisk(t *testing.T) {
	t.Parallel()
	s := show(kerneltest.NewTree(t), "wsl1")
	if _, err := openDisk(s); !errors.Is(err, ErrAbsent) {
		t.Errorf("openDisk = %v, want %v", err, ErrAbsent)
	}
	s.Folder = t.TempDir()
	d, err := openDisk(s)
	if err != nil || !slices.Equal(d.Columns(), []string{resource.DiskFreeGB, resource.DiskFreePercent}) {
		t.Errorf("openDisk with a folder = %v, %v, want its free space", d, err)
	}
}

func TestFreeSpace(t *testing.T) {
	t.Parallel()
	row := make([]resource.Cell, 2)
	if err := free("/", row); err != nil {
		t.Fatal(err)
	}
	var fs unix.Statfs_t
	if err := unix.Statfs("/", &fs); err != nil {
		t.Fatal(err)
	}
	gigabytes, _ := row[0].Value()
	percent, _ := row[1].Value()
	if want := float64(fs.Bavail) * float64(fs.Bsize) / (1 << 30); gigabytes < want*0.9 || gigabytes > want*1.1 || percent <= 0 || percent > 100 {
		t.Errorf("free = %v GB, %v %%, want about %v GB", gigabytes, percent, want)
	}
	if err := free("/no/such/folder", row); err == nil || !strings.Contains(err.Error(), "/no/such/folder") {
		t.Errorf("free of no folder = %v", err)
	}
}

// FuzzDiskLine: a line in the kernel's form is read back, and a name is a word of its line.
func FuzzDiskLine(f *testing.F) {
	f.Add("   8       1 sda1 1 2 3", "sda", uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, other, name string, reads, busy uint64) {
		if d, ok := parseDiskLine([]byte(other)); ok && !slices.Contains(strings.FieldsFunc(other, func(r rune) bool { return r == ' ' || r == '\t' }), string(d.name)) {
			t.Errorf("parseDiskLine(%q) has the name %q", other, d.name)
		}
		if name == "" || strings.ContainsAny(name, " \t\n") {
			return
		}
		d, ok := parseDiskLine(fmt.Appendf(nil, " 8 0 %s %d 1 2 3 4 5 6 7 8 %d 9 0 0 0 0 0 0", name, reads, busy))
		if !ok || string(d.name) != name || d.reads != reads || d.readSectors != 2 || d.readMS != 3 || d.writes != 4 || d.writeSectors != 6 || d.writeMS != 7 || d.busyMS != busy {
			t.Errorf("parseDiskLine of %q, %d, %d = %+v, %v", name, reads, busy, d, ok)
		}
	})
}
