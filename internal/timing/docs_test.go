package timing

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocs: docs/timings.md names every column, in the order of the file. <Phase> stands for each phase.
func TestDocs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/timings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## timings.csv\n")
	if !found {
		t.Fatal("docs/timings.md has no section timings.csv")
	}
	_, section, _ = strings.Cut(section, "\n| column |")
	section, _, _ = strings.Cut(section, "\n\n") // the end of the table
	var named, ofPhases, last []string
	for _, row := range regexp.MustCompile(`(?m)^\| (`+"`[^|]+`"+`) \|`).FindAllStringSubmatch(section, -1) {
		for _, column := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			if rest, ok := strings.CutPrefix(column[1], "<Phase>"); ok {
				ofPhases = append(ofPhases, rest)
			} else if ofPhases != nil {
				last = append(last, column[1])
			} else {
				named = append(named, column[1])
			}
		}
	}
	for phase := range Phases {
		for _, rest := range ofPhases {
			named = append(named, phase.String()+rest)
		}
		if !strings.Contains(string(text), "`"+phase.String()+"`") {
			t.Errorf("docs/timings.md does not say what %s is", phase)
		}
	}
	named = append(named, last...)
	if !slices.Equal(named, Columns()) {
		t.Errorf("docs/timings.md has the columns\n%v, want\n%v", named, Columns())
	}
}
