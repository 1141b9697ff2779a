package output_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
	"gregaria/loadtest/internal/results"
)

func pointer(x float64) *float64 { return &x }

// made are findings with everything that is hard to write: pipes, backticks, tags, line breaks, NaN.
func made() *analysis.Findings {
	return &analysis.Findings{
		Schema: analysis.Schema, Began: 1_790_000_000, Ended: 1_790_000_059,
		Info:     analysis.Info{Host: "http://localhost:8000", Users: 50, Locust: "2.47.0", Files: map[string]string{"stats": "/tmp/a/stats_1.csv", "metrics": "/tmp/a/metrics_1.csv"}},
		Headline: "CPU of the *host* saturated at 40 users",
		Verdict:  analysis.Verdict{Word: "FAILED", Code: 6, Line: "1 of 3 checks failed: p95 < 800ms, and it is 1.2 s"},
		Checks: []analysis.Check{
			{Text: "p95 < 800ms", Measured: "1.2 s, of 900 requests", Value: pointer(1200), Limit: pointer(800), Unit: "ms", Outcome: analysis.Failed, Evidence: []analysis.Evidence{{File: "timings.csv", Column: "Response_Histogram", From: 1_790_000_010, To: 1_790_000_059, Value: 1200, Unit: "ms", Rule: "p95 of the merged histograms"}}},
			{Text: "GET /a|b`c`<d>: rps > 5", Measured: "7/s", Value: pointer(7), Limit: pointer(5), Outcome: analysis.Passed},
			{Text: "tls p95 < 1s", Measured: "nothing", Limit: pointer(1), Unit: "s", Outcome: analysis.NotEvaluated, Why: "it wants https"},
		},
		Findings: []analysis.Finding{{Kind: analysis.KindSaturation, Level: analysis.Bad, Title: "CPU", Text: "It was full from second 20 on.", Evidence: []analysis.Evidence{{File: "metrics.csv", Value: math.NaN()}}}},
		Endpoints: []analysis.Endpoint{
			{Type: "GET", Name: `/a\|b`, Requests: 10, Failures: 1, RequestsPerSecond: 1.25, Median: pointer(12), P95: pointer(12_345), Max: pointer(math.Inf(1))},
			{Name: "Aggregated", Requests: 10, Failures: 1},
		},
		Failures:   []analysis.Failure{{Type: "GET", Name: "/a", Error: "HTTPError('500 | `x`\n<script>alert(1)</script>')", Count: 1}},
		Exceptions: []analysis.Exception{{Message: "KeyError: 'id'", Count: 2}},
		Laws:       analysis.Laws{Points: []analysis.Point{{Users: 1, P50: math.NaN(), P95: math.Inf(-1)}}},
	}
}

// write writes findings that do not change.
func write(f *analysis.Findings, files results.Files, step string) error {
	return output.Write(f, output.Forms(files), step, func(error) {})
}

func TestJSON(t *testing.T) {
	t.Parallel()
	data, err := output.JSON(made())
	if err != nil {
		t.Fatal(err)
	}
	again, _ := output.JSON(made())
	if !bytes.Equal(data, again) {
		t.Error("JSON twice is not the same text")
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatalf("JSON is none: %v\n%s", err, data)
	}
	point := all["laws"].(map[string]any)["points"].([]any)[0].(map[string]any)
	if p, found := point["p50_ms"]; !found || p != nil || point["users"] != 1.0 {
		t.Errorf("a point = %v, want null for what is not known", point)
	}
	if growth, is := all["growth"].([]any); !is || len(growth) != 0 {
		t.Errorf("growth = %v, want an empty list", all["growth"])
	}
	var f analysis.Findings // what a program of ours reads of it
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("JSON cannot be read back: %v", err)
	}
	if *f.Checks[0].Value != 1200 || f.Checks[0].Evidence[0].Column != "Response_Histogram" || f.Schema != analysis.Schema || f.Info.Files["stats"] == "" || f.Endpoints[0].Name != `/a\|b` {
		t.Errorf("read back = %+v, want what was written", f)
	}
	if first := strings.Index(string(data), `"schema"`); first < 0 || first > strings.Index(string(data), `"run"`) || bytes.Contains(data, []byte(`\u003c`)) {
		t.Errorf("JSON = %.200s, want the fields in their order and < as it is", data)
	}
}

