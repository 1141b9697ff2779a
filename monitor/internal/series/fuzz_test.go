package series

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gregaria/internal/service"
)

// FuzzRead asserts of any two pages: no two rows of a tick are of the same series, no rate is below zero, and what is written can be
// read again.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("testdata/*.after")
	if err != nil || len(names) < 5 {
		f.Fatalf("Glob = %q, %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		// small, because the search for the smallest input of a kind takes long
		data = data[:min(len(data), 400)]
		data = data[:bytes.LastIndexByte(data, '\n')+1]
		f.Add(data, data, false, true)
		f.Add(append(data, "# EOF\n"...), []byte("a 1\n"), true, false)
	}
	f.Add([]byte("a_total 5\na_total{x=\"\"} 7\n"), []byte("a_total 3\n{\"a_total\"} 9\n"), false, true)
	f.Add([]byte("s{quantile=\"1\"} 5\ns{quantile=\"1.0\"} 7\n"), []byte("# TYPE s summary\ns{quantile=\"1\"} 5\ns{quantile=\"1.0\"} 7\n"), false, true)
	f.Fuzz(func(t *testing.T, one, two []byte, open, all bool) {
		contentType := plainText
		if open {
			contentType = "application/openmetrics-text; version=1.0.0"
		}
		var patterns []string
		if all {
			patterns = []string{".*"}
		}
		choice, err := ParseChoice(patterns)
		if err != nil {
			t.Fatal(err)
		}
		file := []byte(service.Header + "\n")
		table := newTable("http://api:8000/metrics", choice, func(string) {})
		var written []service.Row
		for i, page := range [][]byte{one, two, one} {
			at := begin.Add(time.Duration(i) * time.Second)
			rows, err := table.read(bytes.Clone(page), contentType, at)
			if err != nil {
				continue
			}
			seen := map[[2]string]bool{}
			for _, r := range rows {
				if id := [2]string{r.Series, r.Labels}; seen[id] {
					t.Errorf("two rows of %s{%s}", r.Series, r.Labels)
				} else {
					seen[id] = true
				}
				if r.Kind == service.Rate && r.Value < 0 {
					t.Errorf("a rate of %v of %s", r.Value, r.Series)
				}
				r.Timestamp = float64(at.Unix())
				written = append(written, r)
				file = r.Append(file, at)
			}
		}
		again, err := service.Parse(file)
		if err != nil || len(again) != len(written) {
			t.Fatalf("Parse(written) = %d rows, %v, want %d", len(again), err, len(written))
		}
		for i, r := range written {
			if got := again[i]; got.Timestamp != r.Timestamp || got.Series != r.Series || got.Labels != r.Labels || got.Kind != r.Kind || !near(got.Value, r.Value) {
				t.Errorf("row %d = %v, want %v", i, got, r)
			}
		}
	})
}

// near compares with what a file keeps of a number.
func near(a, b float64) bool { return a == b || max(a-b, b-a) <= 1e-8*max(a, -a, b, -b) }
