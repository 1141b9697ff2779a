package recording

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"gregaria/loadtest/internal/fault"
)

// SeriesSchema is the version of repeat_TS.json. It changes when a field goes away or means something else.
const SeriesSchema = 1

// ofSeries are the names of files that tell of a test that was repeated.
var ofSeries = regexp.MustCompile(`^repeat_\d{8}_\d{6}\.json$`)

// A SeriesRun is one run of a test that was repeated.
type SeriesRun struct {
	// Run is the time in the names of its files, Summary its summary_TS.json beside this file.
	Run     string `json:"run"`
	Summary string `json:"summary"`
	// Complete says that it came to its end, whatever it measured: one that did not counts in no comparison.
	Complete bool   `json:"complete"`
	Word     string `json:"word"`
	Code     int    `json:"exit_code"`
	Line     string `json:"line"`
}

// namedBySeries are the complete runs of a test that was repeated.
func namedBySeries(name string) (all []Found, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.New(fault.Usage, "no run at %s: %w", name, reason(err))
	}
	var series struct {
		Schema int         `json:"schema"`
		Runs   []SeriesRun `json:"runs"`
	}
	if err := json.Unmarshal(data, &series); err == nil && series.Schema != SeriesSchema {
		err = fmt.Errorf("%w: schema %d, not %d", ErrVersion, series.Schema, SeriesSchema)
		return nil, fault.New(fault.Usage, "%s was not read: %w", name, err)
	} else if err != nil {
		return nil, fault.New(fault.Usage, "%s was not read: it is no JSON of loadtest --repeat: %w", name, err)
	}
	for _, run := range series.Runs {
		if !run.Complete {
			continue
		}
		found, err := Choose(filepath.Dir(name), run.Run)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Usage, "%s tells of no run that is complete", name)
	}
	return all, nil
}
