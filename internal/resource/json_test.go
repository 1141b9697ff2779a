package resource_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gregaria/internal/resource"
)

func TestAppendJSON(t *testing.T) {
	t.Parallel()
	l, err := resource.NewLines([]string{"Disk_a\"b_Reads_Per_Second", resource.CPUPercent, "Empty", "Rest", "Run_State"})
	if err != nil {
		t.Fatal(err)
	}
	got := l.AppendJSON([]byte("before"), time.UnixMilli(1700000000500), []resource.Cell{resource.Of(-3), resource.Of(12.34567), {}, resource.Of(0), resource.Text(`a "b"`)})
	const want = `before{"Timestamp":1700000000.5,"CPU_Percent":12.3457,"Time":"2023-11-14T22:13:20.5Z","Disk_a\"b_Reads_Per_Second":-3,"Rest":0,"Run_State":"a \"b\""}` + "\n"
	if string(got) != want {
		t.Errorf("AppendJSON = %s, want %s", got, want)
	}
}

// FuzzAppendJSON: a row as JSON has the values of the same row in the file.
func FuzzAppendJSON(f *testing.F) {
	f.Add("CPU_Percent", 12.34567, int64(1700000000500))
	f.Add("a\"\\\n", -0.00001, int64(0))
	f.Fuzz(func(t *testing.T, column string, value float64, ms int64) {
		l, err := resource.NewLines([]string{column, "Empty"})
		if err != nil || ms < 0 || ms > 1e14 || !utf8.ValidString(column) || strings.Contains(column, "\r") {
			t.Skip() // JSON cannot have such a name, or the CSV cannot
		}
		at, cells := time.UnixMilli(ms), []resource.Cell{resource.Of(value), {}}
		var object map[string]any
		if err := json.Unmarshal(l.AppendJSON(nil, at, cells), &object); err != nil {
			t.Fatal(err)
		}
		line, err := l.Row(at, cells)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := resource.Parse(append(l.Header(), line...))
		if err != nil || len(rows) != 1 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		if object[resource.Timestamp] != rows[0].Timestamp {
			t.Errorf("Timestamp = %v, want %v", object[resource.Timestamp], rows[0].Timestamp)
		}
		want, ok := cells[0].Value()
		if !ok {
			if len(object) != 2 {
				t.Errorf("object = %v, want Timestamp and Time", object)
			}
			return
		}
		for _, name := range l.Columns() {
			inFile, inBoth := rows[0].Value(name)
			if number, isNumber := object[name].(float64); isNumber != inBoth || number != inFile {
				t.Errorf("%q = %v, want %v as in the file (%v)", name, object[name], inFile, want)
			}
		}
	})
}
