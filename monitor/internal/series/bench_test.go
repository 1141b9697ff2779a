package series

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// page500 is a page of 500 series that move: those of a FastAPI with 62 routes, their buckets beside them.
func page500(n int) []byte {
	var b bytes.Buffer
	b.WriteString("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n")
	for i := range 250 {
		fmt.Fprintf(&b, "http_requests_total{handler=\"/stories/%d/{id}\",method=\"GET\",status=\"2xx\"} %d.0\n", i, i*n)
	}
	b.WriteString("# TYPE http_request_duration_seconds histogram\n")
	for i := range 125 {
		for _, le := range []string{"0.1", "0.5", "1.0", "+Inf"} {
			fmt.Fprintf(&b, "http_request_duration_seconds_bucket{handler=\"/stories/%d/{id}\",le=\"%s\",method=\"GET\"} %d.0\n", i, le, i*n)
		}
		fmt.Fprintf(&b, "http_request_duration_seconds_count{handler=\"/stories/%d/{id}\",method=\"GET\"} %d.0\n", i, i*n)
		fmt.Fprintf(&b, "http_request_duration_seconds_sum{handler=\"/stories/%d/{id}\",method=\"GET\"} %d.2500123\n", i, i*n)
	}
	return b.Bytes()
}

// BenchmarkRead500 is what a tick costs for a page of 1,000 lines with 500 series that are written, the file and the network left out.
func BenchmarkRead500(b *testing.B) {
	table := newTable("http://api:8000/metrics", Choice{}, func(string) {})
	at, n := begin, 0
	pages := [][]byte{page500(1), page500(2), page500(3), page500(4)}
	b.ReportAllocs()
	for b.Loop() {
		at, n = at.Add(time.Second), n+1
		rows, err := table.read(pages[n%4], plainText, at)
		if err != nil || n > 4 && n%4 != 0 && len(rows) < 490 {
			b.Fatalf("%d rows, %v", len(rows), err)
		}
	}
}
