//go:build e2e

package e2e

import (
	"math"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestRateForm starts a test with a rate as people do: in the web UI's form, under Custom parameters. The form for a test that runs has the rate
// that the page was loaded with: who changes the number of users there, on a page that was loaded anew, sends an empty one, and does not mean it.
func TestRateForm(t *testing.T) {
	t.Parallel()
	server := startArrivals(t)
	m := rateSpec{host: server.URL, ours: 1}.start(t)
	m.awaitWorkers(t, 1)
	b := openBrowser(t, m.web.base+"/")
	b.fill("userCount", "20")
	b.fill("spawnRate", "20")
	b.run("open the custom parameters", chromedp.Click(`//*[normalize-space()="Custom parameters"]`, chromedp.BySearch),
		chromedp.WaitVisible(`input[name="rate"]`, chromedp.ByQuery))
	b.fill("rate", "40")
	b.shot("rate-form")
	// Not by the pointer: what it finds depends on how far the form has unfolded.
	b.run("begin", chromedp.Evaluate(`document.querySelector("button[type=submit]").click()`, nil))
	b.wantHeader("Users", "20")
	wantRate := func(want float64) {
		t.Helper()
		time.Sleep(time.Second)
		if got := server.rateOf(4 * time.Second); math.Abs(got-want) > want/10 {
			t.Errorf("%.1f tasks a second, want %v", got, want)
		}
	}
	wantRate(40)
	b.run("load the page anew", chromedp.Reload())
	b.wantHeader("Users", "20")
	b.click("Edit")
	b.fill("userCount", "30")
	b.run("update", chromedp.Evaluate(`document.querySelector("button[type=submit]").click()`, nil))
	b.wantHeader("Users", "30")
	if err := m.wantOutput("--rate is empty now: this test keeps its 40 tasks a second"); err != nil {
		t.Error(err)
	}
	wantRate(40)
}
