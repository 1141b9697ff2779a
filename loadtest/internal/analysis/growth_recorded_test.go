package analysis_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// recorded is what bin/monitor saw of a real server in Python: testdata/growth/record.py says what each mode does and makes the files anew. The load is 30 requests a
// second in the seconds 9 to 128, the first three of them a ramp.
func recorded(t *testing.T, mode string) (*analysis.Run, []analysis.Phase) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "growth", mode+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := resource.Parse(data)
	if err != nil || len(rows) < 140 {
		t.Fatalf("%d rows of %s: %v", len(rows), mode, err)
	}
	start := rows[0].Second()
	seconds := int(rows[len(rows)-1].Second() - start + 1)
	run := &analysis.Run{Start: start, Seconds: seconds, Began: start + 9, Ended: start + 128, Info: analysis.Info{Watched: "python (pid 42): python record.py serve"}}
	host := analysis.Host{File: mode + ".csv", Target: true, Columns: map[string]analysis.Series{}}
	requests := make([]float64, seconds)
	for i := range requests {
		if i >= 9 && i <= 128 {
			requests[i] = 30
		}
	}
	run.Total.Requests = analysis.Series{Values: requests}
	for _, column := range []string{resource.ProcessRSSMB, resource.ProcessThreads, resource.ProcessOpenFiles, resource.ProcessZombies, resource.ProcessRestarts, resource.ProcessSocketsCloseWait} {
		values := make([]float64, seconds)
		for i := range values {
			values[i] = math.NaN()
		}
		for _, row := range rows {
			if v, known := row.Value(column); known {
				values[row.Second()-start] = v
			}
		}
		host.Columns[column] = analysis.Series{File: host.File, Column: column, Values: values}
	}
	run.Hosts = []analysis.Host{host}
	return run, []analysis.Phase{
		{Kind: analysis.Ramp, From: run.Began, To: run.Began + 2},
		{Kind: analysis.Steady, From: run.Began + 3, To: run.Ended},
		{Kind: analysis.Settling, From: run.Ended + 1, To: start + int64(seconds) - 1},
	}
}

// TestRecordedGrowth judges real memory.
func TestRecordedGrowth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode   string
		memory []analysis.GrowthOutcome
		files  analysis.GrowthOutcome
		each   float64 // MB a request, as the server keeps it
	}{
		{"flat", []analysis.GrowthOutcome{analysis.NoLeak}, analysis.NoLeak, 0},
		{"leak", []analysis.GrowthOutcome{analysis.Leak}, analysis.NoLeak, 0.05},
		{"slow", []analysis.GrowthOutcome{analysis.Leak}, analysis.NoLeak, 0.0005},
		{"saw", []analysis.GrowthOutcome{analysis.TooShort}, analysis.NoLeak, 0},                     // five teeth
		{"warm", []analysis.GrowthOutcome{analysis.NoLeak}, analysis.NoLeak, 0},                      // full after a fifth of the time
		{"files", []analysis.GrowthOutcome{analysis.Leak}, analysis.Leak, 0},                         // each file has memory, too
		{"both", []analysis.GrowthOutcome{analysis.Leak, analysis.TooShort}, analysis.NoLeak, 0.002}, // 30 teeth that differ, and a slow leak
	} {
		run, phases := recorded(t, c.mode)
		growths, findings := analysis.Leaks(run, phases)
		got := map[string]analysis.Growth{}
		for _, g := range growths {
			got[g.Column] = g
		}
		memory, files, threads := got[resource.ProcessRSSMB], got[resource.ProcessOpenFiles], got[resource.ProcessThreads]
		t.Logf("%s: %s, %.2f MB a minute (%.2f to %.2f): %s", c.mode, memory.Outcome, memory.Slope.Value, memory.Slope.Low, memory.Slope.High, memory.Why)
		for _, f := range findings {
			t.Logf("    %s | %s", f.Title, f.Text)
		}
		right := false
		for _, outcome := range c.memory {
			right = right || memory.Outcome == outcome
		}
		if !right || files.Outcome != c.files || threads.Outcome != analysis.NoLeak {
			t.Errorf("%s: memory %s, files %s, threads %s; want %v, %s, no leak", c.mode, memory.Outcome, files.Outcome, threads.Outcome, c.memory, c.files)
		}
		if c.each > 0 && (memory.PerRequest == nil || memory.PerRequest.Value < 0.8*c.each || memory.PerRequest.Value > 1.5*c.each) {
			t.Errorf("%s: %+v MB a request, want about %v", c.mode, memory.PerRequest, c.each)
		}
		if c.files == analysis.Leak && !strings.Contains(findings[1].Text, "Open files of python grew 180 files a minute") && !strings.Contains(findings[1].Text, "Open files of python grew 179 files a minute") {
			t.Errorf("%s: %q, want 180 files a minute: three a second", c.mode, findings[1].Text)
		}
	}
}
