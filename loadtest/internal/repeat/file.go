package repeat

import (
	"encoding/json"
	"io"
	"path/filepath"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/results"
)

// A file is repeat_TS.json: docs/compare.md.
type file struct {
	Schema     int                   `json:"schema"`
	Planned    int                   `json:"planned"`
	Runs       []recording.SeriesRun `json:"runs"`
	Verdict    *analysis.Verdict     `json:"verdict"`
	Spread     []comparison.Spread   `json:"spread"`
	Comparison *analysis.Comparison  `json:"comparison,omitempty"`
}

// Write writes what the runs so far come to, whole or not at all: a test that is killed has it of those that it had. There is a verdict when it is over.
func (t *Test) Write(path string) error {
	f := file{Schema: recording.SeriesSchema, Planned: t.Planned, Runs: []recording.SeriesRun{}, Spread: comparison.SpreadOf(t.counted())}
	for _, r := range t.Runs {
		f.Runs = append(f.Runs, recording.SeriesRun{
			Run: filepath.Base(r.Name), Summary: filepath.Base(r.Summary), Complete: r.Complete,
			Word: r.Verdict.Word, Code: r.Verdict.Code, Line: r.Verdict.Line,
		})
	}
	if t.Over() {
		v := t.Verdict()
		f.Verdict, f.Comparison = &v, t.Comparison()
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = results.Replace(path, append(data, '\n'))
	}
	if err != nil {
		return fault.New(fault.Output, "write %s: %w; make room or choose another --output-dir", path, err)
	}
	return nil
}

// WritePage writes the page of all complete runs beside the baseline, of which c is the comparison.
func (t *Test) WritePage(path string, c *analysis.Comparison, location *time.Location) error {
	err := results.Make(path, func(w io.Writer) error {
		return report.WriteComparison(w, t.Bases, t.counted(), c, report.Options{Location: location})
	})
	if err != nil {
		return fault.New(fault.Output, "write %s: %w; make room or choose another --output-dir", path, err)
	}
	return nil
}
