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

// checkCopies refuses names under which there would be no file.
func (s Settings) checkCopies() error {
	for _, copied := range []struct{ flag, path, example string }{{"--html", s.HTML, "report.html"}, {"--csv", s.CSV, "results/shop"}} {
		if strings.HasSuffix(copied.path, string(filepath.Separator)) {
			return fault.New(fault.Usage, "%s %s names a folder: write it like %s=%s", copied.flag, copied.path, copied.flag, copied.example)
		}
	}
	return nil
}
