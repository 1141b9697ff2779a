package locustfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"gregaria/internal/equal"
)

// fresh is what is recorded again whenever the tests run: golden files must not outlive what they were made of.
func fresh() map[string]equal.Mode {
	return map[string]equal.Mode{
		"corpus/quickstart.py":                    equal.Refused,
		"corpus/llm_benchmark.py":                 equal.OK,
		"corpus/fast_headers_cookies.py":          equal.OK,
		"corpus/taskset_nested.py":                equal.Failing,
		"corpus/file_upload.py":                   equal.OK,
		"corpus/redirects_all.py":                 equal.OK,
		"traps/request_in_except_block.py":        equal.Refused,
		"traps/exceptions_have_cpythons_words.py": equal.Failing,
	}
}

// TestGoldensAreFresh records some of the golden files anew under a stock worker.
func TestGoldensAreFresh(t *testing.T) {
	t.Parallel()
	python := os.Getenv("GREGARIA_PYTHON")
	if python == "" {
		python = "../../../.venv/bin/python"
	}
	python, err := filepath.Abs(python)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("no stock Locust to compare with, make setup installs it: %v", err)
	}
	stock := equal.Stock{Python: python}
	locust, version, err := stock.Versions(t.Context())
	if err != nil {
		t.Skipf("no stock Locust to compare with: %v", err)
	}
	c := readCorpus(t)
	for file, mode := range fresh() {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			g, err := c.Golden(file, mode)
			if err != nil {
				t.Fatal(err)
			}
			if g.Locust != locust || g.Python != version {
				t.Skipf("recorded with Locust %s on Python %s, here are %s and %s", g.Locust, g.Python, locust, version)
			}
			traces, err := stock.Record(t.Context(), c.Path(file), mode, c.Plan(file))
			if err != nil {
				t.Fatal(err)
			}
			if len(traces) != len(g.Traces) {
				t.Fatalf("stock Locust has %d user classes, the golden file %d", len(traces), len(g.Traces))
			}
			for i := range traces {
				for _, d := range equal.Diff(&g.Traces[i], &traces[i], c.Plan(file).SkipOutput == "") {
					t.Errorf("the golden file is out of date (docs/testing.md says how to record it): %s", d)
				}
			}
		})
	}
}
