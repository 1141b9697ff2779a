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

// WritePage writes the page of all complete runs: beside the baseline where c is the comparison with it, else with how far they are apart. There is none of fewer than
// two lines, which is no error.
func (t *Test) WritePage(path string, c *analysis.Comparison, location *time.Location) (written bool, err error) {
	runs, o := t.counted(), report.Options{Location: location}
	compared := c != nil && c.Outcome != analysis.NotCompared
	if !compared && len(runs) < 2 {
		return false, nil
	}
	err = results.Make(path, func(w io.Writer) error {
		if compared {
			return report.WriteComparison(w, t.Bases, runs, c, o)
		}
		table := t.Table()
		return report.WriteRuns(w, runs, t.Verdict(), report.Spread{Header: table.Header, Rows: table.Rows}, o)
	})
	if err != nil {
		return false, fault.New(fault.Output, "write %s: %w; make room or choose another --output-dir", path, err)
	}
	return true, nil
}
