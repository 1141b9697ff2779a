package results_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"gregaria/loadtest/internal/results"
)

func TestCopies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := results.Named(dir, time.Now())
	for path, text := range map[string]string{files.Report: "<html>", files.Stats(): "stats", files.History(): "history", files.Failures(): "failures"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report, prefix := filepath.Join(dir, "mine.html"), filepath.Join(dir, "shop")
	if err := os.WriteFile(report, []byte("yesterday's, which is longer"), 0o644); err != nil {
		t.Fatal(err)
	}
	if copies := files.Copies("", ""); len(copies) > 0 {
		t.Errorf("Copies() = %v, want none that nobody asked for", copies)
	}
	for _, c := range files.Copies(report, prefix) {
		if err := c.Make(); err != nil {
			t.Error(err)
		}
	}
	for name, want := range map[string]string{"mine.html": "<html>", "shop_stats.csv": "stats", "shop_stats_history.csv": "history", "shop_failures.csv": "failures"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s = %q, %v, want %q", name, got, err, want)
		}
	}
	if _, err := os.Stat(prefix + "_exceptions.csv"); err == nil {
		t.Error("there is a copy of a file that the run did not write")
	}
	if err := (results.Copy{From: files.Report, To: filepath.Join(dir, "nowhere", "a.html")}).Make(); err == nil {
		t.Error("Make() = nil, want that there is no such folder")
	}
}