// TestJSONLikeTheLibrary: where all numbers are known, it is what encoding/json makes, but for empty lists.
func TestJSONLikeTheLibrary(t *testing.T) {
	t.Parallel()
	f := made()
	f.Findings[0].Evidence[0].Value, f.Endpoints[0].Max, f.Laws.Points = 1, nil, []analysis.Point{}
	f.Phases, f.Growth, f.Resources = []analysis.Phase{}, []analysis.Growth{}, []analysis.Resource{}
	for i := range f.Checks {
		if f.Checks[i].Evidence == nil {
			f.Checks[i].Evidence = []analysis.Evidence{}
		}
	}
	ours, err := output.JSON(f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	theirs := json.NewEncoder(&b)
	theirs.SetEscapeHTML(false)
	theirs.SetIndent("", "  ")
	if err := theirs.Encode(f); err != nil {
		t.Fatal(err)
	}
	if string(ours) != b.String() {
		t.Errorf("JSON =\n%s\nwant\n%s", ours, b.String())
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := results.Files{Prefix: filepath.Join(dir, "stats_20260101_000000")}
	step := filepath.Join(dir, "step.md")
	if err := os.WriteFile(step, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(made(), files, step); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"summary_20260101_000000.json", "junit_20260101_000000.xml", "summary_20260101_000000.md"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o644 {
			t.Errorf("%s = %v, %v, want a file that others may read", name, info, err)
		}
	}
	text, err := os.ReadFile(step)
	if err != nil || !strings.HasPrefix(string(text), "before\n\n## ") {
		t.Errorf("the summary of the step = %.60q, %v, want ours behind what was there", text, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 4 {
		t.Errorf("the folder has %v, %v, want four files and nothing half done", entries, err)
	}
	if err := os.WriteFile(step, make([]byte, 1<<20-10), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(made(), files, step); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(step); err != nil || info.Size() > 1<<20 {
		t.Errorf("a step with much to say has %d bytes, want no more than GitHub takes", info.Size())
	}
}

// TestWriteFails: a folder that cannot be written is one line, and a fault of output; nothing half done stays.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := results.Files{Prefix: filepath.Join(dir, "stats_1")}
	if err := os.Mkdir(files.Summary(), 0o700); err != nil { // no file can get this name
		t.Fatal(err)
	}
	err := write(made(), files, filepath.Join(dir, "no", "folder"))
	if fault.KindOf(err, 0) != fault.Output || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "summary_1.json") {
		t.Errorf("Write = %v, want a fault of output that names the file", err)
	}
	for _, path := range []string{files.JUnit(), files.Markdown()} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v, want what could be written", path, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("the folder has %v, %v, want nothing half done", entries, err)
	}
	gone := results.Files{Prefix: filepath.Join(dir, "gone", "stats_1")}
	if err := write(made(), gone, ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Write into no folder = %v, want that said", err)
	}
}

// TestOneVerdict: where a file cannot be written, the others say so too, and none says what it said before.
func TestOneVerdict(t *testing.T) {
	t.Parallel()
	const passed, incomplete = "all 20 requests succeeded", "the disk is full"
	for _, test := range []struct {
		why   string
		form  func(dir string) output.Form // one more, that fails
		step  string
		fails bool
	}{
		{"all are written", nil, "step.md", false},
		{"one cannot be", func(dir string) output.Form {
			return output.Form{Path: filepath.Join(dir, "no", "page.html"), Make: output.JSON}
		}, "step.md", true},
		{"one can be made no more", func(dir string) output.Form {
			return output.Form{Path: filepath.Join(dir, "page.html"), Make: func(f *analysis.Findings) ([]byte, error) {
				if f.Verdict.Line == incomplete {
					return nil, errors.New("no room")
				}
				return []byte(f.Verdict.Line), nil
			}}
		}, "no/step.md", true},
		{"the step's summary cannot be", nil, "no/step.md", true},
	} {
		dir := t.TempDir()
		files, step, f := results.Files{Prefix: filepath.Join(dir, "stats_1")}, filepath.Join(dir, test.step), made()
		f.Checks, f.Failures, f.Exceptions, f.Verdict = nil, nil, nil, analysis.Verdict{Word: "PASSED", Line: passed}
		forms := output.Forms(files)
		if test.form != nil {
			forms = append([]output.Form{test.form(dir)}, forms...)
		}
		err := output.Write(f, forms, step, func(error) { f.Verdict = analysis.Verdict{Word: "INCOMPLETE", Code: 5, Line: incomplete} })
		if (err != nil) != test.fails {
			t.Errorf("%s: Write = %v", test.why, err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) < 3 {
			t.Errorf("%s: the folder has %v, %v", test.why, entries, err)
		}
		for _, entry := range entries {
			data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
			if said := strings.Count(string(data), incomplete); err != nil || strings.Contains(string(data), passed) == test.fails || (said > 0) != test.fails || said > 1 && entry.Name() == test.step {
				t.Errorf("%s: %s says %s, %v", test.why, entry.Name(), data, err)
			}
		}
	}
}

// TestWriteNoRoom: where the system takes no more bytes there is one line, exit code 5, and no half file. A limit on the size of files is the full disk, in a
// process of its own, which this test is, too.
func TestWriteNoRoom(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("GREGARIA_E2E_NO_ROOM"); dir != "" {
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 100, Max: 100}); err != nil {
			t.Fatal(err)
		}
		err := write(made(), results.Files{Prefix: filepath.Join(dir, "stats_1")}, "")
		fmt.Printf("%d %v\n", fault.KindOf(err, 0), err)
		os.Exit(0)
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), self, "-test.run=^TestWriteNoRoom$")
	command.Env = append(os.Environ(), "GREGARIA_E2E_NO_ROOM="+dir)
	said, err := command.CombinedOutput()
	want := fmt.Sprintf("%d write %s: file too large; make room or choose another --output-dir\n", fault.Output, filepath.Join(dir, "summary_1.json"))
	if err != nil || string(said) != want {
		t.Errorf("Write without room = %v, %q, want %q", err, said, want)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("the folder has %v, %v, want no half file", entries, err)
	}
}

// TestDocs: docs/checks.md names every field of the JSON, in its order.
func TestDocs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n### summary_TS.json\n")
	_, table, _ = strings.Cut(table, "|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var named []string
	for row := range strings.Lines(table) {
		first, _, _ := strings.Cut(strings.TrimPrefix(row, "|"), "|")
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(first, -1) {
			named = append(named, name[1])
		}
	}
	full := made()
	full.Comparison = &analysis.Comparison{}
	data, err := output.JSON(full)
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	for _, field := range regexp.MustCompile(`(?m)^  "([a-z_]+)":`).FindAllStringSubmatch(string(data), -1) {
		fields = append(fields, field[1])
	}
	if !slices.Equal(named, fields) {
		t.Errorf("docs/checks.md has the fields %v, want %v", named, fields)
	}
}
