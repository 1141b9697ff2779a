package summary_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gregaria/loadtest/internal/summary"
)

// stock returns the summary of a run whose CSVs stock Locust 2.47.0 wrote, and what its console said at the end of it.
func stock(t *testing.T) (summary.Summary, string) {
	t.Helper()
	_, files := leave(t)
	for name, path := range map[string]string{"stats.csv": files.Stats(), "failures.csv": files.Failures(), "exceptions.csv": files.Exceptions()} {
		if err := os.WriteFile(path, []byte(recorded(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := run()
	run.Last.Requests = 95
	return summary.Read(run, files), recorded(t, "console.txt")
}

func recorded(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "stock", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTablesHaveAllThatStockPrints looks for each line of Locust's console: its cells stand in one line of ours, in the same order.
func TestTablesHaveAllThatStockPrints(t *testing.T) {
	t.Parallel()
	s, console := stock(t)
	var ours [][]string
	for line := range strings.Lines(s.Tables(0)) {
		ours = append(ours, strings.Fields(line))
	}
	looked := 0
	for line := range strings.Lines(console) {
		cells := slices.DeleteFunc(strings.Fields(strings.ReplaceAll(line, "|", " ")), func(cell string) bool { return strings.Trim(cell, "-") == "" })
		if len(cells) == 0 {
			continue
		}
		looked++
		if !slices.ContainsFunc(ours, func(our []string) bool { return slices.Equal(our, cells) }) {
			t.Errorf("Locust prints %q, and no line of ours has that:\n%s", cells, s.Tables(0))
		}
	}
	if looked < 14 {
		t.Errorf("looked for %d lines of Locust's console, want two tables and two errors", looked)
	}
}

func TestTablesFitTheScreenAndLoseNothing(t *testing.T) {
	t.Parallel()
	s, _ := stock(t)
	text := strings.Join(strings.Fields(s.Tables(0)), "")
	for _, width := range []int{60, 80, 100, 132, 200} {
		narrow := s.Tables(width)
		for line := range strings.Lines(narrow) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
				t.Errorf("at %d columns: a line of %d: %q", width, n, line)
			}
		}
		for _, part := range []string{`'the answer has no story id, and\nthis text has two lines'`, `HTTPError('404 Client Error: Not Found for url: /nothing')`, `in bug: {}["id"])`} {
			if !strings.Contains(strings.Join(strings.Fields(narrow), ""), strings.Join(strings.Fields(part), "")) || !strings.Contains(text, strings.Join(strings.Fields(part), "")) {
				t.Errorf("at %d columns %s is lost:\n%s", width, part, narrow)
			}
		}
	}
}

func TestTablesAt80Columns(t *testing.T) {
	t.Parallel()
	s, _ := stock(t)
	path := filepath.Join("testdata", "tables_80.golden")
	got := s.Tables(80)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Tables(80) (-want +got), -update writes it:\n%s", diff)
	}
}

func TestResultNamesTheWorst(t *testing.T) {
	t.Parallel()
	s, _ := stock(t)
	r := s.Result(nil, 1)
	if want := "GET /nothing: HTTPError('404 Client Error: Not Found for url: /nothing')"; r.WorstFailure.What != want || r.WorstFailure.Count != 33 {
		t.Errorf("WorstFailure = %+v, want 33 of %s", r.WorstFailure, want)
	}
	if want := `'id' (/srv/load/locustfile.py:22, in bug: {}["id"])`; r.WorstException.What != want || r.Raised != 10 {
		t.Errorf("WorstException = %+v of %d, want 10 of %s", r.WorstException, r.Raised, want)
	}
}

// TestErrorsAreText shows errors that would move a terminal's cursor or break a line.
func TestErrorsAreText(t *testing.T) {
	t.Parallel()
	tests := []struct{ reason, text, want string }{
		{"an escape sequence", "\x1b[31mred", `GET /: \x1b[31mred`},
		{"a page as error", "<html>\r\n<body>\t", `GET /: <html>\r\n<body>`},
		{"Locust unwraps its own", "CatchResponseError('boom')", "GET /: 'boom'"},
		{"text that would run from right to left", "\u202egnp", `GET /: \u202egnp`},
		{"letters of all kinds stay", "Größe 漢字", "GET /: Größe 漢字"},
	}
	for _, test := range tests {
		if got := (summary.Failure{Method: "GET", Name: "/", Error: test.text}).String(); got != test.want {
			t.Errorf("%s: String() = %q, want %q", test.reason, got, test.want)
		}
	}
}

func TestExceptionsOfOtherUsers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		e      summary.Exception
		want   string
	}{
		{"no traceback", summary.Exception{Message: "boom"}, "boom"},
		{"a traceback that ends with the class", summary.Exception{Message: "boom", Traceback: "  File \"a.py\", line 3, in t\n    f()\nValueError: boom\n"}, "ValueError: boom (a.py:3, in t: f())"},
		{"no text", summary.Exception{Traceback: "  File \"a.py\", line 3, in t\n    raise RuntimeError\n"}, " (a.py:3, in t: raise RuntimeError)"},
		{"no source", summary.Exception{Message: "boom", Traceback: "  File \"a.py\", line 3, in t\n"}, "boom (a.py:3, in t: no source)"},
	}
	for _, test := range tests {
		if got := test.e.String(); got != strings.TrimSpace(test.want) {
			t.Errorf("%s: String() = %q, want %q", test.reason, got, test.want)
		}
	}
}

// TestParsersOfHalfAFile reads what a killed master may leave.
func TestParsersOfHalfAFile(t *testing.T) {
	t.Parallel()
	whole := recorded(t, "failures.csv")
	for n := range len(whole) {
		if got := summary.ParseFailures([]byte(whole[:n])); len(got) > 2 {
			t.Fatalf("ParseFailures() of %d bytes = %v", n, got)
		}
	}
	if got := summary.ParseFailures([]byte(whole)); len(got) != 2 || got[0].Occurrences != 33 {
		t.Errorf("ParseFailures() = %v, want two, the most frequent first", got)
	}
	if got := summary.ParseExceptions([]byte(recorded(t, "exceptions.csv"))); len(got) != 1 || got[0].Count != 10 {
		t.Errorf("ParseExceptions() = %v, want one", got)
	}
}

// TestUsersOfAShortRun takes the users from Locust's history where no look at the master found any.
func TestUsersOfAShortRun(t *testing.T) {
	t.Parallel()
	tests := []struct{ reason, history, want string }{
		{"counted", "Timestamp,User Count,Type,Name\n1,4,,Aggregated\n2,10,GET,/\n2,10,,Aggregated\n", "Ran        1s with up to 10 users"},
		{"not counted yet", "Timestamp,User Count,Type,Name\n1,0,,Aggregated\n", "Ran        1s with users that the master had not counted yet"},
	}
	for _, test := range tests {
		_, files := leave(t)
		if err := os.WriteFile(files.History(), []byte(test.history), 0o600); err != nil {
			t.Fatal(err)
		}
		run := run()
		run.Users = 0
		if got := summary.Read(run, files).Text(); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: Text() = %q, want it to begin with %q", test.reason, got, test.want)
		}
	}
}
