package cli

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/fault"
)

// TestCodes: each way in which a run can end has a code of its own and a word, and stands in the help and in the manual.
func TestCodes(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../../docs/loadtest.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		why  string
		kind fault.Kind
		code int
		word string
	}{
		{"as it was to be", 0, exitcode.OK, "PASSED"},
		{"failed requests", fault.Failed, 1, "FAILED"},
		{"a bad flag", fault.Usage, 2, "INCOMPLETE"},
		{"no Locust", fault.NotReady, 3, "INCOMPLETE"},
		{"a dead worker", fault.Died, 4, "INCOMPLETE"},
		{"a full disk", fault.Output, 5, "INCOMPLETE"},
		{"a failed check", fault.Check, 6, "FAILED"},
		{"Ctrl-C, or Stop in the web UI", fault.Interrupted, 130, "INCOMPLETE"},
	} {
		if code, word := codeOf(test.kind), wordOf(test.kind); code != test.code || word != test.word {
			t.Errorf("%s: codeOf = %d, wordOf = %s, want %d, %s", test.why, code, word, test.code, test.word)
		}
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^ +%d  `, test.code)).MatchString(description) {
			t.Errorf("%s: code %d is not in --help", test.why, test.code)
		}
		if !strings.Contains(string(manual), fmt.Sprintf("\n| %d | ", test.code)) {
			t.Errorf("%s: code %d is not in docs/loadtest.md", test.why, test.code)
		}
	}
}
