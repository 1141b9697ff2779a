//go:build e2e

package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// TestStoryLeak: of the story API that makes real videos, the one that leaves its clips open leaks memory, and the mended one does not. It takes five minutes
// (GREGARIA_E2E_FINDINGS=1) and a Python with MoviePy.
func TestStoryLeak(t *testing.T) {
	python := os.Getenv("GREGARIA_E2E_MOVIEPY")
	if python == "" || os.Getenv("GREGARIA_E2E_FINDINGS") == "" {
		t.Skip("GREGARIA_E2E_MOVIEPY does not name a Python with examples/story_api/requirements-moviepy.txt, or GREGARIA_E2E_FINDINGS is not set")
	}
	for _, test := range []struct {
		name, setting string
		leaks         bool
	}{
		{"leaking", "STORY_LEAK=1", true},
		{"mended", "STORY_LEAK=0", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			api, base := startExample(t, python, "story_api", "STORY_RENDER=moviepy", test.setting)
			l := startLoadtest(t, "--host", base, "--workers=1", "--users=2", "--spawn-rate=1", "--duration=4m", "--settle=10s")
			joinGroup(t, api.pid(), favoured(nil)) // a rate that falls looks like a leak that ends
			joinGroup(t, l.pid(), favoured(nil))
			l.wantExit(t, exitcode.OK, 6*time.Minute)
			f := l.findings(t)
			for _, finding := range f.Findings {
				if finding.Kind == "growth" {
					t.Logf("%s, clear %t: %s", finding.Level, finding.Clear, finding.said())
				}
			}
			leaks := map[string]bool{}
			for _, g := range f.Growth {
				t.Logf("%s: %s, a request %+v", g.Column, g.Outcome, g.PerRequest)
				leaks[g.Column] = g.Outcome == "leak"
				if !test.leaks && g.Column != resource.ProcessRSSMB && g.Outcome != "no leak" { // memory swings with what is rendered, and is given time
					t.Errorf("%s = %s, want no leak", g.Column, g.Outcome)
				}
			}
			for _, column := range []string{resource.ProcessRSSMB, resource.ProcessOpenFiles, resource.ProcessZombies} {
				if said, seen := leaks[column]; !seen || said != test.leaks {
					t.Errorf("%s leaks: %t (judged: %t), want %t", column, said, seen, test.leaks)
				}
			}
			if said := strings.Contains(f.Headline, "leak"); said != test.leaks {
				t.Errorf("headline = %q", f.Headline)
			}
		})
	}
}
