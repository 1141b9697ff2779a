package recording

import (
	"math"
	"path/filepath"
	"sync"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// parts is in how many the timings are read at once: some more than the cores that are usual, for parts are not of one length.
const parts = 4

// A record is a row of the timings: seconds and endpoints are numbers in their part.
type record struct {
	at, endpoint                             int
	requests, failures, p50, p95, p99, from5 float64
	histograms                               [timing.Phases]analysis.Histogram // of those of timing.Windows
}

// A timings is what a part of a timings.csv has of the run.
type timings struct {
	records   []record
	endpoints []endpoint
	damaged   int
	older     bool // it has no histograms
	last      int64
}

// An endpoint is a (type, name) of a part.
type endpoint struct {
	kind, name string
	statuses   map[int]int64
}

// readTimings reads the rows of the load, several parts at a time.
func (r *reading) readTimings() []timings {
	if r.timings == nil {
		return nil
	}
	readers, err := timing.Readers(r.timings, parts)
	if err != nil { // findSpan has read the header
		return nil
	}
	read := make([]timings, len(readers))
	var wait sync.WaitGroup
	for i, rows := range readers {
		wait.Go(func() { read[i] = r.span.read(rows, len(r.timings)/parts) })
	}
	wait.Wait()
	damaged, older, rows := 0, false, 0
	for _, part := range read {
		damaged += part.damaged
		older = part.older
		rows += len(part.records)
	}
	if damaged > 0 {
		r.notef("%s: %d damaged lines are left out", filepath.Base(r.files.Timings), damaged)
	}
	if older && rows > 0 {
		r.notef("%s has no histograms, as files of older releases: percentiles of more than a second are not known", filepath.Base(r.files.Timings))
	}
	if rows == 0 {
		return nil
	}
	return read
}

// shortest is about how long a row with values is, in bytes.
const shortest = 300

// read reads a part of about size bytes.
func (s span) read(rows *timing.Reader, size int) (t timings) {
	t.records = make([]record, 0, size/shortest)
	kind, name, requests, failures := rows.Place(timing.Type), rows.Place(timing.Name), rows.Place(timing.Requests), rows.Place(timing.Failures)
	p50, p95, p99 := rows.Place(timing.Response.Percentile("50")), rows.Place(timing.Response.Percentile("95")), rows.Place(timing.Response.Percentile("99"))
	exchanges, statuses := rows.Place(timing.Exchanges), rows.Place(timing.Statuses)
	var histograms [timing.Phases]int
	for phase := range histograms {
		histograms[phase] = rows.Place(timing.Phase(phase).Histogram()) // -1 of the phases that have none
	}
	t.older = histograms[timing.Response] < 0
	numbers := map[string]int{}
	var key []byte
	var room buckets
	for rows.Next() {
		second := rows.Second()
		if second < s.began || second > s.last {
			continue
		}
		key = append(append(append(key[:0], rows.Cell(kind)...), 0), rows.Cell(name)...)
		n, found := numbers[string(key)]
		if !found {
			n = len(t.endpoints)
			numbers[string(key)] = n
			t.endpoints = append(t.endpoints, endpoint{string(rows.Cell(kind)), string(rows.Cell(name)), map[int]int64{}})
		}
		row := record{
			at: int(second - s.first), endpoint: n, requests: rows.Number(requests), failures: rows.Number(failures),
			p50: rows.Number(p50), p95: rows.Number(p95), p99: rows.Number(p99), from5: math.NaN(),
		}
		whole := true
		if len(rows.Cell(exchanges)) > 0 {
			row.from5, whole = from5(rows.Cell(statuses), t.endpoints[n].statuses)
		}
		for phase, place := range histograms {
			h, ok := room.read(rows.Cell(place))
			row.histograms[phase], whole = h, whole && ok
		}
		if !whole {
			t.damaged++
		}
		t.last = max(t.last, second)
		t.records = append(t.records, row)
	}
	t.damaged += rows.Damaged()
	return t
}

// from5 counts answers by their status, and returns how many of them have one from 500 on.
func from5(cell []byte, statuses map[int]int64) (count float64, whole bool) {
	whole = timing.Pairs(cell, func(status float64, n int64) {
		statuses[int(status)] += n
		if status >= 500 {
			count += float64(n)
		}
	})
	return count, whole
}

// buckets is room for those of many histograms: an allocation for each would take longer than to read them.
type buckets []analysis.Bucket

// piece is how many buckets are made at a time.
const piece = 1 << 15

// read reads the cell of a histogram.
func (b *buckets) read(cell []byte) (h analysis.Histogram, whole bool) {
	if len(cell) == 0 {
		return nil, true
	}
	most := len(cell)/4 + 1 // "1:1 "
	if cap(*b)-len(*b) < most {
		*b = make(buckets, 0, max(piece, most))
	}
	start := len(*b)
	all := (*b)[start:start]
	whole = timing.Pairs(cell, func(ms float64, count int64) { all = append(all, analysis.Bucket{MS: ms, Count: count}) })
	*b = (*b)[:start+len(all)]
	return analysis.Histogram(all[:len(all):len(all)]), whole
}
