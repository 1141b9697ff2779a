//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A browser is a Chromium that shows the web UI, and finds things there as its user does: by what they say.
type browser struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // chromedp keeps the browser in its context
}

// openBrowser opens url in a Chromium without a window. It skips the test where there is no Chromium.
func openBrowser(t *testing.T, url string) *browser {
	t.Helper()
	const limit = 2 * time.Minute
	path := findChromium()
	if path == "" {
		t.Skip("there is no Chromium here to show the web UI: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1400, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	// Subtle: the browser ends with the context of the first Run, which so must not be one of run's.
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	b := &browser{t: t, ctx: ctx}
	b.run("open "+url, chromedp.Navigate(url))
	return b
}

// findChromium returns the path of a Chromium, "" if there is none.
func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// run does something in the browser. If that cannot be done, the test ends with a picture of what was there instead.
func (b *browser) run(what string, actions ...chromedp.Action) {
	b.t.Helper()
	const limit = 15 * time.Second
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.shot("failed")
		b.t.Fatalf("in the browser: %s: %v", what, err)
	}
}

// click presses the button that says that.
func (b *browser) click(label string) {
	b.t.Helper()
	b.run("press "+label, chromedp.Click(fmt.Sprintf(`//button[normalize-space()=%q]`, label), chromedp.BySearch))
}

// tab opens a tab of the web UI.
func (b *browser) tab(label string) {
	b.t.Helper()
	tab := fmt.Sprintf(`//button[@role="tab"][normalize-space()=%q]`, label)
	b.run("open tab "+label, chromedp.Click(tab, chromedp.BySearch),
		chromedp.WaitVisible(tab[:len(tab)-1]+` and @aria-selected="true"]`, chromedp.BySearch))
}

// fill types a value over what is in a field of the form.
func (b *browser) fill(field, value string) {
	b.t.Helper()
	selector := fmt.Sprintf(`input[name=%q]`, field)
	b.run("fill in "+field, chromedp.Focus(selector, chromedp.ByQuery),
		chromedp.Evaluate("document.activeElement.select()", nil), chromedp.KeyEvent(value))
}

// wantHeader waits until the header says that, for example 30 below Users.
func (b *browser) wantHeader(title, want string) {
	b.t.Helper()
	await(b.t, startLimit, func() error {
		var got string
		b.run("read the header", chromedp.Evaluate(fmt.Sprintf(
			`[...document.querySelectorAll("header p")].find(p => p.textContent == %q)?.nextElementSibling?.textContent ?? ""`, title), &got))
		if got != want {
			return fmt.Errorf("the header says %q below %s, want %q", got, title, want)
		}
		return nil
	})
}

// table returns the cells of the table in the open tab, without its header.
func (b *browser) table() (cells [][]string) {
	b.t.Helper()
	b.run("read the table", chromedp.Evaluate(
		`[...document.querySelectorAll("main table tbody tr")].map(tr => [...tr.cells].map(td => td.innerText))`, &cells))
	return cells
}

// shot keeps a picture of the page, if GREGARIA_E2E_SHOTS says where.
func (b *browser) shot(name string) {
	dir := os.Getenv("GREGARIA_E2E_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	const settle = 500 * time.Millisecond // of animations
	if err := chromedp.Run(b.ctx, chromedp.Sleep(settle), chromedp.CaptureScreenshot(&png)); err != nil {
		b.t.Errorf("take a picture: %v", err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Error(err)
	}
}
