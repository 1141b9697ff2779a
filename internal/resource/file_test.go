package resource_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
)

const head = "Timestamp,CPU_Percent\n"

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLast(t *testing.T) {
	t.Parallel()
	var long strings.Builder
	long.WriteString(head)
	for i := range 20_000 { // 300 kB, more than Last reads
		fmt.Fprintf(&long, "%d,%d.5\n", 1700000000+i, i%100)
	}
	for _, c := range []struct {
		why, content string
		ok           bool
		at, cpu      float64
	}{
		{"empty", "", false, 0, 0},
		{"half a header", "Timest", false, 0, 0},
		{"a header alone", head, false, 0, 0},
		{"half the first row", head + "17000", false, 0, 0},
		{"one row", head + "1700000000,7\n", true, 1700000000, 7},
		{"half the second row", head + "1700000000,7\n1700000001,9", true, 1700000000, 7},
		{"an early row is damaged", head + "x\n1700000001,9\n", true, 1700000001, 9},
		{"a long file", long.String(), true, 1700019999, 99.5},
		{"a long file that grows", long.String() + "1700020000,1", true, 1700019999, 99.5},
	} {
		row, ok, err := resource.Last(file(t, c.content))
		cpu, _ := row.Value(resource.CPUPercent)
		if err != nil || ok != c.ok || row.Timestamp != c.at || cpu != c.cpu {
			t.Errorf("%s: Last = %v %v, %v, %v, want %v %v, %v", c.why, row.Timestamp, cpu, ok, err, c.at, c.cpu, c.ok)
		}
	}
}

func TestLastOfNoMetrics(t *testing.T) {
	t.Parallel()
	if _, ok, err := resource.Last(filepath.Join(t.TempDir(), "none.csv")); ok || err != nil {
		t.Errorf("Last of a missing file = %v, %v, want no row and no error: the monitor has not begun yet", ok, err)
	}
	if _, _, err := resource.Last(t.TempDir()); err == nil {
		t.Error("Last of a directory = no error")
	}
	path := file(t, strings.Repeat("x", 200_000))
	if _, _, err := resource.Last(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Last of something else = %v, want an error that names the file", err)
	}
}

// open opens a file as Append wants it.
func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestAppend(t *testing.T) {
	t.Parallel()
	const head, time9, time0 = "Timestamp,CPU_Percent,Time\n", ",2023-11-14T22:13:29Z", ",2023-11-14T22:13:20Z"
	for _, c := range []struct {
		why, before, after string
		last               float64
	}{
		{"a new file", "", head + "1700000009,1" + time9 + "\n", 0},
		{"a header alone", head, head + "1700000009,1" + time9 + "\n", 0},
		{"a whole file", head + "1700000000,7" + time0 + "\n", head + "1700000000,7" + time0 + "\n1700000009,1" + time9 + "\n", 1700000000},
		{"a disk was full", head + "1700000000,7" + time0 + "\n17000", head + "1700000000,7" + time0 + "\n1700000009,1" + time9 + "\n", 1700000000},
	} {
		path := file(t, c.before)
		w, last, err := resource.Append(open(t, path), []string{resource.CPUPercent})
		if err != nil || last.Timestamp != c.last {
			t.Errorf("%s: Append = %v, %v, want %v", c.why, last.Timestamp, err, c.last)
			continue
		}
		if err := w.Write(time.Unix(1700000009, 0), []resource.Cell{resource.Of(1)}); err != nil {
			t.Error(err)
		}
		if got, _ := os.ReadFile(path); string(got) != c.after {
			t.Errorf("%s: file = %q, want %q", c.why, got, c.after)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	for _, content := range []string{
		"my notes, without a newline",
		"User Count,Timestamp\n",
		"Timestamp,CPU_Percent,GPU0_Load_Percent\n1700000000,7,8\n", // the GPU is gone
	} {
		path := file(t, content)
		if _, _, err := resource.Append(open(t, path), []string{resource.CPUPercent}); !errors.Is(err, resource.ErrColumns) {
			t.Errorf("Append to %q = %v, want %v", content, err, resource.ErrColumns)
		}
		if got, _ := os.ReadFile(path); string(got) != content {
			t.Errorf("a refused file = %q, want it as it was: %q", got, content)
		}
	}
}
