package threshold_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gregaria/loadtest/internal/threshold"
)

// TestDocs: what docs/checks.md, the help and the manual write as a check is one, and so is the file.
func TestDocs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	help, err := os.ReadFile("../../cli/flags.go")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	found := regexp.MustCompile(`--check='([^']+)'`).FindAllStringSubmatch(text+string(help), -1)
	found = append(found, regexp.MustCompile("`([^`|\n]+ (?:<=|>=|<|>) [0-9][^`|\n]*)`").FindAllStringSubmatch(text, -1)...)
	if len(found) < 12 {
		t.Errorf("found %d checks in docs/checks.md and --help, want all of them", len(found))
	}
	for _, check := range found {
		if check[1] == "p95 < 800" { // what is refused
			continue
		}
		if _, err := threshold.Parse([]string{check[1]}); err != nil {
			t.Errorf("docs/checks.md: %v", err)
		}
	}
	_, file, _ := strings.Cut(text, "```yaml\n# checks.yaml\n")
	file, _, _ = strings.Cut(file, "```")
	if checks, err := threshold.ParseFile([]byte(file)); err != nil || len(checks) != 3 {
		t.Errorf("the file of docs/checks.md = %v, %v, want three checks", checks, err)
	}
}

// TestDocsNames: every name of the table is one, and the table has every name that is no column.
func TestDocsNames(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "\n## Names\n")
	table, _, _ = strings.Cut(table, "\n\n- ")
	seen := 0
	for row := range strings.Lines(table) {
		first, _, _ := strings.Cut(strings.TrimPrefix(row, "|"), "|")
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(first, -1) {
			if name[1] == "_slope" {
				continue
			}
			seen++
			fits := false
			for _, limit := range []string{"1s", "1%", "1", "1MB"} {
				_, err := threshold.Parse([]string{name[1] + " < " + limit})
				fits = fits || err == nil
			}
			if !fits {
				t.Errorf("docs/checks.md has the name %q, which is none", name[1])
			}
		}
	}
	for _, name := range []string{"scheduled", "lateness", "connect", "tls", "wait", "first_event", "gap", "rps", "requests", "failures", "fail_ratio", "exceptions", "missed"} {
		if !strings.Contains(table, "`"+name+" p9") && !strings.Contains(table, "`"+name+"`") {
			t.Errorf("docs/checks.md does not have %s", name)
		}
	}
	if seen < 25 {
		t.Errorf("the table has %d names, want all of them", seen)
	}
}
