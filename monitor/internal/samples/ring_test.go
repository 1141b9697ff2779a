package samples

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"gregaria/internal/resource"
)

func ring(t *testing.T, columns ...string) *Ring {
	t.Helper()
	r, err := NewRing(columns)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// all returns what Since has, part after part.
func all(r *Ring, after time.Time) []byte {
	var text []byte
	for {
		lines, last := r.Since(nil, after)
		if len(lines) == 0 {
			return text
		}
		text, after = append(text, lines...), last
	}
}

func TestRingKeepsTheNewest(t *testing.T) {
	t.Parallel()
	r := ring(t, resource.CPUPercent, "Empty")
	if _, _, ok := r.Kept(); ok || len(all(r, time.Time{})) != 0 {
		t.Error("an empty ring has rows")
	}
	const first = 1700000000
	for n := range 3*MaxRows + 7 {
		if err := r.Write(time.Unix(first+int64(n), 0), []resource.Cell{resource.Of(float64(n)), {}}); err != nil {
			t.Fatal(err)
		}
		last := first + n
		from := max(first, last-MaxRows+1)
		oldest, newest, ok := r.Kept()
		if !ok || oldest.Unix() != int64(from) || newest.Unix() != int64(last) {
			t.Fatalf("after row %d Kept = %d, %d, %v, want %d, %d", n, oldest.Unix(), newest.Unix(), ok, from, last)
		}
		if n%97 != 0 {
			continue
		}
		var want bytes.Buffer
		for second := from; second <= last; second++ {
			at := time.Unix(int64(second), 0).UTC().Format(time.RFC3339)
			fmt.Fprintf(&want, "{\"Timestamp\":%d,\"CPU_Percent\":%d,\"Time\":%q}\n", second, second-first, at)
		}
		if got := all(r, time.Time{}); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("after row %d the rows are %s, want %s", n, got, want.Bytes())
		}
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	r := ring(t, resource.CPUPercent)
	for tenth := range 10 {
		if err := r.Write(time.UnixMilli(1700000000000+100*int64(tenth)), []resource.Cell{resource.Of(float64(tenth))}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		after int64 // ms
		want  int
	}{
		{0, 10}, {1699999999999, 10}, {1700000000000, 9}, {1700000000099, 9}, {1700000000800, 1}, {1700000000900, 0}, {1800000000000, 0},
	} {
		if got := bytes.Count(all(r, time.UnixMilli(c.after)), []byte("\n")); got != c.want {
			t.Errorf("Since(%d) has %d rows, want %d", c.after, got, c.want)
		}
	}
}

func TestRingIsBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ columns, rows int }{{0, MaxRows}, {150, MaxRows}, {1000, 262}, {1 << 20, 1}} {
		var names []string
		for i := range c.columns {
			names = append(names, fmt.Sprint("C", i))
		}
		r := &Ring{}
		if c.columns < 1<<20 { // to compare so many names takes minutes
			r = ring(t, names...)
		} else {
			r.most = most(c.columns)
		}
		if r.most != c.rows || 8*r.most*c.columns > maxBytes && r.most > 1 {
			t.Errorf("of %d columns %d rows are kept, want %d", c.columns, r.most, c.rows)
		}
	}
}
