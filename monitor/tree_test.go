//go:build linux

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

var update = flag.Bool("update", false, "write the golden values anew")

// frozen are the groups whose files stand in testdata/tree. A group is added with its files.
const frozen = "cpu,cores,memory,pressure,disk,files"

// TestFrozenTree runs the monitor on recorded folders of the kernel: every cell is known, and where nothing changes a rate is
// 0, or empty where a share of nothing is asked for.
func TestFrozenTree(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	tree, err := filepath.Abs("testdata/tree")
	if err != nil {
		t.Fatal(err)
	}
	m := exec.CommandContext(t.Context(), binary(t), "--output", path, "--interval", "0.1", "--duration", "0.3", "--collect", frozen)
	m.Env = append(os.Environ(), "HOST_PROC="+filepath.Join(tree, "proc"), "HOST_SYS="+filepath.Join(tree, "sys"))
	if out, err := m.CombinedOutput(); err != nil {
		t.Fatalf("monitor: %v\n%s", err, out)
	}
	rows := wholeRows(t, path)
	var got strings.Builder
	for _, column := range rows[0].Columns() {
		switch column {
		case resource.Timestamp, resource.Time, resource.DiskFreeGB, resource.DiskFreePercent:
			continue // of this moment and of this disk
		}
		cell := resource.Cell{}
		if value, ok := rows[len(rows)-1].Value(column); ok {
			cell = resource.Of(value)
		}
		fmt.Fprintln(&got, column, cell)
	}
	const golden = "testdata/tree/row.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the row of the frozen tree is\n%s\nwant\n%s\n(go test ./monitor -run TestFrozenTree -update, and read the difference)", got.String(), want)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
