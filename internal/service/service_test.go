package service_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/service"
)

func TestBeside(t *testing.T) {
	t.Parallel()
	for metrics, want := range map[string]string{
		"metrics.csv":                           "service.csv",
		"out/metrics_20261129_230656.csv":       "out/service_20261129_230656.csv",
		"/tmp/metrics.d/api.csv":                "/tmp/metrics.d/api_service.csv",
		"metrics-api":                           "service-api",
		"rows":                                  "rows_service",
		"/var/metrics_a/metrics_b.metrics.csv":  "/var/metrics_a/service_b.metrics.csv",
		"./api.2026.csv":                        "./api.2026_service.csv",
		"load_test_results/metrics_TS_host.csv": "load_test_results/service_TS_host.csv",
	} {
		if got := service.Beside(metrics); got != want {
			t.Errorf("Beside(%q) = %q, want %q", metrics, got, want)
		}
	}
}

var rows = []service.Row{
	{Target: "http://api:8000/metrics", Series: "a", Kind: service.Gauge, Value: 12},
	{Target: "http://api:8000/metrics", Series: "b_total", Labels: `m="GET",p="/a,b"`, Kind: service.Rate, Value: 1.0 / 3},
	{Target: "x", Series: "c", Labels: `m="a\"b\\\n"`, Kind: service.Gauge, Value: 1.5e-7},
	{Target: "x", Series: "d", Kind: service.Gauge, Value: 68719476736},
	{Target: "x", Series: "e", Kind: service.Gauge, Value: -2.5e300},
}

// create opens a new file in a folder of the test's own.
func create(t *testing.T) (*service.Writer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "service.csv")
	w, err := service.Create(path, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w, path
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWriteAndRead(t *testing.T) {
	t.Parallel()
	w, path := create(t)
	if err := errors.Join(w.Write(time.UnixMilli(1700000000000), rows), w.Write(time.UnixMilli(1700000001500), rows[:1]), w.Write(time.UnixMilli(1700000002000), nil)); err != nil {
		t.Fatal(err)
	}
	want := `Timestamp,target,series,labels,kind,value
1700000000,http://api:8000/metrics,a,,gauge,12
1700000000,http://api:8000/metrics,b_total,"m=""GET"",p=""/a,b""",rate,0.333333333
1700000000,x,c,"m=""a\""b\\\n""",gauge,1.5e-07
1700000000,x,d,,gauge,68719476736
1700000000,x,e,,gauge,-2.5e+300
1700000001.5,http://api:8000/metrics,a,,gauge,12
`
	if got := content(t, path); got != want {
		t.Errorf("the file is\n%s\nwant\n%s", got, want)
	}
	got, err := service.Read(strings.NewReader(want + "1700000002,x,half,,gau"))
	if err != nil || len(got) != 6 || got[5].Timestamp != 1700000001.5 || got[2].Labels != rows[2].Labels {
		t.Errorf("Read = %v, %v, want the six rows", got, err)
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	row := service.Row{Labels: string(service.AppendLabel(service.AppendLabel(nil, "a", "1,b=\"2\"\n\r\\"), "b", ""))}
	for name, want := range map[string]string{"a": "1,b=\"2\"\n\r\\", "b": ""} {
		if got, ok := row.Label(name); got != want || !ok {
			t.Errorf("Label(%q) of %s = %q, %v, want %q", name, row.Labels, got, ok, want)
		}
	}
	for _, labels := range []string{"", `c="1"`, `b`, `b=1`, `b="1`, `a="1"b="2"`} {
		if got, ok := (service.Row{Labels: labels}).Label("b"); ok && labels != `a="1"b="2"` {
			t.Errorf("Label(b) of %q = %q, want none", labels, got)
		}
	}
}

func TestExistingFiles(t *testing.T) {
	t.Parallel()
	const header = "Timestamp,target,series,labels,kind,value\n"
	whole := header + "1,t,a,,gauge,1\n"
	for _, c := range []struct {
		why, before string
		more        bool
		want        error
		after       string
	}{
		{"new", "", false, nil, header},
		{"an empty one to continue", "", true, nil, header},
		{"something in it", whole, false, service.ErrExists, whole},
		{"continued", whole, true, nil, whole},
		{"half a row at its end", whole + "2,t,a,,gau", true, nil, whole},
		{"half a row, longer than a page of memory", whole + strings.Repeat("x", 10_000), true, nil, whole},
		{"another file", "Timestamp,CPU_Percent\n1,2\n", true, service.ErrOther, "Timestamp,CPU_Percent\n1,2\n"},
		{"a short one", "a", true, service.ErrOther, "a"},
	} {
		path := filepath.Join(t.TempDir(), "service.csv")
		if err := os.WriteFile(path, []byte(c.before), 0o644); err != nil {
			t.Fatal(err)
		}
		w, err := service.Create(path, c.more)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: Create = %v, want %v", c.why, err, c.want)
		}
		if err == nil {
			w.Close()
		}
		if got := content(t, path); got != c.after {
			t.Errorf("%s: the file is %q, want %q", c.why, got, c.after)
		}
	}
}

func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	const header = "Timestamp,target,series,labels,kind,value\n"
	for _, c := range []struct{ text, want string }{
		{"Timestamp,CPU_Percent\n", "the first line is not Timestamp,target"},
		{header + "x,t,a,,gauge,1\n", `line 2: timestamp: "x" is no number`},
		{header + "1,t,a,,gauge,1\n1,t,a,,gauge,NaN\n", `line 3: value: "NaN" is no number`},
		{header + "1,t,a,,count,1\n", `line 2: "count" is no kind of row`},
		{header + "1,t,a\n", "wrong number of fields"},
	} {
		if _, err := service.Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%q) = %v, want %q", c.text, err, c.want)
		}
	}
	if got, err := service.Parse(nil); len(got) > 0 || err != nil {
		t.Errorf("Parse(nothing) = %v, %v", got, err)
	}
}

// FuzzParse asserts that what Parse understands can be written so that it understands the same again.
func FuzzParse(f *testing.F) {
	var seed []byte
	for _, r := range rows {
		seed = r.Append(seed, time.Unix(1700000000, 0))
	}
	f.Add(seed)
	f.Add([]byte("1,\"a\nb\",c,\"x=\"\"1\"\"\",rate,1e-3\n"))
	f.Fuzz(func(t *testing.T, lines []byte) {
		head := []byte(service.Header + "\n")
		rows, err := service.Parse(append(head, lines...))
		if err != nil {
			return
		}
		file := slices.Clone(head)
		for _, r := range rows {
			r.Timestamp = 5
			file = r.Append(file, time.Unix(5, 0))
		}
		again, err := service.Parse(file)
		if err != nil || len(again) != len(rows) {
			t.Fatalf("Parse(written) = %d rows, %v, want %d\n%s", len(again), err, len(rows), file)
		}
		for i, r := range rows {
			r.Timestamp, r.Value = 5, again[i].Value
			if again[i] != r {
				t.Errorf("row %d = %v, want %v", i, again[i], r)
			}
		}
	})
}
