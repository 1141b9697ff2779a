package output_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	rendering "github.com/yuin/goldmark/renderer/html"

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
	f.Phases, f.Growth = []analysis.Phase{}, []analysis.Growth{}
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

// suites are JUnit's XML as a reader has it.
type suites struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Cases    []struct {
		Name    string `xml:"name,attr"`
		Failure *struct {
			Message string `xml:"message,attr"`
			Text    string `xml:",chardata"`
		} `xml:"failure"`
		Error *struct {
			Message string `xml:"message,attr"`
		} `xml:"error"`
	} `xml:"testsuite>testcase"`
}

func junit(t *testing.T, f *analysis.Findings) (s suites) {
	t.Helper()
	data, err := output.JUnit(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(data, &s); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if s.Tests != len(s.Cases) {
		t.Errorf("tests = %d of %d cases", s.Tests, len(s.Cases))
	}
	return s
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	s := junit(t, made())
	if len(s.Cases) != 3 || s.Failures != 2 || s.Errors != 0 {
		t.Fatalf("JUnit = %+v, want a case for each of the three checks, two of them failed", s)
	}
	if c := s.Cases[0]; c.Failure == nil || c.Failure.Message != "measured 1.2 s, of 900 requests" || !strings.Contains(c.Failure.Text, "timings.csv, column Response_Histogram, seconds 1790000010 to 1790000059") {
		t.Errorf("the first case = %+v, want what was measured and where", c)
	}
	if c := s.Cases[1]; c.Failure != nil || c.Name != "GET /a|b`c`<d>: rps > 5" {
		t.Errorf("the second case = %+v, want it passed", c)
	}
	if c := s.Cases[2]; c.Failure == nil || c.Failure.Message != "not evaluated: it wants https" {
		t.Errorf("the third case = %+v, want why it was not evaluated", c)
	}

	f := made()
	f.Checks, f.Verdict = nil, analysis.Verdict{Word: "FAILED", Code: 1, Line: "1 of 10 requests failed"}
	if s := junit(t, f); len(s.Cases) != 1 || s.Cases[0].Name != "requests" || s.Failures != 1 || !strings.Contains(s.Cases[0].Failure.Text, "1 x GET /a: HTTPError") {
		t.Errorf("without checks = %+v, want a failed case for the requests", s)
	}
	f.Verdict = analysis.Verdict{Word: "PASSED", Line: "all 10 requests succeeded"}
	if s := junit(t, f); len(s.Cases) != 1 || s.Failures != 0 {
		t.Errorf("without checks and failures = %+v, want a passed case", s)
	}

	f = made()
	f.Checks = f.Checks[1:2]
	f.Verdict = analysis.Verdict{Word: "FAILED", Code: 1, Line: "1 of 10 requests failed"}
	if s := junit(t, f); len(s.Cases) != 2 || s.Failures != 1 || s.Cases[1].Name != "requests" {
		t.Errorf("failed requests that no check speaks of = %+v, want a case of them", s)
	}
	f.Verdict = analysis.Verdict{Word: "INCOMPLETE", Code: 130, Line: "interrupted by SIGINT"}
	if s := junit(t, f); len(s.Cases) != 2 || s.Errors != 1 || s.Cases[1].Error.Message != "interrupted by SIGINT" {
		t.Errorf("an incomplete run = %+v, want an error beside its check", s)
	}
}

// TestJUnitElsewhere: junitparser, where python3 has it, else Python's own parser, reads what we write. python3 -m pip install junitparser.
func TestJUnitElsewhere(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	data, err := output.JUnit(made())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "junit.xml")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	script := `
import sys
try:
    import junitparser
    suite, = junitparser.JUnitXml.fromfile(sys.argv[1])
    cases = [(c.classname, c.name, [type(r).__name__.lower() for r in c.result], float(c.time)) for c in suite]
    print("junitparser", file=sys.stderr)
except ImportError:
    import xml.etree.ElementTree as tree
    suite, = tree.parse(sys.argv[1]).getroot()
    cases = [(c.get("classname"), c.get("name"), [r.tag for r in c if r.tag != "system-out"], float(c.get("time"))) for c in suite.iter("testcase")]
for case in cases:
    print(*case, sep="\t")
`
	command := exec.CommandContext(t.Context(), python, "-c", script, path)
	var said bytes.Buffer
	command.Stderr = &said
	got, err := command.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, said.String())
	}
	t.Logf("read by %s", cmp.Or(strings.TrimSpace(said.String()), "xml.etree"))
	want := "loadtest.checks\tp95 < 800ms\t['failure']\t50.0\n" +
		"loadtest.checks\tGET /a|b`c`<d>: rps > 5\t[]\t0.0\n" +
		"loadtest.checks\ttls p95 < 1s\t['failure']\t0.0\n"
	if string(got) != want {
		t.Errorf("another reader has\n%swant\n%s", got, want)
	}
}

