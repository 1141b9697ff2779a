//go:build e2e

package e2e

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// findings are a part of what a run means: docs/findings.md has all of summary_TS.json.
type findings struct {
	Headline string    `json:"headline"`
	Findings []finding `json:"findings"`
	Laws     struct {
		Knee float64 `json:"knee_users"`
	} `json:"laws"`
	Growth []struct {
		Column     string `json:"column"`
		Outcome    string `json:"outcome"`
		PerRequest *struct {
			Value float64 `json:"value"`
		} `json:"per_request"`
	} `json:"growth"`
}

// A finding is a part of one.
type finding struct {
	Kind  string `json:"kind"`
	Level string `json:"level"`
	Clear bool   `json:"clear"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// findings are what the run means, as its summary has it.
func (l *loadtest) findings(t *testing.T) (f findings) {
	t.Helper()
	if err := json.Unmarshal(l.read(t, "summary_*.json"), &f); err != nil {
		t.Fatalf("summary: %v", err)
	}
	return f
}

// TestSlowStory runs examples/slow_story as its README says, and wants what is wrong with it to be found: one thread, from how many users on, and how much of each story
// stays. It takes five minutes of a machine that does nothing else: GREGARIA_E2E_FINDINGS=1.
func TestSlowStory(t *testing.T) {
	if os.Getenv("GREGARIA_E2E_FINDINGS") == "" {
		t.Skip("GREGARIA_E2E_FINDINGS is not set: it takes minutes of a machine that does nothing else")
	}
	_, base := startExample(t, storyPython(t), "slow_story")
	l := startLoadtest(t, "--host", base, "--workers=1", "--users=160", "--spawn-rate=1", "--duration=5m", "--settle=10s")
	l.wantExit(t, exitcode.OK, 6*time.Minute)
	f := l.findings(t)
	for _, text := range []string{"One thread of ", "saturated at ", "leaks: "} {
		if !strings.Contains(f.Headline, text) {
			t.Errorf("headline = %q, want %q in it", f.Headline, text)
		}
	}
	if err := l.wantOutput(f.Headline); err != nil {
		t.Errorf("the terminal: %v", err)
	}
	// 0.73 of the requests are stories of 25 ms and a megabyte, and users wait 2 s: by the asymptotic bounds the knee is at 1 / (0.73 x 25 ms) x 2.02 s = 110 users at most.
	if f.Laws.Knee < 70 || f.Laws.Knee > 125 {
		t.Errorf("knee = %v users, want about 90 to 110", f.Laws.Knee)
	}
	for _, g := range f.Growth {
		if g.Column == resource.ProcessRSSMB && (g.Outcome != "leak" || g.PerRequest == nil || math.Abs(g.PerRequest.Value-0.75) > 0.15) {
			t.Errorf("growth of memory = %+v, want a leak of about 0.75 MB a request", g)
		}
	}
	l.shots(t)
}

// shots takes pictures of the report.
func (l *loadtest) shots(t *testing.T) {
	t.Helper()
	b := openBrowser(t, "file://"+l.files(t, "report_*.html")[0])
	b.run("size of the window", chromedp.EmulateViewport(1200, 1600))
	b.shot("report")
	b.run("scroll", chromedp.EmulateViewport(1200, 950), chromedp.Evaluate(`[...document.querySelectorAll("h2")].find(h => h.textContent.startsWith("How it scales")).scrollIntoView()`, nil))
	b.shot("report-scales")
}
