package cells_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/cells"
)

// all reads a file.
func all(data string) (lines [][]string) {
	for r := cells.NewReader([]byte(data)); ; {
		line, ok := r.Next()
		if !ok {
			return lines
		}
		var texts []string
		for _, cell := range line {
			texts = append(texts, string(cell))
		}
		lines = append(lines, texts)
	}
}

func TestReader(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, data string
		want      [][]string
	}{
		{"nothing", "", nil},
		{"lines of Unix", "a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"lines of Windows, which Python writes", "a,b\r\n1,\"2\"\r\n,\r\n", [][]string{{"a", "b"}, {"1", "2"}, {"", ""}}},
		{"a mark of the encoding", "\ufeffa,b\n\"1\",\ufeff\n", [][]string{{"a", "b"}, {"1", "\ufeff"}}},
		{"half a last line", "a,b\n1,2", [][]string{{"a", "b"}}},
		{"quotes that are still open", "a,b\n1,\"2\n3,4\n", [][]string{{"a", "b"}}},
		{"half a last line with quotes", "a\n\"1\"", [][]string{{"a"}}},
		{"empty lines", "\n\na\n\r\n1\n", [][]string{{"a"}, {"1"}}},
		{"what separates, in quotes", "\"a,\"\"b\"\"\",\"two\nlines\",\n", [][]string{{`a,"b"`, "two\nlines", ""}}},
		{"quotes alone", "\"\",\"\"\"\",x\n", [][]string{{"", `"`, "x"}}},
		{"a quote within", "a\"b,c\n", [][]string{{`a"b`, "c"}}},
		{"text behind quotes", "\"a\"b,c\n", [][]string{{"ab", "c"}}},
	} {
		if diff := cmp.Diff(c.want, all(c.data)); diff != "" {
			t.Errorf("%s: want -, got +\n%s", c.why, diff)
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	r := cells.NewReader([]byte("a\n\n\"b\nc\",\"\n\"\nd\n"))
	var at []int
	for _, ok := r.Next(); ok; _, ok = r.Next() {
		at = append(at, r.Line())
	}
	if want := []int{1, 3, 6}; !slices.Equal(at, want) {
		t.Errorf("lines %v, want %v", at, want)
	}
}

func TestFloat(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0", "1", "-1", "0.001", "96.25", "123456789012345", "12345678901234567", "0.1", ".5", "5.", "-0.25", "1e3", "1E-3", "99999999999999.9", "9007199254740993"} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := cells.Float([]byte(text)); got != want {
			t.Errorf("Float(%s) = %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "-", ".", "-.", "N/A", "NaN", "inf", "1e999", "1 ", "0x", "1.2.3"} {
		if got := cells.Float([]byte(text)); !math.IsNaN(got) {
			t.Errorf("Float(%q) = %v, want NaN", text, got)
		}
	}
}

func TestWhole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"0": 0, "007": 7, "1796021374": 1_796_021_374, "999999999999999999": 999_999_999_999_999_999, "": -1, "-1": -1, "1.0": -1, "1000000000000000000": -1, "x": -1} {
		got, ok := cells.Whole([]byte(text))
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("Whole(%q) = %d, %t, want %d", text, got, ok, want)
		}
	}
}

// FuzzReader: what encoding/csv reads is read the same, in one piece and in parts, and a number is that of strconv.
func FuzzReader(f *testing.F) {
	f.Add("a,b\n1,\"2,\"\"x\n3\"\n\n-4.5,1e3\n", 2)
	f.Add("\"\n\",\"\"\n0.30000000000000004,.5,5.\n9", 3)
	f.Add("a\"b,\"c\"d\n", 1)
	f.Fuzz(func(t *testing.T, data string, n int) {
		got := all(data)
		for _, line := range got {
			for _, cell := range line {
				want, err := strconv.ParseFloat(cell, 64)
				if err != nil || math.IsInf(want, 0) {
					want = math.NaN()
				}
				if read := cells.Float([]byte(cell)); read != want && !(math.IsNaN(read) && math.IsNaN(want)) {
					t.Errorf("Float(%q) = %v, want %v", cell, read, want)
				}
			}
		}
		if strings.Contains(data, "\r") || !strings.HasSuffix(data, "\n") {
			return
		}
		theirs := csv.NewReader(strings.NewReader(data))
		theirs.FieldsPerRecord = -1
		want, err := theirs.ReadAll()
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("encoding/csv -, cells +\n%s", diff)
		}
		var joined [][]string
		parts := cells.Parts([]byte(data), 1+(n%5+5)%5)
		for _, part := range parts {
			joined = append(joined, all(string(part))...)
		}
		if diff := cmp.Diff(want, joined); diff != "" || !bytes.Equal(bytes.Join(parts, nil), []byte(data)) {
			t.Errorf("of %d parts: encoding/csv -, cells +\n%s", len(parts), diff)
		}
	})
}
