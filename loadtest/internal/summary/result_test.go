package summary_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/summary"
)

// stock returns the summary of a run whose CSVs stock Locust 2.47.0 wrote.
func stock(t *testing.T) summary.Summary {
	t.Helper()
	_, files := leave(t)
	for name, path := range map[string]string{"stats.csv": files.Stats(), "failures.csv": files.Failures(), "exceptions.csv": files.Exceptions()} {
		if err := os.WriteFile(path, []byte(recorded(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := run()
	run.Last.Requests = 95
	return summary.Read(run, files)
}

func recorded(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "stock", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestResultNamesTheWorst(t *testing.T) {
	t.Parallel()
	s := stock(t)
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
	_, files := leave(t)
	history := "Timestamp,User Count,Type,Name\n1,4,,Aggregated\n2,10,GET,/\n2,10,,Aggregated\n3,2,,Aggregated\n"
	if err := os.WriteFile(files.History(), []byte(history), 0o600); err != nil {
		t.Fatal(err)
	}
	run := run()
	run.Users = 0
	if got := summary.Read(run, files).Run.Users; got != 10 {
		t.Errorf("users = %d, want 10", got)
	}
}
