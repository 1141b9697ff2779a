package check

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The check of 1,000 lines is to take less than 50 ms. "all" imports nearly every module that there is, which has to be loaded.
func BenchmarkFiles(b *testing.B) {
	shop, err := os.ReadFile("testdata/good/shop.py")
	if err != nil {
		b.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/good/*.py")
	if err != nil {
		b.Fatal(err)
	}
	var all []byte
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		all = append(append(all, bytes.ReplaceAll(text, []byte("from __future__ import annotations"), nil)...), '\n')
	}
	cfg := Config{Modules: modules(), Source: folder("testdata/good")}
	for name, source := range map[string][]byte{"typical": bytes.Repeat(shop, 18), "all": all} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Files(cfg, "locustfile.py", source); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(bytes.Count(source, []byte("\n"))), "lines")
		})
	}
}
