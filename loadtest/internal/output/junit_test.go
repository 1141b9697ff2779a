package output_test

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/output"
)

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
