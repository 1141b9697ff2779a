//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// storyFile asks the instrumented API for stories.
const storyFile = `from locust import FastHttpUser, constant, task

class Reader(FastHttpUser):
    wait_time = constant(0.2)

    @task
    def story(self):
        self.client.get("/stories/7", name="/stories/{n}")
`

// TestLoadtestServices: what a FastAPI says of itself, at two addresses, is in the report and in checks; of a series that it has not, the check fails and says so.
func TestLoadtestServices(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	startInstrumented(t, port)
	base := "http://127.0.0.1:" + port
	flags := []string{"--host=" + base, "--users=8", "--spawn-rate=8", "--duration=14", "--scrape=" + base + "/metrics", "--scrape=" + base + "/open/"}
	checks := []string{
		"db_pool_used{} < 100", `http_requests_total{handler="/stories/{n}",instance="127.0.0.1:` + port + `"} > 1/s`, "http_request_duration_seconds{} < 5s", "never_heard_of{} < 5",
	}
	for _, check := range checks {
		flags = append(flags, "--check="+check)
	}
	l := startLoadtestIn(t, map[string]string{"locustfile.py": storyFile}, nil, flags...)
	l.wantExit(t, exitcode.Checks, 2*time.Minute)
	l.wantVerdict(t, "FAILED: 1 of 4 checks failed: never_heard_of{} < 5 could not be evaluated: no server has said never_heard_of")
	if err := l.wantOutput("no server of --scrape shows never_heard_of yet: a check fails if none does during the load"); err != nil {
		t.Error(err)
	}
	l.wantChecks(t, exitcode.Checks, len(checks), 1)
	page := string(l.read(t, "report_*.html"))
	for _, text := range []string{
		"What " + base + "/metrics says of itself", "What " + base + "/open/ says of itself", "<bdi>db_pool_used</bdi>", "<bdi>http_request_duration_seconds</bdi> <em>ms</em>", "<bdi>http_requests_total</bdi> <em>1/s</em>",
		"growth of the counter a second", "what a histogram summed up a second / what it counted",
	} {
		if !strings.Contains(page, text) {
			t.Errorf("the report has no %s", text)
		}
	}
	slip := startLoadtestIn(t, map[string]string{"locustfile.py": storyFile}, nil, append(flags, "--check=db_pool_usd{} < 5")...)
	slip.wantExit(t, exitcode.Usage, time.Minute)
	if err := slip.wantOutput(`"db_pool_usd{} < 5": no server of --scrape shows a series db_pool_usd; did you mean db_pool_used?`); err != nil {
		t.Error(err)
	}
}
