package resource_test

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// FuzzParse asserts that what Parse understands, the Writer writes so that Parse understands the same again, to the
// digits that the file keeps.
func FuzzParse(f *testing.F) {
	f.Add([]byte("Timestamp,CPU_Percent,GPU0_Load_Percent\n1700000000,12.5,\n1700000001.25,0,98\n"))
	f.Add([]byte("Timestamp,\"a \"\"b\"\", c\"\n0,1e3\n"))
	f.Add([]byte("Timestamp,x,Time\n1700000000,1,2023-11-14T22:13:20Z\n"))
	f.Add([]byte("Timestamp,Run_State\n1,running\n2,\"a, \"\"b\"\"\nc\"\n"))
	f.Add([]byte("Timestamp\n1\n2\n3"))
	f.Add([]byte("Timestamp,x\n1,-0.00001\n999999999999,NaN\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := resource.Parse(data)
		if err != nil || len(rows) == 0 {
			return
		}
		again, err := resource.Parse(write(t, rows))
		if err != nil || len(again) != len(rows) {
			t.Fatalf("Parse(written) = %d rows, %v, want %d", len(again), err, len(rows))
		}
		for i, row := range rows {
			if math.Abs(again[i].Timestamp-row.Timestamp) > 0.001 {
				t.Errorf("row %d: Timestamp = %v, want %v", i, again[i].Timestamp, row.Timestamp)
			}
			for _, column := range row.Columns()[1:] {
				if column == resource.Time {
					continue
				}
				got, gotOK := again[i].Value(column)
				want, wantOK := row.Value(column)
				if word, known := row.Text(column); known {
					if again, _ := again[i].Text(column); again != word {
						t.Errorf("row %d: Text(%q) = %q, want %q", i, column, again, word)
					}
				}
				if gotOK != wantOK || math.Abs(got-want) > 0.00005+1e-15*math.Abs(want) {
					t.Errorf("row %d: Value(%q) = %v, %v, want %v, %v", i, column, got, gotOK, want, wantOK)
				}
			}
		}
	})
}

func write(t *testing.T, rows []resource.Row) []byte {
	t.Helper()
	columns := slices.DeleteFunc(rows[0].Columns()[1:], func(c string) bool { return c == resource.Time }) // the Writer's own
	var out bytes.Buffer
	w, err := resource.NewWriter(&out, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		var cells []resource.Cell
		for _, column := range columns {
			cell := resource.Cell{}
			if value, ok := row.Value(column); ok {
				cell = resource.Of(value)
			} else if word, ok := row.Text(column); ok {
				cell = resource.Text(word)
			}
			cells = append(cells, cell)
		}
		if err := w.Write(time.UnixMilli(int64(math.Round(row.Timestamp*1000))), cells); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}
