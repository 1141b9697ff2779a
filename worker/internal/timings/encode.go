package timings

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ugorji/go/codec"

	"gregaria/internal/timing"
)

// deflaters compress the rows of a report. One is 800 KB, so that the workers of a process share them.
var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // an error would be of the level
	return w
}}

// Encode puts what the sets have into the message that a report carries; nil is that they have nothing. The sets are of one worker, and
// nobody else's any more.
func Encode(sets []*Set) (*timing.Message, error) {
	rows := Rows(sets)
	if len(rows) == 0 {
		return nil, nil //nolint:nilnil // as said
	}
	var plain []byte
	if err := codec.NewEncoderBytes(&plain, &codec.MsgpackHandle{WriteExt: true}).Encode(rows); err != nil {
		return nil, fmt.Errorf("encode timings: %w", err)
	}
	var out bytes.Buffer
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("deflate timings: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("deflate timings: %w", err)
	}
	return &timing.Message{Version: timing.Version, Timings: out.Bytes()}, nil
}

// Rows merges the sets and puts their rows in order.
func Rows(sets []*Set) []timing.Row {
	all := map[key]*Row{}
	for _, s := range sets {
		for k, r := range s.rows {
			if mine := all[k]; mine != nil {
				mine.merge(r)
			} else {
				all[k] = r
			}
		}
	}
	rows := make([]timing.Row, 0, len(all))
	for _, r := range slices.SortedFunc(maps.Values(all), func(a, b *Row) int {
		return cmp.Or(cmp.Compare(a.second, b.second), cmp.Compare(a.name, b.name), cmp.Compare(a.kind, b.kind))
	}) {
		rows = append(rows, r.row())
	}
	return rows
}

// row is the row as it is sent. Its text is valid UTF-8, or the master could not read the message.
func (r *Row) row() timing.Row {
	r.settle()
	out := timing.Row{
		Second: r.second, Type: valid(r.kind), Name: valid(r.name), Apart: r.apart,
		Counts: r.counts, Statuses: r.statuses, Histograms: map[int]timing.Histogram{},
	}
	if out.Statuses == nil {
		out.Statuses = map[int]int64{}
	}
	var windows [timing.Phases]window
	for _, slot := range r.table.slots {
		if slot.count > 0 {
			windows[slot.key>>phaseShift].widen(slot)
		}
	}
	for p := range windows {
		windows[p].open()
	}
	for _, slot := range r.table.slots {
		if slot.count > 0 {
			windows[slot.key>>phaseShift].put(slot)
		}
	}
	for p, w := range windows {
		if w.most > 0 {
			out.Histograms[p] = timing.Histogram{Max: r.most[p], First: w.first, Width: w.width, Buckets: w.buckets}
		}
	}
	return out
}

// A window is the buckets of one phase from its first to its last that has a count.
type window struct {
	first, last, width int
	most               uint32 // the largest count; 0 is no bucket at all
	buckets            []byte
}

const bucketMask = 1<<phaseShift - 1

// widen makes room for a slot.
func (w *window) widen(s slot) {
	b := int(s.key & bucketMask)
	if w.most == 0 {
		w.first, w.last = b, b
	}
	w.first, w.last, w.most = min(w.first, b), max(w.last, b), max(w.most, s.count)
}

// open makes the buckets, as wide as the largest count needs.
func (w *window) open() {
	switch {
	case w.most == 0:
		return
	case w.most < 1<<8:
		w.width = 1
	case w.most < 1<<16:
		w.width = 2
	default:
		w.width = 4
	}
	w.buckets = make([]byte, (w.last-w.first+1)*w.width)
}

// put fills the bucket of a slot.
func (w *window) put(s slot) {
	var count [4]byte
	binary.LittleEndian.PutUint32(count[:], s.count)
	copy(w.buckets[(int(s.key&bucketMask)-w.first)*w.width:], count[:w.width])
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
