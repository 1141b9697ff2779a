//go:build cgo && linux

package collector

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

// everyCollector opens each kind, with a driver that has one GPU.
func everyCollector(t *testing.T) []Collector {
	list, absent := open(openCPU, openMemory, openFakeGPU, openSelf)
	if len(absent) > 0 {
		t.Fatalf("open = %v", absent)
	}
	return list
}

func TestCollectorsKeepTheContract(t *testing.T) {
	t.Parallel()
	for _, c := range everyCollector(t) {
		columns := c.Columns()
		for range 2 {
			cells, err := c.Collect(t.Context())
			if cells != nil && len(cells) != len(columns) {
				t.Errorf("%T.Collect = %d cells, %v, want none or %d", c, len(cells), err, len(columns))
			}
		}
		if again := c.Columns(); !slices.Equal(again, columns) {
			t.Errorf("%T.Columns = %q, then %q", c, columns, again)
		}
	}
}

func TestAllLeavesOutWhatIsAbsent(t *testing.T) {
	t.Parallel()
	list, absent := open(openCPU, func() (Collector, error) { return nil, ErrAbsent }, openMemory)
	if len(list) != 2 || len(absent) != 1 || !errors.Is(absent[0], ErrAbsent) {
		t.Errorf("open = %d collectors, %v, want 2 and %v", len(list), absent, ErrAbsent)
	}
}

// TestDocsNameEveryColumn keeps docs/metrics.md and the file the same: a row of its table is "| `Column` | ...".
func TestDocsNameEveryColumn(t *testing.T) {
	t.Parallel()
	const path = "../../../docs/metrics.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(data), -1) {
		documented = append(documented, row[1])
	}
	want := []string{resource.Timestamp}
	for _, c := range everyCollector(t) {
		for _, column := range c.Columns() {
			want = append(want, strings.Replace(column, "GPU0_", "GPU<n>_", 1))
		}
	}
	if !slices.Equal(documented, want) {
		t.Errorf("%s names\n%q\nthe file has\n%q", path, documented, want)
	}
}
