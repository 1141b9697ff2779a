package resource_test

import (
	"math"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

func TestReadRows(t *testing.T) {
	t.Parallel()
	rows, err := resource.Read(strings.NewReader(
		"Timestamp,CPU_Percent,Note,GPU0_Load_Percent\n" +
			"1700000000,12.5,warm-up,\n" +
			"1700000001.5,0,,98\n" +
			"1700000002,99.9,half a ro"))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	if len(rows) != 2 {
		t.Fatalf("Read = %d rows, want 2: the third has no newline yet", len(rows))
	}
	for _, c := range []struct {
		row    int
		column string
		want   float64
		ok     bool
		why    string
	}{
		{0, resource.CPUPercent, 12.5, true, "a value"},
		{0, resource.GPULoadPercent(0), 0, false, "an empty cell"},
		{0, "Note", 0, false, "words in a column we do not know"},
		{0, resource.MemoryPercent, 0, false, "a column that is not in the file"},
		{0, resource.Timestamp, 1700000000, true, "the first column is a value too"},
		{1, resource.CPUPercent, 0, true, "a measured 0 is not absent"},
		{1, resource.GPULoadPercent(0), 98, true, "the last column"},
	} {
		got, ok := rows[c.row].Value(c.column)
		if got != c.want || ok != c.ok {
			t.Errorf("rows[%d].Value(%q) = %v, %v, want %v, %v: %s", c.row, c.column, got, ok, c.want, c.ok, c.why)
		}
	}
	for _, c := range []struct{ column, want string }{{"Note", "warm-up"}, {resource.CPUPercent, ""}, {"None", ""}} {
		if got, ok := rows[0].Text(c.column); got != c.want || ok != (c.want != "") {
			t.Errorf("rows[0].Text(%q) = %q, %v, want %q", c.column, got, ok, c.want)
		}
	}
	if got := rows[1].Timestamp; got != 1700000001.5 {
		t.Errorf("Timestamp = %v, want 1700000001.5", got)
	}
	if got := rows[1].Second(); got != 1700000001 {
		t.Errorf("Second = %v, want 1700000001: Locust's history has whole seconds", got)
	}
	if got := strings.Join(rows[0].Columns(), " "); got != "Timestamp CPU_Percent Note GPU0_Load_Percent" {
		t.Errorf("Columns = %q", got)
	}
}

func TestReadDamaged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, want string
		rows       int
	}{
		{"", "", 0},
		{"Timestamp,CPU_Percent", "", 0},
		{"Timestamp,CPU_Percent\n", "", 0},
		{"Timestamp,CPU_Percent\r\n1,2\r\n", "", 1},
		{"User Count,Timestamp\n1,2\n", "first column is not Timestamp", 0},
		{"Timestamp,A,A\n", `"A" is there twice`, 0},
		{"Timestamp,A\n1,2\n2\n3,4\n", "line 3: 1 cells under 2 columns", 1},
		{"Timestamp,A\n1,2\nnoon,3\n", `line 3: Timestamp "noon"`, 1},
		{"Timestamp,A\n1700000000000,3\n", "not a time in epoch seconds", 0},
		{"Timestamp,A\n-1,3\n", "not a time in epoch seconds", 0},
		{"Timestamp,A\n,3\n", "not a time in epoch seconds", 0},
		{"Timestamp,A\n1,\"3\n", "line 2", 0},
	} {
		rows, err := resource.Read(strings.NewReader(c.file))
		if len(rows) != c.rows {
			t.Errorf("Read(%q) = %d rows, want %d", c.file, len(rows), c.rows)
		}
		if c.want == "" && err != nil {
			t.Errorf("Read(%q) = %v, want no error", c.file, err)
		}
		if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("Read(%q) = %v, want %q", c.file, err, c.want)
		}
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell resource.Cell
		want string
	}{
		{resource.Cell{}, ""},
		{resource.Of(math.NaN()), ""},
		{resource.Of(math.Inf(1)), ""},
		{resource.Of(0), "0"},
		{resource.Of(math.Copysign(0.00001, -1)), "0"},
		{resource.Of(100), "100"},
		{resource.Of(12.5), "12.5"},
		{resource.Of(23.54061889), "23.5406"},
		{resource.Of(0.00005001), "0.0001"},
		{resource.Of(1e7), "10000000"},
	} {
		if got := c.cell.String(); got != c.want {
			t.Errorf("String = %q, want %q", got, c.want)
		}
	}
}
