package recorder

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// BenchmarkWrite is a row of 150 columns, on its way to the file.
func BenchmarkWrite(b *testing.B) {
	f, err := Open(filepath.Join(b.TempDir(), "metrics.csv"), false, func(string) {})
	if err != nil {
		b.Fatal(err)
	}
	var columns []string
	var row []resource.Cell
	for i := range 150 {
		columns = append(columns, fmt.Sprint("Column_", i))
		row = append(row, resource.Of(float64(i*i)/7))
	}
	if _, err := f.Begin(columns); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	second := int64(1700000000)
	for b.Loop() {
		if err := f.Write(time.Unix(second, 0), row); err != nil {
			b.Fatal(err)
		}
		second++
	}
}
