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
		name, setting  string
		memory, zombie string // what becomes of them
	}{
		{"leaking", "STORY_LEAK=1", "leak", "leak"},
		{"mended", "STORY_LEAK=0", "no leak", "no leak"},
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
			want := map[string]string{resource.ProcessRSSMB: test.memory, resource.ProcessPSSMB: test.memory, resource.ProcessZombies: test.zombie}
			t.Log(f.Headline)
			seen := 0
			for _, g := range f.Growth {
				t.Logf("%s: %s, a request %+v", g.Column, g.Outcome, g.PerRequest)
				if outcome := want[g.Column]; outcome != "" {
					seen++
					if g.Outcome != outcome {
						t.Errorf("%s = %s, want %s", g.Column, g.Outcome, outcome)
					}
				}
			}
			if seen < 2 {
				t.Errorf("%d verdicts on memory and zombies, want two", seen)
			}
			if leaks := strings.Contains(f.Headline, "leak"); leaks != (test.memory == "leak") {
				t.Errorf("headline = %q", f.Headline)
			}
		})
	}
}
