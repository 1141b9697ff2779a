package locustweb

import (
	"encoding/json"
	"fmt"
	"testing"
)

// BenchmarkParseSnapshot is what an answer with 200 names costs whoever asked: the master, in Python, pays about ten times as much.
func BenchmarkParseSnapshot(b *testing.B) {
	var rows []map[string]any
	for i := range 201 {
		name := Aggregated
		if i < 200 {
			name = fmt.Sprintf("/stories/%d/{id}", i)
		}
		rows = append(rows, map[string]any{
			"method": "GET", "name": name, "safe_name": name, "num_requests": 12345, "num_failures": 0, "min_response_time": 1, "max_response_time": 99,
			"current_rps": 12.7, "current_fail_per_sec": 0.0, "avg_response_time": 12.518797, "median_response_time": 12, "avg_content_length": 15.5,
			"total_rps": 11.057903843358092, "total_fail_per_sec": 0.0, "response_time_percentile_0.95": 24, "response_time_percentile_0.99": 41,
		})
	}
	data, err := json.Marshal(map[string]any{"state": "running", "user_count": 40, "stats": rows, "errors": []any{}})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseSnapshot(data); err != nil {
			b.Fatal(err)
		}
	}
}
