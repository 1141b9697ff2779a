package timing_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/timing"
)

// read goes through all parts of a file.
func read(t *testing.T, data string, parts int) (rows []string, damaged int) {
	t.Helper()
	readers, err := timing.Readers([]byte(data), parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range readers {
		for r.Next() {
			rows = append(rows, fmt.Sprintf("%d %s %v %v %s", r.Second(), string(r.Cell(r.Place(timing.Name))), r.Number(r.Place(timing.Requests)), r.Number(r.Place(timing.Response.Percentile("50"))), string(r.Cell(r.Place(timing.Response.Histogram())))))
		}
		damaged += r.Damaged()
	}
	return rows, damaged
}

// of is a line that has these cells first, and no others.
func of(cells ...string) string {
	return strings.Join(cells, ",") + strings.Repeat(",", len(timing.Columns())-len(cells)) + "\n"
}

func TestReader(t *testing.T) {
	t.Parallel()
	header := strings.Join(timing.Columns(), ",") + "\n"
	older := strings.Join(timing.Columns()[:len(timing.Columns())-len(timing.Windows())], ",") + "\n"
	for _, c := range []struct {
		why, data string
		want      []string
		damaged   int
	}{
		{"no row", header, nil, 0},
		{"half a last row", header + of("7", "", "GET", "/") + "8,,GE", []string{"7 / NaN NaN "}, 0},
		{"a name of any kind", header + of("7", "", "GET", `"/a,""b"", c"`, "3") + of("8", "", "GET", "\"/\nd\"", "4"), []string{`7 /a,"b", c 3 NaN `, "8 /\nd 4 NaN "}, 0},
		{"rows that are none", header + "7,GET\n" + of("x", "", "GET", "/") + of("8", "", "GET", "/", "5"), []string{"8 / 5 NaN "}, 2},
		{"an older file", older + "7,,GET,/,2" + strings.Repeat(",", 10) + ",2,1.5,1.5,1.5,1.5,1.5" + strings.Repeat(",", 48) + "\n", []string{"7 / 2 1.5 "}, 0},
		{"its columns in another order", "Failures,Requests,Name,Type,Timestamp\n0,6,/,GET,7\n", []string{"7 / 6 NaN "}, 0},
	} {
		got, damaged := read(t, c.data, 1)
		if diff := cmp.Diff(c.want, got); diff != "" || damaged != c.damaged {
			t.Errorf("%s: %d damaged, want %d; want -, got +\n%s", c.why, damaged, c.damaged, diff)
		}
	}
	for _, data := range []string{"", "Timestamp", "Timestamp,User Count\n", "\n", "\"Timestamp\n"} {
		if _, err := timing.Readers([]byte(data), 1); err == nil {
			t.Errorf("Readers(%q) has no error", data)
		}
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"": "true", "96.25:3 101:1": "96.25:3 101:1 true", "0:1": "0:1 true", "200:17 503:2": "200:17 503:2 true",
		"5e3:2 0.001:1": "5000:2 0.001:1 true", "12345678901234567:1 2:3": "1.2345678901234568e+16:1 2:3 true", ".5:1 5.:2": "0.5:1 5:2 true", "1.2.3:1": "false", ".:1": "false",
		"1:1234567890123456789": "false", "1:2x 3:4": "false",
		"1:2 x:3 4:5": "1:2 false", "1": "false", "1:": "false", ":1": "false", "-1:2": "false", "1:-2": "false", "1:2  3:4": "1:2 false", "1:2 ": "1:2 true", "NaN:1": "false",
	} {
		var got []string
		ok := timing.Pairs([]byte(cell), func(number float64, count int64) { got = append(got, fmt.Sprintf("%g:%d", number, count)) })
		if text := strings.Join(append(got, strconv.FormatBool(ok)), " "); text != want {
			t.Errorf("Pairs(%q) = %s, want %s", cell, text, want)
		}
	}
}

// FuzzReader: rows have a cell for each column and a time, whatever the file; parts have the rows of the whole; and pairs that were read are read again as they are.
func FuzzReader(f *testing.F) {
	header := strings.Join(timing.Columns(), ",") + "\n"
	f.Add(header+of("7", "", "GET", "\"/a\n,\"\"\"", "3")+of("8", "", "", "Aggregated"), "96.25:3 101:1")
	f.Add("Timestamp,Type,Name,Requests,Failures\n1,,x,2,3\n\n2,\"\n\"", "0.001:1 5e3:2 7:")
	f.Fuzz(func(t *testing.T, data, cell string) {
		var pairs []byte
		timing.Pairs([]byte(cell), func(number float64, count int64) {
			if !(number >= 0) || count < 0 {
				t.Fatalf("Pairs(%q): %v:%d", cell, number, count)
			}
			pairs = fmt.Appendf(pairs, "%s:%d ", strconv.FormatFloat(number, 'f', -1, 64), count)
		})
		var again []byte
		ok := timing.Pairs(pairs, func(number float64, count int64) {
			again = fmt.Appendf(again, "%s:%d ", strconv.FormatFloat(number, 'f', -1, 64), count)
		})
		if !ok || !bytes.Equal(pairs, again) {
			t.Errorf("Pairs(%q) = %q, want it again", pairs, again)
		}
		if _, err := timing.Readers([]byte(data), 1); err != nil {
			return
		}
		whole, damaged := read(t, data, 1)
		inParts, damagedInParts := read(t, data, 3)
		if !slices.Equal(whole, inParts) || damaged != damagedInParts {
			if !strings.ContainsAny(data, `"`) { // the writer's quotes begin and end cells; others may close in another part
				t.Errorf("%d rows, %d damaged, in parts %d and %d", len(whole), damaged, len(inParts), damagedInParts)
			}
		}
		for _, row := range whole {
			if second, _, _ := strings.Cut(row, " "); strings.HasPrefix(second, "-") || strings.Contains(row, strconv.FormatFloat(math.Inf(1), 'g', -1, 64)) {
				t.Errorf("a row of %q", row)
			}
		}
	})
}
