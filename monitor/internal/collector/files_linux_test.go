package collector

import (
	"testing"

	"gregaria/monitor/internal/kernel/kerneltest"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	for recording, want := range map[string]string{
		"linux-2.6": "1000 1 80 1", // 24 of the 1024 are free again; threads-max is the smaller maximum
		"wsl1":      "0 0 5 0.0153",
	} {
		f, _ := openFileTable(show(kerneltest.NewTree(t), recording))
		if cells, err := collect(f); text(cells) != want || err != nil {
			t.Errorf("Collect of %s = %q, %v, want %q", recording, text(cells), err, want)
		}
	}
	tree := kerneltest.NewTree(t)
	f, _ := openFileTable(show(tree, "linux-2.6"))
	tree.Write("-- proc/sys/fs/file-nr --\nodd\n-- proc/loadavg --\n1 1 1 2 3\n")
	if cells, err := collect(f); text(cells) != "   " || err == nil {
		t.Errorf("Collect of odd files = %q, %v", text(cells), err)
	}
}

// FuzzFileNR: open files are never more than those that are allocated, nor below 0.
func FuzzFileNR(f *testing.F) {
	f.Add([]byte("897\t0\t2466170\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if open, most, ok := parseFileNR(data); ok && (open < 0 || most < 0) {
			t.Errorf("parseFileNR(%q) = %v, %v", data, open, most)
		}
	})
}
