package recording_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/recording"
)

// FuzzOpen: whatever the files of a folder have in them, a run is one of whole seconds with a value for each, counts are never below zero, and what cannot be read is a line.
func FuzzOpen(f *testing.F) {
	f.Add(history([3]int{1, 2, 3}, [3]int{2, 2, 9}), "Method,Name,Error,Occurrences\nGET,/,no,1\n", "Timestamp,Type,Name,Requests,Failures\n1001,,Aggregated,3,0\n", "Timestamp,Run_State\n1001,running\n",
		`{"timestamp":1001.5,"response_ms":5,"failure":"no"}`+"\n", `{"version":1,"began":1001.5,"workers":[{"cpu":[[1001,5]]}]}`)
	f.Add(history([3]int{1, 2, 3}, [3]int{5, 0, 4}), "Type,Name,Request Count\n,Aggregated,4\n", timings([]string{"1001", "GET", "\"/\n\"", "2", "1", "2", "200:1 503:1", "5:1 7:1"}), "Timestamp,CPU_Percent\n1000.5,3\n1e9,4\n", "", "")
	f.Fuzz(func(t *testing.T, history, stats, timings, metrics, requests, facts string) {
		var parsed struct{ Began, Ended float64 }
		if json.Unmarshal([]byte(facts), &parsed) == nil && parsed.Ended-parsed.Began > 1e5 {
			t.Skip("a week of many columns takes long, and is as a day is")
		}
		run, err := recording.Open(files{
			"stats_20260921_140000_stats_history.csv": history, "stats_20260921_140000_stats.csv": stats, "stats_20260921_140000_failures.csv": stats, "stats_20260921_140000_exceptions.csv": stats,
			"timings_20260921_140000.csv": timings, "metrics_20260921_140000.csv": metrics, "requests_20260921_140000.jsonl": requests, "run_20260921_140000.json": facts,
		}.in(t))
		if err != nil {
			wantUsage(t, err)
			return
		}
		end := run.Start + int64(run.Seconds) - 1
		if run.Start > run.Began || run.Began > run.Ended || run.Ended > end || run.Seconds <= 0 {
			t.Fatalf("from %d to %d, around it from %d to %d", run.Began, run.Ended, run.Start, end)
		}
		all := []analysis.Series{run.Users}
		for _, l := range append(run.Endpoints, run.Total) {
			all = append(all, l.Requests, l.Failures, l.P50, l.P95, l.P99, l.Statuses5xx)
			for p, h := range l.Phases {
				if h != nil && len(h) != run.Seconds {
					t.Errorf("%d histograms of %s, want %d", len(h), timing.Phase(p), run.Seconds)
				}
			}
		}
		for _, host := range run.Hosts {
			for _, s := range host.Columns {
				all = append(all, s)
				if !s.Known() {
					t.Errorf("column %q has no value", s.Column)
				}
			}
		}
		for _, w := range run.Workers {
			all = append(all, w.CPU)
		}
		for _, s := range all {
			if len(s.Values) != run.Seconds {
				t.Errorf("%d values of %s, want %d", len(s.Values), s.Column, run.Seconds)
			}
			for _, v := range s.Values {
				if math.IsInf(v, 0) {
					t.Errorf("%s has %v", s.Column, v)
				}
			}
		}
		for _, note := range run.Info.Notes {
			if strings.Contains(note, "\n") {
				t.Errorf("a note of several lines: %q", note)
			}
		}
	})
}
