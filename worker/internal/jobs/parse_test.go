package jobs

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, reason string }{
		{Example, Example, "as in the documentation"},
		{" POST  /x ->  GET /x/* until $.state=ok ", "POST /x -> GET /x/* until $.state in (ok)", "spaces, a star, ="},
		{"POST /x -> GET /x until $.a.b[0] != 'in progress'", "POST /x -> GET /x until $.a.b[0] not in (in progress)", "!= and quotes"},
		{"POST /x -> GET /x until $.s not in (queued, in progress)", "POST /x -> GET /x until $.s not in (queued, in progress)", "not in, a value with a space"},
		{"POST /x -> GET /x until $['a b'] exists", "POST /x -> GET /x until $['a b'] exists", "exists, a name in brackets"},
		{"POST /x -> GET /x until $.s in(done,bad)failing(bad)", "POST /x -> GET /x until $.s in (done, bad) failing (bad)", "no spaces"},
		{"POST /x -> GET /x until $.s = done id $.data.id failing ()", "POST /x -> GET /x until $.s in (done) failing () id $.data.id", "clauses in another order, nothing fails"},
		{"POST /x -> GET /x until $.url exists failing $.error exists", "POST /x -> GET /x until $.url exists failing $.error exists", "another path fails"},
		{"POST /x -> GET /x until $.s = a failing $.s in (b)", "POST /x -> GET /x until $.s in (a) failing (b)", "the same path fails"},
		{`POST "a -> b" -> GET 'x until y*' until $.s = "(1, 2)"`, `POST "a -> b" -> GET "x until y*" until $.s in ("(1, 2)")`, "quotes where a word or a star would be"},
		{`POST make it -> GET /until/x until $.s = ""`, `POST make it -> GET /until/x until $.s in ("")`, "a name with spaces, a word inside a name, the empty value"},
		{"POST /x -> GET /x until status=200", "POST /x -> GET /x until status in (200)", "a status of HTTP"},
		{"DELETE /x -> GET /x until status != 202 failing (4xx,5xx)", "DELETE /x -> GET /x until status not in (202) failing (4xx, 5xx)", "statuses of a kind"},
		{"POST /x -> GET /x until status in (200, 303) failing $.s = bad", "POST /x -> GET /x until status in (200, 303) failing $.s in (bad)", "a path after a status"},
		{"POST /x -> GET /x until $.s = a failing status in(500)", "POST /x -> GET /x until $.s in (a) failing status in (500)", "a status after a path"},
		{"POST /x -> GET /x until $.status = a failing (b)", "POST /x -> GET /x until $.status in (a) failing (b)", "a path that is called status"},
		{"POST /x -> GET /x until $.s = a id header  Operation-Location ", "POST /x -> GET /x until $.s in (a) id header Operation-Location", "a header"},
		{"POST /x -> GET /x until $.s = a id header X-Job failing ()", "POST /x -> GET /x until $.s in (a) failing () id header X-Job", "a header, and more"},
		{`"my type" "/x" -> GET "/it's" until $ in (3, true)`, `"my type" /x -> GET /it's until $ in (3, true)`, "a type in quotes, the document itself"},
	} {
		j, err := Parse(tt.text)
		if err != nil || j.String() != tt.want {
			t.Errorf("%s: Parse(%q) = %q, %v, want %q", tt.reason, tt.text, j, err, tt.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, says, reason string }{
		{"", "at the end: expected the type and the name of the request that begins a job", "nothing"},
		{"POST", "at the end: expected the name of the request that begins a job, and then ->", "a type alone"},
		{"POST /x", `at "/x" (column 6): expected the name of the request that begins a job, and then ->`, "no arrow"},
		{"POST /x->GET /x until $.s = a", "and then -> between spaces", "an arrow without spaces is part of a name"},
		{"POST  -> GET /x until $.s = a", `at "-> GET /x until $.s = a" (column 7): expected the name`, "no name"},
		{"-> GET /x until $.s = a", `(column 1): expected the type and the name`, "no first request"},
		{"POST /x -> until $.s = a", `at "until $.s = a" (column 12): expected the type and the name of the request that asks`, "no poll"},
		{"POST /x -> GET /x", "and then until between spaces", "no condition"},
		{"POST /x -> GET /x until state = done", `at "state = done" (column 25): expected a path into the answer's JSON, such as $.status, or the word status`, "no path"},
		{"POST /x -> GET /x until status = done", `at "done" (column 34): "done" is no status: it is one such as 200`, "a status that is none"},
		{"POST /x -> GET /x until status in (200, 2000)", `at "(200, 2000)" (column 35): "2000" is no status`, "a status that is none, in a list"},
		{"POST /x -> GET /x until status in (xxx)", `"xxx" is no status`, "a status of no kind"},
		{"POST /x -> GET /x until status = 200 failing (done)", `"done" is no status`, "a failing status that is none"},
		{"POST /x -> GET /x until status exists", `at "exists" (column 32): expected a condition: in (200, 204)`, "a status exists anyway"},
		{"POST /x -> GET /x until status", "at the end: expected a condition: in (200, 204)", "status alone"},
		{"POST /x -> GET /x until statuses = 200", "expected a path", "another word"},
		{"POST /x -> GET /x until $.s = a id header", "at the end: expected the name of a header", "no header"},
		{"POST /x -> GET /x until $.s = a id header $.id", `at "$.id" (column 43): expected the name of a header`, "a path where a header is said"},
		{"POST /x -> GET /x until $.s = a id header Location: x", `at "Location: x" (column 43): expected the name of a header`, "more than a header"},
		{"POST /x -> GET /x until $.s = a id header Location id $.b", `at "id $.b" (column 52): expected the end`, "a header and a path"},
		{"POST /x -> GET /x until $.s = a id Location", `at "Location" (column 36): expected a path into the answer's JSON, such as $.data.id, or a header`, "the word header is missing"},
		{"POST /x -> GET /x until $.a. = done", "(column 25): expected a path", "a wrong path"},
		{"POST /x -> GET /x until $.s", "at the end: expected a condition: in (a, b)", "a path alone"},
		{"POST /x -> GET /x until $.s is done", `at "is done" (column 29): expected a condition`, "an unknown word"},
		{"POST /x -> GET /x until $.s in done", "expected values in parentheses", "no parentheses"},
		{"POST /x -> GET /x until $.s in ()", `at "in ()" (column 29): the condition has no value`, "no value"},
		{"POST /x -> GET /x until $.s in (a", "at the end: expected , or )", "an open parenthesis"},
		{"POST /x -> GET /x until $.s in (a,, b)", `at ", b)" (column 35): expected a value`, "a value missing"},
		{"POST /x -> GET /x until $.s in ('a)", `at "'a)" (column 33): no ' closes this`, "an open quote"},
		{"POST /x -> GET /x until $.s not (a)", "expected in after not", "not without in"},
		{"POST /x -> GET /x until $.s =", "at the end: expected a value", "= without a value"},
		{"POST /x -> GET /x until $.s = a b", `at "b" (column 33): expected the end`, "more than a value"},
		{"POST /x -> GET /x until $.s = a id $.a id $.b", `at "id $.b" (column 40): expected the end`, "a clause twice"},
		{"POST /x -> GET /x until $.s = a failing b", "expected what fails", "failing without a list"},
		{"POST /ä -> GET /x until $.s = a id x", `at "x" (column 36)`, "columns are letters, not bytes"},
		{"POST /x ->\nGET /x until $.s = a", "a job is one line", "two lines"},
	} {
		_, err := Parse(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: Parse(%q) = %v, want %q in one line", tt.reason, tt.text, err, tt.says)
		}
	}
}

func TestParseLines(t *testing.T) {
	t.Parallel()
	jobs, err := ParseLines("# stories\n\n" + Example + "\r\n  POST /b -> GET /b until $.s = a\n")
	if err != nil || len(jobs) != 2 || jobs[1].First.Name != "/b" {
		t.Errorf("ParseLines = %v, %v, want two jobs", jobs, err)
	}
	if _, err = ParseLines("# stories\n" + Example + "\nPOST /b\n"); err == nil || !strings.HasPrefix(err.Error(), "line 3: at ") {
		t.Errorf("ParseLines = %v, want the line", err)
	}
	if _, err = ParseLines("POST /b\n"); err == nil || strings.Contains(err.Error(), "line") {
		t.Errorf("ParseLines of one line = %v, want no number of the line", err)
	}
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "jobs.txt")
	for text, says := range map[string]string{"# none\n": "no job in it", "\ufeff\nPOST /x\n": "jobs.txt: line 2: at", "\ufeff" + Example: ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadFile(path); says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("ReadFile of %q = %v, want %q", text, err, says)
		}
	}
	if _, err := ReadFile(path + ".no"); err == nil {
		t.Error("ReadFile of no file = nil")
	}
}

// FuzzParse has any text as a job: what is one is the same when it is written and read again.
func FuzzParse(f *testing.F) {
	f.Add(Example)
	f.Add("POST /x -> GET /x until status not in (2xx, 404) failing status = 500 id header X-Job-Id")
	f.Add("POST /x -> GET /x until $.s = a failing status in (5xx) id header Location")
	f.Add(`"a b" "x -> *" -> GET 'until' until $['x\'y'][0].* not in ("", a b, "c)") failing $.e exists id $.i`)
	f.Fuzz(func(t *testing.T, text string) {
		j, err := Parse(text)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("Parse(%q): the error %q has more than a line", text, err)
			}
			return
		}
		again, err := Parse(j.String())
		if err != nil || !reflect.DeepEqual(again, j) {
			t.Errorf("Parse(%q) = %#v; written as %q it is %#v, %v", text, j, j, again, err)
		}
		if _, err := ParseLines(j.String()); err != nil {
			t.Errorf("ParseLines(%q) = %v", j, err)
		}
	})
}