// rendered is Markdown as GitHub shows it, which is GFM with the tags that it has, as the texts of its cells and items.
func rendered(t *testing.T, markdown []byte) (page string, cells []string) {
	t.Helper()
	var b bytes.Buffer
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(rendering.WithUnsafe()))
	if err := reader.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`).FindAllStringSubmatch(b.String(), -1) {
		cells = append(cells, html.UnescapeString(regexp.MustCompile(`</?(code|strong)>`).ReplaceAllString(found[1], "")))
	}
	return b.String(), cells
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	page, cells := rendered(t, output.Markdown(made(), 1<<20))
	if strings.Contains(page, "<script>") || !strings.Contains(page, "<h2>CPU of the *host* saturated at 40 users</h2>") {
		t.Errorf("the page is\n%s\nwant no tag and no emphasis of what is measured", page)
	}
	all := strings.Join(cells, "\x00")
	for _, row := range [][]string{
		{"❌", "p95 < 800ms", "1.2 s, of 900 requests"},
		{"✅", "GET /a|b`c`<d>: rps > 5", "7/s"},
		{"❌", "tls p95 < 1s", "not evaluated: it wants https"},
		{`GET /a\|b`, "10", "1", "12 ms", "12.3 s", "-"},
		{"1", "GET /a", "HTTPError('500 | `x` <script>alert(1)</script>')"},
		{"2", "a task raised", "KeyError: 'id'"},
	} {
		if !strings.Contains(all, strings.Join(row, "\x00")) {
			t.Errorf("the cells are %q, want %q among them", cells, row)
		}
	}
	if !strings.Contains(page, "<em>(not clear)</em>") || !strings.Contains(page, "<code>metrics_1.csv</code>, <code>stats_1.csv</code>") {
		t.Errorf("the page is\n%s\nwant what is not clear, and the files", page)
	}
}

// TestMarkdownSize: thousands of endpoints do not make it larger than GitHub takes; the sum stays.
func TestMarkdownSize(t *testing.T) {
	t.Parallel()
	f := made()
	f.Endpoints = append(slices.Repeat([]analysis.Endpoint{{Type: "GET", Name: strings.Repeat("/long", 100)}}, 20_000), f.Endpoints...)
	text := output.Markdown(f, 1<<19)
	if len(text) > 1<<19 || !bytes.Contains(text, []byte("**Aggregated**")) || !bytes.Contains(text, []byte("more are in the JSON file")) {
		t.Errorf("%d bytes, want at most 512 KiB with the sum and what is left out", len(text))
	}
}

// FuzzMarkdown: whatever a check and an error are called, they are in one cell each, as they are but for line breaks and length.
func FuzzMarkdown(f *testing.F) {
	for _, text := range []string{"p95 < 800ms", `a\|b`, "``` `", "|", "<script>", "&amp;", "*a*_b_~~c~~", "a\nb", "![x](y)", "$a$", " a ", "\\", "https://a.b/c|d", "<code>", "a` | `b", "a`b`c", "a\\"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		if clean != text || len(text) > 100 || text == "" || strings.Contains(strings.ToLower(text), "www.") || strings.Contains(text, ":") || strings.Contains(text, "@") || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
			return // links are made of some texts, whose letters are the same
		}
		findings := &analysis.Findings{Checks: []analysis.Check{{Text: text, Measured: text, Outcome: analysis.Failed}}}
		_, cells := rendered(t, output.Markdown(findings, 1<<20))
		if len(cells) != 6 || cells[4] != text || cells[5] != text {
			t.Errorf("%q is shown as %q", text, cells)
		}
	})
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := results.Files{Prefix: filepath.Join(dir, "stats_20260101_000000")}
	step := filepath.Join(dir, "step.md")
	if err := os.WriteFile(step, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := output.Write(made(), files, step); err != nil {
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
	if err := output.Write(made(), files, step); err != nil {
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
	err := output.Write(made(), files, filepath.Join(dir, "no", "folder"))
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
	if err := output.Write(made(), gone, ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Write into no folder = %v, want that said", err)
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
	data, err := output.JSON(made())
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
