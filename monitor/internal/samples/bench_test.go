package samples

import (
	"fmt"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// BenchmarkWrite is a row of 150 columns that is kept for clients.
func BenchmarkWrite(b *testing.B) {
	var columns []string
	var row []resource.Cell
	for i := range 150 {
		columns = append(columns, fmt.Sprint("Column_", i))
		row = append(row, resource.Of(float64(i*i)/7))
	}
	r, err := NewRing(columns)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Write(time.Unix(1700000000, 0), row); err != nil {
			b.Fatal(err)
		}
	}
}
