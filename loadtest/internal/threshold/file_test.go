package threshold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/threshold"
)

func TestParseFile(t *testing.T) {
	t.Parallel()
	checks, err := threshold.ParseFile([]byte(`# limits of the shop
checks:
  - p95 < 800ms
  - "POST /cart: p99 < 2s"
  - check: fail_ratio < 1%
    name: nearly all succeed
    over: all
    abort: true
`))
	if err != nil || len(checks) != 3 {
		t.Fatalf("ParseFile = %v, %v, want three checks", checks, err)
	}
	if c := checks[2]; c.String() != "fail_ratio < 1% over all" || c.Title != "nearly all succeed" || !c.Abort {
		t.Errorf("the third check is %+v, want all of its keys", c)
	}
	if c := checks[1]; c.Endpoint != "POST /cart" || c.Abort || c.Title != "" {
		t.Errorf("the second check is %+v, want that of an endpoint", c)
	}
	if checks, err := threshold.ParseFile([]byte("- p95 < 1s\n- rps > 5\n")); err != nil || len(checks) != 2 {
		t.Errorf("ParseFile of a list = %v, %v, want two checks", checks, err)
	}
}

func TestParseFileRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ why, text, says string }{
		{"nothing", "", "there are no checks in it"},
		{"an empty list", "checks: []", "line 1: this is no list of checks"},
		{"no YAML", "- a\n b: [", "line 2"},
		{"a text alone", "p95 < 1s", "line 1: this is no list of checks"},
		{"another key", "limits:\n  - p95 < 1s", "line 1: write a list of checks, or one under the key checks alone"},
		{"one more key", "checks:\n  - p95 < 1s\nmore: 1", "under the key checks alone"},
		{"a bad check", "- p95 < 1s\n- p95 < 1\n", `line 2: "p95 < 1": p95 is a time`},
		{"a colon without quotes", "- GET /a: p95 < 1s", `line 1: a check with a colon in it stands in quotes: write - "GET /a: p95 < 1s"`},
		{"a key that nobody knows", "- check: p95 < 1s\n  abrt: true", `line 2: "abrt" is no key of a check; did you mean abort?`},
		{"a key twice", "- check: p95 < 1s\n  check: p95 < 2s", "the key check is there twice"},
		{"no check", "- name: a", "the key check is missing"},
		{"a number for yes", "- check: p95 < 1s\n  abort: 7", "abort is no yes or no"},
		{"a list for a text", "- check: [p95]", "check is no text"},
		{"a bad window", "- check: p95 < 1s\n  over: ramp", `"ramp" is no part of a run`},
		{"a list in a list", "- [p95 < 1s]", "line 1: this is no check"},
	} {
		checks, err := threshold.ParseFile([]byte(test.text))
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: ParseFile(%q) = %v, %v, want an error with %q", test.why, test.text, checks, err, test.says)
		}
	}
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "checks.yaml")
	if _, err := threshold.ReadFile(path); err == nil {
		t.Error("ReadFile of no file = no error")
	}
	if err := os.WriteFile(path, []byte("- p95 < 1parsec"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := threshold.ReadFile(path); err == nil || !strings.HasPrefix(err.Error(), path+": line 1:") {
		t.Errorf("ReadFile = %v, want the file and the line", err)
	}
}

// FuzzParseFile: no file makes a panic, errors are one line, and checks are whole.
func FuzzParseFile(f *testing.F) {
	f.Add([]byte("checks:\n  - p95 < 800ms\n  - check: rps > 5\n    over: all\n    abort: true\n"))
	f.Add([]byte("- &a p95 < 1s\n- *a\n- <<: {check: rps > 1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checks, err := threshold.ParseFile(data)
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("ParseFile(%q) has an error of several lines: %v", data, err)
		}
		if err == nil && len(checks) == 0 {
			t.Errorf("ParseFile(%q) has neither checks nor an error", data)
		}
		for _, c := range checks {
			if again, err := threshold.Parse([]string{c.String()}); err != nil {
				t.Errorf("ParseFile(%q) has %+v, which Parse refuses: %v, %v", data, c, again, err)
			}
		}
	})
}
