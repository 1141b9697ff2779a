//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestRateForm starts a test with a rate as people do: in the web UI's form, under Custom parameters.
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
	time.Sleep(2 * time.Second)
	if got := server.rateOf(4 * time.Second); got < 36 || got > 44 {
		t.Errorf("%.1f tasks a second, want 40", got)
	}
}
