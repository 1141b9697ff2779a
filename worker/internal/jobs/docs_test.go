package jobs

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDocs reads every job that people can copy.
func TestDocs(t *testing.T) {
	t.Parallel()
	job := regexp.MustCompile(`--job[ =]'([^']+)'|(?m)^    ((?:POST|DELETE) .*->.*)$`)
	for path, least := range map[string]int{"docs/timings.md": 7, "examples/story_api/README.md": 1, "examples/story_api/job_user.py": 1} {
		text, err := os.ReadFile("../../../" + path)
		if err != nil {
			t.Fatal(err)
		}
		found := job.FindAllStringSubmatch(string(text), -1)
		if len(found) < least {
			t.Errorf("%s has %d jobs, want %d at least", path, len(found), least)
		}
		for _, m := range found {
			if _, err := Parse(m[1] + m[2]); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	docs, _ := os.ReadFile("../../../docs/timings.md")
	for _, path := range usualIDs() {
		if !strings.Contains(string(docs), "`"+path.String()+"`") {
			t.Errorf("docs/timings.md does not have %s", path)
		}
	}
	for _, name := range usualHeaders() {
		if !strings.Contains(string(docs), "`"+name+"`") {
			t.Errorf("docs/timings.md does not have the header %s", name)
		}
	}
	_, details, _ := strings.Cut(string(docs), "that is not one of ")
	details, _, _ = strings.Cut(details, ";")
	segments := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(details, -1)
	for _, m := range segments {
		if !detail(m[1]) {
			t.Errorf("%s may be an id, other than docs/timings.md says", m[1])
		}
	}
	if len(segments) != 8 {
		t.Errorf("docs/timings.md names %d segments that are no ids, want all", len(segments))
	}
	_, names, _ := strings.Cut(string(docs), "fails by the name of the value that ended it: ")
	names, _, _ = strings.Cut(names, ", in any case")
	words := strings.FieldsFunc(strings.ReplaceAll(names, " and ", ", "), func(r rune) bool { return strings.ContainsRune(", \n", r) })
	for _, word := range words {
		if !failure(word) || !failure(strings.ToUpper(word)) {
			t.Errorf("%s is no failure, as docs/timings.md says", word)
		}
	}
	if len(words) != 17 {
		t.Errorf("docs/timings.md names %d values that are failures, want all", len(words))
	}
}
