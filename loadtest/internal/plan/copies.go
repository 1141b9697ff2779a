package plan

import (
	"path/filepath"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/fault"
)

// reportName puts the numbers of the plan into --html, as Locust does (process_html_filename in locust/html.py): {u}, {r} and {t} are users, spawn rate and
// seconds.
func (p Plan) reportName(path string) string {
	return strings.NewReplacer("{u}", strconv.Itoa(p.Users), "{r}", trim(p.SpawnRate), "{t}", strconv.Itoa(int(p.Duration.Seconds()))).Replace(path)
}

// number stands in --html and --csv for the number of a run.
const number = "{n}"

// Numbered is the plan of the run of a number, the first of which is 1.
func (p Plan) Numbered(n int) Plan {
	p.HTML, p.CSV = strings.ReplaceAll(p.HTML, number, strconv.Itoa(n)), strings.ReplaceAll(p.CSV, number, strconv.Itoa(n))
	return p
}

// checkCopies refuses names under which there would be no file, or one that each run would write over.
func (s Settings) checkCopies() error {
	runs := orDefault(s.Repeat, DefaultRepeat)
	for _, copied := range []struct{ flag, path, example, numbered string }{{"--html", s.HTML, "report.html", "report-{n}.html"}, {"--csv", s.CSV, "results/shop", "results/shop-{n}"}} {
		if strings.HasSuffix(copied.path, string(filepath.Separator)) {
			return fault.New(fault.Usage, "%s %s names a folder: write it like %s=%s", copied.flag, copied.path, copied.flag, copied.example)
		}
		if copied.path != "" && runs > 1 && !strings.Contains(copied.path, number) {
			return fault.New(fault.Usage, "%s %s is one name for %d runs, the next of which would write over the last: put {n} into it, the number of a run, like %s=%s", copied.flag, copied.path, runs, copied.flag, copied.numbered)
		}
	}
	return nil
}
