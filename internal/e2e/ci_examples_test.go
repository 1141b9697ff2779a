//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// A ciCase is a fate of a job.
type ciCase struct {
	why   string
	env   []string          // what the job's owner has set otherwise
	after map[string]string // commands put after the one that has the text
	code  int
	says  string // in what the job prints
}

func ciCases() []ciCase {
	return []ciCase{
		{why: "passing", code: exitcode.OK, says: "PASSED: all 2 checks passed; all "},
		{why: "slower than its limit", env: []string{"CHECK_P95_MS=-1"}, code: exitcode.Checks, says: "FAILED: 1 of 2 checks failed: p95 < -1ms, and it is "},
		{
			why: "the service is down", after: map[string]string{"/health; do": "kill $!; sleep 1"}, code: exitcode.NotReady,
			says: "cannot be reached",
		},
	}
}

// TestCIExamples runs the examples for GitHub and GitLab as a runner does: the steps and the environment of the YAML, step by step,
// with bash. What differs is in ciJob: where the project comes from, a port, a shorter load.
func TestCIExamples(t *testing.T) {
	t.Parallel()
	for name, parse := range map[string]func(*testing.T, []byte) ciJob{"github-actions.yml": githubJob, "gitlab-ci.yml": gitlabJob} {
		for _, c := range ciCases() {
			t.Run(name+", "+c.why, func(t *testing.T) {
				t.Parallel()
				job := parse(t, readFile(t, repository(t, "examples", "ci", name)))
				p := job.start(t, c)
				p.wantExit(t, c.code, 2*time.Minute)
				if err := p.wantOutput(c.says); err != nil {
					t.Error(err)
				}
				if strings.Contains(p.output.String(), "is no variable of loadtest") {
					t.Error("loadtest wonders at a variable of the example")
				}
				job.wantArtifacts(t, c.code != exitcode.NotReady)
			})
		}
	}
}

// wantArtifacts wants what the job keeps: the results of a load, if there was one, and what the service said.
func (j ciJob) wantArtifacts(t *testing.T, loaded bool) {
	t.Helper()
	if len(j.artifacts) != 2 {
		t.Errorf("the job keeps %q, want the results and the service's output", j.artifacts)
	}
	for _, path := range j.artifacts {
		if _, err := os.Stat(filepath.Join(j.dir, path)); err != nil && loaded {
			t.Errorf("an artifact is missing: %v", err)
		}
	}
	reports, err := filepath.Glob(filepath.Join(j.dir, "results", "locust_report_*.html"))
	if (len(reports) == 1) != loaded || err != nil {
		t.Errorf("reports in the artifacts: %q, %v, want one: %v", reports, err, loaded)
	}
}
