package collector

import (
	"os"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// BenchmarkCollect is what a tick costs, group by group and together, on this machine.
func BenchmarkCollect(b *testing.B) {
	for _, groups := range [][]string{{"cpu"}, {"cores"}, {"memory"}, {"cpu", "memory"}, {"pressure"}, {"disk"}, {"files"}, {"container"}, {"cpu", "memory", "pressure", "disk", "files", "container"}} {
		name := groups[0]
		if len(groups) > 1 {
			name = "cpu-to-" + groups[len(groups)-1]
		}
		b.Run(name, func(b *testing.B) {
			list, absent := Open(Settings{Proc: "/proc", Sys: "/sys", Folder: os.TempDir(), Groups: groups, Interval: time.Second, Note: func(string) {}})
			if len(absent) > 0 {
				b.Log(absent)
			}
			var rows [][]resource.Cell
			for _, g := range list {
				rows = append(rows, make([]resource.Cell, len(g.Columns())))
			}
			b.ReportAllocs()
			for b.Loop() {
				for i, g := range list {
					if err := g.Collect(rows[i]); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
