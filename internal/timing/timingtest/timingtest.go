// Package timingtest reads what reports carry for timings.csv, for tests of those who write it.
package timingtest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/ugorji/go/codec"

	"gregaria/internal/timing"
)

// Decode reads the rows of a report.
func Decode(deflated []byte) ([]timing.Row, error) {
	r, err := zlib.NewReader(bytes.NewReader(deflated))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var rows []timing.Row
	h := &codec.MsgpackHandle{WriteExt: true}
	h.RawToString = true
	return rows, codec.NewDecoderBytes(plain, h).Decode(&rows)
}

// Of reads the rows of the data of a message "stats", as a master decodes it. A report without any has none.
func Of(data any) ([]timing.Row, error) {
	fields, ok := data.(map[any]any)
	if !ok {
		return nil, fmt.Errorf("the data of a report is %T", data)
	}
	said, ok := fields[timing.Key].(map[any]any)
	if !ok {
		return nil, nil
	}
	if version := fmt.Sprint(said["version"]); version != fmt.Sprint(timing.Version) {
		return nil, fmt.Errorf("version %s of timings", version)
	}
	deflated, ok := said["timings"].([]byte)
	if !ok {
		return nil, fmt.Errorf("timings are %T", said["timings"])
	}
	return Decode(deflated)
}

// Most is the largest value that has a bucket of its own, in microseconds.
const Most = 1<<36 - 1

// Histogram makes one of the library's.
func Histogram(h timing.Histogram) *hdrhistogram.Histogram {
	s := hdrhistogram.New(1, Most, 2).Export()
	for i := 0; i*h.Width < len(h.Buckets); i++ {
		n := int64(0)
		for j := range h.Width {
			n |= int64(h.Buckets[i*h.Width+j]) << (8 * j)
		}
		s.Counts[h.First+i] += n
	}
	return hdrhistogram.Import(s)
}
