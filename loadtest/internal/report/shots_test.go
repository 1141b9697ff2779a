package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/report/reporttest"
)

// page makes the page of a sample, in UTC.
func page(t testing.TB, s reporttest.Sample) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, s.Run, s.Findings, report.Options{Location: time.UTC}); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return b.Bytes()
}

// TestShots leaves the pages of all samples in the folder that GREGARIA_REPORT_SHOTS names, to be looked at.
func TestShots(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("GREGARIA_REPORT_SHOTS")
	if dir == "" {
		t.Skip("GREGARIA_REPORT_SHOTS names no folder")
	}
	for _, s := range reporttest.All() {
		html := page(t, s)
		t.Logf("%s: %d bytes", s.Name, len(html))
		if err := os.WriteFile(filepath.Join(dir, s.Name+".html"), html, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, html := range comparisonPages(t) {
		t.Logf("%s: %d bytes", name, len(html))
		if err := os.WriteFile(filepath.Join(dir, name+".html"), html, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
