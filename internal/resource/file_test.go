package resource_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// open opens a file as Continue wants it.
func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func lines(t *testing.T, columns ...string) *resource.Lines {
	t.Helper()
	l, err := resource.NewLines(columns)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestContinue(t *testing.T) {
	t.Parallel()
	const head, row = "Timestamp,CPU_Percent,Time\n", "1700000000,7,2023-11-14T22:13:20Z\n"
	for _, c := range []struct {
		why, before, after string
		last               float64
	}{
		{"a header alone", head, head, 0},
		{"a whole file", head + row, head + row, 1700000000},
		{"a monitor was killed in a row", head + row + "17000", head + row, 1700000000},
	} {
		path := file(t, c.before)
		last, err := lines(t, resource.CPUPercent).Continue(open(t, path))
		if err != nil || last.Timestamp != c.last {
			t.Errorf("%s: Continue = %v, %v, want %v", c.why, last.Timestamp, err, c.last)
			continue
		}
		if got, _ := os.ReadFile(path); string(got) != c.after {
			t.Errorf("%s: file = %q, want %q", c.why, got, c.after)
		}
	}
}

func TestContinueRefuses(t *testing.T) {
	t.Parallel()
	many := make([]string, 0, 150)
	for i := range 150 {
		many = append(many, fmt.Sprintf("Column_%d", i))
	}
	for _, c := range []struct {
		content string
		columns []string
		want    string
	}{
		{"my notes, without a newline", nil, "the file is no metrics CSV"},
		{"User Count,Timestamp\n", nil, "the file is no metrics CSV"},
		{"Timestamp,CPU_Percent,GPU0_Load_Percent,Time\n1700000000,7,8,x\n", nil, "now: only the file has GPU0_Load_Percent; name"},
		{"Timestamp,Time\n", nil, "now: only a row has CPU_Percent; name"},
		{"Timestamp,Memory_Percent,Time\n", nil, "now: only the file has Memory_Percent, only a row has CPU_Percent; name"},
		{"Timestamp,Time,CPU_Percent\n", nil, "in another order from the file's column 2 on, Time instead of CPU_Percent; name"},
		{
			"Timestamp,CPU_Percent,Time\n", many,
			"now: only a row has Column_0, Column_1, Column_2, Column_3, Column_4, Column_5, Column_6, Column_7 and 142 more; name",
		},
	} {
		path := file(t, c.content)
		_, err := lines(t, append([]string{resource.CPUPercent}, c.columns...)...).Continue(open(t, path))
		if !errors.Is(err, resource.ErrColumns) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Continue of %q = %v, want %v, %q", c.content, err, resource.ErrColumns, c.want)
		}
		if got, _ := os.ReadFile(path); string(got) != c.content {
			t.Errorf("a refused file = %q, want it as it was: %q", got, c.content)
		}
	}
}
