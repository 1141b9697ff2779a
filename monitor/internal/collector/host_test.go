//go:build linux

package collector

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
)

// collect calls Collect with a row of the right length.
func collect(c Collector) ([]resource.Cell, error) {
	row := make([]resource.Cell, len(c.Columns()))
	return row, c.Collect(row)
}

// show puts recorded trees of testdata/host, one after the other, into a folder, and returns where the kernel's files are.
func show(tree kerneltest.Tree, names ...string) Settings {
	for _, name := range names {
		tree.Show(filepath.Join("testdata/host", name+".txt"))
	}
	return Settings{Proc: filepath.Join(tree.Dir, "proc"), Sys: filepath.Join(tree.Dir, "sys"), Interval: time.Second, Note: func(string) {}}
}

// notes returns a function for Settings.Note and what it was told.
func notes() (note func(string), lines *[]string) {
	lines = new([]string)
	return func(line string) { *lines = append(*lines, line) }, lines
}

func text(cells []resource.Cell) string {
	var words []string
	for _, cell := range cells {
		words = append(words, cell.String())
	}
	return strings.Join(words, " ")
}

func TestSelfMeasuresWork(t *testing.T) {
	t.Parallel()
	s, _ := openSelf(Settings{})
	first, err := collect(s)
	if _, ok := first[0].Value(); ok || err != nil {
		t.Errorf("first Collect = %q, %v, want no CPU share yet", text(first), err)
	}
	for sum, i := 0, 0; i < 50_000_000; i++ {
		sum += i * i
	}
	second, err := collect(s)
	percent, ok := second[0].Value()
	if err != nil || !ok || percent <= 0 || percent > 100 {
		t.Errorf("Collect after work = %v, %v, %v, want a share of all cores above 0", percent, ok, err)
	}
	if rss, ok := second[1].Value(); !ok || rss < 1 || rss > 4096 {
		t.Errorf("RSS = %v, %v, want some MB", rss, ok)
	}
}
