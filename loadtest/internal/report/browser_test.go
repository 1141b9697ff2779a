package report_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gregaria/loadtest/internal/report/reporttest"
)

// A browser is a Chromium that shows a page from disk.
type browser struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // chromedp keeps the browser in its context
}

// openBrowser starts a Chromium without a window. It skips the test where there is none, and in -short.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes some seconds")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no Chromium here to show the report: apt-get install chromium")
	}
	const limit = 4 * time.Minute
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900), chromedp.Flag("disable-component-update", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &browser{t, ctx}
}

// run does something in the browser.
func (b *browser) run(what string, actions ...chromedp.Action) {
	b.t.Helper()
	const limit = 30 * time.Second
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Fatalf("in the browser: %s: %v", what, err)
	}
}

// open shows the page of a sample in a window so many pixels wide.
func (b *browser) open(s reporttest.Sample, width int64) {
	b.t.Helper()
	b.show(s.Name, page(b.t, s), width)
}

// show shows a page.
func (b *browser) show(name string, page []byte, width int64) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), name+".html")
	if err := os.WriteFile(file, page, 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.run("open "+name, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file))
}

// scheme makes the browser prefer dark or light.
func (b *browser) scheme(name string) {
	b.t.Helper()
	b.run("prefer "+name, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}))
}

// pictures leaves a page in a folder: light, dark, narrow, and as a PDF.
func (b *browser) pictures(dir, name string, page []byte) {
	b.t.Helper()
	for _, v := range []struct {
		name, scheme string
		width        int64
	}{{"light", "light", 1280}, {"dark", "dark", 1280}, {"narrow", "light", 390}} {
		var png []byte
		b.scheme(v.scheme)
		b.show(name, page, v.width)
		const quality = 100
		b.run("take a picture", chromedp.FullScreenshot(&png, quality))
		b.keep(filepath.Join(dir, name+"-"+v.name+".png"), png)
	}
	var pdf []byte
	b.show(name, page, 1280)
	b.run("print", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = cdppage.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	b.keep(filepath.Join(dir, name+".pdf"), pdf)
}

func (b *browser) keep(path string, content []byte) {
	b.t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// TestPictures leaves pictures of all samples, or of those that GREGARIA_REPORT_SAMPLES names, in the folder GREGARIA_REPORT_SHOTS.
func TestPictures(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("GREGARIA_REPORT_SHOTS")
	if dir == "" {
		t.Skip("GREGARIA_REPORT_SHOTS names no folder")
	}
	only := os.Getenv("GREGARIA_REPORT_SAMPLES")
	b := openBrowser(t)
	for _, s := range reporttest.All() {
		if only == "" || strings.Contains(","+only+",", ","+s.Name+",") {
			b.pictures(dir, s.Name, page(t, s))
		}
	}
	for name, page := range comparisonPages(t) {
		if only == "" || strings.Contains(","+only+",", ","+name+",") {
			b.pictures(dir, name, page)
		}
	}
}
